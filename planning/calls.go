package planning

import (
	"context"
	"errors"
)

// Came has something when lines came: it is then time for Call.
func (p *Planner) Came() <-chan struct{} { return p.calls.Came() }

// Call works at once when somebody is to be called about an alert, and otherwise leaves
// what came for the next turn, which does many lines with one write. The instance that
// does not follow the log calls for what it knows of as well: a call goes out once, by
// its key, and whoever follows would know of another's line a second later.
func (p *Planner) Call(ctx context.Context) error {
	calls, lost := p.calls.Take()
	if len(calls) == 0 && !lost {
		return nil
	}
	mine, err := p.work(ctx)
	if mine || err != nil {
		return err
	}
	var failed error
	for _, e := range calls {
		failed = errors.Join(failed, p.callOwner(ctx, e))
	}
	return failed
}
