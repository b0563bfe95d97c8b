package signin_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
	"handrail/models"
	"handrail/store/seal"
)

// TestARestoredStoreOpensByNoWayThatHadEnded: a passkey that was taken off since, a PIN
// that was changed, a recovery code that was used. What came since stays.
func TestARestoredStoreOpensByNoWayThatHadEnded(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	lost, kept := caretest.NewAuthenticator(t), caretest.NewAuthenticator(t)
	p := addPasskey(t, h, who, lost)
	addPasskey(t, h, who, kept)
	set, err := h.Care.Signin.SetPIN(t.Context(), who, goodPIN)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	end := func(what string, at time.Time) int {
		undone, err := h.Care.Upkeep.Undone(t.Context(), []care.Ended{{Kind: "way-in", ID: who.AccountID + "/" + what, At: at}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range undone {
			if err := h.Care.Upkeep.EndAgain(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		return len(undone)
	}
	now := h.Clock.Now()
	for _, c := range []struct {
		what string
		at   time.Time
		n    int
	}{{"pin", set.SetAt, 0}, {"pin", now, 1}, {"pin", now, 0}, {"passkey:" + p.ID, now, 1}, {"passkey:" + p.ID, now, 0},
		{"recovery-code:none", now, 0}, {"recovery-code", set.SetAt, 0}, {"recovery-code", now, 1}, {"totp", now, 0}, {"", now, 0}} {
		if n := end(c.what, c.at); n != c.n {
			t.Errorf("%q at %s: %d ends, want %d", c.what, c.at, n, c.n)
		}
	}
	ways, err := h.Care.Signin.MyWays(t.Context(), who)
	if err != nil || len(ways.Passkeys) != 1 || ways.PIN != nil || ways.RecoveryCodes != 0 {
		t.Errorf("%+v, %v", ways, err)
	}
	_, err = withPasskey(t, h, lost)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
	if _, err := withPasskey(t, h, kept); err != nil {
		t.Error(err)
	}
}

// TestAUsedRecoveryCodeIsInTheJournal: whatever it was used for, a store that was set back
// does not take it again.
func TestAUsedRecoveryCodeIsInTheJournal(t *testing.T) {
	dir := t.TempDir()
	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		t.Fatal(err)
	}
	journal, sealer := filepath.Join(dir, "ends.log"), seal.NewLocal(kek)
	h := caretest.NewWith(t, func(c *care.Config) { c.EndsFile, c.Sealer = journal, sealer })
	who := h.Patient()
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	used := func(what string, n int) {
		t.Helper()
		ends, unread, err := upkeep.ReadEnds(t.Context(), journal, sealer)
		if err != nil || unread > 0 {
			t.Fatal(unread, err)
		}
		ends = slices.DeleteFunc(ends, func(e care.Ended) bool { return !strings.Contains(e.ID, "/recovery-code:") })
		if len(ends) != n {
			t.Errorf("%s: the journal has %d used codes, want %d", what, len(ends), n)
		}
	}
	if _, err := h.Care.Signin.StepUpWithRecoveryCode(t.Context(), who, codes.Codes[0]); err != nil {
		t.Fatal(err)
	}
	used("a step-up", 1)
	if _, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[1], models.Device{ID: care.NewID(), Name: "a"}); err != nil {
		t.Fatal(err)
	}
	used("a sign-in", 2)
}
