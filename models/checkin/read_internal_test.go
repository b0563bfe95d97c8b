package checkin

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzFields: the one look over a check-in finds the fields that encoding/json finds.
func FuzzFields(f *testing.F) {
	for _, text := range []string{`{}`, `{"a":1,"b":{"c":[1,{"d":"}"}]},"e":"x:\"y"}`, ` { "a" : [ ] , "b" : null } `, `[1]`, `1`, `{"a":1}{"b":2}`,
		`{"a":{"a":1},"\u0061":2}`, `{"a":1,"a":2}`, `{"":0}`, `{"a"`, "{\"\xff\":\"\xff\"}", `{"a":" : ","b":-0}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want map[string]json.RawMessage
		seen := scan(raw)
		if seen.twice {
			return
		}
		if good := json.Valid(raw); good != seen.whole {
			t.Fatalf("whole: %t, encoding/json says %t", seen.whole, good)
		}
		if json.Unmarshal(raw, &want) != nil {
			return
		}
		if len(seen.fields) != len(want) {
			t.Fatalf("%d fields, encoding/json has %d", len(seen.fields), len(want))
		}
		for name, v := range want {
			if !bytes.Equal(seen.fields[name], v) {
				t.Errorf("%q is %q, encoding/json has %q", name, seen.fields[name], v)
			}
		}
	})
}
