package edge

import (
	"slices"
	"testing"
)

// TestAPieceKeepsItsPlace: what comes or goes before it moves nothing.
func TestAPieceKeepsItsPlace(t *testing.T) {
	id := func(s string) string { return s }
	first, err := Piece(Pieces{Limit: 2}, []string{"b", "c", "d", "e"}, id)
	if err != nil || !slices.Equal(first.Items, []string{"b", "c"}) || first.Next == "" {
		t.Fatal(first, err)
	}
	for _, all := range [][]string{{"a", "b", "c", "d", "e"}, {"c", "d", "e"}} {
		if rest, err := Piece(Pieces{Limit: 2, Cursor: first.Next}, all, id); err != nil || !slices.Equal(rest.Items, []string{"d", "e"}) || rest.Next != "" {
			t.Error(rest, err)
		}
	}
	if _, err := Piece(Pieces{Cursor: first.Next}, []string{"a", "d"}, id); err == nil {
		t.Error("a place that is gone was found")
	}
}
