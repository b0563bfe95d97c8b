package reminder

import (
	"cmp"
	"slices"
	"time"
)

// Input is everything that a plan follows from.
type Input struct {
	Now, To time.Time // plan from Now up to To
	Home    string    // IANA name
	Stays   []Stay    // where the person's phone was, and is
	Rules   []Rule    // checked
	Choices Choices   // checked
	Cap     int       // prompts a local day, over all sources together
	Known   []Known   // what is kept, from Now-KnownSince on
	Zones   Zones     // nil: LoadZone
}

// KnownSince is how far back Input.Known must reach: the longest useful time, and
// the longest that quiet hours and travel move an occurrence.
const KnownSince = 5 * 24 * time.Hour

type planner struct {
	Input
	now        int64
	here, home clock
	known      map[string]Known
}

// Plan lists what is wanted and not fixed, in the order in which it is due. It is a
// pure function: the same input gives the same plan. What should have been said
// before Now is in it only when it is known already: nothing begins in the past.
func Plan(in Input) ([]Occurrence, error) {
	p := &planner{Input: in, now: in.Now.Unix(), known: map[string]Known{}}
	if p.Zones == nil {
		p.Zones = LoadZone
	}
	var err error
	if p.home, err = newClock(in.Home, nil, p.Zones); err != nil {
		return nil, err
	}
	if p.here, err = newClock(in.Home, in.Stays, p.Zones); err != nil {
		return nil, err
	}
	for _, k := range in.Known {
		p.known[k.Name] = k
	}
	list := p.candidates()
	for i := range list {
		p.keepQuiet(&list[i])
		p.pause(&list[i])
	}
	list = p.gather(list)
	for i := range list {
		p.cut(&list[i])
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return c.until <= p.now || c.until <= c.due })
	p.cap(list)
	return p.finish(list), nil
}

// candidates are the occurrences of all rules that may still be wanted.
func (p *planner) candidates() []candidate {
	var out []candidate
	done := p.answered()
	for _, r := range p.Rules {
		from := p.now - int64((lookBack + r.useful()).Seconds())
		for _, c := range p.expand(r, from, p.To.Unix()) {
			if p.open(c) && !done[c.Name] {
				out = append(out, c)
			}
		}
	}
	return out
}

// open tells whether an occurrence may still be planned.
func (p *planner) open(c candidate) bool {
	k, known := p.known[c.Name]
	return known && !k.Fixed || !known && (c.asked >= p.now || c.late)
}

func (p *planner) pause(c *candidate) {
	if p.Choices.PausedUntil != nil && c.due < p.Choices.PausedUntil.Unix() && c.Silent == Loud && !c.above() {
		c.Silent = Paused
	}
}

func (p *planner) finish(list []candidate) []Occurrence {
	out := make([]Occurrence, 0, len(list))
	for _, c := range list {
		c.Due, c.Until = time.Unix(c.due, 0).UTC(), time.Unix(c.until, 0).UTC()
		if c.since != 0 {
			c.Since = time.Unix(c.since, 0).UTC()
		}
		if c.floats {
			c.Reading = p.here.wall(c.due).String()
		}
		out = append(out, c.Occurrence)
	}
	slices.SortFunc(out, func(a, b Occurrence) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Name, b.Name))
	})
	return out
}
