package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"handrail/store"
)

// TestTamperedFile changes the file with plain SQL, as someone with the disk in their
// hands could.
func TestTamperedFile(t *testing.T) {
	for what, c := range map[string]struct {
		sql  string
		want store.FaultKind
	}{
		"nothing":        {"SELECT 1", ""},
		"body":           {"UPDATE c_audit SET body=x'00' WHERE seq=3", store.FaultTampered},
		"line dropped":   {"DELETE FROM c_audit WHERE seq=3", store.FaultDropped},
		"tail dropped":   {"DELETE FROM c_audit WHERE seq=6", store.FaultDropped},
		"tail and head":  {"DELETE FROM c_audit WHERE seq=6; UPDATE heads SET seq=5, link=(SELECT link FROM c_audit WHERE seq=5) WHERE lane<>''", store.FaultHead},
		"two swapped":    {"UPDATE c_audit SET seq=-seq WHERE seq IN (2,5); UPDATE c_audit SET seq=7+seq WHERE seq<0", store.FaultReordered},
		"closed the gap": {"DELETE FROM c_audit WHERE seq=3; UPDATE c_audit SET seq=seq-1 WHERE seq>3", store.FaultTampered},
		"head dropped":   {"DELETE FROM heads WHERE lane<>''", store.FaultHead},
		"lane dropped":   {"DELETE FROM c_audit; DELETE FROM heads WHERE lane<>''", store.FaultLanes},
		"slipped in":     {"INSERT INTO c_audit SELECT 'x',version,owner,lane,7,link,body FROM c_audit WHERE seq=6", store.FaultTampered},
	} {
		t.Run(what, func(t *testing.T) {
			ctx := context.Background()
			dir := t.TempDir()
			s, err := openSealed(dir)
			must(t, err)
			defer s.Close()
			for i := range 6 {
				must(t, s.Insert(ctx, "audit", store.Doc{ID: fmt.Sprint("line-", i), Owner: "p", Lane: "p", Body: []byte("x")}))
			}
			raw, err := sql.Open("sqlite", filepath.Join(dir, "store.db"))
			must(t, err)
			defer raw.Close()
			_, err = raw.Exec(c.sql)
			must(t, err)
			r, err := s.VerifyChain(ctx)
			must(t, err)
			var got store.FaultKind
			if len(r.Faults) > 0 {
				got = r.Faults[0].Kind
			}
			if got != c.want {
				t.Errorf("found %q, want %q (%+v)", got, c.want, r)
			}
		})
	}
}
