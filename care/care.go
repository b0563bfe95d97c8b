// Package care holds the use cases of Handrail: what a person may do, in the
// words of the field. It is the only way to a patient's data: chart.go is the
// door, and each use case leaves a line in the audit log together with its
// change. It knows no HTTP and no database engine.
package care

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"time"

	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Care is the set of use cases over one store.
type Care struct {
	store   store.Store
	now     models.Clock
	site    models.Site
	config  Config
	life    Incarnation // of the store, as it was at the start
	tokens  *tokens
	guess   *guesses
	knocked *knocked
	ends    endsJournal
	shelf   *shelf

	sessions     *sessionCache
	opens        openCache
	busy         busyCache
	odd          oddities
	aside        *aside.Book
	ledgers      ledgerCache
	log          *slog.Logger
	interpreting InterpreterVisits

	patience    patience
	keyPatience time.Duration
	copies      PlanCopies                                 // nil: no crisis plans are kept ready
	beginnings  []func(patientID string) (store.Op, error) // of a new patient's record
	statement   string                                     // a hash of the site's own statement, which stands in every crisis plan
	openings    openings
}

// Config is what a site decides.
type Config struct {
	Site               models.Site
	Now                models.Clock // nil: the wall clock
	AccessTokenMinutes int          // 1..10
	PatientSessionDays int          // how long a patient or supporter stays signed in without use
	StaffSessionHours  int          // the same for staff
	EnrolmentHours     int          // how long an enrolment code lives
	ShelfDir           string       // where this machine keeps its sealed copies of crisis plans
	Sealer             LocalSealer  // seals them
	EndsFile           string       // journal of what was ended on purpose, for a restore; "": none is written
	Busy               BusySource   // reads calendars elsewhere; nil: none are read
	Log                *slog.Logger // nil: slog.Default
}

func (c *Config) fill() {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	for _, d := range []struct {
		value *int
		def   int
	}{{&c.AccessTokenMinutes, 10}, {&c.PatientSessionDays, 180}, {&c.StaffSessionHours, 12}, {&c.EnrolmentHours, 72}} {
		if *d.value == 0 {
			*d.value = d.def
		}
	}
}

// New wires the use cases over a store that has Collections, and loads or makes
// the keys that tokens are signed with.
func New(ctx context.Context, s store.Store, config Config) (*Care, error) {
	config.fill()
	c := &Care{patience: usualPatience, keyPatience: keyPatience, store: s, now: config.Now, site: config.Site, config: config,
		guess: newGuesses(config.Now, config.Log), knocked: newKnocked(), sessions: newSessionCache(config.Now), log: config.Log}
	c.aside = aside.New(s, colAside, config.Now, config.Log)
	statement, err := json.Marshal(config.Site.Monitoring)
	if err != nil {
		return nil, err
	}
	c.ends = endsJournal{path: config.EndsFile, sealer: config.Sealer}
	c.statement = base64.RawURLEncoding.EncodeToString(hash(statement)[:9])
	if c.life, err = firstIncarnation(ctx, s, config.Now()); err != nil {
		return nil, err
	}
	if c.shelf, err = newShelf(config.ShelfDir, c.life.ID, config.Sealer); err != nil {
		return nil, err
	}
	c.copies = c
	c.beginnings = append(c.beginnings, c.formOp)
	c.interpreting = c
	if c.tokens, err = newTokens(ctx, c); err != nil {
		return nil, err
	}
	return c, nil
}

// Aside is what the workers over care have set aside.
func (c *Care) Aside() *aside.Book { return c.aside }

// Site tells about the clinic: its name and who reads what, and when.
func (c *Care) Site() models.Site { return c.site }
