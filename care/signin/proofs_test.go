package signin

import (
	"strconv"
	"testing"
	"time"

	"handrail/models/dpop"
)

// TestNoProofIsForgottenWhileItsNonceHolds: not when the memory is full, not after a new
// start, not when the clock is set back; and a newer nonce always opens.
func TestNoProofIsForgottenWhileItsNonceHolds(t *testing.T) {
	now := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	s := newSeenProofs(now)
	p := dpop.Proof{ID: "one", Thumbprint: "key"}
	if s.first(p, now.Add(-time.Second), now) {
		t.Error("a nonce of before the start")
	}
	use := func(p dpop.Proof, made, at time.Time, want bool) {
		t.Helper()
		if got := s.first(p, made, at); got != want {
			t.Errorf("%s: %t", p.ID, got)
		}
	}
	use(p, now, now, true)
	for m := range 6 {
		use(p, now.Add(time.Minute), now.Add(time.Duration(m)*time.Minute), false)
	}
	now = now.Add(time.Hour)
	use(dpop.Proof{ID: "two"}, now, now, true)
	for i := range maxSeenProofs {
		s.first(dpop.Proof{ID: strconv.Itoa(i)}, now, now.Add(time.Second))
	}
	if len(s.young)+len(s.old) > maxSeenProofs {
		t.Error("the memory has no bound")
	}
	use(dpop.Proof{ID: "two"}, now, now.Add(2*time.Second), false)
	use(dpop.Proof{ID: "two"}, now.Add(2*time.Second), now.Add(2*time.Second), true)
	back := now.Add(-72 * time.Hour)
	use(dpop.Proof{ID: "three"}, back, back, true)
}
