package reminder

import "handrail/models/schedule"

// DigestRule is the rule that the day's one prompt for small things is named by.
const DigestRule = "digest"

// gather silences what may wait for the day's digest and adds the digests.
func (p *planner) gather(list []candidate) []candidate {
	t, off := p.Choices.For(Gathered)
	if off {
		return list
	}
	seconds, _ := schedule.ParseClock(t.Time)
	days := map[schedule.Day]bool{}
	for i := range list {
		if c := &list[i]; c.traits.Digest && c.Silent == Loud {
			c.Silent = InDigest
			days[p.digestDay(c.due, seconds)] = true
		}
	}
	for _, k := range p.known { // what lies in the inbox already waits for its digest too
		if k.Fixed && k.Silent == InDigest {
			days[p.digestDay(k.Due.Unix(), seconds)] = true
		}
	}
	rule := Rule{ID: DigestRule, Kind: Gathered, Policy: Here}
	for d := range days {
		due, nominal := p.here.first(d.At(seconds))
		c := rule.candidate(t, d.String(), due, nominal)
		if p.open(c) && due < p.To.Unix() {
			p.keepQuiet(&c)
			p.pause(&c)
			list = append(list, c)
		}
	}
	return list
}

// digestDay is the date of the first digest that is not before an instant.
func (p *planner) digestDay(due, seconds int64) schedule.Day {
	d := p.here.day(due)
	for {
		if at, _ := p.here.first(d.At(seconds)); at >= due && p.here.lived(d) {
			return d
		}
		d++
	}
}
