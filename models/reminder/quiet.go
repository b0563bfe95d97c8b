package reminder

import "handrail/models/schedule"

// minLate is how long a prompt may come late into the next date, in seconds: one
// that is due at 23:55 must survive a restart of the server.
const minLate = 30 * 60

// keepQuiet moves or silences an occurrence that falls into quiet hours. What waits
// gets its whole useful time anew: else a check-in that is set for the night would
// never come.
func (p *planner) keepQuiet(c *candidate) {
	if len(c.Steps) == 0 && c.Silent == Loud {
		c.Silent = InboxOnly
	}
	if c.traits.Quiet == QuietPass || c.Silent != Loud {
		return
	}
	for range MaxQuiet + 1 { // windows may touch
		w, in := within(p.Choices.quiet(), p.here.wall(c.due).Clock())
		if !in {
			return
		}
		if c.traits.Quiet == QuietSkip {
			c.Silent = InQuiet
			return
		}
		c.due = p.next(c.due, w.To)
		c.until = min(c.due+c.useful, c.limit)
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
	if c.Silent != Loud || c.Kind.above() {
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
