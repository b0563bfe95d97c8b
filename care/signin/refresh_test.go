package signin_test

import (
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

func refreshed(t *testing.T, h *caretest.Clinic, token string) signin.SignedIn {
	t.Helper()
	s, err := h.Care.Signin.Refresh(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// However late a token comes back: as long as nobody used its successor it gets it.
func TestALostRefreshAnswerIsGivenAgainDaysLater(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(h.NewPatient().ID)
	lost := refreshed(t, h, first.RefreshToken)
	for _, later := range []time.Duration{66 * time.Second, time.Hour, 100 * 24 * time.Hour, -3 * 24 * time.Hour} {
		h.Clock.Move(later)
		if again := refreshed(t, h, first.RefreshToken); again.RefreshToken != lost.RefreshToken {
			t.Errorf("%s later it is another one", later)
		}
	}
	refreshed(t, h, lost.RefreshToken)
	_, err := h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended") // now two parties hold it
	_, err = h.Care.Signin.Refresh(t.Context(), lost.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
}

// One call ends every other device, and the one that asks goes on.
func TestAllOtherDevicesAreSignedOut(t *testing.T) {
	h := caretest.New(t)
	a := h.NewPatient()
	here, other, third, stranger := h.SignIn(a.ID), h.SignIn(a.ID), h.SignIn(a.ID), h.SignIn(h.NewPatient().ID)
	for range 2 {
		if err := h.Care.Signin.EndOtherSessions(t.Context(), here.Session.Actor()); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []signin.SignedIn{other, third} {
		_, err := h.Care.Signin.Authenticate(t.Context(), s.AccessToken)
		caretest.WantKind(t, err, models.KindUnsigned, "ended-by-owner")
	}
	refreshed(t, h, here.RefreshToken)
	refreshed(t, h, stranger.RefreshToken)
}

// Also a token of very long ago is known for what it is.
func TestAnyOldTokenEndsTheSession(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(h.NewPatient().ID)
	newest := first
	for range 150 {
		newest = refreshed(t, h, newest.RefreshToken)
	}
	_, err := h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Authenticate(t.Context(), newest.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
}

func TestATokenThatNobodyGaveChangesNothing(t *testing.T) {
	h := caretest.New(t)
	mine, other := h.SignIn(h.NewPatient().ID), h.SignIn(h.NewPatient().ID)
	parts, theirs := strings.Split(mine.RefreshToken, "."), strings.Split(other.RefreshToken, ".")
	for _, token := range []string{"", ".", "..", "...", mine.Session.ID, parts[0] + "." + parts[2], parts[0] + ".2." + parts[2],
		parts[0] + ".-1." + parts[2], parts[0] + ".0." + parts[2], theirs[0] + ".1." + parts[2],
		parts[0] + ".1." + strings.Repeat("A", 43), mine.RefreshToken + "A", strings.Repeat("9", 65) + ".1." + parts[2],
		parts[0] + ".99999999999999999999." + parts[2]} {
		_, err := h.Care.Signin.Refresh(t.Context(), token)
		caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	}
	refreshed(t, h, mine.RefreshToken)
}

// Who holds the session hears the word that wipes the device; nobody else does.
func TestOnlyAnExplicitWordWipesADevice(t *testing.T) {
	for why, word := range map[string]string{
		"signed-out": "ended-by-owner", "ended-by-owner": "ended-by-owner", "reported-lost": "reported-lost", "given-back": "given-back",
		"shared-device": "shared-device", "person-erased": "person-erased",
		"refresh-reused": "sign-in-ended", "account-suspended": "sign-in-ended", "expired": "sign-in-ended", "unknown": "sign-in-ended",
	} {
		t.Run(why, func(t *testing.T) {
			h := caretest.New(t)
			a := h.NewPatient()
			s := h.SignIn(a.ID)
			old := s.RefreshToken
			s = refreshed(t, h, old)
			end(t, h, a, s, why, old)
			_, err := h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
			caretest.WantKind(t, err, models.KindUnsigned, word)
			_, err = h.Care.Signin.Refresh(t.Context(), old)
			caretest.WantKind(t, err, models.KindUnsigned, word)
			if why != "unknown" { // the plan copies knows it yet: the plan is the last thing that closes
				_, err = h.Care.Crisis.PlanBundle(t.Context(), s.AccessToken, a.PatientID)
				caretest.WantKind(t, err, models.KindUnsigned, word)
			}
			if why != "expired" { // the access token has run out too
				_, err = h.Care.Signin.Authenticate(t.Context(), s.AccessToken)
				caretest.WantKind(t, err, models.KindUnsigned, word)
			}
			stranger := s.Session.ID + ".3." + strings.Split(s.RefreshToken, ".")[2]
			_, err = h.Care.Signin.Refresh(t.Context(), stranger)
			caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
		})
	}
}

func end(t *testing.T, h *caretest.Clinic, a models.Account, s signin.SignedIn, why, old string) {
	t.Helper()
	var err error
	switch why {
	case "signed-out":
		err = h.Care.Signin.EndSession(t.Context(), s.Session.Actor(), s.Session.ID)
	case "ended-by-owner":
		err = h.Care.Signin.EndSession(t.Context(), h.SignIn(a.ID).Session.Actor(), s.Session.ID)
	case "refresh-reused":
		refreshed(t, h, s.RefreshToken)
		_, err = h.Care.Signin.Refresh(t.Context(), old)
		caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
		err = nil
	case "account-suspended":
		_, err = h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, a.ID, true)
	case "person-erased":
		err = h.Care.Upkeep.ErasePatient(t.Context(), h.Store, a.PatientID)
	case "expired":
		h.Clock.Move(181 * 24 * time.Hour)
	case "unknown":
		err = h.Care.Signin.Forget(t.Context(), s.Session.ID)
	default:
		err = h.Care.Signin.End(t.Context(), h.Admin, s.Session.ID, why)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A phone that was signed out otherwise still holds a plan: a later word reaches it.
func TestAWordReachesAPhoneThatIsSignedOutAlready(t *testing.T) {
	h := caretest.New(t)
	a := h.NewPatient()
	s := h.SignIn(a.ID)
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, a.ID, true); err != nil {
		t.Fatal(err)
	}
	_, err := h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	if err := h.Care.Signin.End(t.Context(), h.Admin, s.Session.ID, models.EndReportedLost); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "reported-lost")
	if err := h.Care.Signin.End(t.Context(), h.Admin, s.Session.ID, models.EndSuspended); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "reported-lost") // nothing takes a word back
	if err := h.Care.Upkeep.ErasePatient(t.Context(), h.Store, a.PatientID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "person-erased")
}

// A phone of today's program comes once with a token of the old form.
func TestTokensOfOlderProgramsGoOn(t *testing.T) {
	h := caretest.New(t)
	a := h.NewPatient()
	chain := func() (signin.SignedIn, []string) {
		s := h.SignIn(a.ID)
		tokens, err := h.Care.Signin.MakeChain(t.Context(), s.Session.ID, 4)
		if err != nil {
			t.Fatal(err)
		}
		return s, tokens // used, used, used, newest
	}
	s, old := chain()
	next := refreshed(t, h, old[3])
	if again := refreshed(t, h, old[3]); again.RefreshToken != next.RefreshToken || strings.Count(next.RefreshToken, ".") != 2 {
		t.Error("the newest of a chain does not get its successor again")
	}
	refreshed(t, h, next.RefreshToken)
	_, err := h.Care.Signin.Refresh(t.Context(), old[3])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Authenticate(t.Context(), s.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")

	_, old = chain()
	if lost := refreshed(t, h, old[2]); lost.RefreshToken != old[3] {
		t.Error("an answer that the older program gave is not given again")
	}
	_, err = h.Care.Signin.Refresh(t.Context(), old[1])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Refresh(t.Context(), old[3])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended") // two parties held it

	s, old = chain()
	if err := h.Care.Signin.End(t.Context(), h.Admin, s.Session.ID, models.EndReportedLost); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), old[3])
	caretest.WantKind(t, err, models.KindUnsigned, "reported-lost")
	_, err = h.Care.Signin.Refresh(t.Context(), s.Session.ID+"."+strings.Split(s.RefreshToken, ".")[2])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")

	s, old = chain()
	if err := h.Care.Upkeep.ErasePatient(t.Context(), h.Store, a.PatientID); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), old[3])
	caretest.WantKind(t, err, models.KindUnsigned, "person-erased")
	_, err = h.Care.Signin.Refresh(t.Context(), s.Session.ID+"."+strings.Split(s.RefreshToken, ".")[2])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
}

// A store that was set back knows the later tokens of the sessions that it knows.
func TestARestoredStoreGoesOnWithLaterTokens(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(h.NewPatient().ID)
	second := refreshed(t, h, first.RefreshToken)
	back, err := h.Care.Signin.Remember(t.Context(), first.Session.ID)
	if err != nil {
		t.Fatal(err)
	}
	newest := second
	tokens := []string{second.RefreshToken}
	for range 5 {
		newest = refreshed(t, h, newest.RefreshToken)
		tokens = append(tokens, newest.RefreshToken)
	}
	if err := back(); err != nil {
		t.Fatal(err)
	}
	next := refreshed(t, h, newest.RefreshToken)
	if again := refreshed(t, h, newest.RefreshToken); again.RefreshToken != next.RefreshToken {
		t.Error("an answer that was lost after the restore is not given again")
	}
	refreshed(t, h, next.RefreshToken)
	_, err = h.Care.Signin.Refresh(t.Context(), tokens[3])
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Authenticate(t.Context(), next.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended") // the older one came back: two parties hold it
}
