package chart

import (
	"context"

	"handrail/store"
	"handrail/store/aside"
)

// mostDue is how many documents one turn of a worker does.
const mostDue = 100

// EachDue does something about each document that is due, up to mostDue of them that
// do not rest. The store is asked when something may be.
func EachDue[T any](ctx context.Context, c *Base, collection string, round *aside.Round, do func(Versioned[T]) error) error {
	due, err := c.Due(ctx, collection, mostDue, round)
	if err != nil {
		return err
	}
	for _, d := range due {
		err := round.Do(ctx, d.ID, func() error {
			v, err := Readable[T](d)
			if err != nil {
				return err
			}
			return do(v)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Due lists up to most documents that are due and do not rest.
func (c *Base) Due(ctx context.Context, collection string, most int, round *aside.Round) (due []store.Doc, err error) {
	may, writes := c.dues.mayBe(collection)
	if !may {
		return nil, nil
	}
	now := Millis(c.Now())
	first, err := c.Store.Query(ctx, collection, store.Query{Index: "due", From: store.LowestKey, Limit: 1, Unopened: true})
	if err != nil {
		return nil, Refusal(err)
	}
	next := none
	for _, d := range first.Docs {
		next, _ = d.Keys["due"].(int64)
	}
	if next > now {
		c.dues.looked(collection, next, writes)
		return nil, nil
	}
	q := store.Query{Index: "due", To: now + 1, Unopened: true}
	err = ThroughDocs(ctx, c.Store, collection, q, func(d store.Doc) (bool, error) {
		if !round.Rests(d.ID) {
			due = append(due, d)
		}
		return len(due) == most, nil
	})
	return due, err
}
