package store

import "context"

type backgroundKey struct{}

// Background marks ctx as that of work that nobody waits for: reminders that are worked
// off, plans made anew, what is pruned. An engine lets what a person's phone or the timer
// of an alert asks go before it:
//   - a write waits for at most one small group of background writes, the one that is
//     under way; while writes without the mark keep coming, those with it rest between
//     their groups, and get a share of the others', so that they come on;
//   - reads with the mark never take all the reading connections.
//
// The promises are the same: a nil error is durable, a batch is whole. A batch can't be
// cut by the engine, so background batches should have at most BackgroundOps ops.
func Background(ctx context.Context) context.Context {
	if IsBackground(ctx) {
		return ctx
	}
	return context.WithValue(ctx, backgroundKey{}, true)
}

// Foreground takes the mark off: for what somebody waits for after all, within work
// that nobody does (the timer of an alert in a worker's round).
func Foreground(ctx context.Context) context.Context {
	if !IsBackground(ctx) {
		return ctx
	}
	return context.WithValue(ctx, backgroundKey{}, false)
}

// IsBackground says whether ctx has the mark of Background.
func IsBackground(ctx context.Context) bool {
	marked, _ := ctx.Value(backgroundKey{}).(bool)
	return marked
}

// BackgroundOps is how many ops of background batches an engine writes in one go when
// it may choose, and how many one such batch should have at most.
const BackgroundOps = 64
