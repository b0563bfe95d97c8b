package chart

import (
	"context"

	"handrail/store"
	"handrail/store/aside"
)

// mostDue is how many documents one turn of a worker does.
const mostDue = 100

// EachDue does something about each document that is due, up to mostDue of them that
// do not rest.
func EachDue[T any](ctx context.Context, c *Base, collection string, round *aside.Round, do func(Versioned[T]) error) error {
	var due []store.Doc
	q := store.Query{Index: "due", To: Millis(c.Now()) + 1, Unopened: true}
	err := ThroughDocs(ctx, c.Store, collection, q, func(d store.Doc) (bool, error) {
		if !round.Rests(d.ID) {
			due = append(due, d)
		}
		return len(due) == mostDue, nil
	})
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
