package checkin

import (
	"slices"
	"strings"
	"testing"

	"handrail/models"
)

func TestForms(t *testing.T) {
	all := func(string) bool { return true }
	if err := CheckForm(DefaultForm(patientA, accessNow), all); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Form{
		"empty":      {},
		"no safety":  {Questions: []string{"mood"}},
		"unknown":    {Questions: []string{"safety", "shoe-size"}},
		"twice":      {Questions: []string{"safety", "mood", "mood"}},
		"instrument": {Questions: []string{"safety"}, Instruments: []FormInstrument{{"none", 7}}},
		"each never": {Questions: []string{"safety"}, Instruments: []FormInstrument{{"phq-9", 0}}},
	} {
		if err := CheckForm(f, all); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	unworded := Form{Questions: []string{"safety"}, Instruments: []FormInstrument{{"who-5", 14}}}
	if err := CheckForm(unworded, func(string) bool { return false }); models.KindOf(err) != models.KindInvalid {
		t.Errorf("an instrument without wording: %v", err)
	}
}

// TestTheDefaultFormTakesHalfAMinute, with what a person needs for an answer [P]:
// to read at 3 words a second, and to choose. The note may be left empty.
func TestTheDefaultFormTakesHalfAMinute(t *testing.T) {
	choose := map[string]float64{"scale": 1.5, "yes-no": 1, "choice": 1.5, "number": 2.5}
	seconds := 0.0
	for _, id := range DefaultForm(patientA, accessNow).Questions {
		q, _ := FindQuestion(id)
		if q.Kind != "text" {
			seconds += float64(len(strings.Fields(q.In("en").Ask)))/3 + choose[q.Kind]
		}
	}
	if seconds > 30 || seconds < 5 {
		t.Errorf("%.0f seconds", seconds)
	}
}

// TestAFormTellsEveryFault, each by its place.
func TestAFormTellsEveryFault(t *testing.T) {
	f := Form{Questions: []string{"mood", "mood", "canary"}, Instruments: []FormInstrument{{"phq-9", 14}, {"phq-9", 367}, {"who-5", 7}}}
	err := CheckForm(f, func(id string) bool { return id != "who-5" })
	e, ok := err.(*models.Error)
	if !ok {
		t.Fatal(err)
	}
	var got []string
	for _, x := range e.Fields {
		got = append(got, x.Field+" "+x.Code)
	}
	want := []string{"questions[1] twice", "questions[2] unknown-question", "questions safety-needed",
		"instruments[1].everyDays out-of-range", "instruments[1].id twice", "instruments[2].id wording-needed"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	many := Form{Questions: []string{"safety"}, Instruments: make([]FormInstrument, MaxInstruments+1)}
	if err := CheckForm(many, func(string) bool { return true }); models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
}
