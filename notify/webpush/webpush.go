// Package webpush hands messages to browsers by Web Push (RFC 8030), encrypted for
// the page that subscribed (RFC 8291) and signed with the site's VAPID key (RFC 8292).
// No account at any provider is needed.
package webpush

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	push "github.com/SherClockHolmes/webpush-go"

	"handrail/notify"
	"handrail/publicnet"
	"handrail/store/turns"
)

// Config is what the channel needs.
type Config struct {
	Keys    notify.VAPID
	Subject string // whom a push service can write to: "mailto:…" or "https://…"
	// AllowLoopback is for tests only: endpoints at this very machine, without TLS.
	AllowLoopback bool
	// Local says that people open the page on this very machine: then only browsers
	// on it can subscribe, whose services do not look at the contact.
	Local bool
	// Services are the push services that are asked whether they can be reached; nil:
	// the known ones.
	Services []Service
	Now      func() time.Time // nil: time.Now
}

// Channel sends by Web Push.
type Channel struct {
	config Config
	guard  guard
	client *http.Client
}

var (
	_ notify.Channel        = (*Channel)(nil)
	_ notify.AddressChecker = (*Channel)(nil)
	_ notify.Serviced       = (*Channel)(nil)
	_ notify.Proving        = (*Channel)(nil)
)

// parallel is how many requests of one Send are under way at once.
const parallel = 50

// longestTurn ends the turn of a message whose connection is not there yet.
const longestTurn = 2 * time.Millisecond

// New makes the channel. Its error is a sentence for the operator.
func New(c Config) (*Channel, error) {
	if err := c.Keys.Check(); err != nil {
		return nil, err
	}
	if u, err := url.Parse(c.Subject); err != nil || u.Scheme != "mailto" && u.Scheme != "https" || len(c.Subject) < 9 {
		return nil, errors.New("Web Push needs a contact for push services, mailto:… or https://…")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	g := guard{c.AllowLoopback}
	return &Channel{c, g, g.client()}, nil
}

// Name implements notify.Channel.
func (*Channel) Name() string { return notify.ChannelWebPush }

// Check implements notify.Channel. There is no one service to ask: each browser
// brings its own. What can be known is whether all of them take the site's contact.
func (c *Channel) Check(context.Context) error {
	if err := c.config.Keys.Check(); err != nil {
		return err
	}
	if !c.config.Local && CheckSubject(c.config.Subject) != nil {
		return errors.New("Apple's push service refuses the contact that goes with each push, so iPhones get none. Set --webpush-subject to an address that can be reached from outside")
	}
	return nil
}

// Spares implements notify.Sparing: a contact that Apple refuses keeps pushes from its
// devices alone.
func (c *Channel) Spares(a notify.Address) bool {
	return c.config.Local || CheckSubject(c.config.Subject) == nil || c.KnownService(a) != apple
}

// Service implements notify.Serviced: the host of the endpoint.
func (*Channel) Service(a notify.Address) string {
	u, err := url.Parse(a.To)
	if err != nil {
		return ""
	}
	return u.Host
}

// CheckAddress implements notify.AddressChecker: the endpoint must be https and at a
// public address, and the keys must be keys.
func (c *Channel) CheckAddress(ctx context.Context, a notify.Address) error {
	if err := c.guard.check(ctx, a.To); err != nil {
		return err
	}
	point, err := decode(a.P256dh)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(point)
	}
	if err != nil {
		return errors.New("the key of the subscription is no point of P-256")
	}
	if secret, err := decode(a.Auth); err != nil || len(secret) != 16 {
		return errors.New("the secret of the subscription is not 16 bytes")
	}
	return nil
}

func decode(s string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	out := make([]notify.Result, len(batch))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(parallel, len(batch)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(batch); i = next.Add(1) - 1 {
				out[i] = c.send(ctx, batch[i])
			}
		})
	}
	wg.Wait()
	return out
}

// maxTTL bounds how long a push service keeps a message.
const maxTTL = 28 * 24 * time.Hour

func (c *Channel) send(ctx context.Context, m notify.Message) notify.Result {
	body, err := json.Marshal(m.Payload)
	if err != nil {
		return notify.Result{Outcome: notify.Permanent, Code: "payload"}
	}
	ttl := min(max(0, m.Until.Sub(c.config.Now())), maxTTL)
	urgency := push.UrgencyNormal
	if m.Urgent {
		urgency = push.UrgencyHigh
	}
	turn := turns.Half.Take(ctx, longestTurn) // keys are agreed and a token signed for each
	defer turn.End()
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { turn.End() }})
	id := m.Payload.ID
	res, err := push.SendNotificationWithContext(ctx, body, &push.Subscription{Endpoint: m.To.To, Keys: push.Keys{Auth: m.To.Auth, P256dh: m.To.P256dh}},
		&push.Options{HTTPClient: c.client, RecordSize: recordSize, TTL: int(ttl.Seconds()), Urgency: urgency,
			Topic: base64.RawURLEncoding.EncodeToString(id[:]), // RFC 8030 section 5.4: a second one replaces the first
			// The library puts the "mailto:" itself.
			Subscriber: strings.TrimPrefix(c.config.Subject, "mailto:"), VAPIDPublicKey: c.config.Keys.Public, VAPIDPrivateKey: c.config.Keys.Private})
	switch {
	case err != nil && errors.Is(err, publicnet.ErrNotPublic):
		return notify.Result{Outcome: notify.Permanent, Code: "address-refused"}
	case err != nil && wrote.Load():
		return notify.Result{Outcome: notify.Lost, Code: "answer-lost"}
	case err != nil:
		return notify.Result{Outcome: notify.Retry, Code: "not-sent"}
	}
	defer res.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(res.Body, maxReason))   // what of it came tells enough
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection is used again
	return classify(res, said, c.config.Now())
}

// recordSize pads every message to the same length, so that it tells nothing; 2 KB
// are within what every service takes (RFC 8030 section 7.2: at least 4096 bytes).
const recordSize = 2048
