package medicine

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// State is how a medicine counts in a check.
type State string

// The states.
const (
	Active   State = "active"
	New      State = "new"      // the one that is ordered
	Stopping State = "stopping" // the one that is stopped
	Stopped  State = "stopped"  // Since days ago
)

// Item is one medicine or substance of a list.
type Item struct {
	ID      string
	Names   []string // ingredients, as Catalogue.Find gives them
	State   State
	Since   int     // days since it was stopped, or since its depot ran out
	Amount  float64 // a day, in Unit; 0: not known
	Unit    string
	Started time.Time
	Late    bool // a depot whose next dose was due
}

// Reaction is one that a person had.
type Reaction struct {
	Names   []string
	Certain bool // confirmed, or severe
}

// Input is what a check looks at: what the asker may see and nothing else.
type Input struct {
	Items     []Item
	Facts     map[string]Fact
	Reactions []Reaction
	Passed    map[string]bool // keys of findings that somebody went on with, of what is still taken
	At        time.Time
}

// Finding is what a rule found.
type Finding struct {
	Key         string   `json:"key"`
	Rule        string   `json:"rule"`
	Kind        Kind     `json:"kind"`
	Severity    Severity `json:"severity"`
	Ingredients []string `json:"ingredients"`
	Items       []string `json:"items"`
	Interrupts  bool     `json:"interrupts"`
	EachTime    bool     `json:"eachTime"`
	MayPass     bool     `json:"mayPass"`
	Moud        bool     `json:"moud"`
	Why         string   `json:"why"`
	Instead     string   `json:"instead"`
	Who         string   `json:"who"`
	Source      string   `json:"source"`
	Tag         string   `json:"tag"`
	Calmed      bool     `json:"calmed,omitempty"`
	Unknown     bool     `json:"unknown,omitempty"`
}

// Ask is a fact that a rule would like to know: a field of the order's form.
type Ask struct {
	Fact     string   `json:"fact"`
	Rules    []string `json:"rules"`
	Required bool     `json:"required"` // "unknown" is an answer where words are
}

// Duty is a result that a medicine wants. Due is zero when there is none yet.
type Duty struct {
	Rule       string    `json:"rule"`
	Ingredient string    `json:"ingredient"`
	Fact       string    `json:"fact"`
	Last       time.Time `json:"last,omitzero"`
	Due        time.Time `json:"due"`
	Overdue    bool      `json:"overdue"`
	Why        string    `json:"why"`
	Instead    string    `json:"instead"`
}

// Result is what a check gives.
type Result struct {
	Version  string
	Findings []Finding // the worst first
	Asks     []Ask
	Duties   []Duty
}

// Interruptions are the findings that stop an order until somebody says why it goes on.
func (r Result) Interruptions() []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Interrupts {
			out = append(out, f)
		}
	}
	return out
}

// one is one ingredient of one item.
type one struct {
	item int
	n    int // of the ingredient
	name string
}

// Check holds a list against the rules. Nothing of it waits for anybody.
func (s *Set) Check(in Input) Result {
	c := checking{s: s, in: in, by: make(map[place]int, 64)}
	for i, item := range in.Items {
		for _, name := range item.Names {
			if n, known := s.cat.index[name]; known {
				c.all = append(c.all, one{i, n, name})
			}
		}
	}
	c.pairs()
	for i := range s.Rules {
		switch r := &s.Rules[i]; r.Kind {
		case KindLoad:
			c.load(i)
		case KindFact:
			c.fact(i)
		case KindStop:
			c.stop(i)
		case KindDuty:
			c.duty(i)
		case KindLate:
			c.late(i)
		case KindReaction:
			c.reaction(i)
		}
	}
	c.sort()
	c.out.Version = s.Version
	return c.out
}

// sort puts the worst first, then what stands first in the file.
func (c *checking) sort() {
	by := make([]int, len(c.out.Findings))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int {
		return cmp.Or(rank(c.out.Findings[a].Severity)-rank(c.out.Findings[b].Severity), c.rules[a]-c.rules[b], a-b)
	})
	sorted := make([]Finding, len(by))
	for i, at := range by {
		sorted[i] = c.out.Findings[at]
	}
	c.out.Findings = sorted
}

func rank(s Severity) int { return slices.Index(Severities, s) }

type checking struct {
	s     *Set
	in    Input
	all   []one
	out   Result
	by    map[place]int // findings by what found them
	rules []int         // of each finding
}

// place is what makes a finding one: its rule and the ingredients, as a pair or in words.
type place struct {
	rule, a, b int
	more       string
}

func placeOf(rule int, of []one) place {
	if len(of) == 1 {
		return place{rule, of[0].n, -1, ""}
	}
	if len(of) == 2 {
		return place{rule, min(of[0].n, of[1].n), max(of[0].n, of[1].n), ""}
	}
	return place{rule, -1, -1, strings.Join(namesOf(of), "+")}
}

func (c *checking) state(o one) State { return c.in.Items[o.item].State }

// counts tells whether an ingredient counts for a rule: it is taken, or its stop is not
// long enough ago.
func (c *checking) counts(rule int, o one) bool {
	switch item := &c.in.Items[o.item]; item.State {
	case Stopping:
		return false
	case Stopped:
		within := c.s.made[rule].within
		return within != nil && item.Since < within[o.n]
	}
	return true
}

func (c *checking) pairs() {
	for i, a := range c.all {
		for _, rule := range c.s.inA[a.n] {
			b := c.s.made[rule].b
			for j, other := range c.all {
				if !b.has(other.n) || a.item == other.item || a.n == other.n || i == j {
					continue
				}
				if c.counts(rule, a) && c.counts(rule, other) && (c.state(a) != Stopped || c.state(other) != Stopped) {
					c.found(rule, a, other)
				}
			}
		}
	}
}

func (c *checking) load(rule int) {
	m := c.s.made[rule]
	var hit []one
	var names []string
	with := len(c.s.Rules[rule].With) == 0
	for _, o := range c.all {
		if m.a.has(o.n) && c.counts(rule, o) && c.state(o) != Stopped {
			hit = append(hit, o)
			with = with || m.with.has(o.n)
			if !slices.Contains(names, o.name) {
				names = append(names, o.name)
			}
		}
	}
	if with && float64(len(names)) >= c.s.Rules[rule].AtLeast {
		c.found(rule, hit...)
	}
}

func (c *checking) fact(rule int) {
	r, m := &c.s.Rules[rule], c.s.made[rule]
	for _, o := range c.all {
		if !m.a.has(o.n) || c.state(o) == Stopped || c.state(o) == Stopping {
			continue
		}
		f, known := knows(c.in.Facts, r.Fact, r.Fresh, c.in.At)
		switch {
		case !known:
			if c.state(o) == New {
				c.ask(r.Fact, r.ID, r.Severity == Contraindicated)
			}
		case f.holds(r.Is, r.Below, r.AtLeast):
			c.found(rule, o)
		case f.Word == "unknown" && r.Severity == Contraindicated:
			c.found(rule, o)
			last := &c.out.Findings[c.by[placeOf(rule, []one{o})]]
			last.Severity, last.Interrupts, last.EachTime, last.Unknown = Moderate, false, false, true
		}
	}
}

func (c *checking) stop(rule int) {
	m := c.s.made[rule]
	with := len(c.s.Rules[rule].With) == 0
	for _, o := range c.all {
		with = with || m.with.has(o.n) && (c.state(o) == Active || c.state(o) == New)
	}
	for _, o := range c.all {
		if with && m.a.has(o.n) && c.state(o) == Stopping && !c.goesOn(o) {
			c.found(rule, o)
		}
	}
}

// goesOn tells whether the same ingredient stays on the list by another line.
func (c *checking) goesOn(o one) bool {
	return slices.ContainsFunc(c.all, func(other one) bool {
		return other.item != o.item && other.n == o.n && (c.state(other) == Active || c.state(other) == New)
	})
}

func (c *checking) duty(rule int) {
	r, m := &c.s.Rules[rule], c.s.made[rule]
	for _, o := range c.all {
		if !m.a.has(o.n) || c.state(o) != Active {
			continue
		}
		every := r.Every
		started := c.in.Items[o.item].Started
		if days := int(c.in.At.Sub(started).Hours() / 24); !started.IsZero() {
			for _, e := range slices.Backward(r.Early) {
				if days < e.Until {
					every = e.Every
				}
			}
		}
		d := Duty{Rule: r.ID, Ingredient: o.name, Fact: r.Fact, Why: r.Why, Instead: r.Instead, Due: c.in.At}
		if f, ok := c.in.Facts[r.Fact]; ok {
			d.Last, d.Due = f.On, f.On.AddDate(0, 0, every)
		}
		d.Overdue = !c.in.At.Before(d.Due)
		c.out.Duties = append(c.out.Duties, d)
	}
}

func (c *checking) late(rule int) {
	for _, o := range c.all {
		if item := c.in.Items[o.item]; item.Late && c.s.made[rule].a.has(o.n) && item.State == Active {
			c.found(rule, o)
		}
	}
}

// reaction finds what somebody had a reaction to: the same ingredient, or one of the same
// class. One that is neither confirmed nor severe shows in the list.
func (c *checking) reaction(rule int) {
	r := &c.s.Rules[rule]
	for _, reaction := range slices.SortedStableFunc(slices.Values(c.in.Reactions), certainFirst) {
		for _, name := range reaction.Names {
			n, known := c.s.cat.index[name]
			if !known {
				continue
			}
			for _, o := range c.all {
				if c.state(o) == Stopped || c.state(o) == Stopping || (len(r.A) == 0) != (o.n == n) || len(r.A) > 0 && !c.sameClass(r.A, n, o.n) {
					continue
				}
				if _, before := c.by[placeOf(rule, []one{o})]; before && !reaction.Certain {
					continue
				}
				c.found(rule, o)
				if !reaction.Certain {
					last := &c.out.Findings[c.by[placeOf(rule, []one{o})]]
					last.Severity, last.Interrupts, last.EachTime = Moderate, false, false
				}
			}
		}
	}
}

func certainFirst(a, b Reaction) int {
	switch {
	case a.Certain == b.Certain:
		return 0
	case a.Certain:
		return -1
	}
	return 1
}

func (c *checking) sameClass(classes []string, a, b int) bool {
	return slices.ContainsFunc(classes, func(class string) bool {
		which, err := c.s.set([]string{class})
		return err == nil && which.has(a) && which.has(b)
	})
}

func namesOf(of []one) []string {
	names := make([]string, 0, len(of))
	for _, o := range of {
		if !slices.Contains(names, o.name) {
			names = append(names, o.name)
		}
	}
	slices.Sort(names)
	return names
}

// found notes a finding; the same again adds its items to it.
func (c *checking) found(rule int, of ...one) {
	where := placeOf(rule, of)
	at, again := c.by[where]
	if !again {
		r := &c.s.Rules[rule]
		names := namesOf(of)
		at, c.by[where] = len(c.out.Findings), len(c.out.Findings)
		c.rules = append(c.rules, rule)
		c.out.Findings = append(c.out.Findings, Finding{Key: r.ID + ":" + strings.Join(names, "+"), Rule: r.ID, Kind: r.Kind, Severity: r.Severity,
			EachTime: r.Severity == Contraindicated || len(r.Onc) > 0, MayPass: true, Ingredients: names, Items: make([]string, 0, len(of)),
			Why: r.Why, Instead: r.Instead, Who: r.Who, Source: r.Source, Tag: r.Tag})
	}
	f := &c.out.Findings[at]
	fresh := false
	for _, o := range of {
		if id := c.in.Items[o.item].ID; !slices.Contains(f.Items, id) {
			f.Items = append(f.Items, id)
		}
		f.Moud = f.Moud || o.name == "buprenorphine" || o.name == "methadone"
		fresh = fresh || c.state(o) == New || c.state(o) == Stopping
	}
	if !again {
		c.calm(&c.s.Rules[rule], f, of, fresh)
	}
	f.Interrupts = f.Interrupts || fresh && c.interrupts(f)
}

func (c *checking) interrupts(f *Finding) bool {
	return f.EachTime || f.Severity == Contraindicated || f.Severity == Major && !c.in.Passed[f.Key]
}

// calm makes a finding matter less by a fact that is fresh, or a small amount; a fact that
// is not known is asked for.
func (c *checking) calm(r *Rule, f *Finding, of []one, fresh bool) {
	k := r.Calm
	if k == nil {
		return
	}
	calmed := false
	if k.Fact != "" {
		fact, known := knows(c.in.Facts, k.Fact, k.Fresh, c.in.At)
		calmed = known && fact.holds(k.Is, k.Below, 0)
		if !known && fresh {
			c.ask(k.Fact, r.ID, false)
		}
	} else {
		for _, o := range of {
			item := c.in.Items[o.item]
			calmed = calmed || o.name == k.Ingredient && item.Amount > 0 && item.Amount <= k.AtMost && item.Unit == k.Unit
		}
	}
	if calmed {
		f.Severity, f.EachTime, f.Calmed = k.To, false, true
	}
}

func (c *checking) ask(fact, rule string, required bool) {
	at := slices.IndexFunc(c.out.Asks, func(a Ask) bool { return a.Fact == fact })
	if at < 0 {
		at = len(c.out.Asks)
		c.out.Asks = append(c.out.Asks, Ask{Fact: fact})
	}
	a := &c.out.Asks[at]
	if !slices.Contains(a.Rules, rule) {
		a.Rules = append(a.Rules, rule)
	}
	a.Required = a.Required || required
}
