package checkin

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

func submitted() Submission {
	return Submission{FormVersion: 1, AnsweredAt: accessNow.Add(-time.Hour), Zone: "America/New_York",
		Answers: map[string]any{"mood": 6.0, "craving": 2.0, "sleep": 6.5, "medicines": "all", "use": "none", "safety": false, "note": "fine"}}
}

// take reads what a phone sends as the server does, and takes it.
func take(t testing.TB, s Submission, received time.Time) CheckIn {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return takeRaw(t, string(raw), received)
}

func takeRaw(t testing.TB, raw string, received time.Time) CheckIn {
	t.Helper()
	sent, err := Read([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, needs := Take("c", patientA, sent, Known{Received: received, Zone: "America/Chicago", FormVersion: 3})
	if !slices.Equal(needs, out.Needs()) {
		t.Errorf("%s: needs %v, and later %v", raw, needs, out.Needs())
	}
	return out
}

// notesOf lists "field code" of each note.
func notesOf(c CheckIn) []string {
	out := []string{}
	for _, n := range c.Notes {
		out = append(out, n.Field+" "+n.Code)
	}
	return out
}

func TestACheckInIsTaken(t *testing.T) {
	c := take(t, submitted(), accessNow)
	if c.LocalDay != "2026-03-01" || c.ClockAhead || len(c.Signals)+len(c.Notes) != 0 || c.Raw != "" || c.NeedsPerson != nil {
		t.Fatalf("%+v", c)
	}
	again := takeRaw(t, `{"zone":"America/New_York", "answers":{"mood":6}, "formVersion":1, "id":"x", "instruments":[], "sequence":0, "answeredAt":"2026-03-01T06:00:00+00:00"}`, accessNow)
	if len(again.Notes) != 0 || again.Raw != "" {
		t.Errorf("as the page writes it: %v, kept raw %q", again.Notes, again.Raw)
	}
}

// TestNothingIsRefused: what a phone is wrong about is noted, all of it at once and
// with nothing of what was sent in the note; and all of what was sent is kept.
func TestNothingIsRefused(t *testing.T) {
	s := submitted()
	s.Zone, s.FormVersion, s.Sequence, s.DeviceID = "Canary/Zone", 0, -1, strings.Repeat("canary", 20)
	s.Answers["mood"], s.Answers["use"], s.Answers["canary"] = "canary", "canary", 43
	s.Instruments = []InstrumentSubmission{{ID: "canary"}, {ID: "phq-9", Answers: InstrumentAnswers{"1": 9}}}
	c := take(t, s, accessNow)
	for _, n := range c.Notes {
		if strings.Contains(strings.ToLower(n.Field+n.Code+n.Text), "canary") || n.Text == "" {
			t.Errorf("echoed, or says nothing: %+v", n)
		}
	}
	want := []string{"deviceId unreadable", "sequence unreadable", "answers unknown-question", "answers.mood not-an-answer", "answers.use not-an-answer",
		"instruments[0].id unknown-instrument", "instruments[1].answers not-a-choice", "formVersion unknown-form-version", "zone unknown-zone"}
	if got := notesOf(c); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !strings.Contains(c.Raw, "canarycanary") || c.Zone != "America/Chicago" || c.LocalDay != "2026-03-01" || c.Answers["note"] != "fine" {
		t.Errorf("%+v", c)
	}
	if c.NeedsPerson == nil || c.NeedsPerson.Tier != Urgent { // a 9 in an item that may ask for suicide
		t.Errorf("a person is not asked: %+v", c.NeedsPerson)
	}
}

// TestWhatAPersonMustRead has what can't be read: nothing about safety is scored anew,
// lowered or left lying. The tier is that of R-CS-4: urgent with a yes so far.
func TestWhatAPersonMustRead(t *testing.T) {
	const head = `{"formVersion":1,"answeredAt":"2026-03-01T06:00:00-05:00","zone":"America/New_York",`
	for name, c := range map[string]struct {
		raw, rules string
		needs      []Need
	}{
		"newer form, yes":          {`{"formVersion":7,"answeredAt":"2026-03-01T06:00:00Z","zone":"UTC","answers":{"safety":true}}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"newer form, no":           {`{"formVersion":7,"answeredAt":"2026-03-01T06:00:00Z","zone":"UTC","answers":{"safety":false}}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"no form, overdose":        {`{"answeredAt":"2026-03-01T06:00:00Z","zone":"UTC","answers":{"overdose":true}}`, "urgent R-UN-1", []Need{NeedCrisis, NeedOverdose}},
		"form in words":            {`{"formVersion":"1","answeredAt":"2026-03-01T06:00:00Z","zone":"UTC","answers":{"safety":true}}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"a yes in words":           {head + `"answers":{"safety":"yes","mood":3}}`, "urgent R-UN-1, routine R-SI-3", []Need{NeedCrisis}},
		"a yes as a number":        {head + `"answers":{"safety":1}}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"something else":           {head + `"answers":{"safety":{}}}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"yes and no":               {head + `"answers":{"safety":true,"safety":false}}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"a list of answers":        {head + `"answers":[{"safety":true}]}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"a question of later":      {head + `"answers":{"hope":"none"}}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"newer screener":           {head + `"instruments":[{"id":"cssrs-screener-recent","version":"99","answers":{"5":1}}]}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"newer screener, noes":     {head + `"instruments":[{"id":"cssrs-screener-recent","version":"99","answers":{"1":0}}]}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"an instrument of later":   {head + `"instruments":[{"id":"asq","answers":{"a":1}}]}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"a plan beside an odd one": {head + `"instruments":[{"id":"cssrs-screener-recent","answers":{"4":1,"77":1}}]}`, "urgent R-UN-1, emergent R-CS-3", []Need{NeedCrisis}},
		"item 9 of later":          {head + `"instruments":[{"id":"phq-9","answers":{"9":7}}]}`, "urgent R-UN-1", []Need{NeedCrisis}},
		"a mood of 11":             {head + `"answers":{"mood":11,"safety":false}}`, "", nil},
		"nothing":                  {`{}`, "elevated R-UN-1", []Need{NeedCrisis}},
		"too deep":                 {`{"answers":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "elevated R-UN-1", []Need{NeedCrisis}},
	} {
		in := takeRaw(t, c.raw, accessNow)
		if got := strings.Join(rulesOf(in), ", "); got != c.rules || !slices.Equal(in.Needs(), c.needs) {
			t.Errorf("%s: %q needs %v, want %q %v", name, got, in.Needs(), c.rules, c.needs)
		}
		if in.Raw != c.raw || len(in.Notes) == 0 {
			t.Errorf("%s: kept %q with %v", name, in.Raw, in.Notes)
		}
		if asked := in.NeedsPerson != nil; asked != strings.Contains(c.rules, unreadRule) || asked && len(in.NeedsPerson.Why) == 0 {
			t.Errorf("%s: %+v", name, in.NeedsPerson)
		}
		if unknown := in.unknownForm(); unknown && len(in.Scores) > 0 {
			t.Errorf("%s: scored anew", name)
		}
		if p := in.ForPatient(); p.NeedsPerson != nil || p.Signals != nil {
			t.Errorf("%s: the patient sees what is for the team", name)
		}
	}
}

// TestALateAnswerActsAtItsOwnTier, and both moments are there.
func TestALateAnswerActsAtItsOwnTier(t *testing.T) {
	for name, c := range map[string]struct {
		off   time.Duration
		note  string
		ahead bool
		came  bool // it counts from the moment it came
	}{
		"in time":                    {-time.Minute, "", false, false},
		"a clock a little ahead":     {4 * time.Minute, "", false, false},
		"a clock ten minutes ahead":  {10 * time.Minute, "answeredAt clock-ahead", true, false},
		"the furthest ahead":         {Skew, "answeredAt clock-ahead", true, false},
		"further":                    {Skew + time.Millisecond, "answeredAt clock-wrong", true, true},
		"years ahead":                {20 * 365 * 24 * time.Hour, "answeredAt clock-wrong", true, true},
		"30 days late, clock behind": {-Late - Skew, "", false, false},
		"later":                      {-Late - Skew - time.Millisecond, "answeredAt long-ago", false, true},
		"a clock without a battery":  {-56 * 365 * 24 * time.Hour, "answeredAt long-ago", false, true},
	} {
		s := submitted()
		s.Answers["safety"] = true
		s.AnsweredAt = accessNow.Add(c.off)
		in := take(t, s, accessNow)
		if got := strings.Join(notesOf(in), ","); got != c.note || in.ClockAhead != c.ahead {
			t.Errorf("%s: %q, ahead %v", name, got, in.ClockAhead)
		}
		if !in.AnsweredAt.Equal(s.AnsweredAt) || !in.ReceivedAt.Equal(accessNow) {
			t.Errorf("%s: the phone's claim was changed, or the moment it came", name)
		}
		if in.Moment().Equal(in.ReceivedAt) != c.came {
			t.Errorf("%s: it counts from %s", name, in.Moment())
		}
		if got := strings.Join(rulesOf(in), ", "); got != "urgent R-SI-0" {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, at := range []string{`"yesterday"`, `null`, `12`, `""`, `"0000-01-01T00:00:00Z"`, `"9999-12-31T23:59:59-14:00"`} {
		in := takeRaw(t, `{"formVersion":1,"zone":"UTC","answers":{"safety":true},"answeredAt":`+at+`}`, accessNow)
		if !in.AnsweredAt.Equal(accessNow) || !in.noted("answeredAt", "unreadable") || strings.Join(rulesOf(in), "") != "urgent R-SI-0" {
			t.Errorf("%s: %+v", at, in)
		}
	}
}

// TestTheDayIsThePatients: the same instant is another day elsewhere, whatever the
// offset in which the phone wrote it.
func TestTheDayIsThePatients(t *testing.T) {
	at := time.Date(2026, 2, 28, 8, 30, 0, 0, time.UTC)
	for zone, day := range map[string]string{"America/New_York": "2026-02-27", "UTC": "2026-02-28", "Pacific/Kiritimati": "2026-02-28", "Pacific/Pago_Pago": "2026-02-27"} {
		for _, written := range []*time.Location{time.UTC, time.FixedZone("", 5*3600), time.FixedZone("", -11*3600)} {
			s := submitted()
			s.AnsweredAt, s.Zone = at.In(written), zone
			if in := take(t, s, accessNow); in.LocalDay != day {
				t.Errorf("%s: %s, want %s", zone, in.LocalDay, day)
			}
		}
	}
}

// TestTheSameCheckInTwice: made again from the same submission it is the same,
// whenever it arrives; read back from its JSON it asks for the same help.
func TestTheSameCheckInTwice(t *testing.T) {
	s := submitted()
	s.Answers["safety"] = true
	cssrs(InstrumentAnswers{"1": 1, "2": 1, "3": 1})(&s)
	first, again := take(t, s, accessNow), take(t, s, accessNow.Add(48*time.Hour))
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
