package notify

import (
	"context"
	"slices"

	"handrail/store"
	"handrail/store/aside"
)

// standing leaves out the messages to devices that somebody has ended; the news of it takes
// their tokens away a moment later. It asks once for a whole claim, and for each entry by
// itself when that fails: one that can't be told is left, and tried again when its lease has run out.
func (n *Notifier) standing(ctx context.Context, list []*entry, jobs map[string][]job, left map[*entry]bool) []*entry {
	if n.ended == nil {
		return list
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
		return list
	}
	ended, err := n.endedOf(ctx, all)
	if err != nil {
		ended = nil
		for e, sessions := range of {
			some, err := n.endedOf(ctx, sessions)
			if err != nil {
				n.unprepared(e, err)
				left[e] = true
			}
			ended = append(ended, some...)
		}
	}
	for name := range jobs {
		jobs[name] = slices.DeleteFunc(jobs[name], func(j job) bool {
			return left[j.entry] || j.device != nil && slices.Contains(ended, j.device.SessionID)
		})
		if len(jobs[name]) == 0 {
			delete(jobs, name)
		}
	}
	return without(list, left)
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

// unprepared tells the log of an entry that is not sent this time.
func (n *Notifier) unprepared(e *entry, err error) {
	n.log.Error("notify: an entry can't be prepared; its lease runs out and it is tried again", "id", e.ID, "cause", aside.Cause(err))
}
