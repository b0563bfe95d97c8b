package schedule

import (
	"fmt"

	"handrail/models"
)

// Compile checks an availability and makes an Open of it. closures are those of
// all sites. The error is an invalid-input models.Error that names every field.
func Compile(a Availability, closures []Closure) (*OpenHours, error) {
	var c models.Checks
	o := &OpenHours{home: zoneField(&c, "zone", a.Zone), notice: int64(a.NoticeMinutes) * 60}
	c.Require(a.NoticeMinutes >= 0 && a.NoticeMinutes <= MaxNotice, "noticeMinutes", "out-of-range", "Notice is 0 to 43200 minutes.")
	tooMany(&c, "hours", len(a.Hours), MaxRules)
	tooMany(&c, "extra", len(a.Extra), MaxExtra)
	tooMany(&c, "leave", len(a.Leave), MaxExtra)
	tooMany(&c, "travel", len(a.Travel), MaxTravel)
	tooMany(&c, "closures", len(closures), MaxClosures)
	a.Hours, a.Extra, a.Leave = upTo(a.Hours, MaxRules), upTo(a.Extra, MaxExtra), upTo(a.Leave, MaxExtra)
	a.Travel, closures = upTo(a.Travel, MaxTravel), upTo(closures, MaxClosures)
	for i, t := range a.Travel {
		o.travels = append(o.travels, compileTravel(&c, fmt.Sprintf("travel[%d]", i), t))
	}
	for i, l := range a.Leave {
		o.leave = append(o.leave, absence(&c, fmt.Sprintf("leave[%d]", i), o.home, l.Start, l.End))
	}
	o.leave = merge(o.leave)
	shut := compileClosures(&c, closures)
	for i, h := range a.Hours {
		o.hours = append(o.hours, compileHours(&c, fmt.Sprintf("hours[%d]", i), h))
	}
	for i, x := range a.Extra {
		o.extra = append(o.extra, compileOpening(&c, fmt.Sprintf("extra[%d]", i), x))
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	o.block(o.hours, shut)
	o.block(o.extra, shut)
	return o, nil
}

// block works out for each of the hours when they do not hold.
func (o *OpenHours) block(list []compiledHours, shut map[string][]Span) {
	for i := range list {
		h := &list[i]
		closed := append([]Span(nil), shut[""]...)
		if h.Site != "" {
			closed = append(closed, shut[h.Site]...)
		}
		h.closed = merge(closed)
		h.blocked = merge(append(append([]Span(nil), h.closed...), o.leave...))
	}
}

func compileHours(c *models.Checks, field string, h Hours) compiledHours {
	out := compileOpening(c, field, Opening{h.Start, h.End, h.Terms})
	if _, ok := ParseWall(h.Start); ok {
		out.recurrence = compileRecurrence(c, field+".", out.first, h.RRule)
	} else {
		parseRule(c, field+".rrule", h.RRule) // refused all the same; only to tell the rest
	}
	tooMany(c, field+".exDates", len(h.ExDates), MaxExDates)
	for i, x := range upTo(h.ExDates, MaxExDates) {
		out.except = append(out.except, exDate(c, fmt.Sprintf("%s.exDates[%d]", field, i), x, out.start))
	}
	return out
}

// compileRecurrence binds the text of a rule to its first day. RFC 5545 leaves
// open what a DTSTART means that its rule does not fall on, so it is refused; a
// rule that never falls goes with it.
func compileRecurrence(c *models.Checks, at string, first Day, text string) recurrence {
	rule, ok := parseRule(c, at+"rrule", text)
	r := recurrence{rule: rule, first: first, last: maxDay}
	switch {
	case !ok:
		return r
	case !r.falls(first):
		c.Fail(at+"start", "not-in-rule", "The first day must be one that the rule falls on.")
	case r.until.set:
		r.last = Wall(r.until.at).Day() + 1 // whoever asks looks at the hour too
		c.Require(r.last >= first, at+"rrule", "ends-before-start", "UNTIL is before the first day.")
	case r.count > 0:
		r.last, ok = r.lastOf(r.count)
		c.Require(ok, at+"rrule", "count-too-far", "COUNT must be reached within ten years.")
	}
	return r
}

// exDate reads a date, or a date-time that has the rule's time of day.
func exDate(c *models.Checks, field, text string, clock int64) Day {
	if d, ok := ParseDay(text); ok {
		return d
	}
	w, ok := ParseWall(text)
	c.Require(ok, field, "bad-date", "Write the day as YYYY-MM-DD.")
	c.Require(!ok || w.Clock() == clock, field, "not-an-occurrence", "An exception has the time of day of its rule.")
	return w.Day()
}

func compileOpening(c *models.Checks, field string, x Opening) compiledHours {
	w, _ := wallField(c, field+".start", x.Start)
	end, ok := ParseClock(x.End)
	c.Require(ok, field+".end", "bad-time", "Write the time as HH:MM.")
	start := w.Clock()
	if end <= start {
		end += daySeconds
	}
	for i, m := range x.Modalities {
		c.Require(m.Valid(), fmt.Sprintf("%s.modalities[%d]", field, i), "unknown-modality", "This is no modality.")
	}
	tooMany(c, field+".visitTypes", len(x.VisitTypes), 50)
	return compiledHours{start: start, end: end, Terms: x.Terms,
		recurrence: recurrence{rule: rule{freq: daily, interval: 1}, first: w.Day(), last: w.Day()}}
}

func compileTravel(c *models.Checks, field string, t Travel) compiledTravel {
	from, ok1 := ParseDay(t.From)
	c.Require(ok1, field+".from", "bad-date", "Write the day as YYYY-MM-DD.")
	to, ok2 := ParseDay(t.To)
	c.Require(ok2, field+".to", "bad-date", "Write the day as YYYY-MM-DD.")
	c.Require(!ok1 || !ok2 || from <= to, field+".to", "before-start", "The end is before the start.")
	c.Require(t.Hours == KeepHours || t.Hours == MoveHours, field+".hours", "unknown-choice", `Say "keep" or "move".`)
	return compiledTravel{from, to, zoneField(c, field+".zone", t.Zone), t.Hours == MoveHours}
}

// compileClosures sorts the closures by site; "" are those of all.
func compileClosures(c *models.Checks, closures []Closure) map[string][]Span {
	shut := map[string][]Span{}
	for i, x := range closures {
		field := fmt.Sprintf("closures[%d]", i)
		z := zoneField(c, field+".zone", x.Zone)
		shut[x.Site] = append(shut[x.Site], absence(c, field, z, x.Start, x.End))
	}
	return shut
}

// absence reads two date-times on a clock.
func absence(c *models.Checks, field string, z *Zone, start, end string) Span {
	from, ok1 := wallField(c, field+".start", start)
	to, ok2 := wallField(c, field+".end", end)
	c.Require(!ok1 || !ok2 || from < to, field+".end", "before-start", "The end is not after the start.")
	return Span{z.At(from), z.At(to)}
}
