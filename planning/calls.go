package planning

import (
	"context"
	"errors"
	"slices"

	"handrail/care/alerts"
	"handrail/care/promises"
	"handrail/models"
	"handrail/store/aside"
)

// calling are the lines by which somebody is called past their quiet hours.
var calling = []string{alerts.LineCalled, alerts.LineUnanswered, promises.LineCalled, promises.LineAnswered, promises.LineFailed}

// callsSomebody tells whether a line is one of those.
func callsSomebody(e models.AuditEvent) bool {
	return slices.Contains(calling, e.Action) || officersNews[e.Action]
}

// Came has something when lines came: it is then time for Call.
func (p *Planner) Came() <-chan struct{} { return p.calls.Came() }

// Call calls whom the lines call that came since. It is for a goroutine beside that of Work:
// no number of lines, and of patients to plan, holds a call up. Each line is done by who
// follows the log as well, in its order: a call goes out once, by its key, and what fails
// here, or came while this instance was killed, is not lost.
func (p *Planner) Call(ctx context.Context) error {
	lines, _ := p.calls.Take() // those that were too many to keep are in the log
	var failed error
	for _, e := range lines {
		failed = errors.Join(failed, aside.Safely(func() error { return p.news(ctx, e) }))
	}
	return failed
}
