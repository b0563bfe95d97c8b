package duty

import (
	"slices"
	"time"

	"handrail/models/schedule"
)

// shift is a Shift that was read.
type shift struct {
	who          string
	days         [8]bool // by ISO day, 1 is Monday
	from, to     int64   // seconds of the day; to may lie on the next one
	since, until schedule.Day
	every        int32
	monday       int32 // the week that every counts from
}

// once is a piece of time that somebody was named for.
type once struct {
	span       schedule.Span
	who, other string
}

// Plan is a rota that was read, with everybody's leave, to be asked about many instants.
type Plan struct {
	zone      *schedule.Zone
	shifts    []shift
	overrides []once
	swaps     []once
	away      Away
}

// Away is when people are on leave.
type Away []once

// AwayOf gathers the leave of all rotas, each on its own clock: somebody who is away is
// away everywhere. A rota whose zone is not known has none.
func AwayOf(rotas ...Rota) Away {
	var out Away
	for _, r := range rotas {
		zone, err := schedule.LoadZone(r.Zone)
		if err != nil {
			continue
		}
		for _, l := range r.Leave {
			if s, ok := spanOf(zone, l.From, l.To); ok {
				out = append(out, once{s, l.AccountID, l.Cover})
			}
		}
	}
	return out
}

// Covered is who answers in place of somebody at an instant: they themselves, unless
// they are on leave. "" is nobody: no cover was named, or the covers go in a circle. Of
// two leaves that hold, the last one of the list counts.
func (a Away) Covered(who string, at int64) string {
	var passed []string
	for who != "" && !slices.Contains(passed, who) {
		i := len(a) - 1
		for i >= 0 && (a[i].who != who || !in(a[i].span, at)) {
			i--
		}
		if i < 0 {
			return who
		}
		passed = append(passed, who)
		who = a[i].other
	}
	return ""
}

// Gone tells whether somebody is on leave at an instant.
func (a Away) Gone(who string, at int64) bool {
	return slices.ContainsFunc(a, func(o once) bool { return o.who == who && in(o.span, at) })
}

func in(s schedule.Span, at int64) bool { return s.From <= at && at < s.To }

func spanOf(zone *schedule.Zone, from, to string) (schedule.Span, bool) {
	a, okA := schedule.ParseWall(from)
	b, okB := schedule.ParseWall(to)
	if !okA || !okB || a >= b {
		return schedule.Span{}, false
	}
	s := schedule.Span{From: zone.At(a), To: zone.At(b)}
	return s, !s.Empty() // inside the hour that the clock leaves out there is no time
}

// Read makes a Plan of a rota that was checked. What can't be read of it is left out,
// so that the fail-safe answers. Errors: schedule.ErrUnknownZone.
func Read(r Rota, away Away) (*Plan, error) {
	zone, err := schedule.LoadZone(r.Zone)
	if err != nil {
		return nil, err
	}
	p := &Plan{zone: zone, away: away}
	for _, s := range r.Shifts {
		if read, ok := readShift(s); ok {
			p.shifts = append(p.shifts, read)
		}
	}
	for _, o := range r.Overrides {
		if s, ok := spanOf(zone, o.From, o.To); ok {
			p.overrides = append(p.overrides, once{s, o.AccountID, ""})
		}
	}
	for _, w := range r.Swaps {
		if s, ok := spanOf(zone, w.From, w.To); ok && w.Status == SwapAccepted {
			p.swaps = append(p.swaps, once{s, w.GivenBy, w.TakenBy})
		}
	}
	return p, nil
}

const noDay = schedule.Day(1 << 30)

func readShift(s Shift) (shift, bool) {
	out := shift{who: s.AccountID, since: -noDay, until: noDay, every: int32(min(max(s.Every, 1), maxEvery))}
	var okFrom, okTo bool
	out.from, okFrom = schedule.ParseClock(s.From)
	out.to, okTo = schedule.ParseClock(s.To)
	if !okFrom || !okTo || out.from >= daySeconds {
		return out, false
	}
	if out.to <= out.from {
		out.to += daySeconds
	}
	for _, d := range s.Days {
		if d >= 1 && d <= 7 {
			out.days[d] = true
		}
	}
	if s.Since != "" {
		day, ok := schedule.ParseDay(s.Since)
		if !ok {
			return out, false
		}
		out.since, out.monday = day, mondayOf(day)
	}
	if s.Until != "" {
		day, ok := schedule.ParseDay(s.Until)
		if !ok {
			return out, false
		}
		out.until = day
	}
	return out, true
}

const daySeconds = 86400

// mondayOf counts the weeks since that of 1970-01-01, which began on a Monday before it.
func mondayOf(d schedule.Day) int32 {
	n := int32(d) + 3
	if n < 0 {
		n -= 6
	}
	return n / 7
}

func isoDay(d schedule.Day) int { return (int(d.Weekday())+6)%7 + 1 }

// on is the time that a shift takes when it begins on a date.
func (s shift) on(zone *schedule.Zone, d schedule.Day) (schedule.Span, bool) {
	if d < s.since || d > s.until || !s.days[isoDay(d)] || s.every > 1 && (mondayOf(d)-s.monday)%s.every != 0 {
		return schedule.Span{}, false
	}
	out := schedule.Span{From: zone.At(d.At(s.from)), To: zone.At(d.At(s.to))}
	return out, !out.Empty()
}

// Answer is who is on duty.
type Answer struct {
	AccountID string // "": nobody, and the fail-safe answers
	By        string // what put them there
}

// What puts somebody on duty.
const (
	ByShift    = "shift"
	ByOverride = "override"
	BySwap     = "swap"
	ByLeave    = "leave" // they cover for somebody who is on leave
)

// At is who is on duty at an instant.
func (p *Plan) At(at time.Time) Answer { return p.at(at.Unix()) }

func (p *Plan) at(at int64) Answer {
	for i := len(p.overrides) - 1; i >= 0; i-- {
		if in(p.overrides[i].span, at) {
			if a := p.settle(p.overrides[i].who, ByOverride, at); a.AccountID != "" {
				return a
			}
			break
		}
	}
	today := p.zone.Day(at)
	for _, s := range p.shifts {
		for d := today - 2; d <= today; d++ { // a shift may end on the next date; where a zone leaves out a date, on the one after
			span, ok := s.on(p.zone, d)
			if !ok || !in(span, at) {
				continue
			}
			if a := p.settle(s.who, ByShift, at); a.AccountID != "" {
				return a
			}
			break
		}
	}
	return Answer{}
}

// settle gives the time of somebody away by swaps, and looks for who covers for them.
func (p *Plan) settle(who, by string, at int64) Answer {
	for _, w := range p.swaps {
		if w.who == who && in(w.span, at) {
			who, by = w.other, BySwap
		}
	}
	there := p.away.Covered(who, at)
	if there != who {
		by = ByLeave
	}
	return Answer{there, by}
}
