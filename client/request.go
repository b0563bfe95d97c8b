package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Request is one call of the API. The methods of Client and Chart are made of it; send
// one with Do for what has no method.
type Request struct {
	Method string
	Path   string // begins with a slash; with its query
	Body   any    // what is written as JSON; nil for none

	IfMatch        string // the ETag of what is changed
	IfNoneMatch    string // the ETag of the copy in hand
	IdempotencyKey string // 8 to 128 visible ASCII characters, new for each thing that is created
	// SameTwice says that this request sent twice is one thing, as it is when the body
	// has an id that the client made. GET, HEAD and an IdempotencyKey need no such word.
	SameTwice bool

	anyToken bool // an access token that has ended will do
}

// Answer is what the server said to a Request that it did not refuse.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// maxAnswer is the largest answer that is read, in bytes.
const maxAnswer = 16 << 20

// Do sends a request and reads the whole answer, a 304 too. An access token that has
// ended is renewed first.
//
// Errors: *Problem for every status from 300 on but 304; the network's; the context's.
func (c *Client) Do(ctx context.Context, rq Request) (*Answer, error) {
	body, err := encode(rq.Body)
	if err != nil {
		return nil, err
	}
	held, err := c.access(ctx, rq.anyToken)
	if err != nil {
		return nil, err
	}
	a, err := c.send(ctx, rq, body, held.token)
	if held.last || !mayRenew(err) {
		return a, err
	}
	if held, err = c.renewed(ctx, held); err != nil {
		return nil, err
	}
	return c.send(ctx, rq, body, held.token)
}

func encode(body any) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	b, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("client: the body can't be written as JSON: %w", err)
	}
	return b, nil
}

// once is one try.
func (c *Client) once(ctx context.Context, rq Request, body []byte, token string) (*Answer, error) {
	h, err := http.NewRequestWithContext(ctx, rq.Method, c.base+rq.Path, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("client: this is no request")
	}
	for name, value := range map[string]string{"If-Match": rq.IfMatch, "If-None-Match": rq.IfNoneMatch, "Idempotency-Key": rq.IdempotencyKey} {
		if value != "" {
			h.Header.Set(name, value)
		}
	}
	if body != nil {
		h.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		h.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := c.http.Do(h)
	if err != nil {
		return nil, lost(rq.Method, err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, lost(rq.Method, err)
	case len(text) > maxAnswer:
		return nil, fmt.Errorf("client: an answer of more than %d bytes", maxAnswer)
	case res.StatusCode >= 300 && res.StatusCode != http.StatusNotModified:
		return nil, problemOf(res, text, c.clock.Now())
	}
	return &Answer{res.StatusCode, res.Header, text}, nil
}

// lostAnswer is an error after which nobody knows whether the server did it.
type lostAnswer struct{ error }

func (l lostAnswer) Unwrap() error { return l.error }

// lost takes the address out of an error of the network: it may name a patient.
func lost(method string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return lostAnswer{fmt.Errorf("client: %s: %w", method, err)}
}

// into sends a request and reads the answer's JSON.
func into[T any](ctx context.Context, c *Client, rq Request) (T, error) {
	v, err := versioned[T](ctx, c, rq)
	return v.Value, err
}

// versioned is into with the answer's ETag.
func versioned[T any](ctx context.Context, c *Client, rq Request) (v Versioned[T], err error) {
	a, err := c.Do(ctx, rq)
	if err != nil {
		return v, err
	}
	v.ETag = a.Header.Get("ETag")
	return v, decode(a.Body, &v.Value)
}

// decode tells where an answer is not as it should be, and nothing of what it holds.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	if err == nil {
		return nil
	}
	where := "no JSON"
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		where = cmp.Or(wrong.Field, "the whole")
	}
	return fmt.Errorf("client: the answer is not as the API's document says: %s", where)
}

// done is for an answer without content.
func (c *Client) done(ctx context.Context, rq Request) error {
	_, err := c.Do(ctx, rq)
	return err
}
