package fcm

import (
	"context"
	"sync"
	"testing"

	"handrail/notify"
)

// TestHandsWorkAtTheSameTime: each thing waits for all others of its batch, twice.
func TestHandsWorkAtTheSameTime(t *testing.T) {
	h := make(hands)
	for range 2 {
		var met sync.WaitGroup
		met.Add(20)
		done := make([]bool, 20)
		h.each(20, func(i int) {
			met.Done()
			met.Wait()
			done[i] = true
		})
		for i, is := range done {
			if !is {
				t.Errorf("%d was not done", i)
			}
		}
	}
}

// TestWhatEndsBeforeItIsSentIsTriedAgain: it is never taken for a message that is refused.
func TestWhatEndsBeforeItIsSentIsTriedAgain(t *testing.T) {
	_, c := open(t)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for range 50 {
		if r := c.Send(stopped, []notify.Message{message("a", notify.CodeSoon)})[0]; r.Outcome != notify.Retry || r.Code != codeNotSent {
			t.Fatalf("%+v", r)
		}
	}
}
