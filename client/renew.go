package client

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// early is how long before its end an access token is renewed, so that it does not end
// on the way.
const early = 15 * time.Second

// access is an access token, and which one it is: two can have the same text.
type access struct {
	token string // "" when nobody is signed in
	turn  int
	last  bool // there is nothing to renew it with
}

// held is the one of now. c.mu is held.
func (c *Client) held() access {
	return access{c.signIn.AccessToken, c.turn, c.signIn.RefreshToken == ""}
}

// access is a token that has not ended, or any.
func (c *Client) access(ctx context.Context, ended bool) (access, error) {
	c.mu.Lock()
	held, ends := c.held(), c.endsAt
	c.mu.Unlock()
	if held.last || ended || c.clock.Now().Add(early).Before(ends) {
		return held, nil
	}
	return c.renewed(ctx, held)
}

// mayRenew tells whether a refusal is of the access token: such a call was not carried
// out. A device that was ended on purpose hears that word at once.
func mayRenew(err error) bool {
	var p *Problem
	return errors.As(err, &p) && p.Status == http.StatusUnauthorized && !p.Wipe
}

// renewal is one exchange of the refresh token, shared by all who wait for it. It ends
// with the last of them. A lost answer does no harm: the same token is sent again, by
// this one or by the next.
type renewal struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int // 0: given up
	err     error
}

// renewed is an access token that follows a stale one.
func (c *Client) renewed(ctx context.Context, stale access) (access, error) {
	for {
		c.mu.Lock()
		if held := c.held(); held.turn != stale.turn || held.last {
			c.mu.Unlock()
			return held, nil
		}
		if c.renewal == nil {
			c.renewal = c.renew(ctx)
		}
		r := c.renewal
		joined := r.waiting > 0 // one that was given up is only waited out
		if joined {
			r.waiting++
		}
		c.mu.Unlock()
		select {
		case <-r.done:
			if joined && r.err != nil {
				return access{}, r.err
			}
		case <-ctx.Done():
			c.leave(r, joined)
			return access{}, ctx.Err()
		}
	}
}

func (c *Client) leave(r *renewal, joined bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if joined {
		r.waiting--
	}
	if r.waiting == 0 {
		r.cancel()
	}
}

// renew starts a renewal. c.mu is held.
func (c *Client) renew(ctx context.Context) *renewal {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &renewal{done: make(chan struct{}), cancel: cancel, waiting: 1}
	old := c.signIn.RefreshToken
	go func() {
		defer cancel()
		asked := c.clock.Now()
		in, err := c.exchange(ctx, "/v1/auth/refresh", struct {
			RefreshToken string `json:"refreshToken"`
		}{old})
		if err == nil {
			err = c.take(in, old, asked)
		}
		c.mu.Lock()
		r.err, c.renewal = err, nil
		c.mu.Unlock()
		close(r.done)
	}()
	return r
}
