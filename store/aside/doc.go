// Package aside lets a worker set aside what it can't do and go on with the rest.
//
// Whose record fails gets a mark in the store: which worker, which record, a code
// for why, since when, how often. Until the mark's time is over the worker passes
// the record by; then it tries again, later and later. When it works again the
// mark goes. Operators see marks in handrail doctor, handrail aside, the log and
// the metrics. A mark names a record by its id and holds nothing that a person
// wrote.
//
// What must not live here: what a worker does.
package aside

import (
	"time"

	"handrail/store"
)

// Collection declares where a package keeps its marks.
func Collection(name string) store.Collection {
	return store.Collection{Name: name, Indexes: []store.Index{{Name: ixWorker, Keys: []string{"worker", "dueAt"}}}}
}

const ixWorker = "worker"

// The back-off of a mark: doubling from First up to Most.
const (
	First = 30 * time.Second
	Most  = 6 * time.Hour
)

// Mark tells that a worker has set something aside.
type Mark struct {
	Worker string    `json:"worker"`
	Ref    string    `json:"ref"`   // id of the record
	Cause  string    `json:"cause"` // a code, see Cause
	Since  time.Time `json:"since"`
	Tries  int       `json:"tries"`
	DueAt  time.Time `json:"dueAt"` // when it is tried again

	version int64
}
