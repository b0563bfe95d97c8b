package schedule

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"handrail/care/caretest/rounds"
	"handrail/models"
)

// TestLedgersNeverOverlap plays 60,000 random steps of people who hold, book,
// move, cancel and forget, on ledgers that may have changed since they were read.
// After each step: no two claims that count overlap, and the ledgers hold exactly
// the claims of the live visits.
func TestLedgersNeverOverlap(t *testing.T) {
	const seed = 42
	steps := rounds.Of(15_000, 60_000)
	r := rand.New(rand.NewPCG(seed, seed))
	g := &clinic{ledgers: map[LedgerKey]DayLedger{}, visits: map[string][]Claim{}, now: 5 * daySeconds}
	for step := range steps {
		g.now += r.Int64N(40)
		if err := g.step(r); err != nil {
			t.Fatalf("seed %d, step %d: %v", seed, step, err)
		}
		if step%50 == 0 {
			if err := g.check(); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
		}
	}
	if g.wins < steps/50 || g.clashes < steps/50 || g.expired < steps/200 || g.late < steps/200 {
		t.Errorf("the steps prove little: %d wins, %d clashes, %d holds that ran out, %d late", g.wins, g.clashes, g.expired, g.late)
	}
}

type clinic struct {
	ledgers                map[LedgerKey]DayLedger
	visits                 map[string][]Claim
	now                    int64
	next                   int
	wins, clashes, expired int
	late                   int // writes that came too late
}

// step does one random thing to one visit. Now and then somebody else is faster
// between what it reads and what it writes.
func (g *clinic) step(r *rand.Rand) error {
	for id, claims := range g.visits { // what is over is forgotten, and nothing sweeps the ledgers
		if !claims[0].Live(g.now) {
			g.expired++
			delete(g.visits, id)
		}
	}
	id, old := g.someVisit(r)
	var take []Claim
	if r.IntN(4) > 0 { // else it is cancelled
		take = g.claims(r, id)
	}
	read := map[LedgerKey]DayLedger{}
	for _, k := range Ledgers(append(slices.Clone(old), take...)...) {
		read[k] = g.ledgers[k]
	}
	if r.IntN(4) == 0 {
		if err := g.step(r); err != nil {
			return err
		}
	}
	changed, clashes, err := Settle(read, old, take, g.now)
	if err != nil || g.stale(read, id, old) {
		return err // the store refuses the batch, or would have: whoever reads again finds out more
	}
	if want := g.inTheWay(id, take); (len(clashes) > 0) != want || want && changed != nil {
		return fmt.Errorf("clashes %v, but something is in the way: %v; wrote %v", clashes, want, changed)
	}
	if len(clashes) > 0 {
		g.clashes++
		return nil
	}
	for _, l := range changed {
		g.ledgers[l.Key()] = l
	}
	g.wins++
	if delete(g.visits, id); len(take) > 0 {
		g.visits[id] = take
	}
	return nil
}

// stale tells that a ledger or the visit is no longer what was read, as versions do.
func (g *clinic) stale(read map[LedgerKey]DayLedger, id string, old []Claim) bool {
	for k, l := range read {
		if !slices.Equal(g.ledgers[k].Claims, l.Claims) {
			g.late++
			return true
		}
	}
	return !slices.Equal(g.visits[id], old)
}

func (g *clinic) someVisit(r *rand.Rand) (string, []Claim) {
	if len(g.visits) > 0 && r.IntN(3) > 0 {
		ids := make([]string, 0, len(g.visits))
		for id := range g.visits {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		id := ids[r.IntN(len(ids))]
		return id, g.visits[id]
	}
	g.next++
	return fmt.Sprintf("v%d", g.next), nil
}

// claims draws a visit of some people within three days, often over midnight.
func (g *clinic) claims(r *rand.Rand, id string) []Claim {
	from := 5*daySeconds + r.Int64N(3*daySeconds)
	expires := int64(0)
	if r.IntN(2) == 0 {
		expires = g.now + 1 + r.Int64N(300)
	}
	var out []Claim
	for _, who := range []string{"a", "b", "c", "d"} {
		if r.IntN(2) == 0 {
			at := from + r.Int64N(1800)
			out = append(out, Claim{Visit: id, Who: who, Span: Span{at, at + 60 + r.Int64N(5400)}, Start: at, Expires: expires})
		}
	}
	return out
}

// inTheWay looks at all visits.
func (g *clinic) inTheWay(id string, take []Claim) bool {
	for other, claims := range g.visits {
		for _, c := range claims {
			for _, x := range take {
				if other != id && c.Who == x.Who && c.Overlaps(x.Span) && c.Live(g.now) {
					return true
				}
			}
		}
	}
	return false
}

func (g *clinic) check() error {
	for k, l := range g.ledgers {
		var want []Claim
		for _, claims := range g.visits {
			for _, c := range claims {
				if slices.Contains(Ledgers(c), k) {
					want = append(want, c)
				}
			}
		}
		if faults := l.Verify(want, g.now); len(faults) > 0 {
			return fmt.Errorf("%v: %+v", k, faults)
		}
		if !slices.IsSortedFunc(l.Claims, compareClaims) {
			return fmt.Errorf("%v is not sorted", k)
		}
	}
	return nil
}

func claim(visit, who string, from, to, expires int64) Claim {
	return Claim{Visit: visit, Who: who, Span: Span{from, to}, Start: from, Expires: expires}
}

// TestHoldsEndByThemselves: whoever reads a hold judges it, to the second.
func TestHoldsEndByThemselves(t *testing.T) {
	l, _ := DayLedger{Who: "a", Day: 0}.Add(claim("hold", "a", 100, 200, 1000), 700)
	for _, c := range []struct {
		now  int64
		free bool
	}{{999, false}, {1000, true}, {1001, true}} {
		next, inTheWay := l.Add(claim("other", "a", 150, 250, 0), c.now)
		if free := len(inTheWay) == 0; free != c.free || len(l.Overlaps(Span{199, 200}, c.now)) == 0 != c.free {
			t.Errorf("at %d free: %v, want %v", c.now, free, c.free)
		}
		if c.free && (len(next.Claims) != 1 || next.Claims[0].Visit != "other") {
			t.Errorf("at %d the hold is still written: %v", c.now, next.Claims)
		}
	}
	if len(l.Claims) != 1 {
		t.Error("Add changed its receiver")
	}
}

func TestSettle(t *testing.T) {
	day := int64(daySeconds)
	have := map[LedgerKey]DayLedger{{"a", 0}: {"a", 0, []Claim{claim("old", "a", 100, 200, 0)}}}
	t.Run("a move by half of its length", func(t *testing.T) {
		got, clashes, err := Settle(have, []Claim{claim("old", "a", 100, 200, 0)}, []Claim{claim("old", "a", 150, 250, 0)}, 0)
		if err != nil || len(clashes) > 0 || len(got) != 1 || got[0].Claims[0].From != 150 {
			t.Errorf("got %v %v %v", got, clashes, err)
		}
	})
	t.Run("over midnight it stands in both days", func(t *testing.T) {
		got, _, _ := Settle(have, nil, []Claim{claim("night", "a", day-50, day+50, 0)}, 0)
		if len(got) != 2 || got[0].Day != 0 || got[1].Day != 1 || got[1].Claims[0] != claim("night", "a", day-50, day+50, 0) {
			t.Errorf("got %v", got)
		}
		clash := map[LedgerKey]DayLedger{{"a", 1}: got[1], {"a", 0}: got[0]}
		if _, clashes, _ := Settle(clash, nil, []Claim{claim("x", "a", day-10, day+10, 0)}, 0); len(clashes) != 1 {
			t.Errorf("one other visit is in the way, told %v", clashes)
		}
	})
	t.Run("to midnight it stands in one", func(t *testing.T) {
		if keys := Ledgers(claim("v", "a", day-50, day, 0)); len(keys) != 1 || keys[0].String() != "a.1970-01-01" {
			t.Errorf("got %v", keys)
		}
	})
	t.Run("all or none", func(t *testing.T) {
		got, clashes, _ := Settle(have, nil, []Claim{claim("new", "b", 0, 99, 0), claim("new", "a", 150, 250, 0)}, 0)
		if got != nil || len(clashes) != 1 || clashes[0].With.Visit != "old" {
			t.Errorf("got %v %v", got, clashes)
		}
		c := Conflicts(clashes)[0]
		if c.Code != Taken || c.Who != "a" || c.From.Unix() != 150 || c.To.Unix() != 200 {
			t.Errorf("told %+v", c)
		}
	})
	t.Run("nothing changes", func(t *testing.T) {
		if got, _, err := Settle(have, []Claim{claim("gone", "b", 1, 2, 5)}, nil, 10); err != nil || len(got) != 0 {
			t.Errorf("got %v %v", got, err)
		}
	})
	t.Run("a full day", func(t *testing.T) {
		l := DayLedger{Who: "a"}
		for i := range int64(MaxDayClaims) {
			l, _ = l.Add(claim(fmt.Sprint(i), "a", 300*i, 300*i+200, 0), 0)
		}
		_, _, err := Settle(map[LedgerKey]DayLedger{l.Key(): l}, nil, []Claim{claim("v", "a", 200, 210, 0)}, 0)
		if models.KindOf(err) != models.KindTooMany {
			t.Errorf("got %v", err)
		}
	})
	for name, c := range map[string]Claim{"empty": claim("v", "a", 5, 5, 0), "backwards": claim("v", "a", 5, 4, 0), "nobody's": claim("v", "", 1, 2, 0),
		"of no visit": claim("", "a", 1, 2, 0), "of two days": claim("v", "a", 0, 2*day, 0), "before time": claim("v", "a", -5, 2, 0)} {
		if _, _, err := Settle(nil, nil, []Claim{c}, 0); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVerifyFindsFaults(t *testing.T) {
	a, b := claim("1", "a", 10, 20, 0), claim("2", "a", 15, 25, 0)
	for name, c := range map[string]struct {
		ledger, visits []Claim
		want           string
	}{
		"as it should be":  {[]Claim{a}, []Claim{a}, "[]"},
		"two at once":      {[]Claim{a, b}, []Claim{a, b}, "[overlap 2]"},
		"a lost claim":     {nil, []Claim{a}, "[missing 1]"},
		"a claim too many": {[]Claim{a}, nil, "[orphan 1]"},
		"a claim moved":    {[]Claim{b}, []Claim{claim("2", "a", 16, 26, 0)}, "[orphan 2 missing 2]"},
		"a hold ran out":   {[]Claim{claim("3", "a", 10, 20, 50)}, []Claim{a, claim("3", "a", 10, 20, 50)}, "[missing 1]"},
	} {
		var got []string
		for _, f := range (DayLedger{"a", 0, c.ledger}).Verify(c.visits, 50) {
			got = append(got, f.Code+" "+f.Claim.Visit)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
	}
}

func TestLedgerIsADocument(t *testing.T) {
	l := DayLedger{"a", 20000, []Claim{claim("v", "a", 1728000000, 1728000060, 7)}}
	body, err := json.Marshal(l)
	want := `{"who":"a","day":"2024-10-04","claims":[{"visit":"v","who":"a","type":"","from":1728000000,"to":1728000060,"start":1728000000,"expires":7}]}`
	if err != nil || string(body) != want {
		t.Errorf("got %s %v\nwant %s", body, err, want)
	}
	var back DayLedger
	if err := json.Unmarshal(body, &back); err != nil || fmt.Sprint(back) != fmt.Sprint(l) {
		t.Errorf("read back %v %v", back, err)
	}
	if json.Unmarshal([]byte(`{"day":"soon"}`), &back) == nil {
		t.Error("took a day that is none")
	}
}
