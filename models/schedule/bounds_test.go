package schedule

import (
	"slices"
	"testing"
	"time"
)

// TestMemoryDoesNotGrowWithTheHorizon looks through a month and through a year,
// both in vain.
func TestMemoryDoesNotGrowWithTheHorizon(t *testing.T) {
	candidates := benchCandidates(t, 5, 95, 0, 54) // every half hour of every week is taken
	allocs := func(days int) float64 {
		req := benchRequest(days, 5, Role{Key: "team", Kind: Clinician, Who: names(5)})
		req.Visit.HorizonDays = MaxHorizon
		return testing.AllocsPerRun(3, func() {
			if slots, _, err := Find(req, candidates); err != nil || len(slots) > 0 {
				t.Fatal(len(slots), err)
			}
		})
	}
	if month, year := allocs(28), allocs(365); year > month*1.3 {
		t.Errorf("%v allocations for a month, %v for a year", month, year)
	}
}

// TestTheLargestSearchEnds: what is allowed at most is done in bounded time.
func TestTheLargestSearchEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds with the race detector")
	}
	candidates := benchCandidates(t, MaxCandidates, 95, 0, 20)
	req := benchRequest(MaxWindowDays, 5, Role{Key: "any", Kind: Clinician, Discipline: "therapy", Need: MaxSeats - 1})
	req.Visit.HorizonDays = MaxHorizon
	start := time.Now()
	if _, _, err := Find(req, candidates); err != nil {
		t.Fatal(err, fields(err))
	}
	if d := time.Since(start); d > time.Minute {
		t.Errorf("took %v", d)
	}
}

// TestPerDayLedgers: a date in New York lies in two UTC days, one in UTC in one.
func TestPerDayLedgers(t *testing.T) {
	p := &Candidate{ID: "c", Zone: "America/New_York"}
	got := p.PerDayLedgers(utc(t, "2026-03-02T14:00Z"))
	monday, _ := ParseDay("2026-03-02")
	if want := []LedgerKey{{"c", monday}, {"c", monday + 1}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	p.Zone = "UTC"
	if got := p.PerDayLedgers(utc(t, "2026-03-02T14:00Z")); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}
