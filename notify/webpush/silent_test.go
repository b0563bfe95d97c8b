package webpush

import (
	"context"
	"testing"
	"time"

	"handrail/notify"
	"handrail/notify/notifytest"
)

// TestAServerThatTakesEverythingAndSaysNothing: Send is back when its context ends.
func TestAServerThatTakesEverythingAndSaysNothing(t *testing.T) {
	address, stop, err := notifytest.Silent()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	p, c, keys := open(t)
	a := p.Subscribe("chromium", keys.Public)
	a.To = "http://" + address + "/push"
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	batch := make([]notify.Message, 120) // more than are under way at once
	for i := range batch {
		batch[i] = message(a, notify.CodeLook)
	}
	came := make(chan []notify.Result, 1)
	go func() { came <- c.Send(ctx, batch) }()
	select {
	case out := <-came:
		for i, r := range out {
			if r.Outcome != notify.Lost && r.Outcome != notify.Retry {
				t.Fatalf("%d: %+v", i, r)
			}
		}
	case <-time.After(15 * time.Second):
		t.Fatal("it is not back")
	}
}
