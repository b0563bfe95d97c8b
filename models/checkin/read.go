package checkin

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"handrail/models"
)

// Sent is what a phone sent, read as far as it can be. No answer of a patient is
// refused: what can't be read stays in Raw, with a note.
type Sent struct {
	Submission
	ID     string // as sent; it may be no id at all
	Notes  []Note // in the order of the fields
	Raw    string // all of it
	Digest string // equal for what differs in nothing but how it is written

	whole  bool     // Submission has all of it
	person []string // codes of the notes for which a person must read this
	yes    bool     // somewhere in it is a yes to a question about safety
}

// ErrNotAnObject says that what was sent is no JSON object, so no check-in either.
var ErrNotAnObject = models.E(models.KindInvalid, "invalid-input", "A check-in is a JSON object.")

// sender reads the fields of one check-in.
type sender struct {
	out *Sent
	all map[string][]byte // the fields as they were sent

	taken bool // every answer that was sent is in out, as it was sent
}

func (s *sender) note(field, code, text string) {
	for _, n := range s.out.Notes {
		if n.Field == field && n.Code == code {
			return
		}
	}
	s.out.Notes = append(s.out.Notes, Note{field, code, text})
}

// person is note for what a person of the team must read.
func (s *sender) person(field, code, text string) {
	s.note(field, code, text)
	if !slices.Contains(s.out.person, code) {
		s.out.person = append(s.out.person, code)
	}
}

// Read reads a JSON object. The error is ErrNotAnObject.
func Read(raw []byte) (Sent, error) {
	if out, ok := readPlain(raw, string(raw)); ok {
		return out, nil
	}
	return readAny(raw)
}

// readAny is Read for whatever it may be.
func readAny(raw []byte) (Sent, error) {
	out := Sent{Raw: string(raw), Digest: digest(raw)}
	if trimmed := bytes.TrimLeft(raw, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return out, ErrNotAnObject
	}
	s := sender{out: &out}
	seen := scan(raw)
	out.yes = seen.yes
	if seen.twice || !seen.whole {
		// Two programs would read it in two ways, or it is too deep to read at all.
		s.person("", "unreadable", "This is in a form that can't be read for sure.")
	} else {
		s.all = seen.fields
		s.fields()
	}
	out.whole = s.complete()
	return out, nil
}

func (s *sender) fields() {
	known := []string{"id", "formVersion", "answeredAt", "zone", "answers", "declined", "instruments", "deviceId", "sequence"}
	for name := range s.all {
		if !slices.Contains(known, name) {
			s.note("", "unknown-field", "There is a field in this that is not known.")
		}
	}
	s.into("id", &s.out.ID, "bad-id", true)
	if !s.into("formVersion", &s.out.FormVersion, "unreadable", false) {
		s.out.FormVersion = 0 // Take notes that it is none
	}
	s.into("zone", &s.out.Zone, "unknown-zone", false)
	read := s.into("deviceId", &s.out.DeviceID, "unreadable", true)
	if _, plain := models.Line(s.out.DeviceID); !read || !plain || utf8.RuneCountInString(s.out.DeviceID) > MaxDeviceID {
		s.note("deviceId", "unreadable", "This names no device.")
		s.out.DeviceID = ""
	}
	if !s.into("sequence", &s.out.Sequence, "unreadable", true) || s.out.Sequence < 0 {
		s.note("sequence", "unreadable", "This is no count.")
		s.out.Sequence = 0
	}
	var at string
	if s.into("answeredAt", &at, "unreadable", false) {
		moment, err := time.Parse(time.RFC3339Nano, at)
		if y := moment.UTC().Year(); err != nil || y < 1 || y > 9998 {
			s.note("answeredAt", "unreadable", "This is no moment, such as 2026-03-01T09:00:00Z.")
		} else {
			s.out.AnsweredAt = moment
		}
	}
	s.answers()
	s.declined()
	s.instruments()
}

// into reads one field. What is not there is fine where it may be left out.
func (s *sender) into(name string, v any, code string, optional bool) bool {
	raw, ok := s.all[name]
	if !ok || string(raw) == "null" {
		if !optional {
			s.note(name, code, "This is missing.")
		}
		return optional
	}
	if err := json.Unmarshal(raw, v); err != nil {
		s.note(name, code, "This can't be read.")
		return false
	}
	return true
}

// answers takes what is an answer to a known question, also when the team has taken
// the question off the form since: a phone may have asked it days ago.
func (s *sender) answers() {
	s.out.Answers = map[string]any{}
	raw, ok := s.all["answers"]
	if !ok || string(raw) == "null" {
		return
	}
	var sent map[string]any
	if json.Unmarshal(raw, &sent) != nil {
		s.person("answers", "unreadable", "The answers can't be read.")
		return
	}
	for _, id := range slices.Sorted(maps.Keys(sent)) {
		q, known := FindQuestion(id)
		switch {
		case !known:
			s.person("answers", "unknown-question", "There is an answer in this to a question that is not known.")
		case sent[id] == nil: // skipped
		case q.accepts(sent[id]):
			s.out.Answers[id] = sent[id]
		case q.Safety:
			s.person("answers."+id, "not-an-answer", "This can't be the answer to this question.")
		default:
			s.note("answers."+id, "not-an-answer", "This can't be the answer to this question.")
		}
	}
	// What decoding may have mended is compared letter by letter.
	s.taken = len(s.out.Answers) == len(sent) && utf8.Valid(raw) && !bytes.Contains(raw, []byte(`\u`))
}

// declined takes the known questions to which somebody said "I'd rather not say". One
// that has an answer all the same was answered.
func (s *sender) declined() {
	var sent []string
	if !s.into("declined", &sent, "unreadable", true) {
		return
	}
	for _, id := range sent {
		_, known := FindQuestion(id)
		if !known {
			s.note("declined", "unknown-question", "There is a question in this that is not known.")
		} else if _, answered := s.out.Answers[id]; !answered && !slices.Contains(s.out.Declined, id) {
			s.out.Declined = append(s.out.Declined, id)
		}
	}
}

func (s *sender) instruments() {
	raw, ok := s.all["instruments"]
	if !ok || string(raw) == "null" {
		return
	}
	var sent []json.RawMessage
	if json.Unmarshal(raw, &sent) != nil {
		s.person("instruments", "unreadable", "The questionnaires can't be read.")
		return
	}
	if len(sent) > MaxInstruments {
		s.person("instruments", "too-many", "There are more than 10 questionnaires.")
		sent = sent[:MaxInstruments]
	}
	for i, one := range sent {
		if in, ok := s.instrument(models.Indexed("instruments", i), one); ok {
			s.out.Instruments = append(s.out.Instruments, in)
		}
	}
}

// instrument takes the answers that a known instrument has. One in a version that is
// not known is not taken apart: its numbers may mean something else.
func (s *sender) instrument(at string, raw json.RawMessage) (InstrumentSubmission, bool) {
	var sent struct {
		ID      string         `json:"id"`
		Version any            `json:"version"`
		Answers map[string]any `json:"answers"`

		Declined json.RawMessage `json:"declined"`
	}
	if json.Unmarshal(raw, &sent) != nil {
		s.person(at, "unreadable", "This questionnaire can't be read.")
		return InstrumentSubmission{}, false
	}
	i, ok := FindInstrument(sent.ID)
	if !ok {
		s.person(at+".id", "unknown-instrument", "This questionnaire is not known.")
		return InstrumentSubmission{}, false
	}
	if sent.Version != nil && sent.Version != i.Version {
		s.person(at+".version", "unknown-version", "This version of the questionnaire is not known.")
		return InstrumentSubmission{}, false
	}
	out := InstrumentSubmission{ID: i.ID, Answers: InstrumentAnswers{}}
	if sent.Version != nil {
		out.Version = i.Version
	}
	for _, n := range slices.Sorted(maps.Keys(sent.Answers)) {
		if sent.Answers[n] == nil {
			continue
		}
		it, known := i.item(n)
		v, number := sent.Answers[n].(float64)
		if !known || !number || v != math.Trunc(v) || math.Abs(v) > 1e6 || !it.accepts(int(v)) {
			s.person(at+".answers", "not-a-choice", "There is something in this that is none of the choices.")
			continue
		}
		out.Answers[n] = int(v)
	}
	s.declinedItems(at, sent.Declined, i, &out)
	return out, true
}

// declinedItems takes the known items to which somebody said "I'd rather not say". One
// that has an answer all the same was answered. What can't be read is for a person: it
// may be about an item of safety.
func (s *sender) declinedItems(at string, raw json.RawMessage, i Instrument, out *InstrumentSubmission) {
	var sent []string
	if len(raw) > 0 && json.Unmarshal(raw, &sent) != nil {
		s.person(at+".declined", "unreadable", "This can't be read.")
		return
	}
	for _, n := range sent {
		if _, known := i.item(n); !known {
			s.note(at+".declined", "unknown-question", "There is a question in this that is not known.")
		} else if _, answered := out.Answers[n]; !answered && !slices.Contains(out.Declined, n) {
			out.Declined = append(out.Declined, n)
		}
	}
}

// complete tells whether the fields hold all of what was sent.
func (s *sender) complete() bool {
	if _, err := s.out.AnsweredAt.MarshalJSON(); err != nil || s.all == nil {
		return false
	}
	for name, raw := range s.all {
		if name == "id" || name == "answeredAt" || name == "answers" && s.taken {
			continue
		}
		mine, err := s.kept(name)
		if err != nil {
			return false
		}
		same := bytes.Equal(raw, mine) || bytes.Equal(inOneForm(raw), inOneForm(mine))
		empty := mine == nil && slices.Contains([]string{"[]", "0", `""`, "null"}, string(raw))
		if !same && !empty {
			return false
		}
	}
	return true
}

// kept is how a field stands in the Submission; nil where it does not. Each by itself: the
// whole would be written and taken apart again.
func (s *sender) kept(name string) ([]byte, error) {
	var v any
	switch out := s.out.Submission; {
	case name == "formVersion":
		v = out.FormVersion
	case name == "zone":
		v = out.Zone
	case name == "answers":
		v = out.Answers
	case name == "declined" && len(out.Declined) > 0:
		v = out.Declined
	case name == "instruments" && len(out.Instruments) > 0:
		v = out.Instruments
	case name == "deviceId" && out.DeviceID != "":
		v = out.DeviceID
	case name == "sequence" && out.Sequence != 0:
		v = out.Sequence
	default:
		return nil, nil
	}
	return json.Marshal(v)
}

// inOneForm is how a JSON value is compared (RFC 8785).
func inOneForm(raw []byte) []byte {
	v := jsontext.Value(bytes.Clone(raw))
	if v.Canonicalize() != nil {
		return raw
	}
	return v
}

func digest(raw []byte) string {
	sum := sha256.Sum256(inOneForm(raw))
	return hex.EncodeToString(sum[:])
}

// scanned is what a look over the tokens of a text tells.
type scanned struct {
	whole bool // all of it could be read
	twice bool // an object has the same name twice
	yes   bool // a question about safety has an answer that looks like a yes

	fields map[string][]byte // of the object that the text is: its values as they stand there
}

// scan looks over a JSON text once.
func scan(raw []byte) scanned {
	var out scanned
	in := decoderOf(raw, false)
	name, field, begins, values := "", "", int64(0), 0
	out.fields = map[string][]byte{}
	for {
		token, err := in.ReadToken()
		if err != nil && !out.twice && errors.Is(err, jsontext.ErrDuplicateName) {
			out.twice = true
			in, name, values, out.fields = decoderOf(raw, true), "", 0, nil // once more: a yes may come later
			continue
		}
		if err != nil {
			out.whole = errors.Is(err, io.EOF) && values == 1
			return out
		}
		depth := in.StackDepth()
		if depth == 0 {
			values++
		}
		if kind, n := in.StackIndex(depth); kind == '{' && n%2 == 1 && token.Kind() == '"' {
			name = token.String()
			if depth == 1 {
				field, begins = name, in.InputOffset()
			}
			continue
		}
		if depth == 1 && begins > 0 && out.fields != nil {
			out.fields[field] = bytes.TrimLeft(raw[begins:in.InputOffset()], ": \t\r\n")
			begins = 0
		}
		out.yes = out.yes || isYes(token) && asksForSafety(name)
	}
}

func decoderOf(raw []byte, twice bool) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(twice), jsontext.AllowInvalidUTF8(true))
}

// asksForSafety: a question about safety by its id, or an item of an instrument that
// asks for suicide by its number (all of the C-SSRS; 9 of the PHQ-9). A 9 of another
// instrument counts too: too early is better than too late.
func asksForSafety(name string) bool {
	q, ok := FindQuestion(name)
	return ok && q.Safety || slices.Contains([]string{"1", "2", "3", "4", "5", "6", "6a", "9"}, name)
}

func isYes(token jsontext.Token) bool {
	switch token.Kind() {
	case 't':
		return true
	case '0':
		return token.Float() >= 1
	case '"':
		return slices.Contains(yesWords, token.String())
	}
	return false
}

// yesWords are texts that look like a yes.
var yesWords = []string{"yes", "Yes", "YES", "true", "True", "1", "sí", "si", "نعم", "opioid", "opioid-and-other", "unknown-pill"}

// String keeps what a patient told out of logs.
func (s Sent) String() string { return fmt.Sprintf("check-in with %d notes", len(s.Notes)) }
