// Package chart is the door to a patient's data, and what every part of care stands
// on: documents, the audit log, and who may see what. It is internal to care, so that
// nothing above reaches a document past the door.
package chart

import (
	"context"
	"log/slog"
	"time"

	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
	"handrail/store/tail"
)

// Base is what all parts of care share.
type Base struct {
	Store store.Store
	Now   models.Clock
	Site  models.Site
	Log   *slog.Logger
	Life  Incarnation // of the store, as it was at the start
	Aside *aside.Book // what the workers over care have set aside
	Told  toldOnce
	Lines *Lines // what is new in the audit log, of this instance at once

	// Interpreting tells in whose visits an interpreter is booked. The visits set it;
	// without it nothing is open to interpreters.
	Interpreting InterpreterVisits

	dues         *dues
	firstDenials *firstDenials
	ends         endsJournal
}

// Config is what Base needs to know.
type Config struct {
	Site     models.Site
	Now      models.Clock // nil: the wall clock
	Log      *slog.Logger // nil: slog.Default
	Sealer   LocalSealer  // seals the journal of ends
	EndsFile string       // journal of what was ended on purpose; "": none is written
}

// NewBase names the first life of a store that has none yet. It refuses a store that a
// newer program has served.
func NewBase(ctx context.Context, s store.Store, config Config) (*Base, error) {
	b := &Base{Now: config.Now, Site: config.Site, Log: config.Log, firstDenials: newFirstDenials(),
		ends: endsJournal{path: config.EndsFile, sealer: config.Sealer}}
	if b.Now == nil {
		b.Now = time.Now
	}
	if b.Log == nil {
		b.Log = slog.Default()
	}
	b.Lines = tail.New(s, ColAudit, time.Now, ReadLine)
	b.dues = &dues{now: b.Now, of: map[string]nextDue{}}
	b.Store = tail.Watch(b.Lines.Store(), b.dues.written)
	b.Aside = aside.New(s, colAside, b.Now, b.Log)
	if err := holdFormat(ctx, s, b.Now()); err != nil {
		return nil, err
	}
	var err error
	b.Life, err = firstIncarnation(ctx, s, b.Now())
	return b, err
}
