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
	Language   string            `json:"language,omitempty"` // of a supporter, where something can be promised
	Promises   []models.Scope    `json:"promises,omitempty"` // what can be promised to a supporter now
	Ways       []models.CallWay  `json:"ways,omitempty"`     // by which they can be reached for it
}

// SharingChoices is what a consent form can offer this patient.
type SharingChoices struct {
	People          []SharingChoice    `json:"people"`
	SupporterScopes []models.Scope     `json:"supporterScopes"`
	Scopes          []models.Scope     `json:"scopes"`
	Statements      []models.Statement `json:"statements"`
	SupporterDays   int                `json:"supporterDays"`
	CallRules       []models.CallRule  `json:"callRules,omitempty"`
	Wordings        []models.Wording   `json:"wordings,omitempty"`
	AfterMinutes    []int              `json:"afterMinutes,omitempty"`
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
		choice := SharingChoice{AccountID: r.Value.AccountID, Name: r.Value.Name, Role: models.RoleSupporter, Relation: r.Value.Relationship}
		promises, offer, err := ch.care.canPromise(ctx, r.Value.AccountID)
		if err != nil {
			return out, err
		}
		if choice.Promises = promises; len(promises) > 0 {
			choice.Ways, choice.Language = offer.Ways, offer.Language
			out.CallRules, out.Wordings, out.AfterMinutes = models.CallRules, ch.care.offers.Wordings(), models.AfterMinutes
		}
		out.People = append(out.People, choice)
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

// canPromise tells what can be kept of what a patient could promise to a supporter: a
// call needs alerts, and both need a way that reaches them.
func (c *Service) canPromise(ctx context.Context, accountID string) ([]models.Scope, models.PromiseOffer, error) {
	if c.offers == nil {
		return nil, models.PromiseOffer{}, nil
	}
	offer, err := c.offers.Offer(ctx, accountID)
	if err != nil || len(offer.Ways) == 0 {
		return nil, offer, err
	}
	on, err := c.alertsOn(ctx)
	if on {
		return models.SupporterPromises, offer, err
	}
	return []models.Scope{models.ScopeMedicineReminders}, offer, err
}

// checkPromise refuses a promise that could not be kept as things stand, and words that
// are not those that are sent.
func (c *Service) checkPromise(ctx context.Context, id string, t models.ConsentTerms) error {
	if t.Provision != models.Permit || t.CallForHelp == nil && t.MedicineReminders == nil {
		return nil
	}
	if _, err := chart.Load[models.Consent](ctx, c.store, chart.ColConsents, id); models.KindOf(err) != models.KindNotFound {
		return err // signed before: what stands is compared
	}
	can, offer, err := c.canPromise(ctx, t.Recipient)
	if err != nil {
		return err
	}
	var checks models.Checks
	for _, s := range t.Scopes {
		checks.Require(!slices.Contains(models.SupporterPromises, s) || slices.Contains(can, s), "scopes", "cannot-be-kept", "This can't be promised right now: there is no way that reaches this person, or nobody who would call them.")
	}
	if p := t.CallForHelp; p != nil {
		checks.Require(slices.Contains(offer.Ways, p.Way), "callForHelp.way", "does-not-reach", "This way does not reach this person. Choose another one.")
		known := c.offers != nil && slices.Contains(c.offers.Wordings(), models.Wording{Code: p.Wording, Language: p.Language, Text: p.Text})
		checks.Require(known, "callForHelp.text", "other-words", "These are not the words that would be sent. Look at them again.")
	}
	if p := t.MedicineReminders; p != nil {
		checks.Require(slices.Contains(offer.Ways, p.Way), "medicineReminders.way", "does-not-reach", "This way does not reach this person. Choose another one.")
	}
	return checks.Err()
}
