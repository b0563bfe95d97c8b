package signin_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care/caretest"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// TestNoSessionOfAStoppedAccountLetsAnybodyIn: the account is suspended in one commit and
// its sessions end one by one after it; who is killed in between leaves them as they were.
func TestNoSessionOfAStoppedAccountLetsAnybodyIn(t *testing.T) {
	h := caretest.New(t)
	for _, role := range []models.Role{models.RolePatient, models.RoleCoordinator} {
		id := h.First(role, "").AccountID
		in, spare := h.SignIn(id), h.SignIn(id)
		if _, err := h.Care.Signin.Authenticate(t.Context(), in.AccessToken); err != nil {
			t.Fatal(err)
		}
		stop := func(status string) {
			t.Helper()
			a, err := chart.Load[models.Account](t.Context(), h.Store, chart.ColAccounts, id)
			if err != nil {
				t.Fatal(err)
			}
			a.Value.Status = status
			doc, err := chart.Encode(id, chart.AccountOwner(a.Value), a.Version, chart.AccountKeys(a.Value), a.Value)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.Store.Batch(t.Context(), store.Replace(chart.ColAccounts, doc)); err != nil {
				t.Fatal(err)
			}
			h.Clock.Move(time.Second) // of what is kept of a session
		}
		stop(models.AccountSuspended)
		for _, care := range []string{"before", "again"} {
			_, err := h.Care.Signin.Authenticate(t.Context(), in.AccessToken)
			caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
			_, err = h.Care.Signin.Refresh(t.Context(), spare.RefreshToken)
			caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
			if err := h.Care.Signin.SignedIn(t.Context(), in.Session.ID); models.KindOf(err) != models.KindUnsigned {
				t.Errorf("%s, %s: a connection: %v", role, care, err)
			}
		}
		ended, err := h.Care.Signin.EndedOf(t.Context(), []string{in.Session.ID, spare.Session.ID})
		if slices.Sort(ended); err != nil || len(ended) != 2 {
			t.Errorf("%s: pushes would go to %v, %v", role, ended, err)
		}
		stop(models.AccountActive)
		refreshed(t, h, spare.RefreshToken)
	}
}
