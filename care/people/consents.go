package people

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
	"handrail/store/aside"
)

// ConsentView is a consent as the patient reads it.
type ConsentView struct {
	models.Consent
	Status        string `json:"status"`
	RecipientName string `json:"recipientName,omitempty"`
}

// Consents lists the patient's consents, newest first.
func (ch *Part) Consents(ctx context.Context, cursor string, limit int) (chart.Page[ConsentView], error) {
	var out chart.Page[ConsentView]
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[models.Consent](ctx, ch.care.store, chart.ColConsents, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	recipients := make([]string, len(page.Items))
	for i, v := range page.Items {
		recipients[i] = v.Value.Recipient
	}
	ctx, ahead := chart.NewAhead(ctx)
	for _, from := range []string{chart.ColAccounts, chart.ColPartners} {
		if err := ahead.Read(ctx, ch.care.store, from, recipients...); err != nil {
			return out, err
		}
	}
	for _, v := range page.Items {
		out.Items = append(out.Items, ch.care.viewConsent(ctx, v.Value))
	}
	return out, ch.chart.NoteRead(ctx, d, "consents.read", "", len(out.Items))
}

func (c *Service) viewConsent(ctx context.Context, v models.Consent) ConsentView {
	view := ConsentView{Consent: v, Status: v.Status(c.now())}
	if a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, v.Recipient); err == nil {
		view.RecipientName = a.Value.Name
	} else if p, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, v.Recipient); err == nil {
		view.RecipientName = p.Value.Name
	}
	return view
}

// GiveConsent signs a consent. The patient can, and who acts for them by a
// document (models.GuardianMaySign). The id is the client's: the
// same terms under the same id are the same consent; other terms are a conflict.
func (ch *Part) GiveConsent(ctx context.Context, id string, t models.ConsentTerms) (ConsentView, error) {
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Write)
	if err != nil {
		return ConsentView{}, err
	}
	if ch.actor.Role == models.RoleGuardian && !models.GuardianMaySign(t, ch.actor.AccountID) {
		return ConsentView{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-a-guardian", "Only the patient can sign this."))
	}
	role, err := ch.recipientRole(ctx, t)
	if err != nil {
		return ConsentView{}, err
	}
	now := ch.care.now().UTC()
	if role == models.RoleSupporter && t.Expiry == (models.Expiry{}) {
		end := now.AddDate(0, 0, models.SupporterConsentDays)
		t.Expiry.At = &end
	}
	if err := models.CheckConsent(t, role, now); err != nil {
		return ConsentView{}, err
	}
	if err := ch.care.checkPromise(ctx, id, t); err != nil {
		return ConsentView{}, err
	}
	if t.Provision == models.Permit { // never to share less: somebody may be standing beside them
		if err := ch.care.signin.StepUpNeeded(ctx, ch.actor); err != nil {
			return ConsentView{}, err
		}
	}
	v := models.Consent{ID: id, PatientID: ch.patient, Discloser: ch.care.site.Name,
		SignedAt: now, NoticeText: chart.NoticeVersion, ConsentTerms: t}
	if v.WordsReviewedOn, err = ch.care.signedOn(ctx, t); err != nil {
		return ch.sameConsent(ctx, v, err) // one that was signed before stands, whatever became of its words
	}
	if ch.actor.Role == models.RoleGuardian {
		v.SignedBy = ch.actor.AccountID
	}
	ops, err := ch.care.consentOps(v)
	if err != nil {
		return ConsentView{}, err
	}
	err = ch.chart.Commit(ctx, d, "consent.given", id, ops...)
	if models.KindOf(err) == models.KindConflict {
		return ch.sameConsent(ctx, v, err)
	}
	return ch.care.viewConsent(ctx, v), err
}

// sameConsent answers a repeated signing with the consent that stands.
func (ch *Part) sameConsent(ctx context.Context, again models.Consent, conflict error) (ConsentView, error) {
	stands, err := chart.First[models.Consent](ctx, ch.care.store, chart.ColConsents, again.ID, conflict)
	if err != nil {
		return ConsentView{}, err
	}
	again.Words = stands.Value.Words // what it was signed on is the first call's
	if stands.Value.PatientID != ch.patient || !sameTerms(stands.Value, again) {
		return ConsentView{}, conflict
	}
	return ch.care.viewConsent(ctx, stands.Value), nil
}

// sameTerms compares what was signed. A supporter's end that the server filled in
// moves with the clock, so such ends count as equal.
func sameTerms(a, b models.Consent) bool {
	if a.Expiry.At != nil && b.Expiry.At != nil {
		filled := func(c models.Consent) bool {
			return c.Expiry.At.Equal(c.SignedAt.AddDate(0, 0, models.SupporterConsentDays))
		}
		if filled(a) && filled(b) || a.Expiry.At.Equal(*b.Expiry.At) {
			b.Expiry.At = a.Expiry.At
		}
	}
	return chart.SameJSON(a.ConsentTerms, b.ConsentTerms)
}

// recipientRole finds out what a recipient is: a professional of the site, or
// somebody of the patient's own circle. A class of recipients has no role. An
// account that the patient could not know gets the answer of one that is not.
func (ch *Part) recipientRole(ctx context.Context, t models.ConsentTerms) (models.Role, error) {
	if t.Kind == models.ConsentTreatment || t.Kind == models.ConsentLegal {
		return "", nil
	}
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, t.Recipient)
	known := err == nil && a.Value.Role.Staff()
	if err == nil && a.Value.Role == models.RoleSupporter {
		known, err = ch.care.base.IsRelated(ctx, ch.patient, t.Recipient)
	}
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return "", err
	}
	if !known {
		var c models.Checks
		c.Fail("recipient", "unknown-recipient", "Choose somebody from the list.")
		return "", c.Err()
	}
	return a.Value.Role, nil
}

// RevokeConsent takes a consent back. It holds from the next request on. Taking
// back twice is the same as once. The other side is not told.
func (ch *Part) RevokeConsent(ctx context.Context, id string) error {
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Write)
	if err != nil {
		return err
	}
	v, err := chart.Load[models.Consent](ctx, ch.care.store, chart.ColConsents, id)
	if err != nil {
		return err
	}
	if v.Value.PatientID != ch.patient {
		return models.NotFound()
	}
	if v.Value.RevokedAt != nil {
		return nil
	}
	now := ch.care.now().UTC().Truncate(time.Millisecond)
	v.Value.RevokedAt, v.Value.RevokedBy = &now, ch.actor.AccountID
	doc, err := chart.Encode(id, ch.patient, v.Version, chart.ConsentKeys(v.Value), v.Value)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColConsents, doc)
	if ch.care.revoked != nil {
		more, err := ch.care.revoked(ctx, v.Value)
		if err == nil && len(more) > 0 {
			err = ch.chart.Commit(ctx, d, "consent.revoked", id, append(more, op)...)
			if err == nil {
				return nil
			}
		}
		if err != nil { // it holds without what follows
			ch.care.base.Log.Warn("what follows from a consent taken back was not written", "cause", aside.Cause(err))
		}
	}
	return ch.chart.Commit(ctx, d, "consent.revoked", id, op)
}
