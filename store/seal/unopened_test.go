package seal_test

import (
	"testing"

	"handrail/store"
	"handrail/store/storetest"
)

// TestUnopenedAreGivenToWhoAsks: one body that does not open fails a page, but for a
// worker, who gets it with the reason and the others beside it.
func TestUnopenedAreGivenToWhoAsks(t *testing.T) {
	s := storetest.Open(t, store.Collection{Name: "things", Indexes: []store.Index{{Name: "due", Keys: []string{"due"}}}})
	for i, id := range []string{"a", "b", "c"} {
		if err := s.Insert(t.Context(), "things", store.Doc{ID: id, Owner: "sam", Keys: store.Keys{"due": int64(i)}, Body: []byte(id)}); err != nil {
			t.Fatal(err)
		}
	}
	d, err := s.Engine().Get(t.Context(), "things", "b")
	if err != nil {
		t.Fatal(err)
	}
	d.Body = append([]byte{0}, d.Body[1:]...)
	if err := s.Engine().Replace(t.Context(), "things", d); err != nil {
		t.Fatal(err)
	}
	q := store.Query{Index: "due", Limit: 2}
	if _, err := s.Query(t.Context(), "things", q); err == nil {
		t.Error("a page with a body that does not open was given")
	}
	q.Unopened = true
	var got string
	for {
		page, err := s.Query(t.Context(), "things", q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Docs {
			if got += d.ID; (d.Bad != nil) != (d.ID == "b") || d.Bad != nil && d.Body != nil {
				t.Errorf("%s: %v", d.ID, d.Bad)
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	if got != "abc" {
		t.Error(got)
	}
}
