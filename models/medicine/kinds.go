package medicine

import "slices"

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
