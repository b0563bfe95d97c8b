package reminder

import (
	"cmp"
	"slices"
	"time"

	"handrail/models/schedule"
)

// dayCut is when a day begins, in seconds: what somebody does at two in the morning
// belongs to the day before, as models.LocalDay has it.
const dayCut = 4 * 3600

func (p *planner) livedDay(unix int64) schedule.Day {
	return (p.here.wall(unix) - dayCut).Day()
}

// answered names the occurrences that ask for what is done already. What was done
// belongs to the last time before it that is still of use and has nothing yet, or
// else to the next one of its day: who answers at noon is not asked in the evening,
// and who answers at nine what was asked at nine is asked again at night, if they
// chose both.
func (p *planner) answered() map[string]bool {
	out := map[string]bool{}
	byKind := map[Kind][]Rule{}
	for _, r := range p.Rules {
		if len(r.Done) > 0 && (r.Policy == Here || r.Policy == Home) {
			byKind[r.Kind] = append(byKind[r.Kind], r)
		}
	}
	for _, rules := range byKind {
		var asked []candidate
		first, last := rules[0].Done[0].Unix(), rules[0].Done[0].Unix()
		for _, at := range rules[0].Done {
			first, last = min(first, at.Unix()), max(last, at.Unix())
		}
		for _, r := range rules {
			asked = append(asked, p.expand(r, first-2*daySeconds, last+2*daySeconds)...)
		}
		slices.SortFunc(asked, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(a.asked, b.asked), cmp.Compare(a.Name, b.Name))
		})
		done := slices.SortedFunc(slices.Values(rules[0].Done), func(a, b time.Time) int { return a.Compare(b) })
		for _, at := range done {
			if i := p.answers(asked, at.Unix(), out); i >= 0 {
				out[asked[i].Name] = true
			}
		}
	}
	return out
}

// answers finds what something that was done at an instant answers; -1: nothing.
func (p *planner) answers(asked []candidate, at int64, taken map[string]bool) int {
	before := -1
	for i, c := range asked {
		if p.livedDay(c.asked) != p.livedDay(at) || taken[c.Name] {
			continue
		}
		switch {
		case c.asked > at && before >= 0:
			return before
		case c.asked > at:
			return i
		case at < c.asked+c.useful:
			before = i
		}
	}
	return before
}
