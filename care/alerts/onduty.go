package alerts

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/risk"
)

// onDuty adds what the rotas say to a patient's chain: who of the team is on leave, who
// covers for the assigned one, who is on duty. Somebody whom the patient said no to, or to whom the chart is closed, is
// left out; who is not of the team is asked as the fail-safe is, without the why.
func (c *Service) onDuty(ctx context.Context, out *risk.Chain, programme string, t members) error {
	facts, err := c.duty.Facts(ctx)
	if err != nil || len(facts.Rotas) == 0 {
		return err
	}
	var ids []string
	for _, r := range facts.Rotas {
		ids = append(ids, r.People()...)
	}
	if err := chart.AlsoAhead(ctx, c.store, chart.ColAccounts, ids...); err != nil {
		return err
	}
	at := facts.At.Unix()
	for _, p := range out.Team {
		if facts.Away.Gone(p.AccountID, at) {
			out.Away = append(out.Away, p.AccountID)
		}
	}
	add := func(to *[]risk.Person, id string) error {
		if id == "" || c.saidNo(id, t) || slices.ContainsFunc(*to, func(p risk.Person) bool { return p.AccountID == id }) {
			return nil
		}
		p, ok, err := c.person(ctx, id)
		if ok && err == nil {
			*to = append(*to, p)
		}
		return err
	}
	if len(out.Team) > 0 && slices.Contains(out.Away, out.Team[0].AccountID) {
		if err := add(&out.Covers, facts.Away.Covered(out.Team[0].AccountID, at)); err != nil {
			return err
		}
	}
	for _, i := range ranked(facts.Rotas, programme, t.asked) {
		r, who := facts.Rotas[i], facts.OnDuty[i]
		to := &out.Covers
		if r.Serves == duty.ServesSupervisor {
			to = &out.Supervisors
		}
		if err := add(to, who); err != nil {
			return err
		}
		if r.OnCall && r.Serves == duty.ServesCover && !slices.Contains(out.Without, risk.LevelCover) {
			if err := add(&out.OnCall, who); err != nil {
				return err
			}
		}
		for _, id := range r.People() {
			_, ok, err := c.known(ctx, id)
			if err != nil {
				return err
			}
			if ok && !slices.Contains(out.OnRota, id) && !c.saidNo(id, t) {
				out.OnRota = append(out.OnRota, id)
			}
		}
	}
	return nil
}

// ranked are the rotas that serve a patient of a programme with such a team, the ones
// that are asked first at the front: the programme's own before those for all, and never
// another programme's; of these, for the assigned clinician's discipline, then those for all, then
// those for another discipline of the team. A rota for a discipline that the team has
// not is not asked.
func ranked(rotas []duty.Rota, programme string, team []models.Membership) []int {
	rank := func(r duty.Rota) int {
		switch {
		case r.Programme != "" && r.Programme != programme:
			return 0
		case r.Discipline == "":
			return 2
		case len(team) > 0 && team[0].Discipline == r.Discipline:
			return 1
		case slices.ContainsFunc(team, func(m models.Membership) bool { return m.Discipline == r.Discipline }):
			return 3
		}
		return 0
	}
	var out []int
	for _, own := range []bool{true, false} {
		for want := 1; want <= 3; want++ {
			for i, r := range rotas {
				if rank(r) == want && own == (r.Programme != "") {
					out = append(out, i)
				}
			}
		}
	}
	return out
}

// saidNo tells whether the patient forbade somebody to see their check-ins, or the chart
// is closed to them.
func (c *Service) saidNo(accountID string, t members) bool {
	facts := models.AccessFacts{Restricted: t.restriction.For(accountID)}
	for _, v := range t.consents {
		if v.Value.Recipient == accountID && v.Value.Active(c.now()) {
			facts.Consents = append(facts.Consents, v.Value)
		}
	}
	d := models.Decide(models.AccessQuestion{Actor: models.Actor{AccountID: accountID, Role: models.RoleClinician}, Section: models.SectionCheckIns,
		Verb: models.Read, Purpose: models.PurposeOf(models.RoleClinician), At: c.now()}, facts)
	return d.Rule == models.RulePatientSaidNo || d.Rule == models.RuleRestricted
}
