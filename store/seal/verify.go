package seal

import (
	"context"
	"errors"

	"handrail/store"
)

// Report is what VerifySeals found.
type Report struct {
	Docs   int64 // looked at
	Opened int64
	Erased int64 // of owners who were erased; they count as well
	Bad    []BadSeal
}

// BadSeal names a document that does not open.
type BadSeal struct{ Collection, ID string }

// VerifySeals opens every document of every collection, and every data key. The
// error says that it could not look, not that a seal is bad.
func (s *Store) VerifySeals(ctx context.Context) (Report, error) {
	var r Report
	for _, t := range s.engine.Schema().Tables() {
		if err := s.verifyTable(ctx, t.Name, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (s *Store) verifyTable(ctx context.Context, collection string, r *Report) error {
	q := store.Query{Index: store.IDIndex, Limit: refill}
	for {
		page, err := s.engine.Query(ctx, collection, q)
		if err != nil {
			return err
		}
		for i := range page.Docs {
			err := s.verifyDoc(ctx, collection, &page.Docs[i])
			if err != nil && (errors.Is(err, store.ErrUnavailable) || ctx.Err() != nil) {
				return err
			}
			r.count(collection, page.Docs[i].ID, err)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return nil
		}
	}
}

func (s *Store) verifyDoc(ctx context.Context, collection string, d *store.Doc) error {
	if collection != store.KeysCollection {
		_, err := s.unseal(ctx, collection, d)
		return err
	}
	if len(d.Body) == 0 {
		return store.ErrErased
	}
	_, err := s.keys.kek.Unwrap(ctx, d.Body, keyBound(d.ID))
	return err
}

func (r *Report) count(collection, id string, err error) {
	r.Docs++
	switch {
	case err == nil:
		r.Opened++
	case errors.Is(err, store.ErrErased):
		r.Erased++
	default:
		r.Bad = append(r.Bad, BadSeal{collection, id})
	}
}

// VerifyChain checks all append-only collections: see store.VerifyChain.
func (s *Store) VerifyChain(ctx context.Context) (store.ChainReport, error) {
	return store.VerifyChain(ctx, s.engine, s.linker)
}
