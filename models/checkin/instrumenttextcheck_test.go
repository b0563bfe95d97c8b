package checkin

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"handrail/models"
)

// TestAnImportIsHeldToItsInstrument, with the field that the clinic is told.
func TestAnImportIsHeldToItsInstrument(t *testing.T) {
	for name, c := range map[string]struct{ from, to, field string }{
		"an answer that is none":     {`"3":"z"`, `"3":"z","4":"q"`, "options"},
		"an item's answer, none":     {`"1":{"text":"a"}`, `"1":{"text":"a","options":{"9":"q"}}`, "items.1.options"},
		"a blank answer":             {`"3":"z"`, `"3":" "`, "options.3"},
		"a long answer":              {`"3":"z"`, `"3":"` + strings.Repeat("z", 201) + `"`, "options.3"},
		"a long text":                {`"text":"a"`, `"text":"` + strings.Repeat("a", 1001) + `"`, "items.1.text"},
		"a blank text":               {`"text":"a"`, `"text":"  "`, "items.1.text"},
		"a control character":        {`"text":"a"`, `"text":"a\u0007"`, "items.1.text"},
		"a language of digits":       {`"language":"fr"`, `"language":"12"`, "language"},
		"a language with a region":   {`"language":"fr"`, `"language":"fr-CA"`, "language"},
		"nobody":                     {`"by":"Ada Park"`, `"by":""`, "accepted.by"},
		"no day":                     {`"on":"2026-11-02"`, `"on":""`, "accepted.on"},
		"a licence that is too long": {`"public domain"`, `"` + strings.Repeat("x", 501) + `"`, "licence"},
	} {
		file := strings.Replace(wordedPHQ2(), c.from, c.to, 1)
		if file == wordedPHQ2() {
			t.Fatalf("%s: nothing was changed", name)
		}
		_, err := ReadInstrumentText(strings.NewReader(file))
		e, ok := errors.AsType[*models.Error](err)
		if !ok || len(e.Fields) == 0 || e.Fields[0].Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnImportSaysNothingTwice: the second of two members with the same name would
// win in silence.
func TestAnImportSaysNothingTwice(t *testing.T) {
	for name, c := range map[string][2]string{
		"an item":      {`"items":{`, `"items":{"1":{"text":"other"},`},
		"an answer":    {`"options":{`, `"options":{"0":"other",`},
		"a field":      {`"stem":"s"`, `"stem":"s","stem":"other"`},
		"another case": {`"stem":"s"`, `"stem":"s","Stem":"other"`},
		"in an item":   {`{"text":"a"}`, `{"text":"a","text":"other"}`},
		"a long s":     {`"stem":"s"`, `"stem":"s","ſtem":"other"`},
	} {
		file := strings.Replace(wordedPHQ2(), c[0], c[1], 1)
		if _, err := ReadInstrumentText(strings.NewReader(file)); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryInstrumentCanBeImported writes a file for each, as a clinic would.
func TestEveryInstrumentCanBeImported(t *testing.T) {
	for _, i := range Instruments() {
		text := InstrumentText{Instrument: i.ID, Language: "en", Licence: "ours", Accepted: &LicenceAccepted{"Ada Park", "2026-11-02"},
			Stem: "First line\nsecond line", Items: map[string]ItemText{}}
		for _, it := range i.Items {
			options := map[string]string{}
			for _, o := range it.Options {
				options[strconv.Itoa(o.Value)] = "answer"
			}
			text.Items[it.N] = ItemText{Text: "question", Options: options}
		}
		b, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadInstrumentText(strings.NewReader(string(b))); err != nil {
			t.Errorf("%s: %v", i.ID, err)
		}
	}
}

func TestTextID(t *testing.T) {
	if TextID("who-5", "es-MX") != "who-5:es" || TextID("who-5", "ES") != "who-5:es" {
		t.Error("a region is another wording")
	}
}
