package notify

import (
	"encoding/json"
	"strconv"

	"github.com/google/uuid"

	"handrail/models/reminder"
)

// Code is the class of a payload, as a number: it can't hold a word.
type Code uint8

// The codes.
const (
	CodeLook Code = iota
	CodeTime
	CodeSoon
	CodeNow
	CodeToken // shows nothing: the app is to fetch a fresh push token
)

var codeNames = [...]string{"look", "time", "soon", "now", "token"}

func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return codeNames[CodeLook]
}

// codeOf is the code of a class.
func codeOf(c reminder.Class) Code {
	for i, n := range codeNames {
		if n == string(c) {
			return Code(i)
		}
	}
	return CodeLook
}

// Payload is everything that leaves for a provider of pushes: what class it is, an
// opaque id that only a signed-in app can look up, and the number of the person's
// plan, so that a phone knows when what it fetched ahead is old. None of the fields
// can hold content.
type Payload struct {
	Kind  Code
	ID    uuid.UUID
	Epoch uint32
}

// Data is the payload as FCM wants it: names and texts.
func (p Payload) Data() map[string]string {
	return map[string]string{"kind": p.Kind.String(), "id": p.ID.String(), "epoch": strconv.FormatUint(uint64(p.Epoch), 10)}
}

// MarshalJSON is the payload as a Web Push message has it.
func (p Payload) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Kind  string `json:"kind"`
		ID    string `json:"id"`
		Epoch uint32 `json:"epoch"`
	}{p.Kind.String(), p.ID.String(), p.Epoch})
}
