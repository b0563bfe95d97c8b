package models

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"time"
)

// InstrumentText is the wording of an instrument in one language. What is built in
// is what its licence lets us ship; the rest a clinic imports from a file of this
// very form:
//
//	{"instrument": "who-5", "language": "en", "licence": "CC BY-NC-SA 3.0 IGO",
//	 "accepted": {"by": "Ada Park, clinical lead", "on": "2026-11-02"},
//	 "stem": "Over the last two weeks", "items": {"1": {"text": "..."}}, "options": {"0": "At no time"}}
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
		return t, E(KindInvalid, "not-an-instrument-text", "The file must be JSON in UTF-8 of at most 256 KiB.")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return t, E(KindInvalid, "not-an-instrument-text", "The file is not JSON of the form that handrail instruments import takes.")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return t, E(KindInvalid, "not-an-instrument-text", "There is something behind the end of the JSON.")
	}
	return t, t.check()
}

func (t InstrumentText) check() error {
	var c Checks
	i, ok := FindInstrument(t.Instrument)
	c.Require(ok, "instrument", "unknown-instrument", "This instrument is not known.")
	c.Require(len(t.Language) >= 2 && len(t.Language) <= 3 && strings.ToLower(t.Language) == t.Language, "language", "unknown-language", "Give the language as two or three small letters.")
	c.Text("licence", t.Licence, 1, 500)
	c.Text("stem", t.Stem, 0, 1000)
	if t.Accepted == nil {
		c.Fail("accepted", "required", "Say who accepted the licence, and when.")
	} else {
		c.Text("accepted.by", t.Accepted.By, 1, 200)
		_, err := time.Parse(time.DateOnly, t.Accepted.On)
		c.Require(err == nil, "accepted.on", "no-such-date", "Give a date that exists, as YYYY-MM-DD.")
	}
	if ok {
		t.checkItems(&c, i)
	}
	return c.Err()
}

// checkItems wants a text for every item, and a label for every answer.
func (t InstrumentText) checkItems(c *Checks, i Instrument) {
	c.Require(len(t.Items) == len(i.Items), "items", "wrong-number", "There must be a text for every item, and no other.")
	for _, it := range i.Items {
		text, ok := t.Items[it.N]
		at := "items." + it.N
		c.Require(ok, at, "required", "The text of this item is missing.")
		if !ok {
			continue
		}
		c.Text(at+".text", text.Text, 1, 1000)
		for _, o := range it.Options {
			v := strconv.Itoa(o.Value)
			c.Require(text.Options[v] != "" || t.Options[v] != "", at+".options", "required", "The words for one of the answers are missing.")
		}
	}
}
