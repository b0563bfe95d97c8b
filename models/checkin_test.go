package models

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func submission() CheckInSubmission {
	return CheckInSubmission{FormVersion: 1, AnsweredAt: accessNow.Add(-time.Hour), Zone: "America/New_York",
		Answers: map[string]any{"mood": 6.0, "craving": 2.0, "sleep": 6.5, "medicines": "all", "use": "none", "safety": false, "note": "fine"}}
}

func TestNewCheckIn(t *testing.T) {
	c, err := NewCheckIn("c", patientA, submission(), accessNow)
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
		_, err := NewCheckIn("c", patientA, s, accessNow)
		e, ok := err.(*Error)
		if !ok || !slices.ContainsFunc(e.Fields, func(f FieldError) bool { return f.Field == field }) {
			t.Errorf("%s: %v", field, err)
		}
	}
	late := submission()
	late.AnsweredAt = accessNow.Add(-CheckInLate)
	if _, err := NewCheckIn("c", patientA, late, accessNow); err != nil {
		t.Errorf("30 days late: %v", err)
	}
	ahead := submission()
	ahead.AnsweredAt = accessNow.Add(2 * 24 * time.Hour)
	if c, err := NewCheckIn("c", patientA, ahead, accessNow); err != nil || !c.ClockAhead {
		t.Errorf("a clock two days ahead: %v, %v", c.ClockAhead, err)
	}
}

// TestEveryFaultIsToldAtOnce: a phone that got something wrong hears all of it, and
// nothing of what was sent comes back.
func TestEveryFaultIsToldAtOnce(t *testing.T) {
	s := submission()
	s.Zone, s.FormVersion, s.Sequence, s.DeviceID = "Canary/Zone", 0, -1, strings.Repeat("canary", 20)
	s.Answers["mood"], s.Answers["use"] = "canary", "canary"
	s.Instruments = []InstrumentSubmission{{ID: "canary"}, {ID: "phq-9", Answers: InstrumentAnswers{"1": 9}}}
	_, err := NewCheckIn("c", patientA, s, accessNow)
	e, ok := err.(*Error)
	if !ok {
		t.Fatal(err)
	}
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, f.Field)
		if strings.Contains(strings.ToLower(f.Field+f.Code+f.Text), "canary") {
			t.Errorf("echoed: %+v", f)
		}
	}
	want := []string{"zone", "formVersion", "deviceId", "sequence", "answers.mood", "answers.use", "instruments[0].id", "instruments[1].answers.1"}
	if !slices.Equal(fields, want) {
		t.Errorf("got %v, want %v", fields, want)
	}
}

// TestWhenACheckInIsTooOld: a phone may be 30 days late with a clock that is 3 days
// off, either way, and not a millisecond more.
func TestWhenACheckInIsTooOld(t *testing.T) {
	for name, c := range map[string]struct {
		off       time.Duration
		ok, ahead bool
	}{
		"in time":                    {-time.Minute, true, false},
		"a clock a little ahead":     {4 * time.Minute, true, false},
		"a clock ten minutes ahead":  {10 * time.Minute, true, true},
		"the furthest ahead":         {CheckInSkew, true, true},
		"further":                    {CheckInSkew + time.Millisecond, false, false},
		"30 days late, clock behind": {-CheckInLate - CheckInSkew, true, false},
		"later":                      {-CheckInLate - CheckInSkew - time.Millisecond, false, false},
	} {
		s := submission()
		s.AnsweredAt = accessNow.Add(c.off)
		in, err := NewCheckIn("c", patientA, s, accessNow)
		if (err == nil) != c.ok || in.ClockAhead != c.ahead {
			t.Errorf("%s: %v, ahead %v", name, err, in.ClockAhead)
		}
		if err == nil && !in.AnsweredAt.Equal(s.AnsweredAt) {
			t.Errorf("%s: the phone's claim was changed", name)
		}
	}
}

// TestTheDayIsThePatients: the same instant is another day elsewhere, whatever the
// offset in which the phone wrote it.
func TestTheDayIsThePatients(t *testing.T) {
	at := time.Date(2026, 2, 28, 8, 30, 0, 0, time.UTC)
	for zone, day := range map[string]string{"America/New_York": "2026-02-27", "UTC": "2026-02-28", "Pacific/Kiritimati": "2026-02-28", "Pacific/Pago_Pago": "2026-02-27"} {
		for _, written := range []*time.Location{time.UTC, time.FixedZone("", 5*3600), time.FixedZone("", -11*3600)} {
			s := submission()
			s.AnsweredAt, s.Zone = at.In(written), zone
			if in, err := NewCheckIn("c", patientA, s, accessNow); err != nil || in.LocalDay != day {
				t.Errorf("%s: %s, want %s (%v)", zone, in.LocalDay, day, err)
			}
		}
	}
}

// TestTheSameCheckInTwice: made again from the same submission it is the same,
// whenever it arrives; read back from its JSON it asks for the same help.
func TestTheSameCheckInTwice(t *testing.T) {
	s := submission()
	s.Answers["safety"] = true
	cssrs(InstrumentAnswers{"1": 1, "2": 1, "3": 1})(&s)
	first, err := NewCheckIn("c", patientA, s, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	again, err := NewCheckIn("c", patientA, s, accessNow.Add(48*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	again.ReceivedAt = first.ReceivedAt
	b, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	if b2, _ := json.Marshal(again); string(b) != string(b2) {
		t.Errorf("not the same:\n%s\n%s", b, b2)
	}
	var kept CheckIn
	if err := json.Unmarshal(b, &kept); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kept.Needs(), first.Needs()) || !slices.Equal(rulesOf(kept), rulesOf(first)) {
		t.Errorf("read back: %v %v, want %v %v", rulesOf(kept), kept.Needs(), rulesOf(first), first.Needs())
	}
}
