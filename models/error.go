package models

import (
	"errors"
	"strconv"
	"time"
)

// Kind says what sort of refusal an Error is. handlers maps each kind to one
// HTTP status; nothing else in the program knows about statuses.
type Kind int

const (
	KindInvalid     Kind = iota + 1 // the input breaks a rule; the caller can mend it
	KindUnsigned                    // nobody is signed in, or the sign-in has ended
	KindForbidden                   // signed in, may know that the thing exists, may not do this
	KindNotFound                    // not there, or not for this caller: the two look alike
	KindConflict                    // clashes with what is stored
	KindStale                       // the caller's version is not the newest (If-Match)
	KindGone                        // was there and has ended
	KindTooMany                     // a limit on rate or number
	KindTooLarge                    // a limit on size
	KindUnavailable                 // a part that is needed does not answer; try again later
	KindUnknown                     // no refusal at all: something failed that nobody foresaw
)

// Error is the one error that crosses from care and models to the edge.
//
// Code is stable and machine-readable (kebab-case, "goal-move-not-allowed").
// Text is one plain sentence that says what to do next. Neither may hold a
// value that the caller sent: it could be a patient's.
type Error struct {
	Kind   Kind
	Code   string
	Text   string
	Fields []FieldError // for KindInvalid: which fields, by their JSON path
	Err    error        // cause, for the log; never shown
}

// FieldError names one field that was refused and why.
type FieldError struct {
	Field string // JSON path, e.g. "milestones[2].dueOn"
	Code  string // stable, e.g. "too-long"
	Text  string // one plain sentence
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Code + ": " + e.Err.Error()
	}
	return e.Code
}

func (e *Error) Unwrap() error { return e.Err }

// ErrorCode is the code, for who does not know this package.
func (e *Error) ErrorCode() string { return e.Code }

// E makes an Error.
func E(kind Kind, code, text string) *Error {
	return &Error{Kind: kind, Code: code, Text: text}
}

// NotFound is what everybody gets for what is not there and for what is not
// theirs. There is one text, so that the two cannot be told apart.
func NotFound() *Error {
	return E(KindNotFound, "not-found", "There is nothing here for you.")
}

// KindOf returns the kind of err: 0 for nil alone, KindUnknown for what is no *Error.
func KindOf(err error) Kind {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindUnknown
}

// Checks collects field errors, so that a form gets all of its refusals at once.
type Checks struct{ fields []FieldError }

// Fail notes a refusal of one field.
func (c *Checks) Fail(field, code, text string) {
	c.fields = append(c.fields, FieldError{field, code, text})
}

// Require notes a refusal unless ok.
func (c *Checks) Require(ok bool, field, code, text string) {
	if !ok {
		c.Fail(field, code, text)
	}
}

// Text checks a text's length in runes and that it is not blank when min > 0.
func (c *Checks) Text(field, value string, min, max int) {
	n := len([]rune(value))
	switch {
	case n < min || (min > 0 && isBlank(value)):
		c.Fail(field, "required", "Please fill this in.")
	case n > max:
		c.Fail(field, "too-long", "This is too long.")
	}
}

// add notes the refusals of other checks.
func (c *Checks) add(err error) {
	if e, ok := errors.AsType[*Error](err); ok {
		c.fields = append(c.fields, e.Fields...)
	}
}

// Fields are the refusals so far.
func (c *Checks) Fields() []FieldError { return c.fields }

// Err is nil, or one KindInvalid Error with all fields.
func (c *Checks) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Code: "invalid-input",
		Text: "Some of what was sent can't be used. See the fields.", Fields: c.fields}
}

func isBlank(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\t' && r != '\n' && r != '\r' {
			return false
		}
	}
	return true
}

// Date checks a local date that may be left out: YYYY-MM-DD, of the calendar.
func (c *Checks) Date(field, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		c.Fail(field, "no-such-date", "Give a date that exists, as YYYY-MM-DD.")
	}
}

// indexed names an entry of a list, "barriers[2]".
func Indexed(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }
