package alerts

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// moment is what a move of an alert of a patient needs to know.
func (c *Service) moment(ctx context.Context, patientID string, s Settings) (risk.Now, error) {
	return c.momentAbout(ctx, patientID, s, models.SectionCheckIns)
}

// momentAbout is moment for what is about another section.
func (c *Service) momentAbout(ctx context.Context, patientID string, s Settings, section models.Section) (risk.Now, error) {
	out := risk.Now{At: c.now().UTC()}
	in, err := c.programmeOf(ctx, patientID)
	if err != nil {
		return out, err
	}
	out.Hours = in.HoursOr(s.Hours)
	out.Chain, err = c.chainIn(ctx, in, patientID, s, section)
	return out, err
}

// chain finds who can be asked about a patient: the clinicians of the team who may read
// all check-ins and act on them, who leads first, then who came first; who is on duty by
// the rotas; and the fail-safe. Whose own record can't be read is passed over, for nobody waits for it.
// A consent that can't be read may be a "no" to any of them: then the fail-safe alone is
// asked, who need not see why.
func (c *Service) chain(ctx context.Context, patientID string, s Settings) (risk.Chain, error) {
	n, err := c.moment(ctx, patientID, s)
	return n.Chain, err
}

// chainIn is chain for what is about a section, of a patient in a programme.
func (c *Service) chainIn(ctx context.Context, in risk.Programme, patientID string, s Settings, section models.Section) (risk.Chain, error) {
	var out risk.Chain
	var err error
	out.Without = in.Without()
	if out.FailSafe, err = c.failSafeOf(ctx, in, s); err != nil {
		return out, err
	}
	t, err := c.team(ctx, patientID, section, c.person)
	if err != nil || t.unsure {
		return out, err
	}
	out.Team, out.Leads = t.people, t.leads
	return out, c.onDuty(ctx, &out, in.ID, t)
}

// readers is chain(...).Readers(), with until when that holds by itself, without asking who is on duty and whom a channel
// reaches: most check-ins have no signal, and nobody is called about those.
func (c *Service) readers(ctx context.Context, patientID string, s Settings) (out []risk.Person, until time.Time, err error) {
	until = c.now()
	t, err := c.team(ctx, patientID, models.SectionCheckIns, c.known)
	if !t.unsure {
		until = t.endsByItself(until)
	}
	if err != nil || len(t.people) > 0 {
		return t.people, until, err
	}
	in, err := c.programmeOf(ctx, patientID)
	if err != nil {
		return nil, until, err
	}
	var chain risk.Chain
	chain.FailSafe, err = c.failSafeOf(ctx, in, s)
	return chain.Readers(), until, err
}

// members is who of a patient's team may be asked, in order, and what said so. unsure is
// a team that is not known for a consent that can't be read.
type members struct {
	people, leads []risk.Person
	asked         []models.Membership
	consents      []chart.Versioned[models.Consent]
	all           []chart.Versioned[models.Membership]
	unsure        bool
	restriction   models.Restriction
}

func (c *Service) team(ctx context.Context, patientID string, section models.Section, person func(context.Context, string) (risk.Person, bool, error)) (members, error) {
	var out members
	consents, bad, err := chart.ReadableOnes[models.Consent](ctx, c.store, chart.ColConsents, store.Query{Index: "patient", Equal: []any{patientID}}, 0)
	if err != nil || len(bad) > 0 {
		out.unsure = true
		return out, err
	}
	out.consents = consents
	restriction, err := c.base.Restriction(ctx, patientID)
	if err != nil {
		out.unsure = true // nobody is known to be on its list: the fail-safe alone is asked
		if aside.Stops(err) {
			return out, err
		}
		return out, nil
	}
	out.restriction = restriction.Value
	team, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{patientID}}, 0)
	if err != nil {
		return out, err
	}
	slices.SortStableFunc(team, func(a, b chart.Versioned[models.Membership]) int {
		return cmp.Or(boolOrder(a.Value.Lead, b.Value.Lead), a.Value.Since.Compare(b.Value.Since), cmp.Compare(a.Value.AccountID, b.Value.AccountID))
	})
	out.all = team
	ids := make([]string, len(team))
	for i, m := range team {
		ids[i] = m.Value.AccountID
	}
	if err := chart.AlsoAhead(ctx, c.store, chart.ColAccounts, ids...); err != nil {
		return out, err
	}
	for _, m := range team {
		if !c.mayOwn(m.Value, out.restriction, consents, section) {
			continue
		}
		p, ok, err := person(ctx, m.Value.AccountID)
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		out.asked = append(out.asked, m.Value)
		if out.people = append(out.people, p); m.Value.Lead {
			out.leads = append(out.leads, p)
		}
	}
	return out, nil
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// mayOwn tells whether a member of a team may see all that an alert can be about, and
// act on it.
func (c *Service) mayOwn(m models.Membership, r models.Restriction, consents []chart.Versioned[models.Consent], section models.Section) bool {
	now := c.now()
	facts := models.AccessFacts{Membership: &m, Restricted: r.For(m.AccountID)}
	for _, v := range consents {
		if v.Value.Recipient == m.AccountID && v.Value.Active(now) {
			facts.Consents = append(facts.Consents, v.Value)
		}
	}
	q := models.AccessQuestion{Actor: models.Actor{AccountID: m.AccountID, Role: m.Role, Discipline: m.Discipline},
		PatientID: m.PatientID, Section: section, Verb: models.Read, Purpose: models.PurposeOf(m.Role), At: now}
	d := models.Decide(q, facts)
	q.Verb = models.Write
	return d.Allowed && d.Whole && models.Decide(q, facts).Allowed
}

// person reads somebody who can be asked; ok is false for an account that is stopped, or
// can't be read. Whose ways to be reached can't be read is not reached.
func (c *Service) person(ctx context.Context, accountID string) (risk.Person, bool, error) {
	p, ok, err := c.known(ctx, accountID)
	if err != nil || !ok {
		return p, ok, err
	}
	p.Reached = true
	if c.reaches != nil && ctx.Value(unasked{}) == nil {
		if p.Reached, err = c.reaches(ctx, accountID); err != nil && !aside.Stops(err) {
			p.Reached, err = false, nil
		}
	}
	return p, true, err
}

// unasked in a context leaves out whether a channel reaches somebody: for who asks only
// who of a chain somebody is.
type unasked struct{}

// known is person without whether a channel reaches them.
func (c *Service) known(ctx context.Context, accountID string) (risk.Person, bool, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return risk.Person{}, false, nil
	}
	if err != nil && !aside.Stops(err) {
		return risk.Person{}, false, nil
	}
	if err != nil || a.Value.Status != models.AccountActive {
		return risk.Person{}, false, err
	}
	return risk.Person{AccountID: accountID, Name: a.Value.Name}, true, nil
}

// failSafeOf is who answers at last for a programme: its own one while their account is
// active, else the clinic's.
func (c *Service) failSafeOf(ctx context.Context, in risk.Programme, s Settings) (risk.Person, error) {
	if in.FailSafe != "" {
		if p, ok, err := c.person(ctx, in.FailSafe); ok || err != nil {
			return p, err
		}
	}
	return c.failSafe(ctx, s)
}

// failSafe is who answers when nobody else does: the one whom the site named, else the
// administrator who has been there longest.
func (c *Service) failSafe(ctx context.Context, s Settings) (risk.Person, error) {
	if s.FailSafe != "" {
		if p, ok, err := c.person(ctx, s.FailSafe); ok || err != nil {
			return p, err
		}
	}
	found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RoleAdministrator)}}, 0)
	if err != nil {
		return risk.Person{}, err
	}
	for _, a := range found {
		if p, ok, err := c.person(ctx, a.Value.ID); ok || err != nil {
			return p, err
		}
	}
	return risk.Person{AccountID: chart.SystemActor.AccountID, Name: models.SystemName}, nil
}
