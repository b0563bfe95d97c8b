package reminder

import "handrail/models/schedule"

// minLate is how long a prompt may come late into the next date, in seconds: one
// that is due at 23:55 must survive a restart of the server.
const minLate = 30 * 60

// keepQuiet moves or silences an occurrence that falls into quiet hours. What is about
// the quiet time itself, or the hours right after it, comes all the same: a visit at
// 07:30 that is called off or moved at 23:00 is told before it. What waits gets its
// whole useful time anew: else a check-in that is set for the night would never come.
func (p *planner) keepQuiet(c *candidate) {
	if len(c.Steps) == 0 && c.Silent == Loud {
		c.Silent = InboxOnly
	}
	if c.traits.Quiet == QuietPass || c.Silent != Loud {
		return
	}
	due := c.due
	for range MaxQuiet + 1 { // windows may touch
		w, in := within(p.Choices.quiet(), p.here.wall(due).Clock())
		if !in {
			break
		}
		if c.traits.Quiet == QuietSkip {
			c.Silent = InQuiet
			return
		}
		due = p.next(due, w.To)
	}
	switch {
	case due == c.due:
	case due >= c.limit || due > c.hearBy:
		c.passes = true // it is about the hours of the quiet itself: to wait would be not to tell
	default:
		// What is held back is the sound: it lies in the inbox from its time on.
		c.since, c.due, c.until = c.due, due, min(due+c.useful, c.limit)
	}
}

// next is the first instant after unix at which the clock shows a time of day.
func (p *planner) next(unix int64, text string) int64 {
	seconds, _ := schedule.ParseClock(text)
	return p.here.next(unix, seconds)
}

// cut ends the useful time where quiet hours begin, and at midnight, so that a
// prompt that comes late does not come at night, nor on top of the next day's.
func (p *planner) cut(c *candidate) {
	if c.Silent != Loud || c.Kind.above() || c.passes {
		return
	}
	c.until = min(c.until, max(p.next(c.due, "00:00"), c.due+minLate))
	if c.traits.Quiet == QuietPass {
		return
	}
	for _, w := range p.Choices.quiet() {
		c.until = min(c.until, p.next(c.due, w.From))
	}
}
