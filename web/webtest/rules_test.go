package webtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"handrail/models/checkin"
	"handrail/models/crisisplan"
)

// Rules that the page keeps as well as the server, because it must do without it.

func TestThePhoneKnowsWhenHelpIsNeeded(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	at := now()
	var not, notItems []string // to which somebody would rather not say
	one := func(name, instrument string, a checkin.InstrumentAnswers, answers map[string]any) {
		t.Helper()
		if answers == nil {
			answers = map[string]any{} // as the page sends it
		}
		s := checkin.Submission{FormVersion: 1, AnsweredAt: at, Zone: "UTC", Answers: answers, Declined: not}
		if instrument != "" {
			s.Instruments = []checkin.InstrumentSubmission{{ID: instrument, Answers: a, Declined: notItems}}
		}
		body, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := checkin.Read(body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		c, _ := checkin.Take("id", "p", sent, checkin.Known{Received: at, FormVersion: 1})
		got, want := module[[]checkin.Need](p, "needshelp", fmt.Sprintf(`m.needsOf(%s)`, body)), c.Needs()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the phone says %v, the server %v", name, got, want)
		}
	}
	for _, q := range checkin.Questions() {
		for _, v := range []any{true, false} {
			if q.Kind == "yes-no" {
				one(fmt.Sprint(q.ID, v), "", nil, map[string]any{q.ID: v})
			}
		}
		for _, v := range q.Choices {
			one(q.ID+" "+v, "", nil, map[string]any{q.ID: v})
		}
		if q.Kind == "scale" {
			one(q.ID, "", nil, map[string]any{q.ID: q.Max})
		}
	}
	for _, craving := range []float64{7, 8, 10} {
		for _, mood := range []float64{0, 2, 3} {
			for _, alone := range []map[string]any{{}, {"contact": true, "home": true}, {"contact": false}, {"home": false}} {
				answers := map[string]any{"craving": craving, "mood": mood}
				maps.Copy(answers, alone)
				one(fmt.Sprint(answers), "", nil, answers)
			}
		}
	}
	for _, said := range []string{"I want to die", "Slept well, and walked with my son.", "quiero morirme", "أريد أن أموت", ""} {
		one("own words: "+said, "", nil, map[string]any{"note": said})
	}
	one("two at once", "", nil, map[string]any{"safety": true, "use": "opioid", "shakes": true})
	for v := range 5 {
		one(fmt.Sprint("bam item 7e = ", v), "bam-17", checkin.InstrumentAnswers{"7e": v}, nil)
	}
	for v := range 4 {
		full := checkin.InstrumentAnswers{"9": v}
		for n := range 8 {
			full[fmt.Sprint(n+1)] = 3
		}
		one(fmt.Sprint("phq-9 item 9 = ", v), "phq-9", full, nil)
	}
	for v := range 5 {
		full := checkin.InstrumentAnswers{}
		for n := range 10 {
			full[fmt.Sprint(n+1)] = 0
		}
		full["6"] = v
		one(fmt.Sprint("audit item 6 = ", v), "audit", full, nil)
	}
	for name, a := range map[string]checkin.InstrumentAnswers{
		"all no": {"1": 0, "2": 0, "6": 0}, "first yes": {"1": 1, "2": 0, "6": 0}, "unfinished": {"1": 0},
		"behaviour": {"1": 0, "2": 0, "6": 1, "6a": 0}, "nothing after a yes": {"1": 0, "2": 1, "6": 0},
	} {
		one("screener "+name, "cssrs-screener-recent", a, nil)
	}
	not, notItems = []string{"safety", "mood"}, []string{"9", "6"}
	one("safety declined", "", nil, map[string]any{"craving": 2})
	not = []string{"mood"}
	for _, instrument := range []string{"phq-9", "audit", "gad-7", "cssrs-screener-recent"} {
		one("items declined of "+instrument, instrument, checkin.InstrumentAnswers{"1": 0, "2": 0}, nil)
	}
}

func TestThePhoneKnowsWhoAnswersNow(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	week := []string{"MO", "TU", "WE", "TH", "FR"}
	for _, h := range []crisisplan.Hours{
		{Always: true},
		{Zone: "America/New_York", Open: []crisisplan.Open{{Days: week, From: "09:00", To: "17:00"}}},
		{Zone: "Europe/Berlin", Open: []crisisplan.Open{{Days: []string{"FR", "SA"}, From: "20:00", To: "04:00"}}},
		{Zone: "Asia/Kolkata", Open: []crisisplan.Open{{Days: []string{"SU"}, From: "00:00", To: "24:00"}}},
		{Zone: "America/New_York", Open: []crisisplan.Open{{Days: []string{"SU"}, From: "01:15", To: "03:15"}}}, // both nights on which the clock jumps
	} {
		body, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{"2026-03-07T20:00:00Z", "2026-10-31T20:00:00Z", "2026-11-20T12:00:00Z"} {
			start, err := time.Parse(time.RFC3339, from)
			if err != nil {
				t.Fatal(err)
			}
			got := module[[]bool](p, "hours", fmt.Sprintf(`Array.from({ length: 200 }, (_, i) => m.openAt(%s, new Date(Date.parse(%q) + i * 900000)))`, body, from))
			for i, open := range got {
				if at := start.Add(time.Duration(i) * 15 * time.Minute); open != h.OpenAt(at) {
					t.Fatalf("%s at %s: the phone says %v", body, at, open)
				}
			}
		}
	}
}

// The parts of the plan are called the same on a form as in the plan itself.
func TestPartsOfThePlanHaveTheSameNames(t *testing.T) {
	t.Parallel()
	parts := map[crisisplan.Section]string{"warning-signs": "warningSigns", "internal-coping": "internalCoping",
		"social-distraction": "socialDistraction", "crisis-support": "crisisSupport", "professional-support": "professionalSupport",
		"lethal-means-safety": "lethalMeansSafety", "reason-for-living": "reasonForLiving", "naloxone": "naloxone",
		"tolerance-loss": "toleranceLoss", "never-use-alone": "neverUseAlone", "drug-checking": "drugChecking", "post-overdose": "postOverdose"}
	for _, language := range []string{"en", "es", "ar"} {
		words := pageTexts(t, language)
		for _, s := range crisisplan.Sections {
			if got, want := words["plan.part."+parts[s]], crisisplan.TextsIn(language).Sections[s].Title; got != want {
				t.Errorf("%s %s: %q on the form, %q in the plan", language, s, got, want)
			}
		}
	}
}
