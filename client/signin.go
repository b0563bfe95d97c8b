package client

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// SignIn is what keeps a device signed in. The tokens are secrets.
type SignIn struct {
	AccessToken  string    `json:"accessToken"`
	ExpiresAt    time.Time `json:"expiresAt"`    // of the access token, by the server's clock
	ExpiresIn    int       `json:"expiresIn"`    // seconds from the answer to ExpiresAt, for devices whose clock is wrong
	RefreshToken string    `json:"refreshToken"` // each use gives the next one
	Session      Session   `json:"session"`
}

// String leaves the tokens out, for whoever prints or logs one.
func (in SignIn) String() string { return "session " + in.Session.ID }

// GoString is String.
func (in SignIn) GoString() string { return in.String() }

// LogValue is String.
func (in SignIn) LogValue() slog.Value { return slog.StringValue(in.String()) }

// SignedIn is the sign-in of now; the zero one when there is none.
func (c *Client) SignedIn() SignIn {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.signIn
}

// Enrol redeems a one-time code and signs this device in. Letters may be small and dashes
// left out. The device's id is made once and kept: with it the code can be redeemed again
// within 15 minutes when the answer was lost.
//
// Errors: code-not-valid for a code that is wrong, used, over or guessed at too often.
func (c *Client) Enrol(ctx context.Context, code string, device Device) (SignIn, error) {
	asked := c.clock.Now()
	in, err := c.exchange(ctx, "/v1/auth/enrol", struct {
		Code   string `json:"code"`
		Device Device `json:"device"`
	}{code, device})
	if err != nil {
		return SignIn{}, err
	}
	return in, c.take(in, c.SignedIn().RefreshToken, asked)
}

// Refresh trades the refresh token for new tokens, whether or not the access token has
// ended. Calls do so by themselves when they need to. Callers at the same time share one
// exchange.
//
// Errors: a *Problem of status 401 when this device is not signed in any more: see its
// Wipe.
func (c *Client) Refresh(ctx context.Context) error {
	c.mu.Lock()
	held := c.held()
	c.mu.Unlock()
	if held.last {
		return errors.New("client: there is no refresh token")
	}
	_, err := c.renewed(ctx, held)
	return err
}

// SignOut ends this device's session, and forgets it here.
func (c *Client) SignOut(ctx context.Context) error {
	err := c.done(ctx, Request{Method: http.MethodPost, Path: "/v1/auth/sign-out", SameTwice: true})
	var p *Problem
	if err != nil && !(errors.As(err, &p) && p.Status == http.StatusUnauthorized) { // 401: it had ended
		return err
	}
	c.mu.Lock()
	c.signIn = SignIn{}
	c.turn++
	c.mu.Unlock()
	return c.keep(SignIn{})
}

// exchange sends what is its own key: the code with the device's id, or a refresh token
// (decision 0003). Neither is changed by being sent twice.
func (c *Client) exchange(ctx context.Context, path string, body any) (in SignIn, err error) {
	text, err := encode(body)
	if err != nil {
		return in, err
	}
	a, err := c.send(ctx, Request{Method: http.MethodPost, Path: path, SameTwice: true}, text, "")
	if err != nil {
		return in, err
	}
	if err := decode(a.Body, &in); err != nil {
		return SignIn{}, err
	}
	if in.AccessToken == "" || in.RefreshToken == "" { // of a network that answers everything
		return SignIn{}, errors.New("client: the answer is not as the API's document says: no tokens")
	}
	return in, nil
}

// errReplaced says that somebody signed in or out while tokens were renewed.
var errReplaced = errors.New("client: signed in or out meanwhile")

// take keeps a new sign-in in place of the one with a refresh token: first outside, then
// here, so that what is used is never newer than what is kept.
func (c *Client) take(in SignIn, instead string, asked time.Time) error {
	if c.SignedIn().RefreshToken != instead {
		return errReplaced
	}
	if err := c.keep(in); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	c.signIn, c.endsAt = in, asked.Add(time.Duration(in.ExpiresIn)*time.Second)
	return nil
}
