package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestJoinText: parts that are cut differently never give the same bytes.
func TestJoinText(t *testing.T) {
	seen := map[string]string{}
	for _, parts := range [][]string{
		{"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"", "abc"}, {"a", "b", "c"}, {}, {""}, {"", ""},
		{"a|b", "c"}, {"a", "b|c"}, {"\x01a", "b"}, {"\x01", "ab"},
	} {
		b := string(JoinText(parts...))
		if other, ok := seen[b]; ok {
			t.Errorf("%q and %s give the same bytes", parts, other)
		}
		seen[b] = fmt.Sprintf("%q", parts)
	}
}

// TestLinkCovers: a link changes with everything that it should cover, and keys may
// be given in any order.
func TestLinkCovers(t *testing.T) {
	l := NewLinker([32]byte{1})
	base := Doc{ID: "i", Owner: "o", Lane: "l", Seq: 2, Body: []byte("b"), Keys: Keys{"a": "1", "b": int64(2)}}
	prev := []byte("link before")
	want := l.Link("c", prev, base)
	for what, d := range map[string]func(*Doc){
		"id":        func(d *Doc) { d.ID = "j" },
		"owner":     func(d *Doc) { d.Owner = "p" },
		"lane":      func(d *Doc) { d.Lane = "m" },
		"seq":       func(d *Doc) { d.Seq = 3 },
		"body":      func(d *Doc) { d.Body = []byte("c") },
		"no body":   func(d *Doc) { d.Body = nil },
		"key":       func(d *Doc) { d.Keys = Keys{"a": "2", "b": int64(2)} },
		"key type":  func(d *Doc) { d.Keys = Keys{"a": "1", "b": "2"} },
		"key name":  func(d *Doc) { d.Keys = Keys{"a": "1", "c": int64(2)} },
		"less keys": func(d *Doc) { d.Keys = Keys{"a": "1"} },
		"border":    func(d *Doc) { d.ID, d.Owner = "", "io" },
	} {
		other := base
		d(&other)
		if bytes.Equal(want, l.Link("c", prev, other)) {
			t.Errorf("the link does not cover: %s", what)
		}
	}
	if bytes.Equal(want, l.Link("d", prev, base)) || bytes.Equal(want, l.Link("c", nil, base)) {
		t.Error("the link does not cover collection and link before")
	}
	if bytes.Equal(want, NewLinker([32]byte{2}).Link("c", prev, base)) {
		t.Error("the link does not depend on the key")
	}
	for range 20 {
		if !bytes.Equal(want, l.Link("c", prev, base)) {
			t.Fatal("the link depends on the order of a map")
		}
	}
	h := Head{Collection: "c", Lane: "l", Seq: 2, Link: want}
	if h.Mark = l.Mark(h); bytes.Equal(h.Mark, h.Link) || len(h.Mark) != 32 {
		t.Error("the mark of a head is no hash of its own")
	}
}

// TestValueRoundTrip: random values come back from their encoding, which leaves what
// follows alone.
func TestValueRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		v := []any{nil, rng.Int64(), -rng.Int64(), string(make([]byte, rng.IntN(400)))}[rng.IntN(4)]
		got, rest, ok := readValue(append(AppendValue(nil, v), "tail"...))
		if !ok || got != v || string(rest) != "tail" {
			t.Fatalf("%v came back as %v, %q, %v", v, got, rest, ok)
		}
	}
	for _, cut := range [][]byte{nil, {9}, {tagInt}, {tagInt, 1, 2}, {tagString}, {tagString, 5, 'a'}, {tagString, 0xff}} {
		if _, _, ok := readValue(cut); ok {
			t.Errorf("% x was taken", cut)
		}
	}
}
