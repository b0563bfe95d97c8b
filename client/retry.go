package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// The wait before the second try, without a word of the server, and the most before a
// later one. Each is cut by chance to between its half and its whole, so that clients
// who were cut off together do not come back together.
const (
	firstWait = 200 * time.Millisecond
	mostWait  = 5 * time.Second
)

// send tries until there is an answer that will not change by itself.
func (c *Client) send(ctx context.Context, rq Request, body []byte, token string) (*Answer, error) {
	for try := 1; ; try++ {
		a, err := c.once(ctx, rq, body, token)
		if err == nil || try >= c.tries || ctx.Err() != nil || !rq.safe() || !passing(err) {
			return a, err
		}
		pause := pauseAfter(try, err)
		if pause > c.longest {
			return nil, err
		}
		if ended := c.clock.Wait(ctx, pause); ended != nil {
			return nil, fmt.Errorf("%w, after: %w", ended, err)
		}
	}
}

// safe tells whether the same request twice is one thing.
func (rq Request) safe() bool {
	return rq.Method == http.MethodGet || rq.Method == http.MethodHead || rq.IdempotencyKey != "" || rq.SameTwice
}

// passing tells whether the same request may have a better answer later.
func passing(err error) bool {
	var p *Problem
	if !errors.As(err, &p) {
		return errors.As(err, new(lostAnswer))
	}
	switch p.Status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// pauseAfter is how long to wait after a try: what the server asks for, or longer each
// time.
func pauseAfter(try int, err error) time.Duration {
	var p *Problem
	if errors.As(err, &p) && p.RetryAfter > 0 {
		return p.RetryAfter
	}
	most := mostWait
	if try < 5 {
		most = firstWait << (try - 1)
	}
	return most/2 + rand.N(most/2)
}
