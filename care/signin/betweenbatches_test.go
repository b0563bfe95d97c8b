package signin_test

import (
	"context"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// betweenStore does something at each batch that is about to be written: the error it
// gives is the batch's.
type betweenStore struct {
	store.Store
	at func(n int) error
	n  int
}

func (b *betweenStore) Batch(ctx context.Context, ops ...store.Op) error {
	b.n++
	if err := b.at(b.n); err != nil {
		return err
	}
	return b.Store.Batch(ctx, ops...)
}

// TestARecoveryCodeIsUsedUpWithTheSession that it opens beside a code of the office:
// wherever the store fails, both are there or neither is.
func TestARecoveryCodeIsUsedUpWithTheSession(t *testing.T) {
	for fails := 1; fails <= 3; fails++ {
		h := caretest.New(t)
		nurse := h.Clinician(models.DisciplineNursing)
		addTOTP(t, h, nurse)
		codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), nurse)
		if err != nil {
			t.Fatal(err)
		}
		b := &betweenStore{Store: h.Store, at: func(n int) error {
			if n == fails {
				return store.ErrUnavailable
			}
			return nil
		}}
		c := h.InstanceOn(b, func(*care.Config) {})
		b.n = 0
		code, phone := h.CodeFor(nurse.AccountID), caretest.Phone()
		second := signin.SecondFactor{RecoveryCode: codes.Codes[0]}
		if _, err := c.Signin.EnrolWith(t.Context(), "a", code, phone, second); err != nil {
			caretest.WantKind(t, err, models.KindUnavailable, "store-unavailable")
		}
		b.at = func(int) error { return nil }
		in, err := c.Signin.EnrolWith(t.Context(), "a", code, phone, second)
		if err != nil {
			t.Fatalf("after a failure at write %d: %v", fails, err)
		}
		if in.Session.Way != models.WayRecoveryCode {
			t.Errorf("signed in by %s", in.Session.Way)
		}
		_, err = c.Signin.EnrolWith(t.Context(), "a", h.CodeFor(nurse.AccountID), caretest.Phone(), second)
		caretest.WantKind(t, err, models.KindInvalid, "recovery-code-not-valid")
	}
}

// TestACutConnectionCostsNoPIN: a try that was counted is judged to its end, and who
// leaves while others have their turn has not tried.
func TestACutConnectionCostsNoPIN(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	if _, err := h.Care.Signin.SetPIN(t.Context(), who, goodPIN); err != nil {
		t.Fatal(err)
	}
	var cut context.CancelFunc
	b := &betweenStore{Store: h.Store, at: func(int) error { cut(); return nil }}
	cut = func() {}
	c := h.InstanceOn(b, func(*care.Config) {})
	for range 6 { // one more than wrong ones end it
		ctx, cancel := context.WithCancel(t.Context())
		cut = cancel
		_, _ = c.Signin.StepUpWithPIN(ctx, who, goodPIN) // nobody is there to hear what comes of it
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	release := c.Signin.TakePINTurns(t.Context())
	for range 6 {
		if _, err := c.Signin.StepUpWithPIN(gone, who, "000001"); models.KindOf(err) != models.KindUnavailable {
			t.Errorf("without a turn: %v", err)
		}
	}
	release()
	if w, err := h.Care.Signin.MyWays(t.Context(), who); err != nil || w.PIN == nil || w.PIN.Locked {
		t.Fatalf("%+v, %v", w.PIN, err)
	}
	if _, err := h.Care.Signin.StepUpWithPIN(t.Context(), who, goodPIN); err != nil {
		t.Error(err)
	}
}
