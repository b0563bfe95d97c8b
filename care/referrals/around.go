package referrals

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
)

// Around is everything around a person at once.
type Around struct {
	Needs     []referral.Asked `json:"needs"`
	Open      []string         `json:"open"` // needs with which help is wanted and that nobody was asked for, or took
	Team      []Member         `json:"team"`
	Family    []Member         `json:"family"`
	Referrals []View           `json:"referrals"`
}

// Member is somebody around a person.
type Member struct {
	Name       string            `json:"name"`
	Role       models.Role       `json:"role"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Lead       bool              `json:"lead,omitempty"`
	Relation   string            `json:"relationship,omitempty"`
}

// Around reads what is around the patient: for them and their team.
func (ch *Part) Around(ctx context.Context) (Around, error) {
	out := Around{Open: []string{}, Team: []Member{}, Family: []Member{}}
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Read)
	if err != nil {
		return out, err
	}
	if _, err := ch.chart.May(ctx, models.SectionCareTeam, models.Read); err != nil {
		return out, err
	}
	needs, err := ch.care.needs(ctx, ch.patient)
	if err != nil {
		return out, err
	}
	out.Needs = needs.Value.Needs
	all, err := ch.care.ofPatient(ctx, ch.patient)
	if err != nil {
		return out, err
	}
	if out.Referrals, err = ch.views(ctx, all); err != nil {
		return out, err
	}
	for _, n := range out.Needs {
		if n.Wants == "help" && !slices.ContainsFunc(out.Referrals, func(r View) bool { return r.Sent.Need == n.Need && !r.Status.Ended() }) {
			out.Open = append(out.Open, n.Need)
		}
	}
	team, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return out, err
	}
	for _, m := range team {
		if m.Value.Active(ch.care.now()) {
			out.Team = append(out.Team, Member{Name: m.Value.Name, Role: m.Value.Role, Discipline: m.Value.Discipline, Lead: m.Value.Lead})
		}
	}
	family, err := chart.Every[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return out, err
	}
	for _, f := range family {
		out.Family = append(out.Family, Member{Name: f.Value.Name, Role: models.RoleSupporter, Relation: f.Value.Relationship})
	}
	return out, ch.chart.NoteRead(ctx, d, "around.read", "", 1)
}
