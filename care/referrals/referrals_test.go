package referrals_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/care/referrals"
	"handrail/models"
	"handrail/models/referral"
	"handrail/models/risk"
	"handrail/store"
)

type clinic struct {
	*caretest.Clinic
	t              *testing.T
	sam, nurse     models.Actor
	harbor, haven  models.Actor // of two partners
	first, another string       // the two
}

func newClinic(t *testing.T, capacity int) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.nurse = h.Clinician(models.DisciplineNursing, c.sam)
	c.first, c.harbor = c.partner(capacity)
	c.another, c.haven = c.partner(capacity)
	return c
}

func terms(capacity int) referral.PartnerTerms {
	return referral.PartnerTerms{Name: "Harbor House", Needs: []string{"housing", "food"}, Capacity: capacity, ReplyDays: 3}
}

func (c *clinic) partner(capacity int) (string, models.Actor) {
	c.t.Helper()
	id := care.NewID()
	if _, err := c.Care.Referral.AddPartner(c.t.Context(), c.Admin, id, terms(capacity)); err != nil {
		c.t.Fatal(err)
	}
	a, err := c.Care.People.CreateAccount(c.t.Context(), c.Admin, people.NewAccount{Role: models.RolePartner, Name: "Pat", PartnerID: id})
	if err != nil {
		c.t.Fatal(err)
	}
	return id, c.SignIn(a.ID).Session.Actor()
}

func (c *clinic) part(who models.Actor) *referrals.Part {
	return c.Chart(who, c.sam.PatientID).Referral
}

func (c *clinic) refer(partner, need string) string {
	c.t.Helper()
	id := care.NewID()
	for range 2 {
		if v, err := c.part(c.nurse).Refer(c.t.Context(), id, referral.Order{PartnerID: partner, Need: need, Words: "A room, please."}); err != nil || v.Owner == nil || v.Status != referral.Draft {
			c.t.Fatal(v, err)
		}
	}
	return id
}

func (c *clinic) signing() referrals.Signing {
	return referrals.Signing{Until: c.Clock.Now().AddDate(0, 1, 0), Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam", Method: "typed"}}
}

func (c *clinic) sent(partner, need string) string {
	c.t.Helper()
	id := c.refer(partner, need)
	for range 2 {
		if v, err := c.part(c.sam).Sign(c.t.Context(), id, c.signing()); err != nil || v.Status != referral.Requested || !v.Shared {
			c.t.Fatal(v, err)
		}
	}
	return id
}

// gone tells that a partner can't tell a referral from one that never was.
func (c *clinic) gone(who models.Actor, id string) {
	c.t.Helper()
	_, err := c.Care.Referral.PartnerReferral(c.t.Context(), who, id)
	_, guess := c.Care.Referral.PartnerReferral(c.t.Context(), who, care.NewID())
	if models.KindOf(err) != models.KindNotFound || err.Error() != guess.Error() {
		c.t.Errorf("%v, a guess %v", err, guess)
	}
	if _, err := c.Care.Referral.PartnerMove(c.t.Context(), who, id, referral.Move{Status: referral.Accepted}); models.KindOf(err) != models.KindNotFound {
		c.t.Errorf("moved: %v", err)
	}
}

// From need to outcome: nothing goes out unsigned, only its partner sees it, it has an
// owner and a clock until it is done, and consents and partners that end close it.
func TestAReferralFromNeedToOutcome(t *testing.T) {
	c := newClinic(t, 5)
	ctx := t.Context()
	if _, err := c.part(c.sam).SetNeeds(ctx, 1, referral.SocialNeeds{Needs: []referral.Asked{{Need: "housing", Wants: "help"}}}); err != nil {
		t.Fatal(err)
	}
	if a, err := c.part(c.nurse).Around(ctx); err != nil || len(a.Open) != 1 || len(a.Team) != 1 {
		t.Errorf("%+v, %v", a, err)
	}
	id := c.refer(c.first, "housing")
	c.gone(c.harbor, id)
	_, err := c.part(c.nurse).Sign(ctx, id, c.signing())
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	if _, err = c.part(c.sam).Sign(ctx, id, c.signing()); err != nil {
		t.Fatal(err)
	}
	c.gone(c.haven, id)
	v, err := c.Care.Referral.PartnerReferral(ctx, c.harbor, id)
	if err != nil || v.Sent.Name != "" || v.Sent.Notice != referral.Notice || v.Sent.Words != "A room, please." {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := c.Care.Open(ctx, c.harbor, c.sam.PatientID, models.PurposeReferral); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a partner opened a chart: %v", err)
	}
	at, yes := c.Clock.Now().Add(48*time.Hour), true
	for _, m := range []referral.Move{{Status: referral.Accepted}, {Status: referral.InProgress, BookedFor: &at}, {Status: referral.Completed, Attended: &yes, Words: "Moved in."}} {
		for range 2 {
			if v, err = c.Care.Referral.PartnerMove(ctx, c.harbor, id, m); err != nil || v.Status != m.Status {
				t.Fatalf("%s: %+v, %v", m.Status, v, err)
			}
		}
	}
	own, err := c.part(c.sam).Tell(ctx, id, "yes", "I sleep again.")
	if err != nil || own.Owner != nil || own.Outcome.Words != "Moved in." || own.Own.Words != "I sleep again." {
		t.Errorf("%+v, %v", own, err)
	}
	if p, err := c.Care.Referral.Partner(ctx, c.Admin, c.first); err != nil || p.Value.Taken != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	taken := c.sent(c.first, "food") // the patient takes it back among their consents
	r, err := c.part(c.sam).Referral(ctx, taken)
	if err == nil {
		err = c.Chart(c.sam, c.sam.PatientID).People.RevokeConsent(ctx, r.ConsentID)
	}
	if r, _ = c.part(c.nurse).Referral(ctx, taken); err != nil || r.Status != referral.Cancelled || r.Owner == nil || r.Shared {
		t.Errorf("%+v, %v", r, err)
	}
	c.gone(c.harbor, taken)
	ends := c.sent(c.first, "food")
	c.Clock.Move(40 * 24 * time.Hour) // the consent ends midway
	c.sam, c.nurse, c.harbor = c.SignIn(c.sam.AccountID).Session.Actor(), c.SignIn(c.nurse.AccountID).Session.Actor(), c.SignIn(c.harbor.AccountID).Session.Actor()
	c.gone(c.harbor, ends)
	left := c.sent(c.another, "food") // the partner is let go
	p, _ := c.Care.Referral.Partner(ctx, c.Admin, c.another)
	for range 2 {
		if _, err := c.Care.Referral.SetPartner(ctx, c.Admin, p.Version, c.another, terms(5), true); err != nil {
			t.Fatal(err)
		}
	}
	c.gone(c.haven, left)
	if r, err := c.part(c.nurse).Referral(ctx, left); err != nil || r.Status != referral.Cancelled || r.Owner == nil {
		t.Errorf("%+v, %v", r, err)
	}
	open := c.sent(c.first, "housing")
	if _, err := c.Chart(c.nurse, c.sam.PatientID).Record.SetContactState(ctx, 1, risk.ContactState{State: risk.Died}); err != nil {
		t.Fatal(err)
	}
	c.gone(c.harbor, open)
	_, err = c.part(c.nurse).Refer(ctx, care.NewID(), referral.Order{PartnerID: c.first, Need: "food", Words: "x"})
	caretest.WantKind(t, err, models.KindConflict, "patient-died")
}

// Of two partners who say yes at once one has it; the last place is taken once.
func TestTwoPartnersSayYesAtOnce(t *testing.T) {
	c := newClinic(t, 1)
	ids := []string{c.sent(c.first, "housing"), c.sent(c.another, "housing")}
	errs := make([]error, 4)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() {
			_, errs[n] = c.Care.Referral.PartnerMove(t.Context(), []models.Actor{c.harbor, c.haven}[n%2], ids[n%2], referral.Move{Status: referral.Accepted})
		})
	}
	all.Wait()
	held := 0
	for n, id := range ids {
		r, err := c.part(c.nurse).Referral(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if r.Status.Held() {
			held++
			if errs[n] != nil || errs[n+2] != nil {
				t.Errorf("who has it was told %v, %v", errs[n], errs[n+2])
			}
		}
	}
	if held != 1 {
		t.Errorf("%d have it: %v", held, errs)
	}
	if p, err := c.Care.Referral.Partner(t.Context(), c.Admin, c.first); err != nil || p.Value.Taken > 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// between is a store in which something happens before the next batch is written, or
// before a document of a collection is read.
type between struct {
	store.Store
	do func()
	at string
}

func (b *between) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if do := b.do; do != nil && collection == b.at {
		b.do = nil
		do()
	}
	return b.Store.Get(ctx, collection, id)
}

func (b *between) Batch(ctx context.Context, ops ...store.Op) error {
	if do := b.do; do != nil && b.at == "" {
		b.do = nil
		do()
	}
	return b.Store.Batch(ctx, ops...)
}

// Two of a partner take the last place together: who reads that it is taken by the other's
// same step is told so, and not that there is none.
func TestASameYesIsNoFullHouse(t *testing.T) {
	c := newClinic(t, 1)
	id := c.sent(c.first, "housing")
	yes := func(on *care.Care) error {
		_, err := on.Referral.PartnerMove(t.Context(), c.harbor, id, referral.Move{Status: referral.Accepted})
		return err
	}
	b := &between{Store: c.Store, at: chart.ColPlaces}
	other := c.InstanceOn(b, func(*care.Config) {})
	var first error
	b.do = func() { first = yes(c.Care) }
	if second := yes(other); first != nil || second != nil || b.do != nil {
		t.Errorf("they were told %v, %v", first, second)
	}
}

// Places that the office takes away while a partner says yes are not taken.
func TestPlacesThatGoWhileAPartnerSaysYes(t *testing.T) {
	c := newClinic(t, 1)
	id := c.sent(c.first, "housing")
	b := &between{Store: c.Store}
	other := c.InstanceOn(b, func(*care.Config) {})
	b.do = func() {
		p, err := c.Care.Referral.Partner(t.Context(), c.Admin, c.first)
		if err == nil {
			_, err = c.Care.Referral.SetPartner(t.Context(), c.Admin, p.Version, c.first, terms(0), false)
		}
		if err != nil {
			t.Error(err)
		}
	}
	_, err := other.Referral.PartnerMove(t.Context(), c.harbor, id, referral.Move{Status: referral.Accepted})
	caretest.WantKind(t, err, models.KindConflict, "partner-full")
	if p, err := c.Care.Referral.Partner(t.Context(), c.Admin, c.first); err != nil || p.Value.Taken != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

// What no form sends is refused by name, and changes nothing.
func TestBadReferrals(t *testing.T) {
	c := newClinic(t, 0)
	ctx := t.Context()
	_, err := c.part(c.nurse).Refer(ctx, care.NewID(), referral.Order{PartnerID: c.first, Need: "housing", Words: "x"})
	caretest.WantKind(t, err, models.KindConflict, "partner-full")
	for field, o := range map[string]referral.Order{"need": {PartnerID: c.first, Need: "gold", Words: "x"}, "words": {PartnerID: c.first, Need: "food", Words: strings.Repeat("x", 1<<20)},
		"partnerId": {PartnerID: care.NewID(), Need: "food", Words: "x"}} {
		_, err := c.part(c.nurse).Refer(ctx, care.NewID(), o)
		if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != field {
			t.Errorf("%s: %v %v", field, err, f)
		}
	}
	for _, capacity := range []int{-1, referral.MaxCapacity + 1} {
		_, err := c.Care.Referral.AddPartner(ctx, c.Admin, care.NewID(), terms(capacity))
		caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	}
	open, _ := c.partner(1)
	stranger := c.Clinician(models.DisciplineNursing)
	_, err = c.part(c.nurse).Refer(ctx, care.NewID(), referral.Order{PartnerID: open, Need: "food", Words: "x", To: stranger.AccountID})
	if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "to" {
		t.Errorf("an owner without a right: %v %v", err, f)
	}
	trainee := c.Clinician(models.DisciplineTrainee, c.sam)
	_, err = c.part(trainee).Refer(ctx, care.NewID(), referral.Order{PartnerID: open, Need: "food", Words: "x"})
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	id := c.refer(open, "food")
	for _, until := range []time.Time{c.Clock.Now().AddDate(-1, 0, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		s := c.signing()
		s.Until = until
		_, err := c.part(c.sam).Sign(ctx, id, s)
		if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "until" {
			t.Errorf("until %v: %v %v", until, err, f)
		}
	}
}
