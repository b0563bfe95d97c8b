package checkin

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"handrail/models"
)

func TestSeriesIsHonestAboutGaps(t *testing.T) {
	q, err := CheckSeries("mood", "2026-02-27", "2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d string, hour int, mood any) CheckIn {
		at, _ := time.Parse(time.DateOnly, d)
		a := map[string]any{"sleep": 7.0}
		if mood != nil {
			a["mood"] = mood
		}
		return CheckIn{LocalDay: d, Submission: Submission{AnsweredAt: at.Add(time.Duration(hour) * time.Hour), Answers: a}}
	}
	got := Series(q, "2026-02-27", "2026-03-02", []CheckIn{day("2026-03-02", 20, 7.0), day("2026-02-28", 9, nil), day("2026-03-02", 9, 3.0)})
	if len(got) != 4 || got[0].Reason != "no-check-in" || got[1].Reason != "not-answered" || got[2].Value != nil || *got[3].Value != 7 || got[3].Count != 2 {
		t.Errorf("%+v", got)
	}
	for _, bad := range [][3]string{{"note", "2026-01-01", "2026-01-02"}, {"mood", "2026-01-02", "2026-01-01"}, {"mood", "2025-01-01", "2026-12-31"}, {"mood", "", ""}, {"mood", "2026-02-30", "2026-03-01"}} {
		if _, err := CheckSeries(bad[0], bad[1], bad[2]); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

// TestSeriesDoesNotAskForTheOrderOfArrival: whatever the order in which check-ins
// come from the phone, the trend is the same, days without an answer are null, and
// no answer is counted twice or lost.
func TestSeriesDoesNotAskForTheOrderOfArrival(t *testing.T) {
	q, _ := FindQuestion("mood")
	r := rand.New(rand.NewPCG(9, 9))
	from, to := "2026-02-20", "2026-03-10"
	for range 300 {
		var all []CheckIn
		answered := map[string]int{}
		for k := range r.IntN(60) {
			at := time.Date(2026, 2, 20, 12, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(19)).Add(time.Duration(r.IntN(3)) * time.Hour)
			c := CheckIn{ID: strconv.Itoa(k), LocalDay: at.Format(time.DateOnly), Submission: Submission{AnsweredAt: at, Answers: map[string]any{}}}
			if r.IntN(3) > 0 {
				c.Answers["mood"] = float64(r.IntN(11))
				answered[c.LocalDay]++
			}
			all = append(all, c)
		}
		first, _ := json.Marshal(Series(q, from, to, all))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		points := Series(q, from, to, all)
		if second, _ := json.Marshal(points); string(first) != string(second) {
			t.Fatalf("the order of arrival counts:\n%s\n%s", first, second)
		}
		for _, p := range points {
			if p.Count != answered[p.Day] || (p.Value == nil) != (p.Count == 0) || (p.Value == nil) != (p.Reason != "") {
				t.Fatalf("%+v, want %d answers", p, answered[p.Day])
			}
		}
	}
}

// TestALongRangeIsRefusedAtOnce: counting the days of all history must not list them.
func TestALongRangeIsRefusedAtOnce(t *testing.T) {
	for _, c := range [][2]string{{"0001-01-01", "9999-12-31"}, {"2025-01-01", "2026-02-05"}} {
		if n := testing.AllocsPerRun(1, func() { _, _ = CheckSeries("mood", c[0], c[1]) }); n > 100 {
			t.Errorf("%v: %v allocations", c, n)
		}
		_, err := CheckSeries("mood", c[0], c[1])
		e, ok := err.(*models.Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Code != "range-too-long" {
			t.Errorf("%v: %v", c, err)
		}
	}
	if _, err := CheckSeries("mood", "2025-01-01", "2026-02-04"); err != nil {
		t.Errorf("400 days: %v", err)
	}
}

func TestScoreSeries(t *testing.T) {
	for _, m := range ScoreMeasures() {
		i, ok := FindInstrument(m.Instrument)
		if !ok {
			t.Fatalf("%s is of no instrument", m.ID)
		}
		low, high := worstOf(t, i), bestOf(t, i)
		for _, answers := range []InstrumentAnswers{low, high} {
			in := CheckIn{LocalDay: "2026-03-01", Scores: []ScoredResponse{scored(t, i, answers)}}
			p := Series(m, "2026-03-01", "2026-03-01", []CheckIn{in})[0]
			if p.Value == nil || *p.Value < m.Min || *p.Value > m.Max {
				t.Errorf("%s: %+v is not within %v to %v", m.ID, p, m.Min, m.Max)
			}
		}
	}
	if _, err := CheckScoreSeries("cssrs-screener-recent", "2026-03-01", "2026-03-01"); models.KindOf(err) != models.KindInvalid {
		t.Errorf("a level is drawn as a number: %v", err)
	}
	if _, err := CheckScoreSeries("phq-9", "2026-03-01", "2026-03-01"); err != nil {
		t.Error(err)
	}
}

// TestAProratedTotalIsNoScore: it is told beside a null and never drawn.
func TestAProratedTotalIsNoScore(t *testing.T) {
	i, _ := FindInstrument("phq-9")
	in := CheckIn{LocalDay: "2026-03-01", Scores: []ScoredResponse{scored(t, i, InstrumentAnswers{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 1, "9": 0})}}
	m, _ := FindScoreMeasure("phq-9")
	if p := Series(m, "2026-03-01", "2026-03-01", []CheckIn{in})[0]; p.Value != nil || p.Reason != "not-answered" {
		t.Errorf("%+v", p)
	}
}
