package care_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
	"handrail/models"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// clinicOfPhones is a clinic whose program is started again, whose store is restored and whose
// clock is wrong, under phones that go on.
type clinicOfPhones struct {
	t      testing.TB
	dir    string
	clock  caretest.Clock
	kek    *seal.FileKEK
	store  *seal.Store
	care   *care.Care
	office models.Actor
	copies int
	backup string // the newest
	r      *rand.Rand
}

func newClinicOfPhones(t testing.TB, seed uint64) *clinicOfPhones {
	w := &clinicOfPhones{t: t, dir: t.TempDir(), r: rand.New(rand.NewPCG(seed, 1)), office: models.Actor{AccountID: "office", Role: models.RoleAdministrator}}
	w.clock.Set(caretest.Start)
	var err error
	if w.kek, err = seal.CreateKEK(filepath.Join(w.dir, "kek.json")); err != nil {
		t.Fatal(err)
	}
	w.open()
	return w
}

func (w *clinicOfPhones) database() string { return filepath.Join(w.dir, "handrail.db") }

func (w *clinicOfPhones) open() {
	db, err := sqlite.Open(context.Background(), w.database(), care.Collections())
	if err != nil {
		w.t.Fatal(err)
	}
	if w.store, err = seal.Open(context.Background(), db, w.kek, seal.Options{}); err != nil {
		w.t.Fatal(err)
	}
	w.start()
}

// start is the program started again on the same store.
func (w *clinicOfPhones) start() {
	var err error
	w.care, err = care.New(context.Background(), w.store, care.Config{Site: caretest.Site, Now: w.clock.Now,
		PlanCopiesDir: filepath.Join(w.dir, "plans"), Sealer: seal.NewLocal(w.kek), Patience: time.Minute})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *clinicOfPhones) close() {
	if err := w.store.Close(); err != nil {
		w.t.Error(err)
	}
}

func (w *clinicOfPhones) saveBackup(phones []*modelPhone) {
	w.copies++
	w.backup = filepath.Join(w.dir, fmt.Sprint("copy", w.copies))
	if err := w.store.Engine().(*sqlite.DB).Backup(context.Background(), w.backup); err != nil {
		w.t.Fatal(err)
	}
	for _, p := range phones {
		p.saved = p.session
	}
}

// restore sets the store back. Of phones whose session the backup does not know nobody
// can say more than that they sign in again.
func (w *clinicOfPhones) restore(phones []*modelPhone) {
	w.close()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(w.database() + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			w.t.Fatal(err)
		}
	}
	copied, err := os.ReadFile(w.backup)
	if err == nil {
		err = os.WriteFile(w.database(), copied, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.open()
	if _, err := upkeep.NewIncarnation(context.Background(), w.store, w.clock.Now()); err != nil {
		w.t.Fatal(err)
	}
	w.start()
	for _, p := range phones {
		p.unknown = p.unknown || p.session != p.saved
	}
}

// between is what happens to the clinic between two times at which phones speak.
func (w *clinicOfPhones) between(phones []*modelPhone) {
	switch w.r.IntN(8) {
	case 0, 1:
		w.saveBackup(phones)
	case 2:
		w.restore(phones)
	case 3:
		w.start()
	case 4:
		w.clock.Move(time.Duration(w.r.Int64N(int64(6*24*time.Hour))) - 3*24*time.Hour)
	default:
		w.clock.Move(time.Duration(w.r.Int64N(int64(20 * time.Minute))))
	}
	if err := w.care.Signin.KeepSigningKeys(context.Background()); err != nil {
		w.t.Error(err)
	}
}

// all lets all phones do something at once.
func (w *clinicOfPhones) all(phones []*modelPhone, do func(*modelPhone)) {
	var at sync.WaitGroup
	for _, p := range phones {
		at.Go(func() { do(p) })
	}
	at.Wait()
}
