package notify

import (
	"testing"
	"time"
)

// TestOneServiceThatRestsLeavesTheOthersOpen: behind Web Push there is a service for
// each maker of browsers; the throttle of one is none of the others'.
func TestOneServiceThatRestsLeavesTheOthersOpen(t *testing.T) {
	now := time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)
	apple, mozilla := gate{ChannelWebPush, "web.push.apple.com"}, gate{ChannelWebPush, "updates.push.services.mozilla.com"}
	var g gates
	g.learn(now, []gate{apple, apple, mozilla}, []Result{{Outcome: Retry, After: time.Minute}, {Outcome: Retry, After: time.Hour}, {Outcome: Accepted}})
	if rest := g.rest(apple, now); rest != maxRest {
		t.Errorf("Apple's rests for %s", rest)
	}
	if rest := g.rest(mozilla, now); rest != 0 {
		t.Errorf("Mozilla's rests for %s", rest)
	}
	if rest := g.rest(apple, now.Add(maxRest)); rest != 0 {
		t.Errorf("after its rest: %s", rest)
	}
	g.learn(now, []gate{mozilla, mozilla}, []Result{{Outcome: Retry, After: time.Minute}, {Outcome: Accepted}})
	if rest := g.rest(mozilla, now); rest != 0 {
		t.Errorf("half of a batch closes a gate: %s", rest)
	}
}

// TestGatesAreBounded: anybody can run a push service, and many of them.
func TestGatesAreBounded(t *testing.T) {
	now := time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)
	var g gates
	for i := range 2 * maxGates {
		g.learn(now, []gate{{ChannelWebPush, string(rune('a'+i%26)) + time.Duration(i).String()}}, []Result{{Outcome: Retry, After: time.Minute}})
	}
	if len(g.until) != maxGates {
		t.Errorf("%d are remembered", len(g.until))
	}
	g.learn(now.Add(time.Hour), nil, nil)
	if len(g.until) != 0 {
		t.Errorf("%d are remembered after their rest", len(g.until))
	}
}
