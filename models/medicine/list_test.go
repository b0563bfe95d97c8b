package medicine

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

func fieldsOf(err error) (out []string) {
	var e *models.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field+" "+f.Code)
		}
	}
	return out
}

func TestBadTermsAreRefused(t *testing.T) {
	good := Terms{Name: "Lithium carbonate", Strength: &Amount{300, "mg"}, Form: "tablet", Since: "2026-01-02", LastDoseOn: "2026-11-20", EveryDays: 28}
	if err := CheckTerms(Elsewhere, good, noon); err != nil {
		t.Fatal(fieldsOf(err))
	}
	for want, bad := range map[string]func(*Terms){
		"name required":                 func(m *Terms) { m.Name = " " },
		"name too-long":                 func(m *Terms) { m.Name = strings.Repeat("x", 201) },
		"strength.unit unknown-unit":    func(m *Terms) { m.Strength = &Amount{3, "spoons"} },
		"strength.value out-of-range":   func(m *Terms) { m.Strength = &Amount{-3, "mg"} },
		"daily.value out-of-range":      func(m *Terms) { m.Daily = &Amount{math.NaN(), "mg"} },
		"strength.value out-of-range ":  func(m *Terms) { m.Strength = &Amount{1e9, "mg"} },
		"strength.value out-of-range  ": func(m *Terms) { m.Strength = &Amount{101, "%"} },
		"form not-a-choice":             func(m *Terms) { m.Form = "cake" },
		"since not-a-day":               func(m *Terms) { m.Since = "2026-02-30" },
		"since not-a-past-day":          func(m *Terms) { m.Since = "2027-02-03" },
		"lastDoseOn before-the-start":   func(m *Terms) { m.LastDoseOn = "2025-12-31" },
		"everyDays out-of-range":        func(m *Terms) { m.EveryDays = -1 },
		"directions by-a-prescriber":    func(m *Terms) { m.Directions = "x" },
	} {
		m := good
		bad(&m)
		if got := fieldsOf(CheckTerms(Elsewhere, m, noon)); !slices.Contains(got, strings.TrimSpace(want)) {
			t.Errorf("want %s, got %v", want, got)
		}
	}
	m := Medicine{Terms: good}
	for _, on := range []string{"", "2025-12-31", "2026-13-01", "2027-01-01"} {
		if m.CheckStop(on, "It made me sleepy.", noon) == nil {
			t.Errorf("a stop on %q is taken", on)
		}
	}
}

func TestADepotCountsOnAfterItsStop(t *testing.T) {
	m := Medicine{Status: Ended, Stop: &Stop{On: "2026-11-10"}, Terms: Terms{Name: "naltrexone depot", LastDoseOn: "2026-11-05", EveryDays: 28}}
	m.Identify()
	if item := m.Item(noon); item.State != Active {
		t.Errorf("a depot that still works counts as %s", item.State)
	}
	if item := m.Item(noon.AddDate(0, 0, 15)); item.State != Stopped || item.Since != 9 {
		t.Errorf("after it ran out: %+v", item)
	}
	m.Status, m.Stop = Taken, nil
	if !m.Item(noon.AddDate(0, 0, 15)).Late || m.Item(noon).Late {
		t.Error("a depot that was due is not told")
	}
}

func TestUseRelatedIsTold(t *testing.T) {
	for name, want := range map[string]bool{"Suboxone": true, "vodka": true, "sertraline": false, "moonflower": false} {
		m := Medicine{Terms: Terms{Name: name}}
		if m.Identify(); m.UseRelated != want {
			t.Errorf("%s: %v", name, m.UseRelated)
		}
	}
	s := shipped(t)
	for _, group := range []string{"@use-disorder", "@substance"} {
		for _, name := range s.Members(group) {
			if !slices.Contains(useRelated, name) {
				t.Errorf("%s is not kept apart", name)
			}
		}
	}
}

func TestReconciliationAnswersEachLine(t *testing.T) {
	r := Reconciliation{Occasion: "intake", Lines: []ReconciledLine{{"a", "same", ""}, {"b", "differs", "I take it at night."}}}
	if err := r.Check([]string{"a", "b"}); err != nil || !r.Differs() {
		t.Error(fieldsOf(err))
	}
	for want, bad := range map[string]Reconciliation{
		"lines line-missing":              {Occasion: "intake", Lines: r.Lines[:1]},
		"lines[1].medicineId twice":       {Occasion: "intake", Lines: []ReconciledLine{r.Lines[0], r.Lines[0]}},
		"lines[0].says not-a-choice":      {Occasion: "intake", Lines: []ReconciledLine{{"a", "maybe", ""}}},
		"lines[0].medicineId not-on-list": {Occasion: "intake", Lines: []ReconciledLine{{"z", "same", ""}}},
		"occasion not-a-choice":           {Occasion: "party"},
		"missing[0] required":             {Occasion: "intake", Lines: r.Lines, Missing: []string{""}},
	} {
		if got := fieldsOf(bad.Check([]string{"a", "b"})); !slices.Contains(got, want) {
			t.Errorf("want %s, got %v", want, got)
		}
	}
}

func TestTheClinicsChanges(t *testing.T) {
	s := shipped(t)
	by := models.Author{AccountID: "a"}
	add := Change{ID: "1", Do: DoAdd, Why: "seen here", Until: noon.AddDate(0, 3, 0), By: by,
		Added: &AddedRule{A: []string{"lithium"}, B: []string{"@triptan"}, Severity: Major, Why: "w", Instead: "i", Source: "our committee"}}
	if err := add.Check(s, noon); err != nil {
		t.Fatal(fieldsOf(err))
	}
	silence := Change{ID: "2", Do: DoSilence, Rule: "ssri-nsaid", Why: "seen daily", Until: noon.AddDate(0, 3, 0), By: by}
	with := func(at time.Time, signed bool) *Set {
		changes := []Change{add, silence}
		for i := range changes {
			if signed {
				changes[i].SignedBy = &models.Author{AccountID: "b"}
			}
		}
		w, err := s.With(changes, at)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for _, c := range []struct {
		at     time.Time
		signed bool
	}{{noon, false}, {noon, true}, {noon.AddDate(0, 3, 0), true}} {
		w, holds := with(c.at, c.signed), c.signed && c.at.Equal(noon)
		if _, ok := find(w.Check(ordered("lithium", "sumatriptan")), "site-1"); ok != holds {
			t.Errorf("the added rule at %v, signed %v: %v", c.at, c.signed, ok)
		}
		if _, ok := find(w.Check(ordered("sertraline", "ibuprofen")), "ssri-nsaid"); ok == holds {
			t.Errorf("the silenced rule at %v, signed %v: %v", c.at, c.signed, ok)
		}
	}
	for want, bad := range map[string]func(*Change){
		"until too-far":               func(c *Change) { c.Until = noon.AddDate(2, 0, 0) },
		"until in-the-past":           func(c *Change) { c.Until = noon },
		"added.a not-usable":          func(c *Change) { c.Added.A = Known().All()[:50]; c.Added.A = append(c.Added.A[:49], "@nobody") },
		"added.instead holds-a-dose":  func(c *Change) { c.Added.Instead = "Take 5 mg." },
		"rule no-such-rule":           func(c *Change) { c.Do, c.Rule, c.Added = DoSilence, "nothing", nil },
		"added required":              func(c *Change) { c.Added = nil },
		"added.severity not-a-choice": func(c *Change) { c.Added.Severity = "deadly" },
	} {
		c, rule := add, *add.Added
		c.Added = &rule
		bad(&c)
		if got := fieldsOf(c.Check(s, noon)); !slices.Contains(got, want) {
			t.Errorf("want %s, got %v", want, got)
		}
	}
}
