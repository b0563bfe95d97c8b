package notify

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"handrail/models"
	"handrail/store"
)

// Device is a place that pushes go to: one app or browser in one session.
type Device struct {
	SessionID string
	DeviceID  string
	Channel   string
	State     string // live, resting, refused, set-aside
	SeenAt    time.Time
	WantFresh bool // the app is to drop its token or subscription and register a new one
}

// The states of a device.
const (
	deviceLive    = "live"
	deviceRests   = "resting"   // its token was called unregistered once; a fresh one is asked for
	deviceRefused = "refused"   // its service did not take us for the sender last time; it is tried again
	deviceAside   = "set-aside" // its token belongs to another sender
)

// device is what is kept of one, under the id of its session.
type device struct {
	SessionID string    `json:"sessionId"`
	DeviceID  string    `json:"deviceId"` // made by the client and kept
	AccountID string    `json:"accountId"`
	Owner     string    `json:"owner"`
	Channel   string    `json:"channel"`
	Address   Address   `json:"address"`
	State     string    `json:"state"`
	RestUntil time.Time `json:"restUntil,omitzero"`
	WantFresh bool      `json:"wantFresh,omitempty"` // the app is to drop its token and make a new one
	SeenAt    time.Time `json:"seenAt"`

	version int64
}

// usable tells whether pushes go to the device now. One that rests is tried again
// when its rest is over: live tokens have been called unregistered.
func (d *device) usable(now time.Time) bool {
	return d.State == deviceLive || d.State == deviceRefused || d.State == deviceRests && !now.Before(d.RestUntil)
}

func (d *device) doc(k siteKeys) (store.Doc, error) {
	body, err := json.Marshal(d)
	keys := store.Keys{"tokenHash": k.hash(d.Channel, d.Address.To) + ofAccount + d.AccountID, "accountId": d.AccountID, "seenAt": d.SeenAt.UnixMilli()}
	return store.Doc{ID: d.SessionID, Version: d.version, Owner: d.Owner, Keys: keys, Body: body}, err
}

// A token is of one session of an account. One of an older program has no account in
// its key.
const (
	ofAccount  = "."
	afterToken = "/" // the letter after it
)

func readDevice(d store.Doc) (*device, error) {
	return readBody(d, &device{version: d.Version})
}

// devices lists the devices of an account, the last seen first. One that can't be
// read keeps no push from the others.
func (n *Notifier) devices(ctx context.Context, accountID string) ([]*device, error) {
	out := []*device{}
	q := store.Query{Index: ixDevices, Equal: []any{accountID}, Desc: true}
	err := n.each(ctx, colDevices, q, func(d store.Doc) bool {
		v, err := readDevice(d)
		if err != nil {
			n.skipped(colDevices, d.ID, err)
		} else {
			out = append(out, v)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// devicesOf reads the devices of many accounts in one go; nil where they are too many, or
// something fails: then each is asked for by itself.
func (n *Notifier) devicesOf(ctx context.Context, accounts []string) map[string][]*device {
	if len(accounts) == 0 || len(accounts) > store.MaxLimit {
		return nil
	}
	page, err := n.store.Query(ctx, colDevices, store.Query{Index: ixDevices, OneOf: accounts, Limit: store.MaxLimit, Unopened: true})
	if err != nil {
		return nil
	}
	out := make(map[string][]*device, len(accounts))
	for _, id := range accounts {
		out[id] = nil
	}
	for _, d := range page.Docs {
		v, err := readDevice(d)
		if err != nil {
			n.skipped(colDevices, d.ID, err)
			continue
		}
		account, _ := d.Keys["accountId"].(string)
		out[account] = append(out[account], v)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b *device) int { return b.SeenAt.Compare(a.SeenAt) })
	}
	return out
}

// Unregister stops pushes to the session's device.
func (n *Notifier) Unregister(ctx context.Context, s models.Session) error {
	return n.SessionEnded(ctx, s.ID)
}

// SessionEnded forgets the token of a session that has ended. Call it for every
// ended session; a session without a device is fine.
func (n *Notifier) SessionEnded(ctx context.Context, sessionID string) error {
	for {
		version, err := n.versionOf(ctx, colDevices, sessionID)
		if err != nil || version == 0 {
			return refusal(err)
		}
		err = n.store.Delete(ctx, colDevices, sessionID, version)
		if !errors.Is(err, store.ErrConflict) || ctx.Err() != nil {
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			return refusal(err)
		}
	}
}

// AccountEnded forgets all devices of an account.
func (n *Notifier) AccountEnded(ctx context.Context, accountID string) error {
	var ids []string
	err := n.each(ctx, colDevices, store.Query{Index: ixDevices, Equal: []any{accountID}}, func(d store.Doc) bool {
		ids = append(ids, d.ID)
		return true
	})
	for _, id := range ids {
		err = errors.Join(err, n.SessionEnded(ctx, id))
	}
	return refusal(err)
}

// Devices lists where an account's pushes go to.
func (n *Notifier) Devices(ctx context.Context, accountID string) ([]Device, error) {
	list, err := n.devices(ctx, accountID)
	out := make([]Device, 0, len(list))
	for _, d := range list {
		out = append(out, d.view())
	}
	return out, refusal(err)
}

func (d *device) view() Device {
	return Device{d.SessionID, d.DeviceID, d.Channel, d.State, d.SeenAt, d.WantFresh}
}

// devicesIn are an account's, of those that were read or else read now.
func (n *Notifier) devicesIn(ctx context.Context, accountID string, known map[string][]*device) ([]*device, error) {
	if devices, read := known[accountID]; read {
		return devices, nil
	}
	return n.devices(ctx, accountID)
}
