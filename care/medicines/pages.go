package medicines

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// A cursor of the list says which part of it goes on, and where: behind a line that is
// taken, by its id, or along the index of those that were stopped.
const (
	atTaken   = "t"
	atStopped = "s"
)

// page is a page of the lines: those that are taken are in k, the others are read from
// where the page goes on. limit 0: all. A page can hold fewer and still have a next.
func (ch *Part) page(ctx context.Context, k known, cursor string, limit int) (out []medicine.Medicine, next string, err error) {
	out = []medicine.Medicine{}
	along, stopped := strings.CutPrefix(cursor, atStopped)
	if !stopped {
		var taken []medicine.Medicine
		for _, v := range k.lines {
			if v.Value.Status == medicine.Taken {
				taken = append(taken, v.Value)
			}
		}
		if cursor != "" {
			last, ok := strings.CutPrefix(cursor, atTaken)
			i := slices.IndexFunc(taken, func(m medicine.Medicine) bool { return m.ID == last })
			if !ok || i < 0 {
				return nil, "", models.E(models.KindInvalid, "bad-cursor", "This cursor is not one of ours, or its place is gone. Start from the first page.")
			}
			taken = taken[i+1:]
		}
		if limit > 0 && limit < len(taken) {
			return taken[:limit], atTaken + taken[limit-1].ID, nil
		}
		out, along = append(out, taken...), ""
		if limit > 0 && len(out) == limit {
			return out, atStopped, nil // whether there are any the next page tells
		}
	}
	all := limit == 0
	for q := ch.stoppedFrom(along, limit-len(out)); ; q.Cursor = next {
		page, err := chart.List[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, q)
		if err != nil {
			return nil, "", err
		}
		for _, v := range page.Items {
			if v.Value.Status != medicine.Taken && ch.rights().sees(v.Value.UseRelated) {
				out = append(out, v.Value)
			}
		}
		if next = page.Next; next == "" {
			return out, "", nil
		}
		if !all {
			return out, atStopped + next, nil
		}
	}
}

func (ch *Part) stoppedFrom(cursor string, limit int) store.Query {
	if limit <= 0 {
		limit = store.MaxLimit
	}
	return store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Cursor: cursor, Limit: limit}
}

// Recent lists what is taken and what was stopped at since or later. A few that were
// stopped before may be among them.
func (ch *Part) Recent(ctx context.Context, since time.Time) ([]medicine.Medicine, error) {
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return nil, err
	}
	lines, err := ch.care.lines(ctx, ch.patient, since)
	if err != nil {
		return nil, err
	}
	out, r := []medicine.Medicine{}, ch.rights()
	for _, v := range lines {
		if r.sees(v.Value.UseRelated) {
			out = append(out, ch.shown(v.Value))
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "", len(out))
}

// Taken lists what is taken, what was added last in front.
func (ch *Part) Taken(ctx context.Context) ([]medicine.Medicine, error) {
	all, err := ch.Recent(ctx, ch.care.now())
	return slices.DeleteFunc(all, func(m medicine.Medicine) bool { return m.Status != medicine.Taken }), err
}

// Lines lists all lines as they were added, the last in front: a page can hold fewer than
// limit and still have a next.
func (ch *Part) Lines(ctx context.Context, cursor string, limit int) (chart.Page[medicine.Medicine], error) {
	out := chart.Page[medicine.Medicine]{Items: []medicine.Medicine{}}
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, ch.stoppedFrom(cursor, limit))
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	r := ch.rights()
	for _, v := range page.Items {
		if r.sees(v.Value.UseRelated) {
			out.Items = append(out.Items, ch.shown(v.Value))
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "", len(out.Items))
}

// Reactions lists allergies and other bad reactions, the newest first.
func (ch *Part) Reactions(ctx context.Context) ([]medicine.Adverse, error) {
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return nil, err
	}
	all, err := chart.Every[medicine.Adverse](ctx, ch.care.store, chart.ColAdverse, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
	if err != nil {
		return nil, err
	}
	out, r := []medicine.Adverse{}, ch.rights()
	for _, v := range all {
		if r.sees(v.Value.UseRelated) {
			out = append(out, v.Value)
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "", len(out))
}
