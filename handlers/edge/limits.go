package edge

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"handrail/models"
)

// Pace is how often something may be done: Burst times at once, then once in
// Every.
type Pace struct {
	Every time.Duration
	Burst int
}

// limitMemory is how many callers a limit remembers; the one that was quiet
// longest is forgotten first. About 150 bytes each.
const limitMemory = 50_000

// limiter counts callers. It is in memory: another instance counts for itself.
type limiter struct {
	pace Pace
	now  models.Clock
	mu   sync.Mutex
	seen *lru.Cache[string, *rate.Limiter]
}

func newLimiter(pace Pace, memory int, now models.Clock) *limiter {
	seen, _ := lru.New[string, *rate.Limiter](memory) // fails only for a size below 1
	return &limiter{pace: pace, now: now, seen: seen}
}

// wait notes a try of key and tells how long it is too early; 0 when it may go on.
func (l *limiter) wait(key string) time.Duration {
	l.mu.Lock()
	one, ok := l.seen.Get(key)
	if !ok {
		one = rate.NewLimiter(rate.Every(l.pace.Every), l.pace.Burst)
		l.seen.Add(key, one)
	}
	l.mu.Unlock()
	now := l.now()
	r := one.ReserveN(now, 1)
	early := r.DelayFrom(now)
	if early > 0 {
		r.CancelAt(now) // a refused try does not push the next one back
	}
	return early
}

// PerAddress limits an operation by network address. It goes into
// huma.Operation.Middlewares, as PerAccount does.
func (e *Edge) PerAddress(pace Pace) func(huma.Context, func(huma.Context)) {
	return e.limited(pace, func(rq *request) string { return limitKey(rq.from) })
}

// PerAccount limits an operation by who is signed in.
func (e *Edge) PerAccount(pace Pace) func(huma.Context, func(huma.Context)) {
	return e.limited(pace, func(rq *request) string { return rq.actor.AccountID })
}

func (e *Edge) limited(pace Pace, key func(*request) string) func(huma.Context, func(huma.Context)) {
	l := newLimiter(pace, limitMemory, e.config.Now)
	return func(ctx huma.Context, next func(huma.Context)) {
		if early := l.wait(key(requestOf(ctx.Context()))); early > 0 {
			seconds := strconv.Itoa(int(math.Ceil(early.Seconds())))
			e.refuse(ctx, problem(http.StatusTooManyRequests, "", "").header("Retry-After", seconds))
			return
		}
		next(ctx)
	}
}
