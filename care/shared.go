package care

import (
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// What all parts share, and a caller needs to name.
type (
	// Versioned is a value with the version that it is stored under.
	Versioned[T any] = chart.Versioned[T]
	// Page is one page of values. Next is "" at the end.
	Page[T any] = chart.Page[T]
	// Ended is something that somebody ended on purpose, or, with Again, took up again.
	Ended = chart.Ended
	// LocalSealer seals small local files with the site's key-encryption key.
	LocalSealer = chart.LocalSealer
)

// The kinds of Ended that a caller needs to name.
const (
	EndedSession = chart.EndedSession
	EndedOpen    = chart.EndedOpen
	EndedPerson  = chart.EndedPerson // the record was erased
	EndedOwn     = chart.EndedOwn
)

// AnyVersion overwrites whatever version there is.
const AnyVersion = chart.AnyVersion

// Collections are those that the use cases need of a store.
func Collections() []store.Collection { return chart.Collections() }

// NewID makes an id that sorts by time (UUIDv7).
func NewID() string { return chart.NewID() }

// System is who acts when nobody does.
func System() models.Actor { return chart.System() }
