package people

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// consentOps keep a new consent. One to family and friends gets a line that waits, so
// that it does not end without a word.
func (c *Service) consentOps(v models.Consent) ([]store.Op, error) {
	doc, err := chart.Encode(v.ID, v.PatientID, 0, chart.ConsentKeys(v), v)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{store.Insert(chart.ColConsents, doc)}
	if !ofFamily(v) {
		return ops, nil
	}
	if e, ok := family.EndingOf(v, c.now()); ok {
		doc, err := endingDoc(e, 0)
		return append(ops, store.Insert(chart.ColConsentEnds, doc)), err
	}
	return ops, nil
}

// ofFamily tells whether a consent is one to family or a friend.
func ofFamily(v models.Consent) bool {
	for _, p := range v.Purposes {
		if p == models.PurposeFamily {
			return true
		}
	}
	return false
}

func endingDoc(e family.Ending, version int64) (store.Doc, error) {
	return chart.Encode(e.ConsentID, e.PatientID, version, store.Keys{"due": chart.Millis(e.Due())}, e)
}

// workConsentEnds names this worker where it sets something aside.
const workConsentEnds = "consent-ends"

// TellConsentEnds tells patients that what they share with family and friends will end,
// a while before, and notes when it has. What was taken back, or renewed meanwhile,
// ends without a word.
func (c *Service) TellConsentEnds(ctx context.Context) error {
	if err := c.beginConsentEnds(ctx); err != nil {
		return err
	}
	round, err := c.aside.Round(ctx, workConsentEnds)
	if err != nil {
		return err
	}
	return chart.EachDue(ctx, c.base, chart.ColConsentEnds, round, func(e chart.Versioned[family.Ending]) error { return c.tellEnd(ctx, e) })
}

func (c *Service) tellEnd(ctx context.Context, e chart.Versioned[family.Ending]) error {
	v, err := chart.Load[models.Consent](ctx, c.store, chart.ColConsents, e.Value.ConsentID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	over := store.Delete(chart.ColConsentEnds, e.Value.ConsentID, e.Version)
	if err != nil || v.Value.RevokedAt != nil {
		return unlessChanged(chart.Refusal(c.store.Batch(ctx, over)))
	}
	goesOn, err := c.goesOn(ctx, v.Value)
	if err != nil {
		return err
	}
	if goesOn {
		return unlessChanged(chart.Refusal(c.store.Batch(ctx, over)))
	}
	l := c.base.AuditEvent(chart.SystemActor, "consent.ending")
	l.PatientID, l.Section, l.Ref, l.Changed = v.Value.PatientID, models.SectionConsents, v.Value.ID, true
	if !v.Value.Active(c.now()) {
		l.Action = "consent.ended"
		return unlessChanged(c.base.Commit(ctx, l, over))
	}
	e.Value.Told = true
	doc, err := endingDoc(e.Value, e.Version)
	if err != nil {
		return err
	}
	return unlessChanged(c.base.Commit(ctx, l, store.Replace(chart.ColConsentEnds, doc)))
}

// goesOn tells whether all that a consent opens is open for longer by others.
func (c *Service) goesOn(ctx context.Context, v models.Consent) (bool, error) {
	left := map[models.Scope]bool{}
	for _, s := range v.Scopes {
		left[s] = true
	}
	err := chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "pair", Equal: []any{v.PatientID, v.Recipient}},
		func(other chart.Versioned[models.Consent]) (bool, error) {
			o := other.Value
			if o.ID != v.ID && o.Provision == models.Permit && o.Active(c.now()) && ofFamily(o) && o.Expiry.At != nil && o.Expiry.At.After(*v.Expiry.At) {
				for _, s := range o.Scopes {
					delete(left, s)
				}
			}
			return len(left) == 0, nil
		})
	return len(left) == 0, err
}

// unlessChanged lets go what another instance was first with.
func unlessChanged(err error) error {
	if k := models.KindOf(err); k == models.KindStale || k == models.KindNotFound {
		return nil
	}
	return err
}

// beginConsentEnds gives the consents that an older program kept their lines, once in
// the life of a store.
func (c *Service) beginConsentEnds(ctx context.Context) error {
	return c.consentEnds.through(ctx, c, c.beginEndsOf)
}

func (c *Service) beginEndsOf(ctx context.Context, patientID string) error {
	return chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "patient", Equal: []any{patientID}},
		func(v chart.Versioned[models.Consent]) (bool, error) {
			e, ok := family.EndingOf(v.Value, c.now())
			if !ok || !ofFamily(v.Value) {
				return false, nil
			}
			doc, err := endingDoc(e, 0)
			if err != nil {
				return false, err
			}
			if err := c.store.Insert(ctx, chart.ColConsentEnds, doc); !errors.Is(err, store.ErrExists) {
				return false, chart.Refusal(err)
			}
			return false, nil
		})
}

// RenewConsent signs once more, for the usual time, what a consent to family or a friend
// opens, and takes the old one back in the same step. The same call twice is one. Only
// the patient can.
func (ch *Part) RenewConsent(ctx context.Context, id, newID string, statements []models.Statement, signature models.Signature, read *models.ReadWords) (ConsentView, error) {
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Write)
	if err != nil {
		return ConsentView{}, err
	}
	old, err := chart.Load[models.Consent](ctx, ch.care.store, chart.ColConsents, id)
	if err != nil || old.Value.PatientID != ch.patient || !ofFamily(old.Value) {
		if err == nil {
			err = models.NotFound()
		}
		return ConsentView{}, err
	}
	t := old.Value.ConsentTerms
	now := ch.care.now().UTC()
	end := now.AddDate(0, 0, models.SupporterConsentDays)
	t.Expiry, t.Statements, t.Signature, t.Words = models.Expiry{At: &end}, statements, signature, read
	role, err := ch.recipientRole(ctx, t)
	if err != nil {
		return ConsentView{}, err
	}
	if err := models.CheckConsent(t, role, now); err != nil {
		return ConsentView{}, err
	}
	if err := ch.care.signin.StepUpNeeded(ctx, ch.actor); err != nil {
		return ConsentView{}, err
	}
	v := models.Consent{ID: newID, PatientID: ch.patient, Discloser: ch.care.site.Name, SignedAt: now, NoticeText: chart.NoticeVersion, ConsentTerms: t}
	if again, err := ch.sameConsent(ctx, v, models.NotFound()); err == nil {
		return again, nil
	}
	if old.Value.RevokedAt != nil {
		return ConsentView{}, models.E(models.KindConflict, "consent-taken-back", "This was taken back. Share again if you want to.")
	}
	if v.WordsReviewedOn, err = ch.care.signedOn(ctx, t); err != nil {
		return ConsentView{}, err
	}
	ops, err := ch.care.consentOps(v)
	if err != nil {
		return ConsentView{}, err
	}
	at := now.Truncate(1e6)
	old.Value.RevokedAt, old.Value.RevokedBy = &at, ch.actor.AccountID
	doc, err := chart.Encode(id, ch.patient, old.Version, chart.ConsentKeys(old.Value), old.Value)
	if err != nil {
		return ConsentView{}, err
	}
	err = ch.chart.Commit(ctx, d, "consent.renewed", newID, append(ops, store.Replace(chart.ColConsents, doc))...)
	return ch.care.viewConsent(ctx, v), err
}
