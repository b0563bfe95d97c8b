package models

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"
)

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestLocalDayIsCutAtFour(t *testing.T) {
	for _, c := range []struct{ zone, at, day string }{
		{"America/New_York", "2026-03-08T03:59:00-04:00", "2026-03-07"}, // the night of 23 hours
		{"America/New_York", "2026-03-08T04:00:00-04:00", "2026-03-08"},
		{"America/New_York", "2026-11-01T01:30:00-04:00", "2026-10-31"}, // the hour that comes twice, first
		{"America/New_York", "2026-11-01T01:30:00-05:00", "2026-10-31"}, // and again
		{"America/New_York", "2026-11-01T04:00:00-05:00", "2026-11-01"},
		{"Australia/Lord_Howe", "2026-10-04T03:59:00+11:00", "2026-10-03"}, // half an hour is left out
		{"Australia/Lord_Howe", "2026-10-04T04:00:00+11:00", "2026-10-04"},
		{"Asia/Kathmandu", "2026-05-01T03:59:00+05:45", "2026-04-30"},
		{"Pacific/Apia", "2011-12-31T02:00:00+14:00", "2011-12-30"}, // the 30th did not exist there; the day before the 31st is still its name
		{"Pacific/Kiritimati", "2026-01-01T00:30:00+14:00", "2025-12-31"},
		{"UTC", "2026-01-01T04:00:00Z", "2026-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := LocalDay(at, zoneOf(t, c.zone)); got != c.day {
			t.Errorf("%s in %s is %s, want %s", c.at, c.zone, got, c.day)
		}
	}
}

// TestLocalDayNeverGoesBack walks through three years of quarter hours in zones
// with every sort of clock change.
func TestLocalDayNeverGoesBack(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Tehran"} {
		z, last := zoneOf(t, name), ""
		for at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.Add(15 * time.Minute) {
			day := LocalDay(at, z)
			if day < last {
				t.Fatalf("%s: %s after %s at %v", name, day, last, at)
			}
			last = day
		}
	}
}

func submission() CheckInSubmission {
	return CheckInSubmission{FormVersion: 1, AnsweredAt: accessNow.Add(-time.Hour), Zone: "America/New_York",
		Answers: map[string]any{"mood": 6.0, "craving": 2.0, "sleep": 6.5, "medicines": "all", "use": "none", "safety": false, "note": "fine"}}
}

func TestNewCheckIn(t *testing.T) {
	c, err := NewCheckIn("c", patientA, submission(), "", accessNow)
	if err != nil || c.LocalDay != "2026-03-01" || c.ClockAhead || len(c.Signals) != 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	for field, spoil := range map[string]func(*CheckInSubmission){
		"zone":              func(s *CheckInSubmission) { s.Zone = "Mars/Olympus" },
		"answeredAt":        func(s *CheckInSubmission) { s.AnsweredAt = accessNow.Add(CheckInSkew + time.Second) },
		"answers":           func(s *CheckInSubmission) { s.Answers = map[string]any{"shoe-size": 43.0} },
		"answers.mood":      func(s *CheckInSubmission) { s.Answers["mood"] = 11.0 },
		"answers.craving":   func(s *CheckInSubmission) { s.Answers["craving"] = 2.5 },
		"answers.sleep":     func(s *CheckInSubmission) { s.Answers["sleep"] = math.Inf(1) },
		"answers.medicines": func(s *CheckInSubmission) { s.Answers["medicines"] = "maybe" },
		"answers.safety":    func(s *CheckInSubmission) { s.Answers["safety"] = "no" },
		"answers.note":      func(s *CheckInSubmission) { s.Answers["note"] = string(make([]rune, 2001)) },
		"instruments[0].id": func(s *CheckInSubmission) { s.Instruments = []InstrumentSubmission{{ID: "none"}} },
		"instruments[0].answers": func(s *CheckInSubmission) {
			s.Instruments = []InstrumentSubmission{{ID: "phq-9", Answers: InstrumentAnswers{"77": 1}}}
		},
	} {
		s := submission()
		spoil(&s)
		_, err := NewCheckIn("c", patientA, s, "", accessNow)
		e, ok := err.(*Error)
		if !ok || !slices.ContainsFunc(e.Fields, func(f FieldError) bool { return f.Field == field }) {
			t.Errorf("%s: %v", field, err)
		}
	}
	late := submission()
	late.AnsweredAt = accessNow.Add(-CheckInLate)
	if _, err := NewCheckIn("c", patientA, late, "", accessNow); err != nil {
		t.Errorf("30 days late: %v", err)
	}
	ahead := submission()
	ahead.AnsweredAt = accessNow.Add(2 * 24 * time.Hour)
	if c, err := NewCheckIn("c", patientA, ahead, "", accessNow); err != nil || !c.ClockAhead {
		t.Errorf("a clock two days ahead: %v, %v", c.ClockAhead, err)
	}
}

func TestSafetyAnswersAreMet(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*CheckInSubmission)
		rule   string
		help   bool
	}{
		"thoughts":       {func(s *CheckInSubmission) { s.Answers["safety"] = true }, "R-SI-0", true},
		"overdose":       {func(s *CheckInSubmission) { s.Answers["overdose"] = true }, "R-OD-2", true},
		"shaking":        {func(s *CheckInSubmission) { s.Answers["shakes"] = true }, "R-AW-1", true},
		"an opioid":      {func(s *CheckInSubmission) { s.Answers["use"] = "opioid" }, "R-OD-0", true},
		"strong craving": {func(s *CheckInSubmission) { s.Answers["craving"] = 8.0 }, "R-CR-1", false},
		"item 9 is 1":    {phq9(1), "R-SI-1", true},
		"item 9 is 2":    {phq9(2), "R-SI-2", true},
		"item 9 is left out": {func(s *CheckInSubmission) {
			s.Instruments = []InstrumentSubmission{{ID: "phq-9", Answers: InstrumentAnswers{"1": 0}}}
		}, "R-SI-3", false},
		"screener, plan":      {cssrs(InstrumentAnswers{"1": 1, "2": 1, "3": 0, "4": 0, "5": 1, "6": 0}), "R-CS-3", true},
		"screener, abandoned": {cssrs(InstrumentAnswers{"1": 1}), "R-CS-4", true},
		"screener, none":      {cssrs(InstrumentAnswers{"1": 0, "2": 0, "6": 0}), "", false},
	} {
		s := submission()
		c.change(&s)
		in, err := NewCheckIn("c", patientA, s, "", accessNow)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rule := ""
		if len(in.Signals) > 0 {
			rule = in.Signals[0].Rule
		}
		if rule != c.rule || in.NeedsHelp() != c.help {
			t.Errorf("%s: rule %q help %v, want %q %v", name, rule, in.NeedsHelp(), c.rule, c.help)
		}
		if p := in.ForPatient(); p.Signals != nil || p.Scores != nil {
			t.Errorf("%s: the patient would see %+v %+v", name, p.Signals, p.Scores)
		}
	}
}

func phq9(item9 int) func(*CheckInSubmission) {
	return func(s *CheckInSubmission) {
		a := InstrumentAnswers{"9": item9}
		for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
			a[n] = 0
		}
		s.Instruments = []InstrumentSubmission{{ID: "phq-9", Answers: a}}
	}
}

func cssrs(a InstrumentAnswers) func(*CheckInSubmission) {
	return func(s *CheckInSubmission) {
		s.Instruments = []InstrumentSubmission{{ID: "cssrs-screener-recent", Answers: a}}
	}
}

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
		return CheckIn{LocalDay: d, CheckInSubmission: CheckInSubmission{AnsweredAt: at.Add(time.Duration(hour) * time.Hour), Answers: a}}
	}
	got := Series(q, "2026-02-27", "2026-03-02", []CheckIn{day("2026-03-02", 20, 7.0), day("2026-02-28", 9, nil), day("2026-03-02", 9, 3.0)})
	if len(got) != 4 || got[0].Reason != "no-check-in" || got[1].Reason != "not-asked" || got[2].Value != nil || *got[3].Value != 7 || got[3].Count != 2 {
		t.Errorf("%+v", got)
	}
	for _, bad := range [][3]string{{"note", "2026-01-01", "2026-01-02"}, {"mood", "2026-01-02", "2026-01-01"}, {"mood", "2025-01-01", "2026-12-31"}, {"mood", "", ""}, {"mood", "2026-02-30", "2026-03-01"}} {
		if _, err := CheckSeries(bad[0], bad[1], bad[2]); KindOf(err) != KindInvalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestForms(t *testing.T) {
	all := func(string) bool { return true }
	if err := CheckForm(DefaultForm(patientA, accessNow), all); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]CheckInForm{
		"empty":      {},
		"no safety":  {Questions: []string{"mood"}},
		"unknown":    {Questions: []string{"safety", "shoe-size"}},
		"twice":      {Questions: []string{"safety", "mood", "mood"}},
		"instrument": {Questions: []string{"safety"}, Instruments: []FormInstrument{{"none", 7}}},
		"each never": {Questions: []string{"safety"}, Instruments: []FormInstrument{{"phq-9", 0}}},
	} {
		if err := CheckForm(f, all); KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	unworded := CheckInForm{Questions: []string{"safety"}, Instruments: []FormInstrument{{"who-5", 14}}}
	if err := CheckForm(unworded, func(string) bool { return false }); KindOf(err) != KindInvalid {
		t.Errorf("an instrument without wording: %v", err)
	}
}

func TestQuestionsAreWhole(t *testing.T) {
	for _, q := range Questions() {
		for _, lang := range []string{"en", "es", "ar"} {
			text := q.Text[lang]
			if text.Ask == "" || len(text.Choices) != len(q.Choices) || q.Kind == "scale" && (text.Low == "" || text.High == "") {
				t.Errorf("%s is not whole in %s", q.ID, lang)
			}
			for _, choice := range q.Choices {
				if text.Choices[choice] == "" {
					t.Errorf("%s: no word for a choice in %s", q.ID, lang)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, q := range Questions() { // nothing of another kind is ever taken
		for range 200 {
			v := []any{nil, r.Float64() * 100, r.IntN(2) == 0, "x", []any{1.0}, map[string]any{}, math.NaN()}[r.IntN(7)]
			if !q.accepts(v) {
				continue
			}
			switch v.(type) {
			case float64:
				if q.Kind != "scale" && q.Kind != "number" {
					t.Errorf("%s took %T", q.ID, v)
				}
			case bool:
				if q.Kind != "yes-no" {
					t.Errorf("%s took %T", q.ID, v)
				}
			case string:
				if q.Kind != "text" {
					t.Errorf("%s took %T", q.ID, v)
				}
			default:
				t.Errorf("%s took %T", q.ID, v)
			}
		}
	}
}
