package people

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// AddRelated puts a supporter's account into the patient's circle. The office
// does it; it opens nothing until the patient signs a consent.
func (ch *Part) AddRelated(ctx context.Context, accountID, relationship string) (models.RelatedPerson, error) {
	none := models.RelatedPerson{}
	d, err := ch.mayChangeTeam(ctx)
	if err != nil {
		return none, err
	}
	if !slices.Contains(models.Relationships, relationship) {
		var c models.Checks
		c.Fail("relationship", "unknown-relationship", "Choose how this person belongs to the patient.")
		return none, c.Err()
	}
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, accountID)
	if err != nil {
		return none, err
	}
	if a.Value.Role != models.RoleSupporter {
		return none, models.E(models.KindInvalid, "not-a-supporter", "Only an account of family or a friend can be added here.")
	}
	r := models.RelatedPerson{PatientID: ch.patient, AccountID: accountID, Name: a.Value.Name,
		Relationship: relationship, Since: ch.care.now().UTC()}
	doc, err := chart.RelatedDoc(r, 0)
	if err != nil {
		return none, err
	}
	err = ch.chart.Commit(ctx, d, "related.added", accountID, store.Insert(chart.ColRelated, doc))
	if models.KindOf(err) == models.KindConflict { // already there
		first, err := chart.Load[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, doc.ID)
		return first.Value, err
	}
	return r, err
}

// SharingChoice is somebody whom the patient can choose when they share.
type SharingChoice struct {
	AccountID  string            `json:"accountId"`
	Name       string            `json:"name"`
	Role       models.Role       `json:"role"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Relation   string            `json:"relationship,omitempty"`
	OnTeam     bool              `json:"onTeam"`
}

// SharingChoices is what a consent form can offer this patient.
type SharingChoices struct {
	People          []SharingChoice    `json:"people"`
	SupporterScopes []models.Scope     `json:"supporterScopes"`
	Scopes          []models.Scope     `json:"scopes"`
	Statements      []models.Statement `json:"statements"`
	SupporterDays   int                `json:"supporterDays"`
}

// SharingChoices lists the people of the patient's circle, their team and the
// site's other clinicians, and what can be given to each.
func (ch *Part) SharingChoices(ctx context.Context) (SharingChoices, error) {
	out := SharingChoices{People: []SharingChoice{}, SupporterScopes: models.SupporterScopes, Scopes: models.ShareableScopes,
		Statements:    []models.Statement{models.StatementRevocation, models.StatementRedisclosure, models.StatementRefusal},
		SupporterDays: models.SupporterConsentDays}
	if _, err := ch.chart.May(ctx, models.SectionConsents, models.Write); err != nil {
		return out, err
	}
	circle, err := chart.Every[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return out, err
	}
	for _, r := range circle {
		out.People = append(out.People, SharingChoice{AccountID: r.Value.AccountID, Name: r.Value.Name, Role: models.RoleSupporter, Relation: r.Value.Relationship})
	}
	team, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return out, err
	}
	onTeam := map[string]bool{}
	for _, m := range team {
		onTeam[m.Value.AccountID] = m.Value.Active(ch.care.now())
	}
	staff, _, err := chart.ReadableOnes[models.Account](ctx, ch.care.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RoleClinician)}}, 0)
	for _, a := range staff {
		if a.Value.Status == models.AccountActive {
			out.People = append(out.People, SharingChoice{AccountID: a.Value.ID, Name: a.Value.Name, Role: a.Value.Role,
				Discipline: a.Value.Discipline, OnTeam: onTeam[a.Value.ID]})
		}
	}
	return out, err
}
