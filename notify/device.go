package notify

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"handrail/models"
	"handrail/store"
)

// Device is a place that pushes go to: one app or browser in one session.
type Device struct {
	SessionID string
	DeviceID  string
	Channel   string
	State     string // live, resting, set-aside
	SeenAt    time.Time
}

// The states of a device.
const (
	deviceLive  = "live"
	deviceRests = "resting"   // its token was called unregistered once; a fresh one is asked for
	deviceAside = "set-aside" // its token belongs to another sender
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
	return d.State == deviceLive || d.State == deviceRests && !now.Before(d.RestUntil)
}

func (d *device) doc(k siteKeys) (store.Doc, error) {
	body, err := json.Marshal(d)
	keys := store.Keys{"tokenHash": k.hash(d.Channel, d.Address.To), "accountId": d.AccountID, "seenAt": d.SeenAt.UnixMilli()}
	return store.Doc{ID: d.SessionID, Version: d.version, Owner: d.Owner, Keys: keys, Body: body}, err
}

func readDevice(d store.Doc) (*device, error) {
	v := &device{version: d.Version}
	return v, json.Unmarshal(d.Body, v)
}

// maxDevices is how many devices of a person are pushed to, the last seen first.
const maxDevices = 20

// devices lists the devices of an account.
func (n *Notifier) devices(ctx context.Context, accountID string) ([]*device, error) {
	page, err := n.store.Query(ctx, colDevices, store.Query{Index: ixDevices, Equal: []any{accountID}, Desc: true, Limit: maxDevices})
	if err != nil {
		return nil, err
	}
	out := make([]*device, 0, len(page.Docs))
	for _, d := range page.Docs {
		v, err := readDevice(d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Registration is what an app or a page sends to get pushes.
type Registration struct {
	DeviceID string // must be the session's
	Channel  string // ChannelFCM or ChannelWebPush
	Address  Address
	Zone     string // IANA name, of the device's clock; may be empty
}

// AddressChecker is a Channel that can tell a bad address when it is registered.
type AddressChecker interface {
	// CheckAddress gives an error whose text says what is wrong, without the address.
	CheckAddress(ctx context.Context, a Address) error
}

// Register makes the session's device get pushes, or takes over its fresh token. A
// token belongs to one session: the newest registration on the same device wins and
// whoever had it loses it. A token that a live device of somebody else has is
// refused, as is a device that is not the session's.
func (n *Notifier) Register(ctx context.Context, s models.Session, r Registration) (Device, error) {
	if err := n.checkRegistration(ctx, s, r); err != nil {
		return Device{}, err
	}
	for try := 0; ; try++ {
		d, err := n.register(ctx, s, r)
		if err == nil {
			out := Device{s.ID, r.DeviceID, r.Channel, d.State, d.SeenAt}
			if r.Zone == "" {
				return out, nil
			}
			err = n.SetZone(ctx, s.AccountID, r.Zone)
			if models.KindOf(err) == models.KindNotFound {
				err = nil // not enrolled yet: there is nothing to plan
			}
			return out, err
		}
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) && !errors.Is(err, store.ErrNotFound) || try == replanTries {
			return Device{}, refusal(err)
		}
	}
}

func (n *Notifier) checkRegistration(ctx context.Context, s models.Session, r Registration) error {
	var c models.Checks
	c.Require(r.Channel == ChannelFCM || r.Channel == ChannelWebPush, "channel", "unknown-channel", "Say fcm or webpush.")
	c.Require(r.Address.To != "" && len(r.Address.To) <= 4096, "token", "bad-token", "This is no push token.")
	c.Require(r.Zone == "" || knownZone(n, r.Zone), "zone", "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
	if c.Err() != nil {
		return c.Err()
	}
	if s.Device.ID == "" || r.DeviceID != s.Device.ID {
		return errNotYours()
	}
	ch := n.channels[r.Channel]
	if ch == nil {
		return models.E(models.KindUnavailable, "channel-off", "This clinic does not send pushes this way.")
	}
	if a, ok := ch.(AddressChecker); ok {
		if err := a.CheckAddress(ctx, r.Address); err != nil {
			c.Fail("token", "bad-token", "Pushes can't be sent there.")
			return c.Err()
		}
	}
	return nil
}

func knownZone(n *Notifier, name string) bool {
	_, err := n.zones(name)
	return err == nil
}

func errNotYours() error {
	return models.E(models.KindForbidden, "not-your-device", "This device is signed in by somebody else.")
}

func (n *Notifier) register(ctx context.Context, s models.Session, r Registration) (*device, error) {
	now := n.now().UTC()
	fresh := &device{SessionID: s.ID, DeviceID: r.DeviceID, AccountID: s.AccountID, Owner: ownerOf(s),
		Channel: r.Channel, Address: r.Address, State: deviceLive, SeenAt: now}
	var ops []store.Op
	page, err := n.store.Query(ctx, colDevices, store.Query{Index: ixToken, Equal: []any{n.keys.hash(r.Channel, r.Address.To)}, Limit: 1})
	if err != nil {
		return nil, err
	}
	for _, d := range page.Docs {
		if d.ID == s.ID {
			continue
		}
		had, err := readDevice(d)
		if err != nil {
			return nil, err
		}
		if had.AccountID != s.AccountID && had.DeviceID != r.DeviceID && had.State == deviceLive && now.Sub(had.SeenAt) < n.stale() {
			return nil, errNotYours()
		}
		ops = append(ops, store.Delete(colDevices, d.ID, d.Version))
	}
	old, err := n.store.Get(ctx, colDevices, s.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return nil, err
	default:
		was, err := readDevice(old)
		if err != nil {
			return nil, err
		}
		// The same token again is no fresh one: it goes on resting.
		if was.State != deviceLive && was.Address == r.Address {
			fresh.State, fresh.RestUntil, fresh.WantFresh = was.State, was.RestUntil, true
		}
		fresh.version = old.Version
	}
	d, err := fresh.doc(n.keys)
	if err != nil {
		return nil, err
	}
	if fresh.version == 0 {
		ops = append(ops, store.Insert(colDevices, d))
	} else {
		ops = append(ops, store.Replace(colDevices, d))
	}
	return fresh, n.store.Batch(ctx, ops...)
}

func (n *Notifier) stale() time.Duration { return time.Duration(n.limits.StaleDays) * 24 * time.Hour }

func ownerOf(s models.Session) string {
	if s.PatientID != "" {
		return s.PatientID
	}
	return s.AccountID
}

// Unregister stops pushes to the session's device.
func (n *Notifier) Unregister(ctx context.Context, s models.Session) error {
	return n.SessionEnded(ctx, s.ID)
}

// SessionEnded forgets the token of a session that has ended. Call it for every
// ended session; a session without a device is fine.
func (n *Notifier) SessionEnded(ctx context.Context, sessionID string) error {
	for {
		d, err := n.store.Get(ctx, colDevices, sessionID)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		version := d.Version
		if err != nil && !errors.Is(err, store.ErrErased) {
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
	list, err := n.devices(ctx, accountID)
	for _, d := range list {
		err = errors.Join(err, n.SessionEnded(ctx, d.SessionID))
	}
	return refusal(err)
}

// Devices lists where an account's pushes go to.
func (n *Notifier) Devices(ctx context.Context, accountID string) ([]Device, error) {
	list, err := n.devices(ctx, accountID)
	out := make([]Device, 0, len(list))
	for _, d := range list {
		out = append(out, Device{d.SessionID, d.DeviceID, d.Channel, d.State, d.SeenAt})
	}
	return out, refusal(err)
}

// FreshTokenWanted tells an app to drop its push token and to register a new one.
func (n *Notifier) FreshTokenWanted(ctx context.Context, sessionID string) (bool, error) {
	d, err := n.store.Get(ctx, colDevices, sessionID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, refusal(err)
	}
	v, err := readDevice(d)
	return err == nil && v.WantFresh, err
}
