package reminder

import (
	"time"

	"handrail/models/schedule"
)

// lookBack is how far before now a plan looks for occurrences that wait already:
// quiet hours may hold one back for most of a day.
const lookBack = 26 * time.Hour

// candidate is an occurrence on its way through the plan.
type candidate struct {
	Occurrence
	traits Traits
	asked  int64 // when its rule means it, before quiet hours move it
	due    int64
	until  int64
	limit  int64 // its deadline
	hearBy int64 // quiet hours do not hold it back past this
	useful int64 // seconds
	since  int64 // when it lies in the inbox, where quiet hours moved it; 0: when it is due
	passes bool  // quiet hours do not hold it back
	late   bool
	floats bool // follows the wall clock where the person is
}

// expand lists the occurrences of a rule that are meant from from to to.
func (p *planner) expand(r Rule, from, to int64) []candidate {
	t, off := p.Choices.For(r.Kind)
	if r.Relied {
		t = t.relied(r.Kind, off)
	} else if off {
		return nil
	}
	if r.Policy == Every || r.Policy == Once {
		return p.expandInstants(r, t, from, to)
	}
	c := p.here
	if r.Policy == Home {
		c = p.home
	}
	text := r.Time
	if text == "" {
		text = t.Time
	}
	seconds, _ := schedule.ParseClock(text)
	days := r.days()
	var out []candidate
	last := min(c.day(to)+2, days.until)
	for d := max(c.day(from)-2, days.from); d <= last; d++ {
		if !days.on(d) || !c.lived(d) {
			continue
		}
		due, nominal := c.first(d.At(seconds))
		if due >= from && due < to {
			out = append(out, r.candidate(t, d.String(), due, nominal))
		}
	}
	return out
}

func (p *planner) expandInstants(r Rule, t Traits, from, to int64) []candidate {
	at, step := r.At.Unix(), int64(r.EveryHours)*3600
	if r.Policy == Once {
		step = forever
	}
	if at < from && step < forever {
		at += (from - at + step - 1) / step * step
	}
	var out []candidate
	for ; at >= from && at < to; at += step {
		out = append(out, r.candidate(t, time.Unix(at, 0).UTC().Format(time.DateOnly), at, at))
	}
	return out
}

// candidate makes an occurrence that is due at due; its usefulness counts from
// nominal, which is earlier when the clock jumped over it.
func (r Rule) candidate(t Traits, date string, due, nominal int64) candidate {
	if len(r.Steps) > 0 {
		t.Steps = r.Steps
	}
	c := candidate{Occurrence: Occurrence{Name: name(r.ID, date), Rule: r.ID, Date: date, Kind: r.Kind, Ref: r.Ref, Steps: t.Steps, Say: r.Say},
		traits: t, asked: due, due: due, limit: forever, hearBy: forever, useful: int64(r.useful().Seconds()), late: r.Late, floats: r.Policy == Here}
	if r.Relied {
		c.First, c.Steps = len(c.Steps), withOthers(c.Steps)
	}
	if r.Deadline != nil {
		c.limit = r.Deadline.Unix()
	}
	if r.HearBy != nil {
		c.hearBy = r.HearBy.Unix()
	}
	c.until = min(nominal+c.useful, c.limit)
	if nominal+c.useful <= due { // the clock jumped over its whole useful time
		c.Silent, c.until = Jumped, due+c.useful
	}
	return c
}
