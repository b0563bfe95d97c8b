package signin

import (
	"log/slog"
	"sync"
	"time"

	"handrail/models"
)

// When the operator is told of wrong codes. Nobody is shut out by it: each code ends
// after codeMaxGuesses wrong ones (docs/decisions/0011).
const (
	guessesTold     = 100
	guessWindow     = 15 * time.Minute
	guessAddresses  = 10_000 // of which wrong codes are told apart
	guessOtherPlace = "other"
)

// guesses counts the wrong codes of this instance, for the operator.
type guesses struct {
	now   models.Clock
	log   *slog.Logger
	mu    sync.Mutex
	since time.Time
	n     int
	from  map[string]int // by address
	told  bool
}

func newGuesses(now models.Clock, log *slog.Logger) *guesses {
	return &guesses{now: now, log: log, from: map[string]int{}}
}

// wrong notes a wrong code. The log gets numbers and no address.
func (g *guesses) wrong(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := g.now(); now.Sub(g.since) >= guessWindow {
		g.since, g.n, g.told = now, 0, false
		clear(g.from)
	}
	if _, known := g.from[address]; !known && len(g.from) >= guessAddresses {
		address = guessOtherPlace
	}
	g.n++
	g.from[address]++
	if g.n < guessesTold || g.told {
		return
	}
	g.told = true
	most := 0
	for _, n := range g.from {
		most = max(most, n)
	}
	g.log.Warn("many wrong enrolment codes", "within", guessWindow.String(), "wrong", g.n, "addresses", len(g.from), "mostFromOne", most)
}
