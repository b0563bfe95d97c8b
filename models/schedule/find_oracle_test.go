package schedule

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
)

// TestFindAgreesWithTheOracle asks 1,000 random questions (10,000 at scale) of
// Find, page by page, and of the oracle; and of Explain, about some starts.
func TestFindAgreesWithTheOracle(t *testing.T) {
	const seed, shards = 20260304, 4
	cases := rounds.Of(1_000, 10_000)
	around := middles(rand.New(rand.NewPCG(seed, 0)))
	for shard := range shards {
		t.Run(fmt.Sprintf("shard %d", shard), func(t *testing.T) {
			t.Parallel()
			slots, empty := 0, 0
			for i, middle := range around {
				if i%shards != shard {
					continue
				}
				clocks := map[string]*clock{} // reading them is the slow part, so the cases of a moment share them
				for n := i * cases / len(around); n < (i+1)*cases/len(around); n++ {
					k := checkCase(t, seed, uint64(n), middle, clocks)
					if slots += k; k == 0 {
						empty++
					}
				}
			}
			t.Logf("%d slots; %d cases had none", slots, empty)
			if slots < 20*cases/shards || empty > cases/shards*6/10 {
				t.Errorf("the cases prove too little: %d slots, %d cases without one", slots, empty)
			}
		})
	}
}

// checkCase draws one case and says how many slots it has.
func checkCase(t *testing.T, seed, n uint64, middle int64, clocks map[string]*clock) int {
	r := rand.New(rand.NewPCG(seed, n+1))
	c := drawCase(r, middle)
	o := &oracle{oracleCase: c, from: c.req.From.Unix()/60 - 720, to: c.req.To.Unix()/60 + 720,
		clocks: func(zone string) *clock {
			if clocks[zone] == nil {
				clocks[zone] = newClock(zone, middle)
			}
			return clocks[zone]
		}}
	want := o.slots()
	if err := checkFind(r, o, want); err != nil {
		hours, _ := json.Marshal(c.availability)
		t.Fatalf("seed %d, case %d around %d: %v\nrequest %+v\nclosures %+v\nhours %s", seed, n, middle, err, c.req, c.closures, hours)
	}
	for range 2 {
		if err := checkExplain(r, o, want); err != nil {
			t.Fatalf("seed %d, case %d around %d: %v\nrequest %+v", seed, n, middle, err, c.req)
		}
	}
	return len(want)
}

// checkFind reads all pages and compares.
func checkFind(r *rand.Rand, o *oracle, want []found) error {
	req := o.req
	req.Limit = pick(r, 1+r.IntN(30), 200)
	var got []Slot
	for page := 0; ; page++ {
		slots, next, err := Find(req, o.who)
		if err != nil {
			return fmt.Errorf("%v %v", err, fields(err))
		}
		got = append(got, slots...)
		if next == "" || page > 2000 {
			break
		}
		req.Cursor = next
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			return fmt.Errorf("slot %d of %d is not found: %v %+v", i, len(want), time.Unix(want[i].start*60, 0).UTC(), want[i])
		case i >= len(want):
			return fmt.Errorf("slot %d of %d should not be: %+v", i, len(got), got[i])
		case !o.same(got[i], want[i]):
			return fmt.Errorf("slot %d:\n got %+v\nwant %v %+v", i, got[i], time.Unix(want[i].start*60, 0).UTC(), want[i])
		}
	}
	return nil
}

// same tells whether a slot is what the oracle found, local times included.
func (o *oracle) same(s Slot, f found) bool {
	var team []string
	for _, seat := range s.Seats {
		team = append(team, seat.Role+":"+seat.Who)
		if reads(seat.Local.Start) != o.clocks(seat.Local.Zone).read(seat.Start.Unix()/60) {
			return false
		}
	}
	site := s.Site == "" || s.Site == o.sites[f.site]
	return s.Start.Unix() == f.start*60 && site && s.Unfamiliar == f.unfamiliar && strings.Join(team, " ") == f.team &&
		s.End.Sub(s.Start) == time.Duration(o.req.Visit.Minutes)*time.Minute &&
		reads(s.Local.Start) == o.clocks(o.req.Reader).read(f.start)
}

// reads is the minute on the wall that a time was given as.
func reads(t time.Time) int64 { return wallMinute(t.Format(wallLayout)[:16] + ":00") }

// checkExplain asks about a start, often a possible one.
func checkExplain(r *rand.Rand, o *oracle, want []found) error {
	from, to := o.req.From.Unix()/300*5, o.req.To.Unix()/60
	at := from + r.Int64N(max(1, (to-from)/5))*5
	if len(want) > 0 && r.IntN(2) == 0 {
		at = want[r.IntN(len(want))].start
	}
	if start := time.Unix(at*60, 0); start.Before(o.req.From) || !start.Before(o.req.To) {
		return nil
	}
	got, err := Explain(o.req, o.who, time.Unix(at*60, 0))
	if err != nil {
		return err
	}
	possible := slices.ContainsFunc(want, func(f found) bool { return f.start == at })
	if possible != (got.Slot != nil) || possible != (len(got.Conflicts) == 0) {
		return fmt.Errorf("%v is possible: %v; told %+v", time.Unix(at*60, 0).UTC(), possible, got)
	}
	if possible {
		if !slices.ContainsFunc(want, func(f found) bool { return o.same(*got.Slot, f) }) {
			return fmt.Errorf("told a slot that is none: %+v", got.Slot)
		}
		return nil
	}
	for i, near := range nearest(want, at) {
		if i >= len(got.Alternatives) || !o.same(got.Alternatives[i], near) {
			return fmt.Errorf("alternative %d to %v: want %v %+v\n got %+v", i, time.Unix(at*60, 0).UTC(), time.Unix(near.start*60, 0).UTC(), near, got.Alternatives)
		}
	}
	return nil
}

// nearest are the five starts that lie nearest, each with the best site.
func nearest(all []found, at int64) []found {
	away := func(f found) int64 { return max(f.start-at, at-f.start) }
	sorted := slices.Clone(all) // the order of Find puts the better site first
	slices.SortStableFunc(sorted, func(a, b found) int {
		if d := away(a) - away(b); d != 0 {
			return int(d)
		}
		return int(a.start - b.start)
	})
	sorted = slices.CompactFunc(sorted, func(a, b found) bool { return a.start == b.start })
	return sorted[:min(Alternatives, len(sorted))]
}

// BenchmarkFindBesideTheOracle asks both the same random questions, and reports how
// many times faster Find is than the obvious way.
func BenchmarkFindBesideTheOracle(b *testing.B) {
	const middle = 1_772_900_000 // the clocks change in March 2026
	clocks := map[string]*clock{}
	var cases []*oracle
	for n := range uint64(50) {
		c := drawCase(rand.New(rand.NewPCG(1, n)), middle)
		o := &oracle{oracleCase: c, from: c.req.From.Unix()/60 - 720, to: c.req.To.Unix()/60 + 720, clocks: func(zone string) *clock {
			if clocks[zone] == nil {
				clocks[zone] = newClock(zone, middle)
			}
			return clocks[zone]
		}}
		o.slots() // fills the clocks, which are not what is measured
		cases = append(cases, o)
	}
	var slow, fast time.Duration
	for b.Loop() {
		for _, o := range cases {
			began := time.Now()
			o.slots()
			mid := time.Now()
			if _, _, err := Find(o.req, o.who); err != nil {
				b.Fatal(err)
			}
			slow, fast = slow+mid.Sub(began), fast+time.Since(mid)
		}
	}
	b.ReportMetric(float64(slow)/float64(fast), "times-faster")
}
