package signal

import (
	"time"

	"golang.org/x/time/rate"

	"handrail/models"
)

// Candidates is how many ICE candidates one transport may bring, and Transports
// how many transports one connection may open.
const (
	Candidates = 64
	Transports = 60
)

// Budget is what one connection may still send. It is not safe for use by several
// goroutines; a connection has one reader.
type Budget struct {
	all, chat, caption, offer *rate.Limiter
	candidates                map[int]int
	transports                int
	bad                       int
}

// NewBudget gives a connection its allowance: 30 messages a second (200 at once,
// since candidates come in a bunch), a chat message a second, ten captions a
// second (they are rewritten while somebody speaks), an offer every two seconds.
func NewBudget() *Budget {
	return &Budget{all: rate.NewLimiter(30, 200), chat: rate.NewLimiter(1, 8), caption: rate.NewLimiter(10, 20),
		offer: rate.NewLimiter(0.5, 4), candidates: map[int]int{}}
}

// Spend takes a message out of the allowance. fatal tells that the connection is to
// be closed, because no honest client gets there.
//
// Errors: KindTooMany too-many-messages.
func (b *Budget) Spend(c Client, now time.Time) (err error, fatal bool) {
	if !b.all.AllowN(now, 1) {
		return tooMany(), true
	}
	switch {
	case c.Chat != nil && !b.chat.AllowN(now, 1), c.Caption != nil && !b.caption.AllowN(now, 1):
		return tooMany(), false
	case c.Offer != nil:
		return b.spendOffer(now)
	case c.Hello != nil && c.Hello.Offer != nil:
		return b.spendOffer(now)
	case c.Candidate != nil:
		g := c.Candidate.Generation
		b.candidates[g]++
		if b.candidates[g] > Candidates || len(b.candidates) > Transports {
			return tooMany(), true
		}
	}
	return nil, false
}

// Forgive counts a message that could not be read, and tells whether it may be
// overlooked: a newer page may know a message that this server does not.
func (b *Budget) Forgive() bool { b.bad++; return b.bad <= 20 }

func (b *Budget) spendOffer(now time.Time) (error, bool) {
	if b.transports++; b.transports > Transports {
		return tooMany(), true
	}
	if !b.offer.AllowN(now, 1) {
		return tooMany(), false
	}
	return nil, false
}

func tooMany() error {
	return models.E(models.KindTooMany, "too-many-messages", "Too many messages at once. Please wait a moment.")
}
