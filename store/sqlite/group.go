package sqlite

import (
	"context"
	"errors"

	"handrail/store"
)

// carefulGroups is how long savepoints are used after they were missed.
const carefulGroups = 64

// errUndo says that a refused request had already changed something, and that there
// is no savepoint to go back to.
var errUndo = errors.New("sqlite: a request must be undone")

// commit runs a group in one transaction. What one request is refused for harms
// no other; what the database itself fails at fails all.
//
// A savepoint around each request costs a fifth of a batch, and is needed only when
// an op after the first is refused. So a group is run without them at first, and
// once more with them if it comes to that.
func (w *writer) commit(group []*request) []error {
	results, err := w.attempt(group, w.careful > 0)
	w.careful = max(0, w.careful-1)
	if errors.Is(err, errUndo) {
		w.careful = carefulGroups
		results, err = w.attempt(group, true)
	}
	if err != nil {
		for i := range results {
			results[i] = mapError(err)
		}
	}
	return results
}

func (w *writer) attempt(group []*request, savepoints bool) (results []error, err error) {
	results = make([]error, len(group))
	err = w.tx.begin()
	for i := 0; i < len(group) && err == nil; i++ {
		results[i], err = w.tx.attempt(group[i], savepoints)
	}
	if err == nil {
		err = w.tx.exec("COMMIT")
	}
	if err != nil {
		w.tx.rollback()
	}
	w.tx.db.stamps.ended()
	return results, err
}

// attempt returns the request's own refusal, or what must fail the whole group.
func (t *tx) attempt(r *request, savepoint bool) (refusal, failure error) {
	if err := r.ctx.Err(); err != nil {
		return err, nil
	}
	if savepoint {
		if err := t.exec("SAVEPOINT request"); err != nil {
			return nil, err
		}
	}
	before := t.changes
	err := r.run(t)
	switch {
	case err != nil && !isRefusal(err):
		if e, ok := errors.AsType[*store.OpError](err); ok {
			err = e.Err // the others of the group have no such op
		}
		return nil, err
	case err != nil && t.changes != before && !savepoint:
		return nil, errUndo
	case err != nil && t.changes != before:
		if failure := t.undo(); failure != nil {
			return nil, failure
		}
	}
	if savepoint {
		failure = t.exec("RELEASE request")
	}
	return err, failure
}

// refusals are errors that say something about a request and leave the
// transaction as it was.
var refusals = []error{
	store.ErrExists, store.ErrNotFound, store.ErrConflict, store.ErrAppendOnly, store.ErrInvalid,
	context.Canceled, context.DeadlineExceeded,
}

func isRefusal(err error) bool {
	for _, r := range refusals {
		if errors.Is(err, r) {
			return true
		}
	}
	return false
}
