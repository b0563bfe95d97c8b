package store

import (
	"errors"
	"strings"
	"testing"
)

var testSchema = mustSchema([]Collection{
	{Name: "goals", Indexes: []Index{{Name: "by", Keys: []string{"patient", "at"}}, {Name: "at", Keys: []string{"at"}}}},
	{Name: "audit", AppendOnly: true},
})

func mustSchema(c []Collection) *Schema {
	s, err := NewSchema(c)
	if err != nil {
		panic(err)
	}
	return s
}

// testQueries are walks of each kind: ordered by a key, by the id, by the seq, with
// and without a range.
var testQueries = []struct {
	collection string
	q          Query
}{
	{"goals", Query{Index: "by", Equal: []any{"p"}, Limit: 1}},
	{"goals", Query{Index: "by", Equal: []any{"p"}, Limit: 1, Desc: true}},
	{"goals", Query{Index: "by", Equal: []any{"p"}, Limit: 1, From: 5, To: 9}},
	{"goals", Query{Index: "by", Equal: []any{"p", 5}, Limit: 1}},
	{"goals", Query{Index: "at", Limit: 1}},
	{"goals", Query{Index: IDIndex, Limit: 1, From: "b"}},
	{"audit", Query{Index: LaneIndex, Equal: []any{"l"}, Limit: 1}},
}

var testDocs = []Doc{
	{ID: "a", Keys: Keys{"at": int64(7)}, Lane: "l", Seq: 3},
	{ID: strings.Repeat("x", MaxID), Keys: Keys{"at": strings.Repeat("k", MaxKey)}, Lane: "l", Seq: 1 << 40},
	{ID: "c", Lane: "l", Seq: 1},
	{ID: "日本", Keys: Keys{"at": ""}, Lane: "l", Seq: 2},
}

// TestCursorRoundTrip: a cursor leads back to just behind its document.
func TestCursorRoundTrip(t *testing.T) {
	for _, c := range testQueries {
		w, err := testSchema.Walk(c.collection, c.q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range testDocs {
			q := c.q
			if q.Cursor = w.CursorAfter(d); len(q.Cursor) > maxCursor {
				t.Errorf("cursor of %d bytes", len(q.Cursor))
			}
			back, err := testSchema.Walk(c.collection, q)
			if !w.reaches(d.Field(w.Order)) { // such a document is not in the walk
				if !errors.Is(err, ErrBadCursor) {
					t.Errorf("%+v: cursor behind a document that is not in it: %v", c.q, err)
				}
				continue
			}
			if err != nil || back.After.ID != d.ID || back.After.Key != d.Field(w.Order) {
				t.Errorf("%+v behind %s: %+v, %v", c.q, d.ID, back, err)
			}
		}
	}
}

// FuzzCursor: whatever comes as a cursor is refused as such, or is one that we could
// have made ourselves.
func FuzzCursor(f *testing.F) {
	for i, c := range testQueries {
		w, _ := testSchema.Walk(c.collection, c.q)
		for _, d := range testDocs {
			f.Add(i, w.CursorAfter(d))
		}
	}
	f.Add(0, "AQ")
	f.Add(0, "!")
	f.Fuzz(func(t *testing.T, kind int, cursor string) {
		c := testQueries[uint(kind)%uint(len(testQueries))]
		c.q.Cursor = cursor
		w, err := testSchema.Walk(c.collection, c.q)
		if err != nil {
			if !errors.Is(err, ErrBadCursor) {
				t.Errorf("refused as %v", err)
			}
			return
		}
		if cursor == "" {
			return
		}
		d := Doc{ID: w.After.ID, Keys: Keys{w.Order: w.After.Key}}
		d.Lane, _ = w.After.Key.(string)
		d.Seq, _ = w.After.Key.(int64)
		if again := w.CursorAfter(d); again != cursor {
			t.Errorf("%q was taken, but we would write %q", cursor, again)
		}
		w.Segments()
	})
}
