package meeting

import (
	"reflect"
	"strings"
	"testing"

	"handrail/models/reading"
	"handrail/models/task"
)

// TestTheWordsAreThereInEachLanguage: each sentence, with the same places to fill.
func TestTheWordsAreThereInEachLanguage(t *testing.T) {
	en := reflect.ValueOf(wordings()["en"])
	for _, language := range []string{"es", "ar"} {
		w := reflect.ValueOf(wordings()[language])
		for i := range en.NumField() {
			a, b := en.Field(i).String(), w.Field(i).String()
			for _, place := range []string{"{day}", "{name}", "{text}"} {
				if b == "" || strings.Contains(a, place) != strings.Contains(b, place) {
					t.Errorf("%s: %s", language, en.Type().Field(i).Name)
				}
			}
		}
	}
}

// TestASummaryIsAtMostGradeSix: with all that it can say.
func TestASummaryIsAtMostGradeSix(t *testing.T) {
	d := Decision{Terms: Terms{ForPatient: "You see the nurse at noon.", PatientView: "Noon is good."}}
	s := SummaryOf("2026-03-05", "", []Say{{d, "Grace Kim", task.Accepted, "2026-03-07"}, {d, "Grace Kim", task.Completed, ""}, {d, "Grace Kim", task.Cancelled, ""}}, "en-GB")
	blocks := append(append([]string{}, s.Opening...), s.Closing)
	for _, l := range s.Lines {
		blocks = append(append(blocks, l.Text), l.Sentences...)
	}
	if g := reading.Count(reading.Text{Language: "en", Blocks: blocks}).FleschKincaid(); g > 6 || s.Language != "en" || len(s.Lines) != 3 {
		t.Errorf("grade %.1f: %v", g, blocks)
	}
	if hard := (Decision{Terms: Terms{ForPatient: "Pharmacological augmentation necessitates multidisciplinary reconsideration."}}); !hard.Hard() || d.Hard() {
		t.Error("what is hard to read")
	}
}
