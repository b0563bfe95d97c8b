package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/models"
	"handrail/store"
)

// Registration is what an app or a page sends to get pushes.
type Registration struct {
	DeviceID string // must be the session's
	Channel  string // ChannelFCM or ChannelWebPush
	Address  Address
	Zone     string   // IANA name, of the device's clock; may be empty
	Beside   []string // sessions of others on the same device who keep the token; MaxBeside at most
}

// MaxBeside is how many others of one device a registration can name.
const MaxBeside = 20

// AddressChecker is a Channel that can tell a bad address when it is registered.
type AddressChecker interface {
	// CheckAddress gives an error whose text says what is wrong, without the address.
	CheckAddress(ctx context.Context, a Address) error
}

// Register makes the session's device get pushes, or takes over its fresh token. A
// browser has one token for all its people: those whom the registration names keep it,
// on the same device. Whoever else had it loses it, as somebody whose phone went on to
// another. A token that a live device of somebody else has is refused, as is a device that
// is not the session's.
func (n *Notifier) Register(ctx context.Context, s models.Session, r Registration) (Device, error) {
	if err := n.checkRegistration(ctx, s, r); err != nil {
		return Device{}, err
	}
	for try := 0; ; try++ {
		d, err := n.register(ctx, s, r)
		if err == nil {
			out := d.view()
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
	c.Require(len(r.Beside) <= MaxBeside, "beside", "too-many", "These are too many for one device.")
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
	r.Address.Platform = s.Device.Platform
	fresh := &device{SessionID: s.ID, DeviceID: r.DeviceID, AccountID: s.AccountID, Owner: ownerOf(s),
		Channel: r.Channel, Address: r.Address, State: deviceLive, SeenAt: now}
	var ops []store.Op
	token := n.keys.hash(r.Channel, r.Address.To)
	page, err := n.store.Query(ctx, colDevices, store.Query{Index: ixToken, From: token, To: token + afterToken, Limit: 2 * MaxBeside, Unopened: true})
	if err != nil {
		return nil, err
	}
	for _, d := range page.Docs {
		if d.ID == s.ID {
			continue
		}
		had, err := readDevice(d) // one that can't be read is nobody's any more
		if err == nil && had.AccountID != s.AccountID && had.DeviceID != r.DeviceID && had.State == deviceLive && now.Sub(had.SeenAt) < n.stale() {
			return nil, errNotYours()
		}
		if err == nil && had.AccountID != s.AccountID && had.DeviceID == r.DeviceID && slices.Contains(r.Beside, d.ID) {
			continue
		}
		ops = append(ops, store.Delete(colDevices, d.ID, d.Version))
	}
	own, err := n.store.Query(ctx, colDevices, store.Query{Index: store.IDIndex, From: s.ID, To: s.ID + "\x00", Limit: 1, Unopened: true})
	if err != nil {
		return nil, err
	}
	for _, old := range own.Docs {
		was, err := readDevice(old)
		// The same token again is no fresh one: it goes on resting.
		if err == nil && was.State != deviceLive && was.Address == r.Address {
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
