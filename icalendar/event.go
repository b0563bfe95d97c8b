package icalendar

import (
	"slices"
	"strings"

	"handrail/models/schedule"
)

// moves are the occurrences of an event that other events stand for.
type moves struct {
	at   map[int64]bool // Unix seconds
	days map[int64]bool // days of the clock's face, for a DATE on an event with a time
}

func (m *moves) has(o moment) bool {
	return m != nil && (m.at[o.unix()] || m.days[o.day()])
}

// free tells an event that takes no time.
func free(c *component) bool {
	all := func(name, value string) bool {
		list := c.props[name]
		return len(list) > 0 && !slices.ContainsFunc(list, func(p property) bool { return !strings.EqualFold(strings.TrimSpace(p.value), value) })
	}
	outlook := strings.ToUpper(c.text("X-MICROSOFT-CDO-BUSYSTATUS"))
	taken := outlook == "BUSY" || outlook == "OOF" || outlook == "TENTATIVE"
	return all("STATUS", "CANCELLED") || all("TRANSP", "TRANSPARENT") && !taken
}

// noteMoved remembers what an event of its own stands for. One whose own time can't
// be told leaves the occurrence where it was.
func (r *reader) noteMoved(c *component) {
	p, ok := c.one("RECURRENCE-ID")
	if !ok || p.param("RANGE") != "" {
		return
	}
	if _, readable := r.startOf(c); !readable && !free(c) {
		return
	}
	m, whole, ok := r.moment(p, p.value)
	if !ok || !whole {
		return
	}
	uid := c.text("UID")
	if r.moved[uid] == nil {
		r.moved[uid] = &moves{map[int64]bool{}, map[int64]bool{}}
	}
	start, _ := r.startOf(c)
	if m.date && !start.date {
		r.moved[uid].days[m.day()] = true
	}
	r.moved[uid].at[m.unix()] = true
}

// startOf reads DTSTART. ok is false when not even its day can be told.
func (r *reader) startOf(c *component) (moment, bool) {
	p, ok := c.one("DTSTART")
	if !ok {
		return moment{}, false
	}
	m, _, ok := r.moment(p, p.value)
	return m, ok
}

// event adds the busy times of one event or free-busy list.
func (r *reader) event(c *component) error {
	if c.name == "VFREEBUSY" {
		return r.freeBusy(c)
	}
	if free(c) || strings.HasSuffix(c.text("UID"), uidHost) {
		return nil
	}
	p, _ := c.one("DTSTART")
	start, whole, ok := r.moment(p, p.value)
	if !ok {
		r.odd(nil, WhyNoTime)
		return nil
	}
	length, known := r.length(c, start)
	if !whole {
		length.days++ // any time of that day
	}
	why := ""
	switch {
	case start.vague:
		why = WhyZone
	case !whole || !known:
		why = WhyTime
	case c.odd:
		why = WhyBroken
	}
	return r.occurrences(c, start, length, why)
}

// occurrences adds each time of an event that touches the window.
func (r *reader) occurrences(c *component, start moment, l length, why string) error {
	walls, ruleWhy := r.wallsOf(c, start, l)
	extra, extraWhy := r.extra(c, start, l)
	except, exceptWhy := r.exceptions(c, start)
	for _, w := range []string{ruleWhy, extraWhy, exceptWhy} {
		if why == "" {
			why = w
		}
	}
	_, own := c.one("RECURRENCE-ID")
	moved, again := r.moved[c.text("UID")], doubled(walls, extra)
	var put *schedule.Span
	for _, o := range append(walls, extra...) {
		if except.has(o.moment) && !again[o.unix()] || !own && moved.has(o.moment) {
			continue
		}
		from, to := first(o.clock, o.wall), o.length.end(o.moment)
		if o.earlier > 0 {
			from -= o.earlier
		}
		s := schedule.Span{From: from, To: to}
		if put == nil && !s.And(r.within).Empty() {
			put = &s
		}
		if err := r.add(s); err != nil {
			return err
		}
	}
	if why != "" && (put != nil || len(walls)+len(extra) == 0 || l.zero()) {
		r.odd(put, why)
	}
	return nil
}

// doubled are the times of further dates (RDATE) that the rule gives as well, or that
// are named twice. One exception takes such a time away (RFC 5545, section 3.8.5.1), or
// one of the two, as programs read it that do not look for doubles: so it may be busy.
func doubled(walls, extra []occurrence) map[int64]bool {
	if len(extra) == 0 {
		return nil
	}
	said, out := map[int64]bool{}, map[int64]bool{}
	for _, o := range walls {
		said[o.unix()] = true
	}
	for _, o := range extra {
		out[o.unix()] = said[o.unix()]
		said[o.unix()] = true
	}
	return out
}

// occurrence is an event at one of its times.
type occurrence struct {
	moment
	length length
}

// wallsOf expands the rules of an event. A rule that says too little is told.
func (r *reader) wallsOf(c *component, start moment, l length) (out []occurrence, why string) {
	out = []occurrence{{start, l}} // the first one counts, whether the rule gives it or not
	rules := c.props["RRULE"]
	if p, own := c.one("RECURRENCE-ID"); own {
		if p.param("RANGE") == "" {
			return out, ""
		}
		return r.following(c, start, l), WhyFollowing
	}
	within := schedule.Span{From: r.within.From - l.atMost(), To: r.within.To + 86400}
	if l.days > maxLength || l.seconds > maxLength*86400 {
		return []occurrence{{start, length{seconds: max(l.seconds, r.within.To-start.unix())}}}, WhyTime
	}
	for _, p := range rules {
		rule, ok := parseRule(p.value)
		if !ok {
			rule, _ = parseRule("FREQ=DAILY") // it may be any day
			why = WhyRule
		}
		if rule.unsure || rule.coarse {
			why = WhyRule
		}
		walls, full := rule.walls(start.wall, within)
		if !full {
			why = WhyRule
		}
		for _, w := range walls {
			o := occurrence{moment{w, start.clock, start.date, start.floating, start.vague, start.earlier}, l}
			if rule.coarse {
				o.wall, o.date, o.length = w-schedule.Wall(int64(w)-floorDiv(int64(w), 86400)*86400), true, length{days: 1, seconds: l.seconds}
			}
			if rule.holds(w, start.date, o.unix()) {
				out = append(out, o)
			}
		}
	}
	return out, why
}

// following is an event that moves an occurrence and all after it. What comes after
// is taken at both times; how it goes on is in the event that it changes.
func (r *reader) following(c *component, start moment, l length) []occurrence {
	out := []occurrence{{start, l}}
	p, _ := c.one("RECURRENCE-ID")
	at, whole, ok := r.moment(p, p.value)
	if !ok || !whole {
		return out
	}
	shift := start.wall - at.wall
	for _, other := range r.events {
		if _, own := other.one("RECURRENCE-ID"); own || other.text("UID") != c.text("UID") || free(other) {
			continue
		}
		begin, readable := r.startOf(other)
		if !readable {
			continue
		}
		walls, _ := r.wallsOf(other, begin, l)
		for _, o := range walls {
			if o.wall >= at.wall {
				o.wall += shift
				o.clock, o.length = start.clock, l
				out = append(out, o)
			}
		}
	}
	return out
}

// extra reads RDATE: dates, times and periods (RFC 5545, section 3.8.5.2).
func (r *reader) extra(c *component, start moment, l length) (out []occurrence, why string) {
	for _, p := range c.props["RDATE"] {
		for text := range strings.SplitSeq(p.value, ",") {
			o, ok := r.period(p, text, l)
			if !ok {
				why = WhyException
			}
			if o.clock != nil {
				if o.date && !start.date { // a day more of an event with a time
					o.wall += start.wall - schedule.Wall(start.day()*86400)
					o.date, o.clock = false, start.clock
				}
				out = append(out, o)
			}
		}
	}
	return out, why
}

// period reads "START", "START/END" and "START/DURATION".
func (r *reader) period(p property, text string, l length) (o occurrence, ok bool) {
	begin, rest, isPeriod := strings.Cut(text, "/")
	m, whole, ok := r.moment(p, begin)
	if !ok {
		return occurrence{}, false
	}
	o = occurrence{m, l}
	if !isPeriod {
		return o, whole && !m.vague
	}
	if d, understood := parseDuration(rest); understood {
		o.length = d
		return o, whole && !m.vague
	}
	end, endWhole, ok := r.moment(p, rest)
	if !ok || !endWhole || end.unix() <= m.unix() {
		o.length = longer(l, assumed)
		return o, false
	}
	o.length = length{seconds: end.unix() - m.unix()}
	return o, whole && !m.vague
}

// exceptions reads EXDATE. A date takes away what begins on it; a time without a
// zone is on the clock of the event, as programs mean it that leave the zone away.
func (r *reader) exceptions(c *component, start moment) (*moves, string) {
	out, why := &moves{map[int64]bool{}, map[int64]bool{}}, ""
	for _, p := range c.props["EXDATE"] {
		for text := range strings.SplitSeq(p.value, ",") {
			m, whole, ok := r.moment(p, text)
			if !ok || !whole || m.vague && !start.vague {
				why = WhyException
				continue
			}
			if m.date {
				out.days[m.day()] = true
				continue
			}
			if m.floating {
				m.clock = start.clock
			}
			out.at[m.unix()] = true
			if start.date && m.wall == schedule.Wall(m.day()*86400) {
				out.days[m.day()] = true
			}
		}
	}
	return out, why
}

// freeBusy adds the times of a free-busy list (RFC 5545, section 3.6.4).
func (r *reader) freeBusy(c *component) error {
	for _, p := range c.props["FREEBUSY"] {
		if strings.EqualFold(p.param("FBTYPE"), "FREE") {
			continue
		}
		for text := range strings.SplitSeq(p.value, ",") {
			o, ok := r.period(p, text, assumed)
			if o.clock == nil {
				r.odd(nil, WhyNoTime)
				continue
			}
			s := schedule.Span{From: o.unix(), To: o.length.end(o.moment)}
			if !ok && !s.And(r.within).Empty() {
				r.odd(&s, WhyTime)
			}
			if err := r.add(s); err != nil {
				return err
			}
		}
	}
	if c.odd {
		r.odd(nil, WhyBroken)
	}
	return nil
}
