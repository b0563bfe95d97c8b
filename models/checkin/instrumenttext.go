package checkin

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"handrail/models"
)

// InstrumentText is the wording of an instrument in one language. What is built in
// is what its licence lets us ship; the rest a clinic imports from a file of this
// very form:
//
//	{"instrument": "who-5", "language": "en", "licence": "CC BY-NC-SA 3.0 IGO",
//	 "accepted": {"by": "Ada Park, clinical lead", "on": "2026-11-02"},
//	 "stem": "Over the last two weeks", "items": {"1": {"text": "..."}}, "options": {"0": "At no time"}}
//
// There is a text for every item of the instrument and words for each of its
// answers, in "options" for all items or in an item's own "options"; nothing else.
type InstrumentText struct {
	Instrument string              `json:"instrument"`
	Language   string              `json:"language"` // BCP 47 base
	Licence    string              `json:"licence"`
	Accepted   *LicenceAccepted    `json:"accepted,omitempty"`
	Stem       string              `json:"stem,omitempty"`
	Items      map[string]ItemText `json:"items"`             // by number
	Options    map[string]string   `json:"options,omitempty"` // by value, for all items
}

// ItemText is the wording of one item.
type ItemText struct {
	Text    string            `json:"text"`
	Options map[string]string `json:"options,omitempty"` // by value, where they are the item's own
}

// LicenceAccepted says who at the clinic accepted the terms, and when.
type LicenceAccepted struct {
	By string `json:"by"`
	On string `json:"on"` // YYYY-MM-DD
}

// MaxInstrumentText is the largest file that is imported, in bytes.
const MaxInstrumentText = 256 << 10

var builtInTexts = sync.OnceValue(func() map[string]InstrumentText {
	out := map[string]InstrumentText{}
	for _, name := range instrumentNames(func(n string) bool { return strings.Contains(n, ".text.") }) {
		var t InstrumentText
		readInstrument(name, &t)
		out[TextID(t.Instrument, t.Language)] = t
	}
	return out
})

// TextID names the wording of an instrument in a language.
func TextID(instrument, language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	return instrument + ":" + base
}

// BuiltInText finds wording that is shipped.
func BuiltInText(instrument, language string) (InstrumentText, bool) {
	t, ok := builtInTexts()[TextID(instrument, language)]
	return t, ok
}

// ReadInstrumentText reads a file that a clinic imports. It must fit the
// instrument's structure and say who accepted the licence. Errors: KindInvalid.
func ReadInstrumentText(r io.Reader) (InstrumentText, error) {
	var t InstrumentText
	raw, err := io.ReadAll(io.LimitReader(r, MaxInstrumentText+1))
	if err != nil {
		return t, err
	}
	if len(raw) > MaxInstrumentText || !utf8.Valid(raw) {
		return t, models.E(models.KindInvalid, "not-an-instrument-text", "The file must be JSON in UTF-8 of at most 256 KiB.")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return t, models.E(models.KindInvalid, "not-an-instrument-text", "The file is not JSON of the form that handrail instruments import takes.")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return t, models.E(models.KindInvalid, "not-an-instrument-text", "There is something behind the end of the JSON.")
	}
	if repeats(json.NewDecoder(bytes.NewReader(raw))) {
		return t, models.E(models.KindInvalid, "not-an-instrument-text", "The same name is in the file twice.")
	}
	return t, t.check()
}

// repeats tells whether an object of a valid JSON value has a member twice. Go's
// decoder takes the last one in silence, and a wording that nobody read would be
// asked. Case is no difference, as it is none for the decoder.
func repeats(d *json.Decoder) bool {
	token, _ := d.Token()
	delim, _ := token.(json.Delim)
	seen := map[string]bool{}
	for delim != 0 && d.More() {
		if delim == '{' {
			key, _ := d.Token()
			name, _ := key.(string)
			name = strings.ToLower(strings.ToUpper(name))
			if seen[name] {
				return true
			}
			seen[name] = true
		}
		if repeats(d) {
			return true
		}
	}
	if delim != 0 {
		_, _ = d.Token() // its end
	}
	return false
}
