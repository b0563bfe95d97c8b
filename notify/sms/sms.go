// Package sms hands messages to a gateway of the site's choice, by one signed web
// request each. The gateway is a small program or a function at the SMS provider;
// what it must do is in docs/notifications.md.
package sms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"handrail/notify"
	"handrail/notify/webhook"
)

// Config says where the gateway is.
type Config struct {
	URL    string
	Secret []byte           // at least 24 bytes, shared with the gateway
	Now    func() time.Time // nil: time.Now
}

// Channel sends SMS through a webhook.
type Channel struct {
	config Config
	client *http.Client
}

var _ notify.Channel = (*Channel)(nil)

// New makes the channel. Its error is a sentence for the operator.
func New(c Config) (*Channel, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" {
		return nil, errors.New("the address of the SMS gateway must be https")
	}
	if len(c.Secret) < webhook.MinSecret {
		return nil, errors.New("the secret of the SMS gateway must have 24 bytes at least")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Channel{c, &http.Client{Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

// Name implements notify.Channel.
func (*Channel) Name() string { return notify.ChannelSMS }

// Check asks the gateway for a ping: a signed request without a number.
func (c *Channel) Check(ctx context.Context) error {
	r := c.post(ctx, "ping", map[string]string{"type": "ping"})
	if r.Outcome != notify.Accepted {
		return errors.New("the SMS gateway does not answer a signed ping with 2xx: look at its address and the shared secret")
	}
	return nil
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	out := make([]notify.Result, len(batch))
	for i, m := range batch {
		text := m.Text.Body()
		if stop := m.More.Stop.Body(); stop != "" {
			text += " " + stop
		}
		out[i] = c.post(ctx, m.Payload.ID.String(), map[string]string{"type": "sms", "to": m.To.To, "text": text})
	}
	return out
}

// post sends one request as Standard Webhooks has it (webhook-id, webhook-timestamp,
// webhook-signature "v1,<base64 HMAC-SHA256 of id.timestamp.body>"). The id is the
// occurrence's: a gateway that sees it twice sends once.
func (c *Channel) post(ctx context.Context, id string, body map[string]string) notify.Result {
	data, err := json.Marshal(body)
	if err != nil {
		return notify.Result{Outcome: notify.Permanent, Code: "payload"}
	}
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.URL, bytes.NewReader(data))
	if err != nil {
		return notify.Result{Outcome: notify.Permanent, Code: "address"}
	}
	stamp := strconv.FormatInt(c.config.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", stamp)
	req.Header.Set("webhook-signature", webhook.Sign(c.config.Secret, id, stamp, data))
	res, err := c.client.Do(req)
	switch {
	case err != nil && wrote.Load():
		return notify.Result{Outcome: notify.Lost, Code: "answer-lost"}
	case err != nil:
		return notify.Result{Outcome: notify.Retry, Code: "not-sent"}
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	return classify(res, c.config.Now())
}

func classify(res *http.Response, now time.Time) notify.Result {
	r := notify.Result{Outcome: notify.Permanent, Code: strconv.Itoa(res.StatusCode), After: notify.RetryAfter(res.Header, now)}
	switch s := res.StatusCode; {
	case s >= 200 && s < 300:
		r.Outcome, r.Code, r.After = notify.Accepted, "", 0
	case s == http.StatusGone:
		r.Outcome = notify.Gone // the number does not take SMS any more
	case s == http.StatusTooManyRequests, s == http.StatusUnauthorized, s >= 500:
		r.Outcome = notify.Retry
	}
	return r
}
