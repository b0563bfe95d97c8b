package medicines_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/medicines"
	"handrail/models/medicine"
	"handrail/store"
)

// TestLinesThatWereStopped: a list in pages is the whole list, the rules still know what
// was stopped lately, and an older store says the same before, in the middle of and after
// its lines get their key.
func TestLinesThatWereStopped(t *testing.T) {
	c := open(t)
	ctx := t.Context()
	part := c.part(c.doctor)
	stop := func(m medicine.Medicine) {
		t.Helper()
		if _, err := part.Stop(ctx, m.ID, medicines.Stopping{On: c.Day(0), Why: "No use."}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 120 {
		stop(c.add(c.doctor, told(fmt.Sprint("herb ", i))))
		c.Clock.Move(25 * time.Hour)
	}
	depot := told("herb of a depot")
	depot.Terms.EveryDays, depot.Terms.LastDoseOn = 28, c.Day(-3)
	stop(c.add(c.doctor, depot))
	stop(c.add(c.doctor, told("phenelzine")))
	for i := range 5 {
		c.add(c.doctor, told(fmt.Sprint("root ", i)))
	}
	over := store.Query{Index: "over", Equal: []any{c.sam.PatientID}, Lacking: true, Limit: store.MaxLimit}
	want := c.list(c.doctor).Items
	if len(want) != 127 {
		t.Fatalf("%d lines", len(want))
	}
	ids := func(all []medicine.Medicine) (out []string) {
		for _, m := range all {
			out = append(out, m.ID)
		}
		return out
	}
	check := func(read int) {
		t.Helper()
		for _, limit := range []int{1, 5, 7, 50} {
			var got []medicine.Medicine
			for cursor, n := "", 0; cursor != "" || n == 0; n++ {
				l, err := c.part(c.doctor).ListPage(ctx, cursor, limit)
				if err != nil || len(l.Items) > limit || n > 200 {
					t.Fatalf("%d lines of %d: %v", len(l.Items), limit, err)
				}
				got, cursor = append(got, l.Items...), l.Next
			}
			if !slices.Equal(ids(got), ids(want)) {
				t.Errorf("in pages of %d: %d lines", limit, len(got))
			}
		}
		page, err := c.Store.Query(ctx, "medicines", over)
		if err != nil || len(page.Docs) != read {
			t.Errorf("%d are read with what is taken, not %d: %v", len(page.Docs), read, err)
		}
		if checked, err := c.part(c.doctor).Check(ctx, care.NewID(), order("sertraline")); err != nil || len(checked.Findings) == 0 {
			t.Errorf("an MAO inhibitor of today is forgotten: %v", err)
		}
	}
	check(6)
	// An older program has no such key.
	page, err := c.Store.Query(ctx, "medicines", store.Query{Index: "patient", Equal: []any{c.sam.PatientID}, Limit: store.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	older := func(docs []store.Doc) {
		for _, d := range docs {
			delete(d.Keys, "overAt")
			if err := c.Store.Replace(ctx, "medicines", d); err != nil {
				t.Fatal(err)
			}
		}
	}
	older(page.Docs[:60]) // as if it was killed in the middle
	page, err = c.Store.Query(ctx, "medicines", over)
	if err != nil {
		t.Fatal(err)
	}
	check(len(page.Docs))
	if err := c.Care.Medicine.FillOver(ctx); err != nil {
		t.Fatal(err)
	}
	check(6)
}
