package referrals

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/models/task"
	"handrail/store"
)

var taskSpace, consentSpace = uuid.MustParse("5d0c55a1-2ad1-4a2f-9d67-0c8c6a0f5a31"), uuid.MustParse("e2c7a1f0-93f5-4a55-8a55-6f0f2c3b9d02")

func derived(space uuid.UUID, id string) string {
	return uuid.NewHash(sha256.New(), space, []byte(id), 8).String()
}

// View is a referral as the patient and the team read it.
type View struct {
	referral.Referral
	Overdue bool         `json:"overdue"`
	Shared  bool         `json:"shared"`          // the partner sees it now
	Owner   *task.Person `json:"owner,omitempty"` // who answers for it; nobody once all is done
}

// Refer writes a referral down for the patient to sign. Nothing goes out before they do.
// Its task is from now on somebody's: the maker's, or of who accepts it. The same under
// the same id is one.
//
// Errors: KindInvalid with fields; KindConflict of Partner.Takes, "patient-died",
// "too-many-referrals", "already-asked".
func (ch *Part) Refer(ctx context.Context, id string, o referral.Order) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Write)
	if err == nil && !ch.actor.Role.Staff() {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role does not allow this."))
	}
	if err != nil {
		return View{}, err
	}
	if err := o.Check(); err != nil {
		return View{}, err
	}
	stands, err := ch.load(ctx, id)
	if err == nil {
		if stands.Value.PartnerID != o.PartnerID || stands.Value.Sent.Need != o.Need || stands.Value.Sent.Words != o.Words || (stands.Value.Sent.Name != "") != o.Name || (stands.Value.Sent.Phone != "") != o.Phone {
			err = chart.Refusal(store.ErrExists)
		}
		return ch.viewOne(ctx, stands.Value, err)
	}
	if models.KindOf(err) != models.KindNotFound {
		return View{}, err
	}
	p, sent, err := ch.draft(ctx, o)
	if err != nil {
		return View{}, err
	}
	r := referral.Begin(id, ch.patient, p, sent, ch.actor, ch.care.now())
	r.TaskID = derived(taskSpace, id)
	name, err := ch.name(ctx)
	if err != nil {
		return View{}, err
	}
	ops, err := ch.care.tasks.LeadOps(ctx, ch.actor, r.TaskID, name.Name, task.Order{Code: task.CodeReferral, PatientID: ch.patient,
		Focus: &task.Reference{Type: task.FocusReferral, ID: id}, Priority: task.Routine, DueAt: r.DueAt, To: o.To})
	if err != nil {
		return View{}, err
	}
	op, err := referralOp(r, 0)
	if err != nil {
		return View{}, err
	}
	err = ch.chart.Commit(ctx, d, "referral.made", id, append(ops, op)...)
	return ch.viewOne(ctx, r, err)
}

func (ch *Part) name(ctx context.Context) (models.Patient, error) {
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	return p.Value, err
}

// draft is whom an order asks, and exactly what would go to them.
func (ch *Part) draft(ctx context.Context, o referral.Order) (p referral.Partner, sent referral.Content, err error) {
	v, err := chart.Load[referral.Partner](ctx, ch.care.store, chart.ColPartners, o.PartnerID)
	if models.KindOf(err) == models.KindNotFound {
		var checks models.Checks
		checks.Fail("partnerId", "not-there", "Choose a partner from the list.")
		return p, sent, checks.Err()
	}
	if err != nil {
		return p, sent, err
	}
	if dead, err := ch.care.died(ctx, ch.patient); dead || err != nil {
		return p, sent, orDied(err)
	}
	taken, err := ch.care.placesOf(ctx, v.Value.ID)
	if err != nil {
		return p, sent, err
	}
	if err := v.Value.Takes(o.Need, taken.Value.Taken); err != nil {
		return p, sent, err
	}
	all, err := ch.care.ofPatient(ctx, ch.patient)
	if err != nil {
		return p, sent, err
	}
	switch {
	case len(all) >= referral.MaxOf:
		return p, sent, models.E(models.KindConflict, "too-many-referrals", "This patient has had many referrals. Please ask your administrator.")
	case slices.ContainsFunc(all, func(r kept) bool {
		return r.Value.PartnerID == o.PartnerID && r.Value.Sent.Need == o.Need && !r.Value.Status.Ended()
	}):
		return p, sent, models.E(models.KindConflict, "already-asked", "This partner is asked for this already.")
	}
	who, err := ch.name(ctx)
	sent = referral.Content{Need: o.Need, Words: o.Words, From: ch.care.base.Site.Name, Notice: referral.Notice, NoticeVersion: chart.NoticeVersion}
	if o.Name {
		sent.Name = who.Name
	}
	if o.Phone {
		var checks models.Checks
		checks.Require(who.Phone != "", "phone", "no-number", "The record has no phone number of this person.")
		if err == nil {
			err = checks.Err()
		}
		sent.Phone = who.Phone
	}
	return v.Value, sent, err
}

func orDied(err error) error {
	if err != nil {
		return err
	}
	return models.E(models.KindConflict, "patient-died", "The record says that this person died.")
}

func (ch *Part) load(ctx context.Context, id string) (kept, error) {
	v, err := chart.Load[referral.Referral](ctx, ch.care.store, chart.ColReferrals, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

// Signing is what the patient signs of a referral that they read.
type Signing struct {
	Until      time.Time
	Statements []models.Statement
	Signature  models.Signature
}

// mostShared is how long a consent to a partner may last.
const mostShared = 366 * 24 * time.Hour

// Sign sends a referral out: it is the patient's consent to this partner, for exactly
// what the referral shows, beside and never within any other (42 CFR 2.31). Twice is
// once.
//
// Errors: those of models.CheckConsent with the fields "until", "signature.name";
// KindConflict "not-from-here", of Partner.Takes, "patient-died".
func (ch *Part) Sign(ctx context.Context, id string, s Signing) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Write)
	if err == nil && ch.actor.Role != models.RolePatient {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Only the patient can sign this."))
	}
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	if v.Value.ConsentID != "" && v.Value.Status != referral.Cancelled {
		return ch.viewOne(ctx, v.Value, nil)
	}
	now := ch.care.now().UTC()
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: v.Value.PartnerID, Scopes: []models.Scope{models.ScopeReferral},
		Purposes: []models.Purpose{models.PurposeReferral}, Expiry: models.Expiry{At: &s.Until}, Statements: s.Statements, Signature: s.Signature}
	if err := checkSigning(terms, now); err != nil {
		return View{}, err
	}
	if err := ch.open(ctx, v.Value); err != nil {
		return View{}, err
	}
	if err := ch.care.step(ctx, ch.actor); err != nil {
		return View{}, err
	}
	consent := models.Consent{ID: derived(consentSpace, id), PatientID: ch.patient, Discloser: ch.care.base.Site.Name, SignedAt: now, NoticeText: v.Value.Sent.NoticeVersion, ConsentTerms: terms}
	ops, err := ch.care.people.ConsentOps(consent)
	if err != nil {
		return View{}, err
	}
	next := v.Value.Signed(consent.ID, now)
	more, err := ch.care.movedOps(ctx, v, next, chart.SystemActor)
	if err != nil {
		return View{}, err
	}
	err = ch.chart.Commit(ctx, d, "referral.signed", id, append(ops, more...)...)
	return ch.viewOne(ctx, next, err)
}

func checkSigning(t models.ConsentTerms, now time.Time) error {
	var c models.Checks
	c.Require(t.Expiry.At.After(now), "until", "in-the-past", "Choose a time that is still to come.")
	c.Require(t.Expiry.At.Sub(now) <= mostShared, "until", "too-far", "Choose a time within a year.")
	if err := c.Err(); err != nil {
		return err
	}
	return models.CheckConsent(t, models.RolePartner, now)
}

// open refuses what can't go out any more.
func (ch *Part) open(ctx context.Context, r referral.Referral) error {
	if r.Status != referral.Draft {
		return models.E(models.KindConflict, "not-from-here", "This referral was called off.")
	}
	if dead, err := ch.care.died(ctx, ch.patient); dead || err != nil {
		return orDied(err)
	}
	p, err := chart.Load[referral.Partner](ctx, ch.care.store, chart.ColPartners, r.PartnerID)
	if err != nil {
		return err
	}
	taken, err := ch.care.placesOf(ctx, r.PartnerID)
	if err != nil {
		return err
	}
	return p.Value.Takes(r.Sent.Need, taken.Value.Taken)
}
