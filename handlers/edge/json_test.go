package edge

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCheckJSON holds the guard against a plain reading of the same rules: what it
// lets pass is JSON in UTF-8, not too deep, and has no two keys that
// encoding/json would take for one.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1,"A":2}`, `{"a":{"b":[{"c":1},{"c":2}]}}`, `[[[]]]`, `{"k":1,"\u212a":2}`,
		`"\ud800"`, "\xff", `{"a":1} x`, ` 1 `, ``, `nul`, `{"s":1,"ſ":2}`, `1e999`, strings.Repeat("[", 33) + strings.Repeat("]", 33)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkJSON(body) != nil {
			return
		}
		if !utf8.Valid(body) || !json.Valid(body) {
			t.Fatalf("let pass: %q", body)
		}
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatalf("let pass: %q: %v", body, err)
		}
		depth, names := measure(v)
		if depth > maxDepth {
			t.Fatalf("depth %d: %q", depth, body)
		}
		if total := countNames(t, body); total != names {
			t.Fatalf("%d keys, %d of them differ: %q", total, names, body)
		}
	})
}

// measure tells how deep a decoded value is nested and how many keys it has that
// differ from each other in more than case.
func measure(v any) (depth, names int) {
	deepest := func(v any) {
		d, n := measure(v)
		depth, names = max(depth, d), names+n
	}
	switch v := v.(type) {
	case map[string]any:
		different := map[string]bool{}
		for name, value := range v {
			different[strings.ToLower(strings.ToUpper(name))] = true
			deepest(value)
		}
		return depth + 1, names + len(different)
	case []any:
		for _, value := range v {
			deepest(value)
		}
		return depth + 1, names
	}
	return 0, 0
}

// countNames counts the keys as they were written.
func countNames(t *testing.T, body []byte) (n int) {
	t.Helper()
	in := json.NewDecoder(strings.NewReader(string(body)))
	type level struct {
		object bool
		tokens int
	}
	var open []level
	for {
		token, err := in.Token()
		if err != nil {
			return n
		}
		delim, isDelim := token.(json.Delim)
		if isDelim && (delim == '}' || delim == ']') {
			open = open[:len(open)-1]
			continue
		}
		if len(open) > 0 {
			top := &open[len(open)-1]
			if top.object && top.tokens%2 == 0 {
				n++
			}
			top.tokens++
		}
		if isDelim {
			open = append(open, level{object: delim == '{'})
		}
	}
}

func TestDepthIsExact(t *testing.T) {
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	if err := checkJSON(nested(maxDepth)); err != nil {
		t.Error(err)
	}
	if err := checkJSON(nested(maxDepth + 1)); err == nil || err.Error() != "too-deep" {
		t.Errorf("got %v", err)
	}
	if err := checkJSON(nested(500_000)); err == nil || err.Error() != "too-deep" {
		t.Errorf("got %v", err)
	}
}

func BenchmarkCheckJSON(b *testing.B) {
	body := []byte(`{"id":"01970000-0000-7000-8000-000000000001","answeredAt":"2026-03-01T09:00:00+01:00","zone":"Europe/Berlin",` +
		`"answers":{"mood":3,"craving":1,"sleep":7,"gratitude":"The sun in the kitchen."},"instruments":[{"id":"phq-9","answers":[0,1,2,3,0,1,2,3,0]}]}`)
	b.ReportAllocs()
	for b.Loop() {
		if err := checkJSON(body); err != nil {
			b.Fatal(err)
		}
	}
}
