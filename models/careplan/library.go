package careplan

import (
	"slices"

	"handrail/models"
	"handrail/models/guideline"
)

// Take fills an edit from a guideline of the site: what the edit does not say itself, the
// edition always. Points that were ticked in before stay ticked.
func Take(e ItemEdit, g guideline.Guideline, before []Check) ItemEdit {
	fill := func(to **string, value string) {
		if *to == nil {
			*to = &value
		}
	}
	fill(&e.Title, g.Title)
	fill(&e.Source, g.Source)
	e.Edition = &g.Edition
	if e.Advises == nil && g.Advises != nil {
		e.Advises = new(slices.Clone(g.Advises))
	}
	if e.Against == nil && g.Against != nil {
		e.Against = new(slices.Clone(g.Against))
	}
	if e.Checks == nil {
		checks := make([]Check, 0, len(g.Points))
		for _, p := range g.Points {
			k := Check{Text: p.Text, Point: p.ID}
			for _, b := range before {
				k.Done = k.Done || b.Point == p.ID && b.Done
			}
			checks = append(checks, k)
		}
		e.Checks = &checks
	}
	return e
}

// ticked writes on which day, and by whom, each check was ticked. Who sends a list of
// checks can't say that for somebody else.
func (x *editing) ticked(before, after []Check) []Check {
	out := slices.Clone(after)
	for n := range out {
		out[n].On, out[n].By = "", nil
		if !out[n].Done {
			continue
		}
		by := models.AuthorOf(x.by)
		out[n].On, out[n].By = x.today, &by
		for _, b := range before {
			if b.Done && (b.Text == out[n].Text || b.Point != "" && b.Point == out[n].Point) {
				out[n].On, out[n].By = b.On, b.By
			}
		}
	}
	return out
}

// onlyTicked tells whether two lists differ by nothing but what is ticked: that changes
// nothing that was agreed.
func onlyTicked(before, after []Check) bool {
	return slices.EqualFunc(before, after, func(a, b Check) bool { return a.Text == b.Text && a.Point == b.Point })
}

// declared finds open items of a plan whose guidelines have points that the library
// declares to be opposite, or that go opposite ways about a medicine.
func declared(p Plan, library map[string]guideline.Guideline) (out []Contradiction) {
	for n, a := range p.Items {
		one, ok := library[a.Guideline]
		if !ok || a.Kind != Guideline || !a.Open() {
			continue
		}
		for _, b := range p.Items[n+1:] {
			other, ok := library[b.Guideline]
			if !ok || b.Kind != Guideline || !b.Open() || a.Guideline == b.Guideline {
				continue
			}
			out = append(out, contrary(a.ID, b.ID, one, other)...)
			out = append(out, contrary(b.ID, a.ID, other, one)...)
			for _, m := range one.AgainstMedicines {
				if slices.Contains(other.AdvisesMedicines, m) {
					out = append(out, Contradiction{Medicine: m, Items: []string{a.ID, b.ID}})
				}
			}
			for _, m := range other.AgainstMedicines {
				if slices.Contains(one.AdvisesMedicines, m) {
					out = append(out, Contradiction{Medicine: m, Items: []string{b.ID, a.ID}})
				}
			}
		}
	}
	return out
}

// contrary are the points that one guideline declares to be opposite to points of another.
func contrary(item, otherItem string, one, other guideline.Guideline) (out []Contradiction) {
	for _, c := range one.Contrary {
		if c.Guideline != other.ID {
			continue
		}
		p, ok := one.Point(c.Point)
		o, there := other.Point(c.OtherPoint)
		if ok && there {
			out = append(out, Contradiction{Points: []string{p.Text, o.Text}, Items: []string{item, otherItem}})
		}
	}
	return out
}

// outdated are holes of items whose guideline has a newer edition, ended, or should have
// been looked at by the site; today is the patient's date.
func outdated(p Plan, library map[string]guideline.Guideline, today string) (out []Hole) {
	for _, i := range p.Items {
		g, ok := library[i.Guideline]
		switch {
		case !ok || !i.Open():
		case g.EndedAt != nil || g.Edition != i.Edition:
			out = append(out, Hole{i.ID, HoleNewerEdition})
		case g.ReviewOn < today:
			out = append(out, Hole{i.ID, HoleGuidelineLate})
		}
	}
	return out
}
