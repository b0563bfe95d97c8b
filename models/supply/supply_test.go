package supply

import (
	"testing"

	"handrail/models/medicine"
)

// TestFacts: what was fetched early counts from what was left, a few days are none, and one
// ingredient from two places is told once.
func TestFacts(t *testing.T) {
	fetched := func(id, on string) Entry {
		return Entry{ID: id, Medicine: "x", Terms: Terms{MedicineID: "m", Kind: Fetched, On: on, Days: 28}}
	}
	line := func(id, name string, s medicine.Source) medicine.Medicine {
		m := medicine.Medicine{ID: id, Source: s, Status: medicine.Taken, Terms: medicine.Terms{Name: name}}
		m.Identify()
		return m
	}
	got := Facts([]Entry{fetched("c", "2026-03-10"), fetched("a", "2026-01-01"), fetched("b", "2026-01-27")},
		[]medicine.Medicine{line("1", "diazepam", medicine.Elsewhere), line("2", "Valium", medicine.Street), line("3", "sertraline", medicine.Street)})
	if len(got) != 1 || got[0].Kind != TwoSources {
		t.Errorf("two days early, and a gap: %+v", got)
	}
	if got = Facts([]Entry{fetched("a", "2026-01-01"), fetched("b", "2026-01-02"), fetched("c", "2026-01-30")}, nil); len(got) != 2 || got[0].DaysEarly != 27 || got[1].DaysEarly != 27 {
		t.Errorf("what is left adds up: %+v", got)
	}
}
