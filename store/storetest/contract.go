// Package storetest is the contract of package store: one suite that every engine
// has to pass, sealed as it is in production. It also gives tests of other
// packages a real store.
package storetest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/seal"
)

// Database is an empty place for documents that a test may use.
type Database interface {
	// Open starts one more instance of the engine on the same data. The caller
	// closes it.
	Open(t testing.TB, collections []store.Collection) store.Engine
	// Files are the raw files of the database; nil when they are out of reach.
	Files(t testing.TB) []string
}

// Harness says how to run the contract on an engine.
type Harness struct {
	New func(t testing.TB) Database
	// Unproven says of tests, by their name, why they cannot run here. They are
	// skipped with that text.
	Unproven map[string]string
	// Scale is the number of documents in the larger tests; 32 at least.
	Scale int
}

// writers is how many clients write at once in the tests of concurrency.
const writers = 32

// deadline ends a test that hangs.
const deadline = 2 * time.Minute

// The collections of the contract.
const (
	things = "things"
	lines  = "lines"
)

var collections = []store.Collection{
	{Name: things, Indexes: []store.Index{
		{Name: "byGroup", Keys: []string{"group", "at"}},
		{Name: "byCode", Keys: []string{"group", "code"}, Unique: true},
		{Name: "byName", Keys: []string{"name"}},
		{Name: "few", Keys: []string{"at"}, Sparse: true},
		{Name: "fewOf", Keys: []string{"name", "at"}, Sparse: true},
	}},
	{Name: lines, AppendOnly: true, Indexes: []store.Index{
		{Name: "byWho", Keys: []string{"who", "at"}},
	}},
}

// Run runs the whole contract.
func Run(t *testing.T, h Harness) {
	for _, part := range []struct {
		name string
		run  func(*env)
	}{
		{"Verbs", testVerbs},
		{"GetMany", testGetMany},
		{"OneOf", testOneOf},
		{"Owner", testOwner},
		{"Keys", testKeys},
		{"Unique", testUnique},
		{"UniqueReplace", testUniqueReplace},
		{"UniqueRace", testUniqueRace},
		{"VersionConflicts", testVersionConflicts},
		{"QueryModel", testQueryModel},
		{"CursorUnderInserts", testCursorUnderInserts},
		{"CursorRefused", testCursorRefused},
		{"Limits", testLimits},
		{"Cancel", testCancel},
		{"Batch", testBatch},
		{"BatchOrder", testBatchOrder},
		{"BatchConcurrent", testBatchConcurrent},
		{"BatchCancel", testBatchCancel},
		{"Stamps", testStamps},
		{"AppendOnly", testAppendOnly},
		{"LanesConcurrent", testLanesConcurrent},
		{"LanesBatch", testLanesBatch},
		{"ChainFaults", testChainFaults},
		{"ChainWhileServing", testChainWhileServing},
		{"Canary", testCanary},
		{"SealBound", testSealBound},
		{"FirstWrites", testFirstWrites},
		{"Rotation", testRotation},
		{"Erase", testErase},
		{"ErasePaging", testErasePaging},
		{"Closed", testClosed},
	} {
		t.Run(part.name, func(t *testing.T) {
			if why := h.Unproven[part.name]; why != "" {
				t.Skip("not proven here: " + why)
			}
			part.run(newEnv(t, h))
		})
	}
}

// env is one test's database, key file and first instance.
type env struct {
	*testing.T
	Harness
	ctx    context.Context
	db     Database
	kek    string
	engine store.Engine
	store  *seal.Store
}

func newEnv(t *testing.T, h Harness) *env {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	e := &env{T: t, Harness: h, ctx: ctx, db: h.New(t), kek: filepath.Join(t.TempDir(), "kek.json")}
	if _, err := seal.CreateKEK(e.kek); err != nil {
		t.Fatal(err)
	}
	e.store = e.instance()
	e.engine = e.store.Engine()
	return e
}

// instance starts one more program on the same database and key file.
func (e *env) instance() *seal.Store {
	e.Helper()
	kek, err := seal.OpenKEK(e.kek)
	e.must(err)
	s, err := seal.Open(e.ctx, e.db.Open(e, collections), kek, seal.Options{})
	e.must(err)
	e.Cleanup(func() { _ = s.Close() })
	return s
}
