package notify

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify/texts"
	"handrail/store"
	"handrail/store/aside"
	"handrail/store/tail"
)

// Config is what a Notifier needs.
type Config struct {
	Store    store.Store
	Channels []Channel
	Site     Site
	// Task is the last step of a fallback: somebody of the team is to reach the
	// person. It must make one task for an entry however often it is called. Of a call that was
	// promised it is told before, too: while it is tried still. Nil:
	// there is no such step.
	Task func(ctx context.Context, u Undelivered) error

	// Ended tells which of some sessions somebody has ended: a push that is about to go
	// asks, so that none goes to a device that was ended a moment ago at another instance.
	// nil: only those that SessionEnded told of.
	Ended func(ctx context.Context, sessions []string) ([]string, error)

	// Wanted is asked just before something is handed over whether it is to be said still:
	// what a note is about may have been answered a moment ago. An error says it. Nil: all.
	Wanted func(ctx context.Context, accountID, ref string) (bool, error)

	// Stands is asked at the moment of sending whether something may still be said: a
	// consent may have ended since it was planned. Nil: all may.
	Stands func(ctx context.Context, accountID, ref string) (bool, error)

	// Bounced tells who keeps accounts that a way to somebody is not there. It is called
	// until it gives no error, and must tell of one bounce once. Nil: nobody but the person.
	Bounced func(ctx context.Context, b Bounce) error

	// Turned tells who keeps the clinic that a channel does not work any more, or works again. With an
	// error it is called again after the next look. Nil: nobody is told.
	Turned func(ctx context.Context, v Verdict) error
	// Left are channels that are set and can't be used, each with the sentence that says why.
	Left map[string]string

	Now     models.Clock         // nil: the wall clock
	Elapsed func() time.Duration // a clock that nobody sets; nil with Now: clock jumps are not looked for
	Rand    func() float64       // [0, 1), for jitter; nil: math/rand
	Zones   reminder.Zones       // nil: the program's time zone database
	Log     *slog.Logger         // nil: slog.Default
	Limits  Limits
}

// Site is what a site decides.
type Site struct {
	Language string // of who chose none
	BaseURL  string // where people sign in
	Zone     string // IANA name: of who has none that can be read
	PerDay   int    // prompts a person gets on one local day, over all sources; 8 when 0
}

// Limits have a default each.
type Limits struct {
	Workers     int           // of this instance; 10, so that the processor does not idle while some wait for a slow disk
	Batch       int           // entries in one claim; 50. What is claimed when an instance is killed may come twice
	Lease       time.Duration // how long a claim holds; 2 min
	SendTimeout time.Duration // less than the lease; 60 s
	Receipt     time.Duration // how long a step waits for a receipt before the next one; 10 min
	Attempts    int           // tries of one step; 6
	Backoff     time.Duration // before the second try; doubles, up to BackoffMax; 30 s
	BackoffMax  time.Duration // 15 min
	Poll        time.Duration // how long an idle worker waits; 100 ms
	PlanDays    int           // how far ahead entries are made; 16
	KeepDays    int           // how long the ledger is kept; 90
	StaleDays   int           // a device not seen for so long is forgotten; 30
}

func (l *Limits) fill() {
	setDefault(&l.Workers, 10)
	setDefault(&l.Batch, 50)
	l.Batch = min(l.Batch, store.MaxBatch-1) // with the claims of the shard
	setDefault(&l.Lease, 2*time.Minute)
	setDefault(&l.SendTimeout, min(time.Minute, l.Lease/2))
	setDefault(&l.Receipt, 10*time.Minute)
	setDefault(&l.Attempts, 6)
	setDefault(&l.Backoff, 30*time.Second)
	setDefault(&l.BackoffMax, 15*time.Minute)
	setDefault(&l.Poll, 100*time.Millisecond)
	setDefault(&l.PlanDays, 16)
	setDefault(&l.KeepDays, 90)
	setDefault(&l.StaleDays, 30)
}

func setDefault[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}

// Notifier is the use of this package over one store. It is safe for use by many
// goroutines.
type Notifier struct {
	store    store.Store
	channels map[string]Channel
	site     Site
	task     func(context.Context, Undelivered) error
	ended    func(context.Context, []string) ([]string, error)
	wanted   func(ctx context.Context, accountID, ref string) (bool, error)
	stands   func(context.Context, string, string) (bool, error)
	office   func(context.Context, Bounce) error
	turned   func(context.Context, Verdict) error
	left     map[string]string
	asked    texts.Catalog
	now      models.Clock
	elapsed  func() time.Duration
	rand     func() float64
	zones    reminder.Zones
	log      *slog.Logger
	limits   Limits
	texts    texts.Catalog
	said     said
	keys     siteKeys
	instance string
	busy     [shards]sync.Mutex
	holds    [shards]holdsKnown

	sharedFrom atomic.Pointer[time.Time] // see sharedClaims; nil: not known

	gates    gates
	jump     jumpWatch
	tally    tally
	aside    *aside.Book
	resting  resting
	next     upcoming // of entries
	nextRoll upcoming // of people
	dueNow   chan struct{}
	calls    struct { // that were made here, by shard
		mu   sync.Mutex
		in   [shards]bool
		made chan struct{}
	}

	looked bool // at the channels since this instance began; of KeepVerdicts alone
	faults atomic.Pointer[faults]
	took   sync.Map // when a channel took a message of this instance last, by its name
}

// New makes a Notifier over a store that has Collections. It loads, or makes, the
// site's keys.
func New(ctx context.Context, c Config) (*Notifier, error) {
	n := &Notifier{channels: map[string]Channel{}, site: c.Site, task: c.Task, ended: c.Ended, wanted: c.Wanted, stands: c.Stands, office: c.Bounced, turned: c.Turned, left: c.Left, now: c.Now,
		elapsed: c.Elapsed, rand: c.Rand, zones: c.Zones, log: c.Log, limits: c.Limits, instance: uuid.NewString()}
	n.next = upcoming{collection: colDue, index: ixNext, key: "nextAt", again: lookForDue}
	n.nextRoll = upcoming{collection: colPeople, index: ixRoll, key: "rollAt", again: lookForRoll}
	n.dueNow = make(chan struct{}, 1)
	n.calls.made = make(chan struct{}, shards)
	n.store = tail.Watch(c.Store, n.written)
	n.limits.fill()
	setDefault(&n.site.PerDay, 8)
	setDefault(&n.site.Language, "en")
	if n.now == nil {
		n.now = time.Now
		if n.elapsed == nil {
			start := time.Now()
			n.elapsed = func() time.Duration { return time.Since(start) }
		}
	}
	if n.rand == nil {
		n.rand = rand.Float64
	}
	if n.zones == nil {
		n.zones = reminder.LoadZone
	}
	if n.log == nil {
		n.log = slog.Default()
	}
	for _, ch := range c.Channels {
		if n.channels[ch.Name()] != nil {
			return nil, errors.New("notify: two channels are called " + ch.Name())
		}
		n.channels[ch.Name()] = ch
	}
	n.aside = aside.New(n.store, colAside, n.now, n.log)
	var err error
	if n.texts, err = texts.Load(); err != nil {
		return nil, err
	}
	if n.asked, err = texts.LoadAsked(); err != nil {
		return nil, err
	}
	if n.keys, err = loadKeys(ctx, c.Store); err != nil {
		return nil, err
	}
	return n, n.loadSharedFrom(ctx)
}

// Aside is what workers have set aside.
func (n *Notifier) Aside() *aside.Book { return n.aside }

// Undelivered is what a person of the team gets when no step reached somebody.
type Undelivered struct {
	ID        string // of the entry; the task's idempotency key
	AccountID string
	Kind      string
	Ref       string
	Due       time.Time
	Handed    bool // a provider took it, and nothing came back
}

// refusal turns a store's error into one that may cross to the edge.
func refusal(err error) error {
	var known *models.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrErased):
		return models.NotFound()
	case errors.Is(err, store.ErrConflict):
		return models.E(models.KindStale, "version-not-newest", "This was changed meanwhile. Load it again and repeat your change.")
	case errors.Is(err, store.ErrBadText): // the last guard: the field's own check knows its name
		return models.E(models.KindInvalid, "invalid-input", "Some of what was sent is too long, or is no text.")
	case errors.Is(err, store.ErrBadCursor):
		return models.E(models.KindInvalid, "bad-cursor", "This cursor is not one of ours. Start from the first page.")
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &models.Error{Kind: models.KindUnavailable, Code: "store-unavailable",
			Text: "We can't reach the records right now. Please try again in a moment.", Err: err}
	}
	return err
}
