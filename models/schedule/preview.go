package schedule

import "time"

// Preview lists the open times between two instants as they really fall, on the
// owner's clock of that day. It looks at no more than a year.
func (o *OpenHours) Preview(from, to time.Time, need Need) []Local {
	within := SpanOf(from, to)
	within.To = min(within.To, within.From+MaxWindowDays*daySeconds)
	var out []Local
	for _, w := range o.Windows(nil, within, need) {
		out = append(out, localIn(o.ZoneAt(w.From), w))
	}
	return out
}

// Covers tells whether hours that meet need hold the whole of a piece of work. A
// visit that new hours do not cover is one that the change breaks.
func (o *OpenHours) Covers(work Span, need Need) bool {
	return len(minus(nil, work, o.Windows(nil, work, need))) == 0
}
