package care

import (
	"context"

	"handrail/store"
	"handrail/store/aside"
)

// mostDue is how many documents one turn of a worker does.
const mostDue = 100

// eachDue does something about each document that is due, up to mostDue of them that
// do not rest.
func eachDue[T any](ctx context.Context, c *Care, collection string, round *aside.Round, do func(Versioned[T]) error) error {
	var due []store.Doc
	q := store.Query{Index: "due", To: millis(c.now()) + 1, Unopened: true}
	err := throughDocs(ctx, c.store, collection, q, func(d store.Doc) (bool, error) {
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
			v, err := readable[T](d)
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
