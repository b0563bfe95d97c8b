package seal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// A sealed store on SQLite, from the key file to an erasure.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "handrail-example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)

	kek, err := seal.CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		fmt.Println(err)
		return
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "handrail.db"), []store.Collection{
		{Name: "goals", Indexes: []store.Index{{Name: "byPatient", Keys: []string{"patientId", "createdAt"}}}},
		{Name: "audit", AppendOnly: true},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := seal.Open(ctx, db, kek, seal.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()

	goal := store.Doc{ID: "goal-1", Owner: "patient-1", Body: []byte(`{"why":"to see my sister again"}`),
		Keys: store.Keys{"patientId": "patient-1", "createdAt": int64(1767225600000)}}
	entry := store.Doc{ID: "entry-1", Owner: "patient-1", Lane: "patient-1", Body: []byte(`{"what":"goal added"}`)}
	fmt.Println(s.Batch(ctx, store.Insert("goals", goal), store.Insert("audit", entry)))

	page, err := s.Query(ctx, "goals", store.Query{Index: "byPatient", Equal: []any{"patient-1"}, Desc: true, Limit: 30})
	fmt.Println(len(page.Docs), page.Docs[0].Version, err)

	fmt.Println(s.Erase(ctx, "patient-1"))
	_, err = s.Get(ctx, "goals", "goal-1")
	fmt.Println(errors.Is(err, store.ErrErased))
	report, err := s.VerifyChain(ctx)
	fmt.Println(report.Docs, len(report.Faults), err)
	// Output:
	// <nil>
	// 1 1 <nil>
	// <nil>
	// true
	// 1 0 <nil>
}
