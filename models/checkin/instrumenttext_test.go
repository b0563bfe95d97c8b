package checkin

import (
	"encoding/json"
	"strings"
	"testing"

	"handrail/models"
)

// wordedPHQ2 is a file of the form that a clinic imports.
func wordedPHQ2() string {
	return `{"instrument":"phq-2","language":"fr","licence":"public domain","accepted":{"by":"Ada Park","on":"2026-11-02"},
"stem":"s","items":{"1":{"text":"a"},"2":{"text":"b"}},"options":{"0":"w","1":"x","2":"y","3":"z"}}`
}

func TestReadInstrumentText(t *testing.T) {
	text, err := ReadInstrumentText(strings.NewReader(wordedPHQ2()))
	if err != nil || text.Items["2"].Text != "b" {
		t.Fatalf("%+v, %v", text, err)
	}
	for name, spoil := range map[string]func(string) string{
		"unknown instrument": func(s string) string { return strings.Replace(s, "phq-2", "phq-0", 1) },
		"nobody accepted": func(s string) string {
			return strings.Replace(s, `"accepted":{"by":"Ada Park","on":"2026-11-02"},`, "", 1)
		},
		"no such day":  func(s string) string { return strings.Replace(s, "2026-11-02", "2026-11-31", 1) },
		"item missing": func(s string) string { return strings.Replace(s, `,"2":{"text":"b"}`, "", 1) },
		"item too many": func(s string) string {
			return strings.Replace(s, `"2":{"text":"b"}`, `"2":{"text":"b"},"3":{"text":"c"}`, 1)
		},
		"answer missing": func(s string) string { return strings.Replace(s, `,"3":"z"`, "", 1) },
		"unknown field":  func(s string) string { return strings.Replace(s, `"stem"`, `"stern"`, 1) },
		"cut":            func(s string) string { return s[:len(s)-3] },
		"two values":     func(s string) string { return s + "{}" },
		"not UTF-8":      func(s string) string { return strings.Replace(s, `"a"`, "\"\xff\"", 1) },
		"too large":      func(s string) string { return s + strings.Repeat(" ", MaxInstrumentText) },
		"empty":          func(string) string { return "" },
	} {
		if _, err := ReadInstrumentText(strings.NewReader(spoil(wordedPHQ2()))); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWordingIsShippedOnlyWhereItsLicenceSaysYes.
func TestWordingIsShippedOnlyWhereItsLicenceSaysYes(t *testing.T) {
	for _, i := range Instruments() {
		text, shipped := BuiltInText(i.ID, "en-US")
		switch i.Licence.Ship {
		case "yes":
		case "attribution":
			if shipped && (i.Licence.Attribution == "" || text.Licence != i.Licence.Attribution) {
				t.Errorf("%s is shipped without its owner's words", i.ID)
			}
		default:
			if shipped {
				t.Errorf("%s is shipped, its licence says %q", i.ID, i.Licence.Ship)
			}
		}
		if shipped && len(text.Items) != len(i.Items) {
			t.Errorf("%s: %d texts for %d items", i.ID, len(text.Items), len(i.Items))
		}
	}
}

func FuzzReadInstrumentText(f *testing.F) {
	f.Add(wordedPHQ2())
	f.Add(`{"instrument":"who-5"}`)
	f.Add("[]")
	f.Fuzz(func(t *testing.T, s string) {
		text, err := ReadInstrumentText(strings.NewReader(s))
		if err != nil {
			if models.KindOf(err) != models.KindInvalid {
				t.Fatal(err)
			}
			return
		}
		b, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadInstrumentText(strings.NewReader(string(b))); err != nil {
			t.Fatalf("what was taken once is refused: %v", err)
		}
	})
}
