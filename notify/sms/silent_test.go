package sms

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

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
	c := channel(t, "http://"+address)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	batch := make([]notify.Message, 20)
	for i := range batch {
		batch[i].Payload.ID = uuid.New()
	}
	came := make(chan []notify.Result, 1)
	go func() { came <- c.Send(ctx, batch) }()
	select {
	case out := <-came:
		if out[0].Outcome != notify.Lost || out[19].Outcome != notify.Retry {
			t.Errorf("%+v", out)
		}
	case <-time.After(15 * time.Second):
		t.Fatal("it is not back")
	}
}
