package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Reminder is a prompt, as its person sees it.
type Reminder struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Why      string    `json:"why,omitempty"`
	Kind     string    `json:"kind"`
	At       time.Time `json:"at"`
	Body     string    `json:"body"`
	Delivery string    `json:"delivery"`
	Missed   bool      `json:"missed"`
	Read     bool      `json:"read"`
	Reading  string    `json:"reading,omitempty"`
	Ref      string    `json:"ref,omitempty"`
	Until    time.Time `json:"until"`
}

// Mark is one thing that happened to a reminder.
type Mark struct {
	At      time.Time `json:"at"`
	Channel string    `json:"channel,omitempty"`
	Note    string    `json:"note,omitempty"`
	What    string    `json:"what"`
}

// ReminderTrail is a reminder with all that happened to it.
type ReminderTrail struct {
	Marks []Mark `json:"marks"`
	State string `json:"state"`
	Reminder
}

// ComingReminders are those that a device rings by itself when no push comes.
type ComingReminders struct {
	Epoch int        `json:"epoch"`
	Items []Reminder `json:"items"`
	Until time.Time  `json:"until"`
}

// PushDevice says whether pushes reach this device.
type PushDevice struct {
	Channel          string    `json:"channel,omitempty"`
	FreshTokenWanted bool      `json:"freshTokenWanted"` // Drop the token that you have and register a new one.
	Registered       bool      `json:"registered"`
	SeenAt           time.Time `json:"seenAt,omitzero"`
	State            string    `json:"state,omitempty"` // Whether pushes arrive: live; resting or set-aside, they do not, until a fresh token comes; refused, the last one did not. One of: live, resting, refused, set-aside.
}

// NewPushDevice registers this device for pushes.
type NewPushDevice struct {
	Auth    string   `json:"auth,omitempty"`   // Web Push: the subscription's secret.
	Beside  []string `json:"beside,omitempty"` // Sessions of other people who use this same device and keep the token. Left out: whoever else had it loses it.
	Channel string   `json:"channel"`          // One of: fcm, webpush.
	P256DH  string   `json:"p256dh,omitempty"` // Web Push: the subscription's key.
	Token   string   `json:"token"`            // Of FCM; or the endpoint of a Web Push subscription.
	Zone    string   `json:"zone,omitempty"`   // IANA: the clock that this device goes by.
}

// Reminders lists your own reminders, newest first.
func (c *Client) Reminders(ctx context.Context) iter.Seq2[Reminder, error] {
	return pages[Reminder](ctx, c, "/v1/me/reminders", nil)
}

// ComingReminders reads those that this device rings by itself when no push comes.
func (c *Client) ComingReminders(ctx context.Context) (ComingReminders, error) {
	return into[ComingReminders](ctx, c, Request{Method: http.MethodGet, Path: "/v1/me/reminders/coming"})
}

// ReminderTrail reads one with all that happened to it.
func (c *Client) ReminderTrail(ctx context.Context, id string) (ReminderTrail, error) {
	return into[ReminderTrail](ctx, c, Request{Method: http.MethodGet, Path: at("/v1/me/reminders", id)})
}

// ReminderDelivered says that this device showed one, by "push" or by itself.
func (c *Client) ReminderDelivered(ctx context.Context, id, by string) error {
	return c.done(ctx, Request{Method: http.MethodPost, Path: at("/v1/me/reminders", id, "delivered"), Body: map[string]string{"by": by}})
}

// PushKey reads the key that browsers subscribe with (RFC 8292).
func (c *Client) PushKey(ctx context.Context) (string, error) {
	k, err := into[struct{ Key string }](ctx, c, Request{Method: http.MethodGet, Path: "/v1/push-key"})
	return k.Key, err
}

// SetPushDevice registers this device for pushes.
func (c *Client) SetPushDevice(ctx context.Context, d NewPushDevice) (PushDevice, error) {
	return into[PushDevice](ctx, c, Request{Method: http.MethodPut, Path: "/v1/me/push-device", Body: d})
}
