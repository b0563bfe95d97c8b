package edge

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// createdID creates a note and returns its id.
func createdID(t *testing.T, w *world, body string, headers ...string) string {
	t.Helper()
	res := w.call(t, "POST", "/v1/notes", body, headers...)
	var n note
	if err := json.NewDecoder(res.Body).Decode(&n); err != nil || res.StatusCode != 201 {
		t.Fatalf("%d %v", res.StatusCode, err)
	}
	return n.ID
}

func TestTheSameKeyIsTheSameThing(t *testing.T) {
	w := newWorld(t)
	const text = `{"text":"a"}`
	first := createdID(t, w, text, "Idempotency-Key", "key-0001")
	if again := createdID(t, w, text, "Idempotency-Key", "key-0001"); again != first {
		t.Errorf("the second time it was %s, the first time %s", again, first)
	}
	if id, err := uuid.Parse(first); err != nil || id.Version() != 8 || id.Variant() != uuid.RFC4122 {
		t.Errorf("%s is no UUID of version 8: %v", first, err)
	}
	if other := createdID(t, w, text, "Idempotency-Key", "key-0002"); other == first {
		t.Error("another key made the same thing")
	}
	if other := createdID(t, w, text, "Idempotency-Key", "key-0001", "Authorization", "Bearer other"); other == first {
		t.Error("somebody else's key made the same thing")
	}
}

func TestAKeyBelongsToItsPlace(t *testing.T) {
	in := Creating{IdempotencyKey: "key-0001"}
	seen := map[string]string{}
	for _, rq := range []*request{
		{method: "POST", target: "/v1/patients/a/goals"},
		{method: "POST", target: "/v1/patients/b/goals"},
		{method: "POST", target: "/v1/patients/a/check-ins"},
		{method: "PUT", target: "/v1/patients/a/goals"},
	} {
		id, err := in.NewID(contextOf(t, rq), "")
		if err != nil {
			t.Fatal(err)
		}
		if where, ok := seen[id]; ok {
			t.Errorf("%s %s and %s get the same id", rq.method, rq.target, where)
		}
		seen[id] = rq.method + " " + rq.target
	}
}

func TestTheClientsOwnIDComesFirst(t *testing.T) {
	w := newWorld(t)
	got := createdID(t, w, `{"text":"a","id":"`+strings.ToUpper(someID)+`"}`, "Idempotency-Key", "key-0001")
	if got != someID {
		t.Errorf("got %s", got)
	}
}

func TestIDsHaveOneForm(t *testing.T) {
	for id, fine := range map[string]bool{
		someID:                                 true,
		"4f3a8f0e-8d3b-4b59-9a57-0d0c4fbb6a52": true,  // version 4
		"4F3A8F0E-8D3B-4B59-9A57-0D0C4FBB6A52": true,  // as iOS writes it
		"{" + someID + "}":                     false, // uuid.Parse takes these three
		"urn:uuid:" + someID:                   false,
		strings.ReplaceAll(someID, "-", ""):    false,
		"4f3a8f0e-8d3b-1b59-9a57-0d0c4fbb6a52": false, // version 1 tells the machine
		"00000000-0000-0000-0000-000000000000": false,
		"ffffffff-ffff-ffff-ffff-ffffffffffff": false,
		"01970000-0000-7000-c000-000000000001": false, // another variant
		"":                                     false,
	} {
		got, err := CleanID("id", id)
		if (err == nil) != fine || fine && got != strings.ToLower(id) {
			t.Errorf("%q: %q, %v", id, got, err)
		}
	}
}
