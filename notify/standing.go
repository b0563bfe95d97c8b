package notify

import (
	"context"
	"slices"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// standing leaves out the messages to devices that somebody has ended; the news of it takes
// their tokens away a moment later. It asks once for a whole claim, and for each entry by
// itself when that fails: pushes of one that can't be told are tried again.
func (n *Notifier) standing(ctx context.Context, jobs map[string][]job, answers map[*entry][]answer) {
	if n.ended == nil {
		return
	}
	of := map[*entry][]string{}
	var all []string
	for _, jobs := range jobs {
		for _, j := range jobs {
			if j.device != nil {
				of[j.entry] = append(of[j.entry], j.device.SessionID)
				all = append(all, j.device.SessionID)
			}
		}
	}
	if len(all) == 0 {
		return
	}
	untold := map[*entry]bool{}
	ended, err := n.endedOf(ctx, all)
	if err != nil {
		ended = nil
		for e, sessions := range of {
			some, err := n.endedOf(ctx, sessions)
			if err != nil {
				answers[e] = append(answers[e], n.unprepared(e, err, reminder.StepPush)...)
				untold[e] = true
			}
			ended = append(ended, some...)
		}
	}
	for name := range jobs {
		jobs[name] = slices.DeleteFunc(jobs[name], func(j job) bool {
			return j.device != nil && (untold[j.entry] || slices.Contains(ended, j.device.SessionID))
		})
		if len(jobs[name]) == 0 {
			delete(jobs, name)
		}
	}
}

// endedOf asks which of some sessions somebody has ended.
func (n *Notifier) endedOf(ctx context.Context, sessions []string) (ended []string, err error) {
	for part := range slices.Chunk(sessions, store.MaxLimit) {
		var some []string
		err := aside.Safely(func() (err error) {
			some, err = n.ended(ctx, part)
			return err
		})
		if err != nil {
			return nil, err
		}
		ended = append(ended, some...)
	}
	return ended, nil
}

// unprepared tells the log of steps of an entry that can't be taken this time, and says that
// they are to be tried again.
func (n *Notifier) unprepared(e *entry, err error, steps ...reminder.Step) (later []answer) {
	n.log.Error("notify: a reminder or call can't be prepared; it is tried again", "id", e.ID, "cause", aside.Cause(err))
	for _, step := range steps {
		later = append(later, answer{step: step, device: string(step), channel: string(step), Result: Result{Outcome: Retry, Code: "not-prepared"}})
	}
	return later
}
