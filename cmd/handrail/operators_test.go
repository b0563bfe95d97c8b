package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"handrail/care"
	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/store/storetest"
)

func newID() string { return care.NewID() }

// stopAndRead stops the program and returns its log, with the metrics.
func (r *running) stopAndRead() string {
	r.t.Helper()
	r.stop()
	return r.log.String()
}

// TestKilledWhilePatientsSend kills the program in the middle of a burst of
// check-ins, several times. Every 201 is there afterwards, and verify is clean.
func TestKilledWhilePatientsSend(t *testing.T) {
	t.Parallel()
	data := filepath.Join(storetest.DiskDir(t), "data")
	r := runOn(t, data)
	p := r.newPatient(r.admin())
	acknowledged := map[string]bool{}
	for range 4 {
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 200 {
					in := checkIn("night")
					if _, err := p.SendCheckIn(t.Context(), in); err != nil {
						return
					}
					mu.Lock()
					acknowledged[in.ID] = true
					enough := len(acknowledged)%60 == 0
					mu.Unlock()
					if enough {
						_ = r.cmd.Process.Kill()
					}
				}
			})
		}
		all.Wait()
		r.kill()
		r = runOn(t, data)
		p.moveTo(r)
	}
	seen := map[string]bool{}
	for _, in := range all(t, p.CheckIns(t.Context())) {
		seen[in.ID] = true
	}
	for id := range acknowledged {
		if !seen[id] {
			t.Errorf("%s was acknowledged and is gone", id)
		}
	}
	if len(acknowledged) < 100 {
		t.Errorf("only %d were acknowledged: this test proves little", len(acknowledged))
	}
	r.stop()
	if code, out := operator(t, data, "verify"); code != exitFine {
		t.Error(out)
	}
}

// TestBackupRestoreRotateVerify is an operator's year in one test.
func TestBackupRestoreRotateVerify(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "copy.db")
	r := runOn(t, data)
	p := r.newPatient(r.admin())
	got(p.SendCheckIn(t.Context(), checkIn("before the backup")))(t)
	if code, out := operator(t, data, "backup", file); code != exitFine { // while it serves
		t.Fatal(out)
	}
	if code, out := operator(t, data, "keys", "rotate"); code != exitFine { // while it serves
		t.Fatal(out)
	}
	got(p.SendCheckIn(t.Context(), checkIn("after the new keys")))(t)
	if kept := all(t, p.CheckIns(t.Context())); len(kept) != 2 {
		t.Errorf("after new keys: %v", kept)
	}
	if err := p.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.stop()
	restored := filepath.Join(dir, "restored")
	key, err := os.ReadFile(filepath.Join(data, "kek.json"))
	if err == nil {
		err = os.MkdirAll(restored, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(restored, "kek.json"), key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if code, out := operator(t, restored, "restore", file); code != exitFine || !strings.Contains(out, "The store is whole.") {
		t.Fatal(out)
	}
	if code, out := operator(t, restored, "restore", file); code != exitFailed || !strings.Contains(out, "already") {
		t.Errorf("a restore over a store: %s", out)
	}
	p.moveTo(runOn(t, restored))
	if kept := all(t, p.CheckIns(t.Context())); len(kept) != 1 {
		t.Errorf("in the restored store: %v", kept)
	}
	p.r.stop()
}

// TestVerifyFindsWhatWasDoneByHand changes the database behind the program's back.
func TestVerifyFindsWhatWasDoneByHand(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]string{
		"a line was changed":   "UPDATE c_audit SET body = x'00' || substr(body, 2) WHERE seq = 2",
		"a line was dropped":   "DELETE FROM c_audit WHERE seq = 2",
		"the end was dropped":  "DELETE FROM c_audit WHERE rowid = (SELECT max(rowid) FROM c_audit)",
		"lines were reordered": "UPDATE c_audit SET seq = CASE seq WHEN 1 THEN -2 WHEN 2 THEN -1 END WHERE seq IN (1, 2)",
		"a row was deleted":    "DELETE FROM c_accounts WHERE rowid = 1",
		"a chart was deleted":  "DELETE FROM c_patients WHERE rowid = 1",
		"a key was deleted":    "DELETE FROM c_data_keys WHERE id = (SELECT owner FROM c_patients LIMIT 1)",
		"a lane was deleted":   "DELETE FROM c_audit WHERE lane = 'system'",
		"a lane and its head":  "DELETE FROM c_audit WHERE lane = 'system'; DELETE FROM heads WHERE lane = 'system'",
		"the whole log":        "DELETE FROM c_audit; DELETE FROM heads",
		"a body was changed":   "UPDATE c_patients SET body = x'00' || substr(body, 2)",
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			for range 2 {
				if code, out := operator(t, data, "account", "create", "--role", "patient", "--name", "Sam"); code != exitFine {
					t.Fatal(out)
				}
			}
			if code, out := operator(t, data, "verify"); code != exitFine {
				t.Fatal(out)
			}
			db, err := sql.Open("sqlite", filepath.Join(data, "handrail.db"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = db.Exec(by)
			if name == "lines were reordered" && err == nil {
				_, err = db.Exec("UPDATE c_audit SET seq = -seq WHERE seq < 0")
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			if code, out := operator(t, data, "verify"); code != exitFailed || !strings.Contains(out, "the store has faults") {
				t.Errorf("verify says %d: %s", code, out)
			}
		})
	}
}

// TestDemo runs the demo, signs everybody in and stops it.
func TestDemo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo.json")
	cmd, out, log := program(t, "demo", "--port", "0", "--json", file)
	screen := ""
	for !strings.Contains(screen, "Handrail serves at") {
		line, err := out.ReadString('\n')
		if err != nil {
			t.Fatalf("%v: %s", err, log)
		}
		screen += line
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var demo struct {
		BaseURL  string        `json:"baseURL"`
		Accounts []demoAccount `json:"accounts"`
	}
	if err := json.Unmarshal(raw, &demo); err != nil || len(demo.Accounts) != len(demoPeople) {
		t.Fatalf("%d accounts, %v", len(demo.Accounts), err)
	}
	if !strings.Contains(screen, "█") || !strings.Contains(screen, demo.Accounts[0].EnrolmentCode) {
		t.Error("no QR code, or no enrolment code, on the screen")
	}
	r := &running{t: t, cmd: cmd, base: demo.BaseURL, log: log, out: out}
	for _, a := range demo.Accounts {
		p := r.enrol(a.EnrolmentCode)
		if p.account != a.AccountID || p.patient != a.PatientID {
			t.Errorf("%s is somebody else", a.Name)
		}
		if a.PatientID != "" {
			if n := len(all(t, p.CheckIns(t.Context()))); n < 60 {
				t.Errorf("%s has %d check-ins", a.Name, n)
			}
			r.demoVisits(p, a)
		}
	}
	r.stop()
}

// demoVisits looks at the visits of one of the demo's patients: some that took
// place, and some to come.
func (r *running) demoVisits(p *person, a demoAccount) {
	r.t.Helper()
	past, coming, soon := 0, 0, false
	for _, v := range all(r.t, p.Appointments(r.t.Context(), client.AppointmentQuery{})) {
		switch ahead, over := v.Value.Start.Sub(instants.Now()), v.Value.End.Before(instants.Now()); {
		case over && v.Value.Status == "booked":
			r.t.Errorf("%s: nobody noted how a visit of the past went", a.Name)
		case over:
			past++
		default:
			coming++
			soon = soon || ahead < time.Hour
		}
	}
	if past < 2 || coming < 2 || soon != (a.Name == demoPeople[maya].Name) {
		r.t.Errorf("%s has %d visits of the past and %d to come, soon %v", a.Name, past, coming, soon)
	}
}

func TestEraseAndImport(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r := runOn(t, data)
	p := r.newPatient(r.admin())
	if code, out := operator(t, data, "erase", "--patient", p.patient); code != exitFailed || !strings.Contains(out, "twice") {
		t.Errorf("an id once: %s", out)
	}
	if code, out := operator(t, data, "erase", "--patient", p.patient, "--really", p.patient); code != exitFine {
		t.Fatal(out)
	}
	if me, err := p.Me(t.Context()); statusOf(err) != http.StatusUnauthorized {
		t.Errorf("an erased patient gets %v, %v", me, err)
	}
	r.stop()
	if code, out := operator(t, data, "verify"); code != exitFine {
		t.Error(out)
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"instrument":"who-5"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := operator(t, data, "instruments", "import", bad); code != exitFailed || !strings.Contains(out, "accepted") {
		t.Errorf("an import without terms: %s", out)
	}
}
