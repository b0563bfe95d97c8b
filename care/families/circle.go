package families

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// SupporterView is somebody of the patient's circle as the patient reads it.
type SupporterView struct {
	AccountID    string            `json:"accountId"`
	Name         string            `json:"name"`
	Relationship string            `json:"relationship"`
	Since        time.Time         `json:"since"`
	Agreement    *models.Agreement `json:"agreement,omitempty"`
	Promise      *family.Promise   `json:"promise,omitempty"`
	RehearsedOn  string            `json:"rehearsedOn,omitempty"` // when the two last practised the plan together, YYYY-MM-DD
	Pages        []models.PageFor  `json:"pages"`                 // that the patient gave them to read
	Looks        []Look            `json:"looks"`
}

// Look is a consent in force, as far as it is about how long what is open.
type Look struct {
	ConsentID string         `json:"consentId"`
	Scopes    []models.Scope `json:"scopes"`
	Until     *time.Time     `json:"until,omitempty"`
	EndsSoon  bool           `json:"endsSoon"` // within family.WordBefore
}

// Supporters lists the patient's circle, the oldest first, with what each of them may
// see now. Only the patient reads it.
func (ch *Part) Supporters(ctx context.Context) ([]SupporterView, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return nil, err
	}
	found, err := chart.Every[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return nil, err
	}
	looks, err := ch.care.looksBy(ctx, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true}, func(v models.Consent) string { return v.Recipient })
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(found))
	for _, r := range found {
		ids = append(ids, chart.MembershipID(ch.patient, r.Value.AccountID))
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, ch.care.store, chart.ColPromises, ids...); err != nil {
		return nil, err
	}
	out := make([]SupporterView, 0, len(found))
	for _, r := range found {
		v := SupporterView{AccountID: r.Value.AccountID, Name: r.Value.Name, Relationship: r.Value.Relationship, Since: r.Value.Since, Agreement: r.Value.Agreement, RehearsedOn: r.Value.RehearsedOn, Pages: pagesOrNone(r.Value.Pages)}
		v.Looks = append([]Look{}, looks[v.AccountID]...)
		if v.Promise, err = ch.care.promise(ctx, ch.patient, v.AccountID); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, ch.chart.NoteRead(ctx, d, "consents.read", "", len(out))
}

// looksBy are the consents in force along an index, the newest first, by somebody they
// name.
func (c *Service) looksBy(ctx context.Context, q store.Query, of func(models.Consent) string) (map[string][]Look, error) {
	out := map[string][]Look{}
	now := c.now()
	err := chart.Through(ctx, c.store, chart.ColConsents, q, func(v chart.Versioned[models.Consent]) (bool, error) {
		if v.Value.Provision == models.Permit && v.Value.Active(now) {
			end := v.Value.Expiry.At
			out[of(v.Value)] = append(out[of(v.Value)], Look{v.Value.ID, v.Value.Scopes, end, end != nil && end.Sub(now) <= family.WordBefore})
		}
		return false, nil
	})
	return out, err
}

// promise is a supporter's part of the plan; nil: they wrote none.
func (c *Service) promise(ctx context.Context, patientID, accountID string) (*family.Promise, error) {
	v, err := chart.Load[family.Promise](ctx, c.store, chart.ColPromises, chart.MembershipID(patientID, accountID))
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	return &v.Value, err
}

// Remove takes somebody out of the circle: all that they may see ends now, and they are
// told nothing. Twice is once. Only the patient can.
func (ch *Part) Remove(ctx context.Context, accountID string) error {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return err
	}
	if err := ch.care.people.Revoke(ctx, ch.chart, d, accountID); err != nil {
		return err
	}
	_, version, err := ch.care.relation(ctx, ch.patient, accountID)
	if err != nil || version == 0 {
		return err
	}
	if err := ch.care.crisis.Unshare(ctx, ch.actor, accountID); err != nil {
		return err
	}
	ops := []store.Op{store.Delete(chart.ColRelated, chart.MembershipID(ch.patient, accountID), version)}
	words, err := ch.care.wordsOf(ctx, ch.patient, accountID)
	if err != nil {
		return err
	}
	return chart.UnlessGone(ch.chart.Commit(ctx, d, "related.removed", accountID, append(ops, words...)...))
}

// wordsOf deletes what somebody wrote in their place: their part of the plan, and goals that
// they proposed. Without the place they could read neither, nor take them back.
func (c *Service) wordsOf(ctx context.Context, patientID, accountID string) (ops []store.Op, err error) {
	id := chart.MembershipID(patientID, accountID)
	p, err := chart.Load[family.Promise](ctx, c.store, chart.ColPromises, id)
	if err == nil {
		ops = append(ops, store.Delete(chart.ColPromises, id, p.Version))
	} else if models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	proposed, err := c.proposed(ctx, patientID, accountID)
	for _, v := range proposed {
		ops = append(ops, store.Delete(chart.ColGoalProposals, v.Value.ID, v.Version))
	}
	return ops, err
}

// ProposeWords puts other words in the place of what somebody and the patient agreed to.
// They hold when that person says yes. number is that of the words before, so that
// neither undoes what the other wrote.
func (ch *Part) ProposeWords(ctx context.Context, accountID string, number int, words []string) (models.Agreement, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return models.Agreement{}, err
	}
	return ch.care.agree(ctx, ch.chart, d, accountID, func(a *models.Agreement) (*models.Agreement, error) {
		return propose(a, number, words, true, ch.care.now())
	})
}

// AgreeWords says the patient's yes to words that the other wrote.
func (ch *Part) AgreeWords(ctx context.Context, accountID string, number int) (models.Agreement, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return models.Agreement{}, err
	}
	return ch.care.agree(ctx, ch.chart, d, accountID, func(a *models.Agreement) (*models.Agreement, error) {
		return family.Agree(a, number, true, ch.care.now())
	})
}

func propose(a *models.Agreement, number int, words []string, byPatient bool, now time.Time) (*models.Agreement, error) {
	stands := 0
	if a != nil {
		stands = a.Number
	}
	if stands != number && (a == nil || !slices.Equal(a.Words, words)) { // the same words again: their answer was lost
		return nil, models.E(models.KindConflict, "words-changed", "These words were changed meanwhile. Please read them again.")
	}
	return family.Propose(a, words, byPatient, now)
}

// agree changes what two people agree to.
func (c *Service) agree(ctx context.Context, ch *chart.Chart, d models.Decision, accountID string,
	change func(*models.Agreement) (*models.Agreement, error)) (models.Agreement, error) {
	r, version, err := c.relation(ctx, ch.PatientID(), accountID)
	if err != nil {
		return models.Agreement{}, err
	}
	if version == 0 {
		return models.Agreement{}, models.NotFound()
	}
	next, err := change(r.Agreement)
	if err != nil {
		return models.Agreement{}, err
	}
	if r.Agreement != nil && chart.SameJSON(*r.Agreement, *next) {
		return *next, nil
	}
	r.Agreement = next
	op, err := relatedOp(r, version)
	if err != nil {
		return models.Agreement{}, err
	}
	return *next, ch.Commit(ctx, d, "agreement.changed", accountID, op)
}
