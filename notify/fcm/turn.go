package fcm

import (
	"context"
	"time"

	"handrail/store/turns"
)

// longestTurn ends the turn of a message whose connection is not there yet, or that is
// not taken off it.
const longestTurn = 2 * time.Millisecond

// sending is a message on its way. It has its turn until it is written; one that waits
// for its answer has none.
type sending struct {
	turn *turns.Turn
	sent bool // the SDK found nothing wrong with it and asked for it to be sent
}

type sendingKey struct{}

func (s *sending) within(ctx context.Context) context.Context {
	return context.WithValue(ctx, sendingKey{}, s)
}

// sendingOf is none for what is no message.
func sendingOf(ctx context.Context) *sending {
	s, _ := ctx.Value(sendingKey{}).(*sending)
	return s
}
