package visits

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
	"handrail/store/aside"
)

// candidates is all that is known about the people whom a visit could bring together,
// but for their time.
type candidates struct {
	care     *Service
	patient  models.Patient
	actor    models.Actor
	visit    schedule.VisitType
	ask      VisitAsk
	people   map[string]*schedule.Candidate
	override map[string]*schedule.OpenHours // hours that are being tried out
	leaving  map[string]bool                // visits that give up their time in the same step
}

// history is how many of a patient's last visits say whom they know.
const history = 30

// candidates gathers who can be in a visit of this patient: their team, supporters whom
// they let see their visits, and the clinic's resources. Nobody else can be booked.
func (ch *Part) candidates(ctx context.Context, ask VisitAsk) (*candidates, error) {
	c := ch.care
	visit, err := c.visitType(ctx, ask.VisitType)
	if err != nil {
		return nil, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, ch.patient)
	if err != nil {
		return nil, err
	}
	p.Value.Zone = c.base.Zone(ch.patient, p.Value.Zone)
	w := &candidates{care: c, patient: p.Value, actor: ch.actor, visit: visit, ask: ask,
		people: map[string]*schedule.Candidate{ch.patient: {ID: ch.patient, Zone: p.Value.Zone}}}
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.addTeam(ctx, cal); err != nil {
		return nil, err
	}
	return w, w.addOthers(ctx, cal)
}

// addTeam adds the clinicians of the team that the visit could need.
func (w *candidates) addTeam(ctx context.Context, cal chart.Versioned[SiteCalendar]) error {
	c := w.care
	team, err := chart.Every[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{w.patient.ID}})
	if err == nil {
		team, err = c.base.NotShut(ctx, w.patient.ID, team)
	}
	if err != nil {
		return err
	}
	known := map[string]bool{}
	if w.choice() {
		if known, err = w.known(ctx); err != nil {
			return err
		}
	}
	for _, m := range team {
		if !m.Value.Active(c.now()) || m.Value.Role != models.RoleClinician || !w.wanted(m.Value) {
			continue
		}
		open, busy, err := c.offers(ctx, m.Value.AccountID, cal)
		if err != nil && !aside.Stops(err) {
			if c.base.Told.Once("calendar " + m.Value.AccountID) {
				c.log.Error("somebody's calendar can't be read; nobody can book with them until it can", "account", m.Value.AccountID, "cause", aside.Cause(err))
			}
			continue // the others of the team can be met all the same
		}
		if err != nil {
			return err
		}
		person := &schedule.Candidate{ID: m.Value.AccountID, Open: open, Busy: busy, Discipline: m.Value.Discipline}
		if !m.Value.Lead && !known[person.ID] {
			person.Unfamiliar = 1
		}
		if o := w.override[person.ID]; o != nil {
			person.Open = o
		}
		w.people[person.ID] = person
	}
	return nil
}

// offers is when a clinician can be booked: their hours, and what is taken elsewhere.
func (c *Service) offers(ctx context.Context, accountID string, cal chart.Versioned[SiteCalendar]) (*schedule.OpenHours, []schedule.Span, error) {
	open, err := c.openHours(ctx, accountID, cal)
	if err != nil {
		return nil, nil, err
	}
	busy, err := c.busyOf(ctx, accountID)
	return open, busy, err
}

// wanted tells whether a role asks for somebody by name or discipline.
func (w *candidates) wanted(m models.Membership) bool {
	return slices.ContainsFunc(w.ask.Roles, func(r VisitRole) bool {
		return slices.Contains(r.Who, m.AccountID) || len(r.Who) == 0 && r.Discipline != "" && r.Discipline == m.Discipline
	})
}

// choice tells whether the search is to choose among people. Where everybody is
// named it does not matter whom the patient knows.
func (w *candidates) choice() bool {
	return slices.ContainsFunc(w.ask.Roles, func(r VisitRole) bool { return len(r.Who) != 1 })
}

// known are the people of the patient's last visits.
func (w *candidates) known(ctx context.Context) (map[string]bool, error) {
	past, err := chart.List[Visit](ctx, w.care.store, chart.ColVisits, store.Query{Index: "patient", Equal: []any{w.patient.ID},
		To: chart.Millis(w.care.now()), Desc: true, Limit: history})
	out := map[string]bool{}
	for _, v := range past.Items {
		for _, p := range v.Value.Participants {
			if v.Value.Status == schedule.Fulfilled || v.Value.Status == schedule.Booked {
				out[p.Who] = true
			}
		}
	}
	return out, err
}

// addOthers adds supporters and resources that are named or asked for.
func (w *candidates) addOthers(ctx context.Context, cal chart.Versioned[SiteCalendar]) error {
	for _, r := range w.ask.Roles {
		switch {
		case r.Kind == schedule.Supporter:
			for _, id := range r.Who {
				if err := w.addSupporter(ctx, id); err != nil {
					return err
				}
			}
		case r.Kind == schedule.Resource:
			if err := w.addResources(ctx, r, cal); err != nil {
				return err
			}
		}
	}
	return nil
}

// addSupporter adds somebody whom the patient lets see when their visits are.
func (w *candidates) addSupporter(ctx context.Context, accountID string) error {
	consents, err := w.care.base.ConsentsBetween(ctx, w.patient.ID, accountID)
	if err != nil {
		return err
	}
	a, err := chart.Load[models.Account](ctx, w.care.store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && a.Value.Role != models.RoleSupporter {
		return nil
	}
	if err != nil {
		return err
	}
	who := models.Actor{AccountID: accountID, Role: models.RoleSupporter}
	d := models.Decide(models.AccessQuestion{Actor: who, PatientID: w.patient.ID, Section: models.SectionAppointments,
		Verb: models.Read, Purpose: models.PurposeFamily, At: w.care.now()}, models.AccessFacts{Consents: consents})
	if d.Allowed {
		w.people[accountID] = &schedule.Candidate{ID: accountID, Zone: w.care.base.Zone(accountID, a.Value.Zone)}
	}
	return nil
}

// ids are everybody whose ledgers count.
func (w *candidates) ids() []string {
	ids := make([]string, 0, len(w.people))
	for id := range w.people {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// at reads what is taken of everybody around a piece of time.
func (w *candidates) at(ctx context.Context, from, to time.Time) (schedule.Candidates, ledgers, error) {
	l := newLedgers()
	people, err := w.more(ctx, l, from, to)
	return people, l, err
}

// more is at for a search that has read some of the days already: those are not read again.
func (w *candidates) more(ctx context.Context, l ledgers, from, to time.Time) (schedule.Candidates, error) {
	span := schedule.SpanOf(from.Add(-schedule.Reach), to.Add(schedule.Reach))
	for _, id := range w.ids() {
		if err := w.care.addLedgers(ctx, l, id, span); err != nil {
			return schedule.Candidates{}, err
		}
	}
	claims := l.claims(w.leaving)
	out := schedule.Candidates{People: make(map[string]*schedule.Candidate, len(w.people))}
	for id, p := range w.people {
		known := *p
		known.Claims, known.Load = claims[id], int64(len(claims[id]))
		out.People[id] = &known
	}
	return out, nil
}

// request asks the engine for this visit in a window. The grid lies on the
// clinic's clock, the same for everybody who asks.
func (w *candidates) request(from, to time.Time) schedule.Request {
	reader := w.patient.Zone
	return schedule.Request{Visit: w.visit, Modality: w.ask.Modality, Site: w.ask.Site, Roles: w.ask.roles(w.patient.ID),
		Zone: w.care.site.Zone, Reader: reader, From: from, To: to, Now: w.care.now(), By: w.actor.Role, TravelMinutes: w.ask.TravelMinutes}
}
