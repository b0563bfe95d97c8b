package handlers_test

import "testing"

// TestACheckInAllocatesLittle holds what a check-in allocates from its request to its answer,
// the store's writer included: 440 once, then 232, 200 when this was written. What is allocated is
// also what the collector walks over, so it is paid twice.
func TestACheckInAllocatesLittle(t *testing.T) {
	send := checkInSender(t)
	if n := testing.AllocsPerRun(100, send); n > 230 {
		t.Errorf("a check-in allocates %.0f times", n)
	}
}
