package signin_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
)

// addTOTP gives an account an app with codes.
func addTOTP(t *testing.T, h *caretest.Clinic, who models.Actor) (code func() string) {
	t.Helper()
	made, err := h.Care.Signin.BeginTOTP(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	code = func() string {
		c, err := totp.GenerateCode(made.Secret, h.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if _, err := h.Care.Signin.ConfirmTOTP(t.Context(), who, code()); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Minute)
	return code
}

func newAdmin(h *caretest.Clinic, t *testing.T, by models.Actor) error {
	_, err := h.Care.People.CreateAccount(t.Context(), by, people.NewAccount{Role: models.RoleAdministrator, Name: "Second"})
	return err
}

func wantStepUp(t *testing.T, err error, ways ...models.Way) {
	t.Helper()
	var needs *signin.NeedsStepUp
	if !errors.As(err, &needs) || !slices.Equal(needs.Ways, ways) {
		t.Fatalf("got %v %+v, want step-up by %v", err, needs, ways)
	}
}

// TestAFreshFactorIsAskedFor of accounts that have one, for this session and for ten
// minutes.
func TestAFreshFactorIsAskedFor(t *testing.T) {
	h := caretest.New(t)
	if err := newAdmin(h, t, h.Admin); err != nil {
		t.Fatalf("an account without a factor: %v", err)
	}
	code := addTOTP(t, h, h.Admin)
	h.Clock.Move(10 * time.Minute)
	wantStepUp(t, newAdmin(h, t, h.Admin), models.WayTOTP)
	_, err := h.Care.Signin.NewEnrolmentCode(t.Context(), h.Admin, h.Admin.AccountID, signin.CodeRequest{Identity: []string{"photo-id"}})
	wantStepUp(t, err, models.WayTOTP)
	right := code()
	if _, err := h.Care.Signin.StepUpWithTOTP(t.Context(), h.Admin, right); err != nil {
		t.Fatal(err)
	}
	if err := newAdmin(h, t, h.Admin); err != nil {
		t.Error(err)
	}
	_, err = h.Care.Signin.StepUpWithTOTP(t.Context(), h.Admin, right)
	caretest.WantKind(t, err, models.KindInvalid, "totp-not-right") // each works once
	other := h.Admin
	other.SessionID = care.NewID()
	wantStepUp(t, newAdmin(h, t, other), models.WayTOTP)
	h.Clock.Move(10 * time.Minute)
	wantStepUp(t, newAdmin(h, t, h.Admin), models.WayTOTP)
	wantStepUp(t, h.Care.Signin.RemoveTOTP(t.Context(), h.Admin), models.WayTOTP)
	for range 4 { // that used one was the first
		_, err = h.Care.Signin.StepUpWithTOTP(t.Context(), h.Admin, "000000")
		caretest.WantKind(t, err, models.KindInvalid, "totp-not-right")
	}
	_, err = h.Care.Signin.StepUpWithTOTP(t.Context(), h.Admin, code())
	caretest.WantKind(t, err, models.KindInvalid, "totp-locked")
}

// TestASecretAddressIsAskedFor: it opens somebody's visits to who has it. To end it nobody
// is asked.
func TestASecretAddressIsAskedFor(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	if _, err := h.Care.Signin.SetPIN(t.Context(), who, goodPIN); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	_, _, err := h.Care.Visits.NewCalendarFeed(t.Context(), who)
	wantStepUp(t, err, models.WayPIN)
	if _, err := h.Care.Signin.StepUpWithPIN(t.Context(), who, goodPIN); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Care.Visits.NewCalendarFeed(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	if err := h.Care.Visits.EndCalendarFeed(t.Context(), who); err != nil {
		t.Error(err)
	}
}

// TestTakingBackNeverAsks: to share more needs a fresh PIN; to share less, to take a
// supporter's view and to end a phone does not.
func TestTakingBackNeverAsks(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	sister := h.Supporter(who)
	consent := h.Share(who, sister, models.ScopeGoalsShared)
	if _, err := h.Care.Signin.SetPIN(t.Context(), who, goodPIN); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	end := h.Clock.Now().AddDate(0, 1, 0)
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: sister.AccountID,
		Scopes: []models.Scope{models.ScopeCrisisPlanShared}, Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: who.Name, Method: "typed"}}
	_, err := h.Chart(who, who.PatientID).People.GiveConsent(t.Context(), care.NewID(), terms)
	wantStepUp(t, err, models.WayPIN)
	if err := h.Chart(who, who.PatientID).People.RevokeConsent(t.Context(), consent.ID); err != nil {
		t.Error(err)
	}
	phone := h.SignIn(who.AccountID)
	if err := h.Care.Signin.EndSession(t.Context(), who, phone.Session.ID); err != nil {
		t.Error(err)
	}
	_, err = h.Care.Signin.StepUpWithPIN(t.Context(), who, "771829")
	caretest.WantKind(t, err, models.KindInvalid, "pin-not-right")
	if _, err := h.Care.Signin.StepUpWithPIN(t.Context(), who, goodPIN); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Chart(who, who.PatientID).People.GiveConsent(t.Context(), care.NewID(), terms); err != nil {
		t.Error(err)
	}
}

// TestStaffNeedAFactorFromTheDay: a code of the office opens nothing but adding one;
// with one it is asked for beside the code.
func TestStaffNeedAFactorFromTheDay(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.SecondFactorFrom = caretest.Start.AddDate(0, 0, 2) })
	nurse := h.Clinician(models.DisciplineNursing)
	before := h.SignIn(nurse.AccountID)
	if _, err := h.Care.Signin.Authenticate(t.Context(), before.AccessToken); err != nil {
		t.Fatal(err)
	}
	ways, err := h.Care.Signin.MyWays(t.Context(), nurse)
	if err != nil || ways.SecondFactorFrom == nil {
		t.Fatal("the day is not told", err)
	}
	h.Clock.Move(48 * time.Hour)
	in := h.SignIn(nurse.AccountID)
	actor, err := h.Care.Signin.Authenticate(t.Context(), in.AccessToken)
	caretest.WantKind(t, err, models.KindForbidden, "second-factor-needed")
	if actor.AccountID != nurse.AccountID {
		t.Error("who may add one is not told")
	}
	code := addTOTP(t, h, actor)
	if _, err := h.Care.Signin.Authenticate(t.Context(), in.AccessToken); err != nil {
		t.Errorf("with one: %v", err)
	}
	typed, phone := h.CodeFor(nurse.AccountID), caretest.Phone()
	_, err = h.Care.Signin.Enrol(t.Context(), "a", typed, phone)
	caretest.WantKind(t, err, models.KindInvalid, "totp-required")
	_, err = h.Care.Signin.EnrolWith(t.Context(), "a", typed, phone, signin.SecondFactor{TOTP: "000000"})
	caretest.WantKind(t, err, models.KindInvalid, "totp-not-right")
	s, err := h.Care.Signin.EnrolWith(t.Context(), "a", typed, phone, signin.SecondFactor{TOTP: code()})
	if err != nil || s.Session.Way != models.WayTOTP {
		t.Fatal(s.Session, err)
	}
	if _, err := h.Care.Signin.Authenticate(t.Context(), s.AccessToken); err != nil {
		t.Error(err)
	}
	patient := h.SignIn(h.NewPatient().ID)
	if _, err := h.Care.Signin.Authenticate(t.Context(), patient.AccessToken); err != nil {
		t.Errorf("a patient: %v", err)
	}
}

// TestAColleaguesWordBreaksTheBreakGlass, once, and does nothing else; nobody vouches for
// themselves.
func TestAColleaguesWordBreaksTheBreakGlass(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	doctor, nurse := h.Clinician(models.DisciplinePsychiatry), h.Clinician(models.DisciplineNursing)
	addTOTP(t, h, doctor)
	h.Clock.Move(time.Hour)
	breaks := func() error {
		_, err := h.Care.People.BreakGlass(t.Context(), doctor, who.PatientID, care.NewID(), people.BreakGlassRequest{Affiliation: "Riverside Clinic",
			Reason: "overdose", Nature: "Found without breath at the door.", NoConsent: true})
		return err
	}
	wantStepUp(t, breaks(), models.WayTOTP, models.WayWord)
	word, err := h.Care.Signin.GiveWord(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.StepUpWithWord(t.Context(), nurse, word.Word)
	caretest.WantKind(t, err, models.KindInvalid, "word-not-valid")
	if _, err := h.Care.Signin.StepUpWithWord(t.Context(), doctor, word.Word); err != nil {
		t.Fatal(err)
	}
	if err := breaks(); err != nil {
		t.Error(err)
	}
	_, err = h.Care.Signin.BeginTOTP(t.Context(), doctor)
	wantStepUp(t, err, models.WayTOTP)
	_, err = h.Care.Signin.StepUpWithWord(t.Context(), doctor, word.Word)
	caretest.WantKind(t, err, models.KindInvalid, "word-not-valid")
	_, err = h.Care.Signin.GiveWord(t.Context(), who)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
}

// totpNow is the code that an app with a secret shows now.
func totpNow(t *testing.T, h *caretest.Clinic, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, h.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}
