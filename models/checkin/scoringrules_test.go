package checkin

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"handrail/models"
)

func scored(t *testing.T, i Instrument, a InstrumentAnswers) ScoredResponse {
	t.Helper()
	s, err := i.Score(a)
	if err != nil {
		t.Fatalf("%s: %v", i.ID, err)
	}
	return s
}

func pick(t *testing.T, i Instrument, of func([]InstrumentOption) InstrumentOption) InstrumentAnswers {
	t.Helper()
	a := InstrumentAnswers{}
	for _, it := range i.scored() {
		a[it.N] = of(it.Options).Value
	}
	return a
}

func worstOf(t *testing.T, i Instrument) InstrumentAnswers {
	return pick(t, i, func(o []InstrumentOption) InstrumentOption {
		return slices.MaxFunc(o, func(a, b InstrumentOption) int { return a.Value - b.Value })
	})
}

func bestOf(t *testing.T, i Instrument) InstrumentAnswers {
	return pick(t, i, func(o []InstrumentOption) InstrumentOption {
		return slices.MinFunc(o, func(a, b InstrumentOption) int { return a.Value - b.Value })
	})
}

// TestEverySumHasABand: the bands of an instrument cover its range without a gap
// and without an overlap.
func TestEverySumHasABand(t *testing.T) {
	for _, i := range Instruments() {
		m, ok := FindScoreMeasure(i.ID)
		if !ok || len(i.Bands) == 0 || i.Bands[0].Min == nil {
			continue
		}
		top := int(m.Max)
		if m.Unit == "%" {
			top /= 4 // WHO-5: bands are of the raw sum
		}
		for score := range top + 1 {
			n := 0
			for _, b := range i.Bands {
				if float64(score) >= *b.Min && float64(score) <= *b.Max {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: %d is in %d bands", i.ID, score, n)
			}
		}
		if i.band(float64(top+1)) != nil || i.band(-1) != nil {
			t.Errorf("%s: a band beyond the range", i.ID)
		}
	}
}

// TestWHODASBands: the lower bound of a band is its own, and 100 % is in the last.
func TestWHODASBands(t *testing.T) {
	i, _ := FindInstrument("whodas-2-12")
	want := map[int]string{0: "none", 9: "none", 10: "mild", 19: "mild", 20: "moderate", 28: "moderate", 29: "severe", 38: "severe", 39: "extreme", 48: "extreme"}
	for sum, band := range want {
		a, left := InstrumentAnswers{}, sum
		for _, it := range i.scored() {
			a[it.N] = min(left, 4)
			left -= a[it.N]
		}
		if r := scored(t, i, a).Result; r["band"] != band {
			t.Errorf("sum %d: %v, want %s", sum, r["band"], band)
		}
	}
}

// TestAWorseAnswerNeverLowersASum, for the instruments whose score is a plain sum.
func TestAWorseAnswerNeverLowersASum(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, id := range []string{"phq-9", "phq-2", "gad-7", "audit", "audit-c", "pcl-5"} {
		i, _ := FindInstrument(id)
		for range 500 {
			a := pick(t, i, func(o []InstrumentOption) InstrumentOption { return o[r.IntN(len(o))] })
			it := i.scored()[r.IntN(len(i.scored()))]
			before, _ := scored(t, i, a).Result.number("score")
			old := a[it.N]
			a[it.N] = it.Options[r.IntN(len(it.Options))].Value
			after, _ := scored(t, i, a).Result.number("score")
			if (a[it.N] > old) != (after > before) {
				t.Fatalf("%s: item %s from %d to %d moves the score from %v to %v", id, it.N, old, a[it.N], before, after)
			}
		}
	}
}

// TestScreenerNeverSaysLessForSilence goes through every way to fill in the C-SSRS
// screener: taking an answer away never gives a lower level than what is left says,
// and never "none"; one more yes never lowers the level.
func TestScreenerNeverSaysLessForSilence(t *testing.T) {
	i, _ := FindInstrument("cssrs-screener-recent")
	rank := func(r Result) int {
		if r["level"] != nil {
			return slices.Index(cssrsLevels, r["level"].(string))
		}
		return slices.Index(cssrsLevels, r["atLeast"].(string))
	}
	for code := range 2187 { // 3^7: no, yes, open
		a, c := InstrumentAnswers{}, code
		for _, it := range i.Items {
			if c%3 < 2 {
				a[it.N] = c % 3
			}
			c /= 3
		}
		r := scored(t, i, a).Result
		if (r["complete"] == true) != (r["missing"] == nil) || r["level"] == "none" && r["complete"] != true {
			t.Fatalf("%v: %v", a, r)
		}
		for n, v := range a {
			without := InstrumentAnswers{}
			for k, x := range a {
				if k != n {
					without[k] = x
				}
			}
			less := scored(t, i, without).Result
			if v == 0 && rank(less) < rank(r) {
				t.Fatalf("%v without %s: %v, before %v", a, n, less, r)
			}
			if v == 0 {
				without[n] = 1
				if more := scored(t, i, without).Result; rank(more) < rank(r) {
					t.Fatalf("%v with a yes to %s: %v, before %v", a, n, more, r)
				}
			}
		}
	}
}

// TestAUDITSkips: who never drinks, or drinks little, goes to items 9 and 10; they
// are always needed, and nobody else may skip.
func TestAUDITSkips(t *testing.T) {
	i, _ := FindInstrument("audit")
	for name, c := range map[string]struct {
		a       InstrumentAnswers
		missing []any
	}{
		"never drinks":              {InstrumentAnswers{"1": 0, "9": 0, "10": 2}, nil},
		"drinks little":             {InstrumentAnswers{"1": 2, "2": 0, "3": 0, "9": 0, "10": 0}, nil},
		"never drinks, 9 open":      {InstrumentAnswers{"1": 0, "10": 0}, []any{9}},
		"3 is not little":           {InstrumentAnswers{"1": 2, "2": 0, "3": 1, "9": 0, "10": 0}, []any{4, 5, 6, 7, 8}},
		"3 open is not little":      {InstrumentAnswers{"1": 2, "2": 0, "9": 0, "10": 0}, []any{3, 4, 5, 6, 7, 8}},
		"drinks more":               {InstrumentAnswers{"1": 2, "2": 1, "3": 0, "9": 0, "10": 0}, []any{4, 5, 6, 7, 8}},
		"how often was not told":    {InstrumentAnswers{"2": 0, "3": 0, "9": 0, "10": 0}, []any{1, 4, 5, 6, 7, 8}},
		"nothing":                   {InstrumentAnswers{}, []any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
		"drinks little, 9, 10 open": {InstrumentAnswers{"1": 1, "2": 0, "3": 0}, []any{9, 10}},
	} {
		r := scored(t, i, c.a).Result
		if r["complete"] != (c.missing == nil) || c.missing != nil && !reflect.DeepEqual(r["missing"], c.missing) {
			t.Errorf("%s: %v, want missing %v", name, r, c.missing)
		}
	}
	for _, v := range []int{1, 3} { // items 9 and 10 have no such points
		if _, err := i.Score(InstrumentAnswers{"9": v}); models.KindOf(err) != models.KindInvalid {
			t.Errorf("item 9 took %d", v)
		}
	}
}

// TestBAMIsCompleteWhenItsThreeSumsAre, also with the questions that do not count
// left out.
func TestBAMIsCompleteWhenItsThreeSumsAre(t *testing.T) {
	i, _ := FindInstrument("bam-17")
	a := bestOf(t, i)
	delete(a, "5") // item 4 is 0
	if r := scored(t, i, a).Result; r["complete"] != true || r["total"] != nil {
		t.Errorf("%v", r)
	}
	for n := range a {
		b := InstrumentAnswers{}
		for k, v := range a {
			if k != n {
				b[k] = v
			}
		}
		if r := scored(t, i, b).Result; r["complete"] != false {
			t.Errorf("complete without item %s: %v", n, r)
		}
	}
}

// TestScoringForgetsNothing: answers are kept as they came, with the version of the
// instrument and of the rule, and survive the way to the store and back.
func TestScoringForgetsNothing(t *testing.T) {
	for _, i := range Instruments() {
		s := scored(t, i, worstOf(t, i))
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back ScoredResponse
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back.Answers, s.Answers) {
			t.Errorf("%s: %v, %v", i.ID, back.Answers, err)
		}
		if back.Version != i.Version || back.Algorithm != i.ID+"/"+algorithms[i.ID].version || algorithms[i.ID].version == "" {
			t.Errorf("%s: %+v", i.ID, back)
		}
	}
	if len(algorithms) != len(Instruments()) {
		t.Errorf("%d rules for %d instruments", len(algorithms), len(Instruments()))
	}
}

// TestNobodyIsAskedTheirSexForAUDITC: three points are positive for everybody.
func TestNobodyIsAskedTheirSexForAUDITC(t *testing.T) {
	i, _ := FindInstrument("audit-c")
	for q3, want := range map[int]string{0: "negative", 1: "positive", 2: "positive"} {
		s, err := i.Score(InstrumentAnswers{"1": 1, "2": 1, "3": q3})
		if err != nil || s.Result["band"] != want || s.Result["threshold"] != 3 {
			t.Errorf("%d: %v, %v", q3, s.Result, err)
		}
	}
}
