package client

import (
	"context"
	"iter"
	"net/http"
)

// MySessions lists the devices that you are signed in on.
func (c *Client) MySessions(ctx context.Context) iter.Seq2[Session, error] {
	return pages[Session](ctx, c, "/v1/me/sessions", nil)
}

// EndMySession ends one of them on purpose: it forgets all that it holds.
func (c *Client) EndMySession(ctx context.Context, id string) error {
	return c.done(ctx, Request{Method: http.MethodDelete, Path: at("/v1/me/sessions", id)})
}

// EndMyOtherSessions ends all of them but the one that asks, on purpose.
func (c *Client) EndMyOtherSessions(ctx context.Context) error {
	return c.done(ctx, Request{Method: http.MethodDelete, Path: "/v1/me/sessions"})
}

// AccountSessions lists the devices of an account. For the office.
func (c *Client) AccountSessions(ctx context.Context, accountID string) iter.Seq2[Session, error] {
	return pages[Session](ctx, c, at("/v1/accounts", accountID, "sessions"), nil)
}

// EndAccountSession ends one of them that was reported-lost or given-back: the reason.
// That device forgets all that it holds of its person. For the office.
func (c *Client) EndAccountSession(ctx context.Context, accountID, sessionID, reason string) error {
	return c.done(ctx, Request{Method: http.MethodPost, Path: at("/v1/accounts", accountID, "sessions", sessionID, "end"), Body: map[string]string{"reason": reason}})
}
