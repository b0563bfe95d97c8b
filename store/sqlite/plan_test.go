package sqlite_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"handrail/store"
	"handrail/store/sqlite"
	"handrail/store/storetest"
)

// TestPlan: a page is read along its index: no scan of the table and no sorting, on
// the first page and behind a cursor.
func TestPlan(t *testing.T) {
	collections := slices.Clone(benchCollections)
	collections[0].Indexes = append(slices.Clone(collections[0].Indexes), store.Index{Name: "few", Keys: []string{"patient", "at"}, Sparse: true})
	s := storetest.Open(t, collections...)
	db := s.Engine().(*sqlite.DB)
	fill(t, s, "p", 300)
	for what, q := range map[string]store.Query{
		"newest 30":        {Index: "byPatient", Equal: []any{"p"}, Desc: true, Limit: 30},
		"oldest 30":        {Index: "byPatient", Equal: []any{"p"}, Limit: 30},
		"a range":          {Index: "byPatient", Equal: []any{"p"}, From: int64(50), To: int64(200), Limit: 30},
		"a range, desc":    {Index: "byPatient", Equal: []any{"p"}, From: int64(50), To: int64(200), Desc: true, Limit: 30},
		"one instant":      {Index: "byPatient", Equal: []any{"p", int64(7)}, Limit: 30},
		"those that are":   {Index: "few", Equal: []any{"p"}, From: int64(50), Limit: 30},
		"the same, desc":   {Index: "few", Equal: []any{"p"}, From: int64(50), Desc: true, Limit: 30},
		"before an end":    {Index: "few", Equal: []any{"p"}, To: int64(200), Limit: 30},
		"a stretch of ids": {Index: store.IDIndex, From: "p-000050", Limit: 30},
	} {
		for page := range 2 {
			plan, err := db.Explain(context.Background(), "check_ins", q)
			must(t, err)
			text := strings.Join(plan, "; ")
			if !strings.Contains(text, "USING INDEX") || q.Index == "few" && !strings.Contains(text, "c_check_ins.few") || strings.Contains(text, "SCAN") || strings.Contains(text, "TEMP B-TREE") {
				t.Errorf("%s, page %d: %s", what, page+1, text)
			}
			got, err := s.Query(context.Background(), "check_ins", q)
			must(t, err)
			if q.Cursor = got.Next; q.Cursor == "" {
				break
			}
		}
	}
	for _, desc := range []bool{false, true} {
		plan, err := db.Explain(context.Background(), "audit", store.Query{Index: store.LaneIndex, Equal: []any{"p"}, Desc: desc, Limit: 30})
		must(t, err)
		if len(plan) != 1 || !strings.Contains(plan[0], "USING INDEX c_audit.lane") {
			t.Errorf("a lane: %v", plan)
		}
	}
}
