package imports

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"handrail/models"
)

// State is what becomes of a line.
type State string

// The states.
const (
	New     State = "new"     // nobody and nothing is like it: it is written when the file is
	Alike   State = "alike"   // could be somebody who is there: written only when a person says that it is another
	Double  State = "double"  // is there already, or stands in the file before: never written
	Refused State = "refused" // can't be read, or must not be written: never written
	Made    State = "made"    // this import has written it
)

// Why two are thought to be one.
const (
	ByRecordNumber  = "record-number"
	ByNameAndBirth  = "name-and-birth-date"
	ByName          = "name"
	ByPhone         = "phone"
	ByConsent       = "same-consent"
	ByConsentInFile = "same-consent-in-file"
)

// Twin is who or what a line could be twice: a line of the file before it, or somebody who
// has an account.
type Twin struct {
	By        string      `json:"by"`
	Line      int         `json:"line,omitempty"`
	AccountID string      `json:"accountId,omitempty"`
	Name      string      `json:"name,omitempty"`
	Role      models.Role `json:"role,omitempty"`
}

// Reason is one thing that is wrong with a line: a column of the file and a stable code,
// never what stands there.
type Reason struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Text  string `json:"detail"`
}

// Line is what was found out about one.
type Line struct {
	Line    int         `json:"line"`
	State   State       `json:"state"`
	Name    string      `json:"name,omitempty"` // of whom it is about; none when it is refused
	Role    models.Role `json:"role,omitempty"`
	For     string      `json:"for,omitempty"` // paper consents: who may see something by it
	Twin    *Twin       `json:"twin,omitempty"`
	Reasons []Reason    `json:"reasons,omitempty"`
}

// RefusedBy is a line with what is wrong with it.
func RefusedBy(n int, fields ...models.FieldError) Line {
	l := Line{Line: n, State: Refused}
	for _, f := range fields {
		l.Reasons = append(l.Reasons, Reason(f))
	}
	return l
}

// AlikeName is what two spellings of one name have in common: without marks, case,
// punctuation and the order of its parts.
func AlikeName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.M, r):
			return -1
		case unicode.IsSpace(r) || unicode.IsPunct(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(name))
	parts := strings.Fields(plain)
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
