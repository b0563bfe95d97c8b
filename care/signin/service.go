// Package signin lets people in and out: enrolment codes, sessions, tokens and the
// keys that sign them.
package signin

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of signing in.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	log   *slog.Logger

	config   Config
	tokens   *tokens
	guess    *guesses
	sessions *sessionCache
	copies   PlanCopies
	relying  *relying      // nil: no passkeys at this address
	pinTurn  chan struct{} // bounds the PINs that are judged at once

	over *chart.Filling // of sessions that an older program ended

	proofSecret []byte // of the nonces of proofs
	proofs      *seenProofs
}

// Config is what a site decides. Zero values mean the defaults in New.
type Config struct {
	AccessTokenMinutes int           // 1..10; 0: 10
	PatientSessionDays int           // how long a patient or supporter stays signed in without use; 0: 180
	StaffSessionHours  int           // the same for staff; 0: 12
	EnrolmentHours     int           // how long an enrolment code lives; 0: 72
	BaseURL            string        // the address that people use; passkeys are bound to it
	SecondFactorFrom   time.Time     // from when on staff need a second factor; zero: never
	Patience           time.Duration // how long a token under an unknown key waits for a store that does not answer; 0: 250 ms
}

// New loads or makes the keys that tokens are signed with. The Inside is for other
// parts of care alone: it decides about nobody's right.
func New(ctx context.Context, base *chart.Base, config Config) (*Service, *Inside, error) {
	config.AccessTokenMinutes = cmp.Or(config.AccessTokenMinutes, 10)
	config.PatientSessionDays = cmp.Or(config.PatientSessionDays, 180)
	config.StaffSessionHours = cmp.Or(config.StaffSessionHours, 12)
	config.EnrolmentHours = cmp.Or(config.EnrolmentHours, 72)
	config.Patience = cmp.Or(config.Patience, keyPatience)
	c := &Service{base: base, store: base.Store, now: base.Now, log: base.Log, config: config,
		guess: newGuesses(base.Now, base.Log), sessions: newSessionCache(base.Now), pinTurn: make(chan struct{}, pinTurns), proofs: newSeenProofs(base.Now())}
	c.over = &chart.Filling{Collection: chart.ColSessions, Key: "overAt", Keys: c.overKeys}
	var err error
	if c.proofSecret, err = base.SharedSecret(ctx, "dpop-nonces"); err != nil {
		return nil, nil, err
	}
	if c.relying, err = newRelying(config.BaseURL); err != nil {
		return nil, nil, err
	}
	c.tokens, err = newTokens(ctx, c)
	return c, &Inside{c}, err
}
