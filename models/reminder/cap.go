package reminder

import (
	"cmp"
	"slices"

	"handrail/models/schedule"
)

// cap silences what is over the number of prompts a day. What was handed over
// counts; of the rest the more important goes first, then the earlier. A prompt
// whose useful time reaches into the next date counts on both, so that the number
// holds whenever it really comes.
func (p *planner) cap(list []candidate) {
	limit := p.Cap
	if own := p.Choices.PerDay; own != nil {
		limit = min(limit, *own)
	}
	count := map[schedule.Day]int{}
	for _, k := range p.known {
		if k.Fixed && k.Silent == Loud && !k.above() {
			for _, d := range p.here.dates(k.Due.Unix(), k.Until.Unix()) {
				count[d]++
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.traits.Rank, b.traits.Rank), cmp.Compare(a.due, b.due), cmp.Compare(a.Name, b.Name))
	})
	for i := range list {
		c := &list[i]
		if c.Silent != Loud || c.above() {
			continue
		}
		days := p.here.dates(c.due, c.until)
		if slices.ContainsFunc(days, func(d schedule.Day) bool { return count[d] >= limit }) {
			c.Silent = OverCap
			continue
		}
		for _, d := range days {
			count[d]++
		}
	}
}
