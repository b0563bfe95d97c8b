package main

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handrail/care/caretest/instants"
	"handrail/handlers"
	"handrail/store/storetest"
)

// TestAStoreThatIsGoneIsNotANewOne: with the key there and the database missing, of no
// bytes, or without any row, nothing serves, creates or verifies.
func TestAStoreThatIsGoneIsNotANewOne(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, file string){
		"missing": func(t *testing.T, file string) {
			for _, suffix := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(file + suffix); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
			}
		},
		"no bytes": func(t *testing.T, file string) {
			for _, suffix := range []string{"-wal", "-shm"} {
				_ = os.Remove(file + suffix)
			}
			if err := os.Truncate(file, 0); err != nil {
				t.Fatal(err)
			}
		},
		"no rows": func(t *testing.T, file string) {
			db, err := sql.Open("sqlite", file)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			rows, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'c\\_%' ESCAPE '\\' OR name = 'heads')")
			if err != nil {
				t.Fatal(err)
			}
			var tables []string
			for rows.Next() {
				var table string
				if err := rows.Scan(&table); err != nil {
					t.Fatal(err)
				}
				tables = append(tables, table)
			}
			if err := rows.Err(); err != nil || len(tables) < 20 {
				t.Fatal(len(tables), err)
			}
			for _, table := range tables {
				if _, err := db.Exec("DELETE FROM " + table); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if code, out := operator(t, data, "account", "create", "--role", "administrator", "--name", "Ada"); code != exitFine {
				t.Fatal(out)
			}
			lose(t, filepath.Join(data, "handrail.db"))
			for _, args := range [][]string{
				{"serve", "--port", "0", "--admin-listen", "off", "--video", "off"},
				{"account", "create", "--role", "administrator", "--name", "Eve"}, {"verify"}, {"doctor"}, {"keys", "rotate"},
			} {
				code, out := operator(t, data, args...)
				if code != exitFailed || !strings.Contains(out, "there is a key") && !strings.Contains(out, "there is no store") {
					t.Errorf("%v: %d %s", args, code, out)
				}
			}
			if code, out := operator(t, data, "account", "create", "--new-store", "--role", "administrator", "--name", "Ada"); code != exitFine {
				t.Errorf("told that it is new: %s", out)
			}
			if code, out := operator(t, data, "verify"); code != exitFine {
				t.Error(out)
			}
		})
	}
}

// TestAFirstStartThatWasKilledGoesOn: the key is there and the store is not, and the
// mark beside the key says why.
func TestAFirstStartThatWasKilledGoesOn(t *testing.T) {
	data := filepath.Join(storetest.DiskDir(t), "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	p := storage{dir: data, engine: "sqlite"}
	if _, err := openKey(p, true); err != nil {
		t.Fatal(err)
	}
	if code, out := operator(t, data, "account", "create", "--role", "administrator", "--name", "Ada"); code != exitFine {
		t.Fatal(out)
	}
	if exists(p.newMark()) {
		t.Error("the mark stays")
	}
}

// TestAFileThatIsTakenAwayIsNotReady: what is written to it then is lost.
func TestAFileThatIsTakenAwayIsNotReady(t *testing.T) {
	s, _, err := readSettings(nil, []string{"HANDRAIL_DATA=" + aClinic(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := openInstance(t.Context(), s.storage, s.care(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	if err := s.storage.stands(t.Context(), h.store.Engine()); err != nil {
		t.Error(err)
	}
	if err := os.Rename(s.storage.database(), s.storage.database()+".away"); err != nil {
		t.Fatal(err)
	}
	if s.storage.stands(t.Context(), h.store.Engine()) == nil {
		t.Error("ready without its file")
	}
}

// TestAFullDiskIsNotReady: the probe tells it, and is ready again when there is room.
func TestAFullDiskIsNotReady(t *testing.T) {
	s, _, err := readSettings(nil, []string{"HANDRAIL_DATA=" + aClinic(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.now = instants.Now
	free := uint64(1 << 40)
	s.storage.free = func(string) (uint64, error) { return free, nil }
	h, err := openInstance(t.Context(), s.storage, s.care(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	n, _, err := s.notifier(t.Context(), h, quiet())
	if err != nil {
		t.Fatal(err)
	}
	api := handlers.New(s.edge(t.Context(), h, n, quiet()))
	ready := func() int {
		t.Helper()
		w := httptest.NewRecorder()
		api.Admin().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return w.Code
	}
	for _, c := range []struct {
		free uint64
		want int
	}{{1 << 40, http.StatusOK}, {1 << 20, http.StatusServiceUnavailable}, {0, http.StatusServiceUnavailable}, {1 << 30, http.StatusOK}} {
		if free = c.free; ready() != c.want {
			t.Errorf("%d bytes free: %d", c.free, ready())
		}
	}
	if real, err := freeOf(t.TempDir()); err != nil || real == 0 {
		t.Errorf("this system: %d, %v", real, err)
	}
}
