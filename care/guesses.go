package care

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/models"
)

// Wrong codes from one address are limited. A clinic's phones may share one
// address, so the limit is on wrong tries only.
const (
	guessLimit  = 20
	guessWindow = 15 * time.Minute
	guessMemory = 10_000 // addresses remembered
)

// guesses counts wrong codes by address, in memory: a restart forgives, and the
// limit on each code (which is stored) still holds.
type guesses struct {
	now  models.Clock
	seen *lru.Cache[string, guessCount]
}

type guessCount struct {
	since time.Time
	n     int
}

func newGuesses(now models.Clock) *guesses {
	cache, _ := lru.New[string, guessCount](guessMemory) // fails only for a size below 1
	return &guesses{now: now, seen: cache}
}

func (g *guesses) allow(address string) bool {
	c, ok := g.seen.Get(address)
	return !ok || g.now().Sub(c.since) >= guessWindow || c.n < guessLimit
}

func (g *guesses) wrong(address string) {
	c, _ := g.seen.Get(address)
	if g.now().Sub(c.since) >= guessWindow {
		c = guessCount{since: g.now()}
	}
	c.n++
	g.seen.Add(address, c)
}
