package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"handrail/store"
)

// TestOneOfAGroup: requests that share a commit are refused each by itself, also behind what
// they have changed already, and take no place in a lane; where the database fails at one,
// all of them fail, and nothing of them is there.
func TestOneOfAGroup(t *testing.T) {
	for name, broken := range map[string]error{"refusals": nil, "a failure": errors.New("the disk is gone")} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			db, err := Open(ctx, filepath.Join(t.TempDir(), "group.db"), []store.Collection{{Name: "things"}, {Name: "lines", AppendOnly: true}})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.SetLinker(store.NewLinker([32]byte{}))
			thing := func(id string) store.Op { return store.Insert("things", store.Doc{ID: id, Owner: "o"}) }
			line := func(id string) store.Op {
				return store.Insert("lines", store.Doc{ID: id, Owner: "o", Lane: "l"})
			}
			if err := db.Batch(ctx, thing("taken"), line("first")); err != nil {
				t.Fatal(err)
			}
			gone, leave := context.WithCancel(ctx)
			refused := []struct {
				want error
				last store.Op
			}{{nil, thing("")}, {store.ErrExists, thing("taken")}, {store.ErrConflict, store.Replace("things", store.Doc{ID: "taken", Owner: "o", Version: 9})},
				{store.ErrNotFound, store.Delete("things", "nobody", 1)}, {store.ErrExists, line("first")}, {context.Canceled, thing("")}}

			const many = 36
			results := make([]error, many+2)
			var all sync.WaitGroup
			do := func(i int, ask func() error) {
				all.Go(func() { results[i] = ask() })
			}
			begun, goOn := make(chan struct{}), make(chan struct{})
			do(many, func() error { // all others come while this one is under way
				return db.write.do(ctx, 1, func(*tx) error { close(begun); <-goOn; return nil })
			})
			<-begun
			for i := range many {
				kind := refused[i%len(refused)]
				last := kind.last
				if last.Doc.ID == "" {
					last = thing(fmt.Sprint("last ", i))
				}
				who := ctx
				if kind.want == context.Canceled {
					who = gone
				}
				do(i, func() error { return db.Batch(who, thing(fmt.Sprint("first ", i)), line(fmt.Sprint("line ", i)), last) })
			}
			waiting := many
			if broken != nil {
				waiting++
				do(many+1, func() error { return db.write.do(ctx, 1, func(*tx) error { return broken }) })
			}
			for len(db.write.queue.urgent) < waiting {
				runtime.Gosched()
			}
			leave()
			close(goOn)
			all.Wait()

			var want []string
			for i, err := range results[:many] {
				is := refused[i%len(refused)].want
				switch {
				case is == context.Canceled:
				case broken != nil:
					is = store.ErrUnavailable
				case is == nil:
					want = append(want, fmt.Sprint("line ", i))
				}
				if !errors.Is(err, is) {
					t.Errorf("%d: %v, want %v", i, err, is)
				}
				if op, ok := errors.AsType[*store.OpError](err); ok != (broken == nil && is != nil && is != context.Canceled) || ok && op.Index != 2 {
					t.Errorf("%d is refused for op %v", i, op)
				}
			}
			if err := db.Batch(ctx, thing("after"), line("line after")); err != nil {
				t.Fatal(err)
			}
			want = append(want, "line after")
			var lines []string
			page, err := db.Query(ctx, "lines", store.Query{Index: store.LaneIndex, Equal: []any{"l"}, Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			for i, d := range page.Docs {
				if d.Seq != int64(i+1) {
					t.Errorf("%s is number %d of its lane, want %d", d.ID, d.Seq, i+1)
				}
				if i > 0 {
					lines = append(lines, d.ID)
				}
			}
			slices.Sort(lines)
			slices.Sort(want)
			if !slices.Equal(lines, want) {
				t.Errorf("lines %q, want %q", lines, want)
			}
			page, err = db.Query(ctx, "things", store.Query{Index: store.IDIndex, Limit: 100})
			if n := 2 + 2*(len(want)-1); err != nil || len(page.Docs) != n {
				t.Errorf("%d things, want %d (%v)", len(page.Docs), n, err)
			}
		})
	}
}
