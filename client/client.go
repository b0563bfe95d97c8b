package client

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Client calls the API of one server, as the person who is signed in.
type Client struct {
	base    string
	http    *http.Client
	clock   Clock
	tries   int
	longest time.Duration
	keep    func(SignIn) error

	mu      sync.Mutex
	signIn  SignIn
	turn    int       // how often signIn was replaced
	endsAt  time.Time // of the access token, by our own clock
	renewal *renewal  // the one that runs
}

// Clock is what a Client takes its time from. A nil field is the machine's.
type Clock struct {
	Now func() time.Time
	// Wait returns after d, or at once with the context's error when that ends first.
	Wait func(ctx context.Context, d time.Duration) error
}

// Option sets up a Client.
type Option func(*Client)

// WithHTTPClient sends over another http.Client. Its Timeout is that of one try.
func WithHTTPClient(h *http.Client) Option { return func(c *Client) { c.http = h } }

// WithClock takes the time from elsewhere: for tests.
func WithClock(clock Clock) Option {
	return func(c *Client) {
		if clock.Now != nil {
			c.clock.Now = clock.Now
		}
		if clock.Wait != nil {
			c.clock.Wait = clock.Wait
		}
	}
}

// WithRetries sets how often a call is sent at most (4 by default; 1: never again), and
// the longest wait between two (a minute by default). A server that asks for a longer
// one gets no further try: the caller gets the Problem, with its RetryAfter.
func WithRetries(tries int, longest time.Duration) Option {
	return func(c *Client) { c.tries, c.longest = max(tries, 1), longest }
}

// WithSignIn goes on with a sign-in that was kept. An access token alone is used as it
// is, until it ends.
func WithSignIn(in SignIn) Option {
	return func(c *Client) { c.signIn, c.endsAt = in, in.ExpiresAt }
}

// WithKeeper hands each new sign-in to keep before it is used, and the zero SignIn after
// SignOut. Write it to where it outlives the program: an older one opens nothing any
// more. While keep fails the one before stays in use.
func WithKeeper(keep func(SignIn) error) Option { return func(c *Client) { c.keep = keep } }

// New makes a client of the server at baseURL, an http or https address without query.
func New(baseURL string, options ...Option) (*Client, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, errors.New("client: the base URL is http:// or https:// and a host") // not told: it may hold a secret
	}
	c := &Client{
		base:  strings.TrimSuffix(u.String(), "/"),
		http:  &http.Client{Timeout: 30 * time.Second, CheckRedirect: noRedirect},
		clock: Clock{time.Now, wait}, tries: 4, longest: time.Minute,
		keep: func(SignIn) error { return nil },
	}
	for _, set := range options {
		set(c)
	}
	return c, nil
}

// noRedirect leaves a redirect as it is: the API has none, and tokens go to nobody else.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// NewID makes an id for what is created: a random UUID (RFC 9562, version 4).
func NewID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func orNewID(id string) string {
	if id == "" {
		return NewID()
	}
	return id
}
