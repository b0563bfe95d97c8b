package medicine

import (
	"cmp"
	"slices"
	"strings"
)

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
