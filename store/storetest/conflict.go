package storetest

import (
	"encoding/binary"
	"errors"

	"handrail/store"
)

// testVersionConflicts: 32 writers count up one document. Each success must be seen
// in the end: no lost update.
func testVersionConflicts(e *env) {
	rounds := max(2, e.Scale/50)
	counter := store.Doc{ID: "counter", Owner: "owner-1", Body: make([]byte, 8)}
	e.must(e.store.Insert(e.ctx, things, counter))
	var bad errs
	each(writers, func(int) {
		for range rounds {
			bad.add(countUp(e))
		}
	})
	bad.check(e)
	d, err := e.store.Get(e.ctx, things, "counter")
	e.must(err)
	n := int64(binary.BigEndian.Uint64(d.Body))
	if want := int64(writers * rounds); n != want || d.Version != want+1 {
		e.Fatalf("counted to %d with version %d, want %d and %d", n, d.Version, want, want+1)
	}
}

func countUp(e *env) error {
	for {
		d, err := e.store.Get(e.ctx, things, "counter")
		if err != nil {
			return err
		}
		d.Body = binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(d.Body)+1)
		if err = e.store.Replace(e.ctx, things, d); !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}
