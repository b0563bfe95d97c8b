package risk

import (
	"testing"
	"time"

	"handrail/models/checkin"
)

// The vectors of the risk reference, section 3, that need more than one check-in. (a),
// (b) and (g) are in risk_test.go.

func told(id string, at time.Time, answers map[string]any, scores ...checkin.ScoredResponse) checkin.CheckIn {
	return checkin.CheckIn{ID: id, ReceivedAt: at, Scores: scores, Submission: checkin.Submission{AnsweredAt: at, Zone: "UTC", Answers: answers}}
}

func cravings(from time.Time, values ...float64) []checkin.CheckIn {
	var out []checkin.CheckIn
	for i, v := range values {
		at := from.AddDate(0, 0, i)
		out = append(out, told(at.String(), at, map[string]any{"craving": v}))
	}
	return out
}

func only(t *testing.T, signals []checkin.Signal, rule string, tier checkin.Tier) {
	t.Helper()
	if len(signals) != 1 || signals[0].Rule != rule || signals[0].Tier != tier || signals[0].Version == "" || len(signals[0].Inputs) == 0 {
		t.Fatalf("%+v, want %s %s alone", signals, rule, tier)
	}
}

func none(t *testing.T, signals []checkin.Signal) {
	t.Helper()
	if len(signals) != 0 {
		t.Fatalf("%+v, want nothing", signals)
	}
}

// Vector (c): craving 8 with an own median of 7.5 is the absolute rule and no other.
func TestVectorC(t *testing.T) {
	before := cravings(monday, 7, 8, 7, 8, 7, 8)
	sent, err := checkin.Read([]byte(`{"formVersion":1,"answeredAt":"2026-03-08T15:00:00Z","zone":"UTC","answers":{"craving":8,"safety":false}}`))
	if err != nil {
		t.Fatal(err)
	}
	in, _ := checkin.Take("now", "p", sent, checkin.Known{Received: monday.AddDate(0, 0, 6), Zone: "UTC", FormVersion: 1})
	only(t, in.Signals, "R-CR-1", checkin.Elevated)
	none(t, Compare(in, before))
}

func TestCravingAboveOnesOwn(t *testing.T) {
	in := func(v float64) checkin.CheckIn {
		return told("now", monday.AddDate(0, 0, 7), map[string]any{"craving": v})
	}
	only(t, Compare(in(5), cravings(monday, 2, 1, 2, 2, 1, 2, 5)), "R-CR-1", checkin.Elevated)
	none(t, Compare(in(5), cravings(monday, 2, 1, 2, 2, 1, 2, 2))) // one reading
	none(t, Compare(in(4), cravings(monday, 2, 1, 2, 2, 1, 2, 5))) // back again
	none(t, Compare(in(5), cravings(monday, 2, 2, 5)))             // too little to compare with
	none(t, Compare(in(5), cravings(monday.AddDate(0, -1, 0), 2, 1, 2, 2, 1, 2, 5)))
}

// Vector (d): missed on days 1, 2 and 4, taken on day 3: the longest run is 2.
func TestVectorD(t *testing.T) {
	for _, c := range []struct {
		taken []bool
		rule  string
		tier  checkin.Tier
	}{
		{[]bool{false, false, true, false}, "R-MO-2", checkin.Elevated},
		{[]bool{false, true, false, true}, "R-MO-1", checkin.Routine},
		{[]bool{true, false, false, false}, "R-MO-3", checkin.Urgent},
		{[]bool{true}, "", ""},
		{nil, "", ""},
	} {
		if rule, tier := MissedDoses(c.taken); rule != c.rule || tier != c.tier {
			t.Errorf("%v: %s %s", c.taken, rule, tier)
		}
	}
}

var mornings = Rhythm{Zone: "America/New_York"}

// Vector (f): two check-ins 23 hours apart over the night on which the clock changes are
// both counted; 25 hours apart too.
func TestVectorF(t *testing.T) {
	for name, day := range map[string]time.Time{"spring": time.Date(2026, 3, 7, 0, 0, 0, 0, newYork(t)), "autumn": time.Date(2026, 10, 31, 0, 0, 0, 0, newYork(t))} {
		first, second := day.Add(9*time.Hour), time.Date(day.Year(), day.Month(), day.Day()+1, 9, 0, 0, 0, day.Location())
		if gap := second.Sub(first); gap == 24*time.Hour {
			t.Fatal("the clock does not change")
		}
		if n, of := mornings.Answered([]time.Time{first, second}, day, day.AddDate(0, 0, 2)); n != 2 || of != 2 {
			t.Errorf("%s: %d of %d", name, n, of)
		}
	}
}

func newYork(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestSilence(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, 1+n, 9, 10, 0, 0, newYork(t)) }
	var answered []time.Time
	for n := range 10 {
		answered = append(answered, day(n))
	}
	last := answered[9]
	at := func(n int) Around { return Around{Now: day(9 + n).Add(-time.Hour)} } // before the next one
	ask := func(answered []time.Time, a Around) []checkin.Signal {
		s, ok := mornings.Silence(answered, last, a.Now)
		if !ok {
			return nil
		}
		return SilenceRules(s, a)
	}
	none(t, ask(answered, at(2)))
	only(t, ask(answered, at(3)), "R-CI-1", checkin.Routine)
	only(t, ask(answered, at(4)), "R-CI-2", checkin.Elevated)
	none(t, ask(answered[9:], at(3))) // once in two weeks: no pattern that was left
	after := at(2)
	after.UrgentAt = last.Add(-24 * time.Hour)
	only(t, ask(answered, after), "R-CI-2", checkin.Elevated)
	close := at(8)
	close.FollowUntil = day(60)
	only(t, ask(answered, close), "R-CI-3", checkin.Urgent)
	close.FollowUntil = day(10)
	only(t, ask(answered, close), "R-CI-2", checkin.Elevated)
	none(t, ask(nil, at(30)))
	weekly := Rhythm{Zone: "America/New_York", Days: []string{"MO"}}
	if s, _ := weekly.Silence(answered, last, last.AddDate(0, 0, 8)); s.Missed != 1 {
		t.Errorf("%d Mondays in eight days", s.Missed)
	}
}

func TestNoShows(t *testing.T) {
	now := Around{Now: monday}
	only(t, []checkin.Signal{NoShowRules(false, now)}, "R-VI-1", checkin.Routine)
	only(t, []checkin.Signal{NoShowRules(true, now)}, "R-VI-2", checkin.Elevated)
	now.UrgentAt = monday.Add(-AfterUrgent)
	only(t, []checkin.Signal{NoShowRules(false, now)}, "R-VI-2", checkin.Urgent)
}

func TestComparedWithBefore(t *testing.T) {
	score := func(instrument string, result map[string]any, answers map[string]int) checkin.ScoredResponse {
		return checkin.ScoredResponse{Instrument: instrument, Result: result, Answers: answers}
	}
	week := func(n int) time.Time { return monday.AddDate(0, 0, 7*n) }
	phq := func(n int, total float64, item9 int) checkin.CheckIn {
		return told(week(n).String(), week(n), nil, score("phq-9", map[string]any{"score": total}, map[string]int{"9": item9}))
	}
	attempt := told("attempt", week(-1), nil, score("cssrs-screener-recent", map[string]any{"level": "moderate"}, map[string]int{"6": 1}))
	only(t, Compare(phq(2, 12, 0), []checkin.CheckIn{phq(0, 7, 0)}), "R-SC-1", checkin.Elevated)
	none(t, Compare(phq(2, 11, 0), []checkin.CheckIn{phq(0, 7, 0)}))
	none(t, Compare(phq(2, 12, 0), []checkin.CheckIn{phq(1, 8, 0), phq(0, 3, 0)}))
	only(t, Compare(phq(2, 7, 1), []checkin.CheckIn{phq(0, 7, 0), attempt}), "R-SI-2", checkin.Urgent)
	none(t, Compare(phq(2, 7, 1), []checkin.CheckIn{phq(0, 7, 0)}))
	none(t, Compare(phq(2, 7, 1), []checkin.CheckIn{phq(0, 7, 1), attempt}))
	bam := func(n int, use float64) checkin.CheckIn {
		return told(week(n).String(), week(n), nil, score("bam-17", map[string]any{"use": use}, nil))
	}
	only(t, Compare(bam(1, 1), []checkin.CheckIn{bam(0, 0)}), "R-SC-3", checkin.Elevated)
	none(t, Compare(bam(1, 2), []checkin.CheckIn{bam(0, 1)}))
}

func TestOpioidAfterABreak(t *testing.T) {
	use := func(day int, what string) checkin.CheckIn {
		at := monday.AddDate(0, 0, day)
		return told(at.String(), at, map[string]any{"use": what})
	}
	for _, what := range []string{"opioid", "opioid-and-other", "unknown-pill"} {
		only(t, Compare(use(7, what), []checkin.CheckIn{use(0, "none"), use(3, "alcohol")}), "R-OD-1", checkin.Urgent)
	}
	none(t, Compare(use(7, "alcohol"), []checkin.CheckIn{use(0, "none")}))
	none(t, Compare(use(6, "opioid"), []checkin.CheckIn{use(0, "none")}))
	none(t, Compare(use(9, "opioid"), []checkin.CheckIn{use(3, "opioid"), use(4, "none")}))
	none(t, Compare(use(20, "opioid"), []checkin.CheckIn{use(0, "opioid")})) // silence is no abstinence
	only(t, Compare(use(20, "opioid"), []checkin.CheckIn{use(0, "opioid"), use(5, "none")}), "R-OD-1", checkin.Urgent)
}

// TestAnOrdinaryCheckInLooksBackTwoWeeks: a craving, an instrument or an opioid asks for more.
func TestAnOrdinaryCheckInLooksBackTwoWeeks(t *testing.T) {
	for name, in := range map[string]struct {
		checkin.CheckIn
		days int
	}{
		"ordinary":   {checkin.CheckIn{Submission: checkin.Submission{Answers: map[string]any{"craving": 2.0, "use": "none"}}}, 14},
		"craving":    {checkin.CheckIn{Submission: checkin.Submission{Answers: map[string]any{"craving": 3.0}}}, 28},
		"instrument": {checkin.CheckIn{Scores: []checkin.ScoredResponse{{Instrument: "phq-9"}}}, 180},
		"opioid":     {checkin.CheckIn{Submission: checkin.Submission{Answers: map[string]any{"use": "opioid"}}}, 180},
	} {
		if back, most := Past(in.CheckIn); back != time.Duration(in.days)*24*time.Hour || most < in.days {
			t.Errorf("%s: %s, at most %d", name, back, most)
		}
	}
}
