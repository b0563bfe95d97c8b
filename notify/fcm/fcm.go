// Package fcm hands messages to phones through Firebase Cloud Messaging. It is the
// only place that knows the Firebase SDK.
//
// Messages are data messages: the app wakes and shows a neutral text of its own. On
// iOS, where an app that was swiped away is not woken by data, the message also
// names one of four fixed texts that the app brings along (loc-key); it never
// carries one.
package fcm

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"firebase.google.com/go/v4/errorutils"
	"firebase.google.com/go/v4/messaging"
	"google.golang.org/api/option"

	"handrail/firebase"
	"handrail/notify"
	"handrail/store/turns"
)

// Config says which Firebase project sends.
type Config struct {
	ProjectID       string
	CredentialsFile string // a service account's key, as the Firebase console gives it
	// Endpoint is for tests: "http://127.0.0.1:…/v1". With it, nothing is signed in.
	Endpoint string
	Now      func() time.Time // nil: time.Now
}

// Channel sends through FCM.
type Channel struct {
	client *messaging.Client
	now    func() time.Time
	hands  hands
}

var _ notify.Channel = (*Channel)(nil)

const scope = "https://www.googleapis.com/auth/firebase.messaging"

// New makes the channel. Its error is a sentence for the operator.
func New(ctx context.Context, c Config) (*Channel, error) {
	if c.ProjectID == "" {
		return nil, errors.New("no Firebase project is named")
	}
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxIdleConns, base.MaxIdleConnsPerHost = 400, 400 // several batches of 50 requests each
	sender := once{next: base}
	opts := []option.ClientOption{}
	if c.Endpoint != "" {
		opts = append(opts, option.WithEndpoint(c.Endpoint))
	} else {
		var err error
		if sender.signIn, err = newSignIn(ctx, c.CredentialsFile); err != nil {
			return nil, err
		}
	}
	opts = append(opts, option.WithHTTPClient(&http.Client{Transport: sender}))
	client, err := firebase.Client(ctx, messaging.NewClient, c.ProjectID, opts...)
	if err != nil {
		return nil, fmt.Errorf("the Firebase SDK does not start: %w", err)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Channel{client, c.Now, make(hands)}, nil
}

// Name implements notify.Channel.
func (*Channel) Name() string { return notify.ChannelFCM }

// Check asks FCM to validate a message to a token that can't exist. That it refuses
// the token shows that project and credentials are right.
func (c *Channel) Check(ctx context.Context) error {
	_, err := c.client.SendDryRun(ctx, &messaging.Message{Token: "handrail-doctor", Data: map[string]string{"kind": "look"}})
	switch r := classify(err, c.now()); {
	case err == nil, messaging.IsInvalidArgument(err), r.Outcome == notify.Gone:
		return nil
	case errorutils.IsUnauthenticated(err), errorutils.IsPermissionDenied(err):
		return errors.New("Firebase refuses the credentials. Is the service account of this project, and may it send messages?")
	case errorutils.IsNotFound(err):
		return errors.New("Firebase does not know the project. Look at its id.")
	case r.Outcome == notify.Lost || r.Code == codeNotSent:
		return errors.New("Firebase can't be reached. May this machine open connections to fcm.googleapis.com, port 443?")
	}
	return errors.New("Firebase answers, but not as it should; its status page may know more")
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	out := make([]notify.Result, len(batch))
	c.hands.each(len(batch), func(i int) { out[i] = c.send(ctx, batch[i]) })
	return out
}

func (c *Channel) send(ctx context.Context, m notify.Message) notify.Result {
	s := &sending{turn: turns.Half.Take(ctx, longestTurn)}
	defer s.turn.End()
	if ctx.Err() != nil {
		return notify.Result{Outcome: notify.Retry, Code: codeNotSent}
	}
	id, err := c.client.Send(s.within(ctx), c.message(m))
	switch {
	case err == nil:
		return notify.Result{Outcome: notify.Accepted, ID: id}
	case !s.sent && ctx.Err() != nil:
		return notify.Result{Outcome: notify.Retry, Code: codeNotSent}
	case !s.sent: // the SDK refuses it: the others of the batch go their way
		return notify.Result{Outcome: notify.Permanent, Code: "message-refused"}
	}
	return classify(err, c.now())
}

// maxTTL is FCM's: four weeks.
const maxTTL = 28 * 24 * time.Hour

// message makes the FCM message. The collapse key is the class: FCM stores the last
// message of each of at most four keys for a phone that is off, so it never comes
// near the 100 at which all are dropped; the phone then fetches the inbox.
func (c *Channel) message(m notify.Message) *messaging.Message {
	now := c.now()
	ttl := min(max(0, m.Until.Sub(now).Truncate(time.Second)), maxTTL)
	priority := "normal"
	if m.Urgent {
		priority = "high"
	}
	out := &messaging.Message{Token: m.To.To, Data: m.Payload.Data()}
	if m.To.Platform != platformIOS {
		out.Android = &messaging.AndroidConfig{CollapseKey: m.Payload.Kind.String(), Priority: priority, TTL: &ttl}
	}
	if m.To.Platform != platformAndroid {
		out.APNS = apns(m, now.Add(ttl))
	}
	return out
}

// What a device can say that it runs on (models.Platforms). One that says neither gets
// what both need.
const (
	platformIOS     = "ios"
	platformAndroid = "android"
)

func apns(m notify.Message, until time.Time) *messaging.APNSConfig {
	aps := &messaging.Aps{ContentAvailable: true}
	pushType, priority := "background", "5"
	if m.Payload.Kind != notify.CodeToken {
		pushType, priority = "alert", "10"
		aps.MutableContent, aps.Sound = true, "default"
		aps.Alert = &messaging.ApsAlert{TitleLocKey: "notify." + m.Payload.Kind.String() + ".title", LocKey: "notify." + m.Payload.Kind.String() + ".body"}
	}
	return &messaging.APNSConfig{
		Headers: map[string]string{"apns-push-type": pushType, "apns-priority": priority,
			"apns-collapse-id": m.Payload.ID.String(), "apns-expiration": strconv.FormatInt(until.Unix(), 10)},
		Payload: &messaging.APNSPayload{Aps: aps},
	}
}

// classify reads an error of the SDK. It must see it as it came: the SDK's helpers
// do not look into wrapped errors.
func classify(err error, now time.Time) notify.Result {
	res := errorutils.HTTPResponse(err)
	r := notify.Result{Outcome: notify.Permanent}
	if res != nil {
		r.Code = strconv.Itoa(res.StatusCode)
		r.After = notify.RetryAfter(res.Header, now)
	}
	switch {
	case err == nil:
	case res != nil && res.Header.Get(headerLost) != "":
		r.Outcome, r.Code = notify.Lost, codeLost
	case res != nil && res.Header.Get(headerNotSent) != "":
		r.Outcome, r.Code = notify.Retry, codeNotSent
	case messaging.IsUnregistered(err):
		r.Outcome, r.Code = notify.Gone, "UNREGISTERED"
	case messaging.IsSenderIDMismatch(err):
		r.Outcome, r.Code = notify.Mismatch, "SENDER_ID_MISMATCH"
	case messaging.IsThirdPartyAuthError(err):
		r.Outcome, r.Code = notify.Retry, "THIRD_PARTY_AUTH_ERROR" // the APNs key in the console: an operator mends it
	case messaging.IsInvalidArgument(err) && strings.Contains(err.Error(), "registration token"):
		r.Outcome, r.Code = notify.Gone, "INVALID_TOKEN" // cut or foreign: the app is to bring another
	case messaging.IsInvalidArgument(err):
		r.Code = "INVALID_ARGUMENT"
	case messaging.IsQuotaExceeded(err):
		r.Outcome, r.Code = notify.Retry, "QUOTA_EXCEEDED"
		r.After = max(r.After, quotaRest)
	case messaging.IsUnavailable(err), messaging.IsInternal(err), res != nil && res.StatusCode >= 500:
		r.Outcome = notify.Retry
	case res != nil && (res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden):
		r.Outcome = notify.Retry
	case res == nil: // the answer could not be read
		r.Outcome, r.Code = notify.Lost, codeLost
	}
	return r
}

// quotaRest is the least pause after 429 without Retry-After, as FCM's guide asks.
const quotaRest = time.Minute
