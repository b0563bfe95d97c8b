package notify

import (
	"context"
	"errors"
	"time"

	"handrail/store"
)

// restTime is how long a token rests after its first strike, so that the app has a
// day to bring a fresh one.
const restTime = 24 * time.Hour

// strikes draws what a batch's answers say about devices: the first time that a
// token is called gone it rests and a fresh one is asked for; the second time it is
// forgotten; one that belongs to another sender is set aside; one whose service did
// not take us for the sender goes on, with a fresh one asked for in case it is the
// subscription that is wrong; one that works again is live again.
func (n *Notifier) strikes(ctx context.Context, jobs map[string][]job, results map[string][]Result) error {
	var errs []error
	for name, list := range jobs {
		for i, j := range list {
			if j.device != nil {
				errs = append(errs, n.strike(ctx, j.device, results[name][i]))
			} else if results[name][i].Outcome == Gone {
				errs = append(errs, n.bounced(ctx, name, j.entry.AccountID, j.message.To.To))
			}
		}
	}
	return errors.Join(errs...)
}

func (n *Notifier) strike(ctx context.Context, d *device, r Result) error {
	var err error
	switch {
	case r.Outcome == Gone && d.State == deviceRests:
		n.log.Info("notify: a device was forgotten: its token was called gone twice", "session", d.SessionID, "channel", d.Channel)
		if err = n.pushEnded(ctx, d); err == nil {
			err = n.store.Delete(ctx, colDevices, d.SessionID, d.version)
		}
		if err == nil {
			err = n.tellBounces(ctx, d.AccountID)
		}
	case r.Outcome == Gone:
		d.State, d.RestUntil, d.WantFresh = deviceRests, n.now().Add(restTime).UTC(), true
		err = n.replaceDevice(ctx, d)
	case r.Outcome == Mismatch:
		n.log.Warn("notify: a token belongs to another sender; it was set aside until the app or page brings a fresh one. If there are many, look at the project of the app and of the server", "session", d.SessionID, "channel", d.Channel)
		d.State, d.WantFresh = deviceAside, true
		err = n.replaceDevice(ctx, d)
	case r.Outcome == Unauthorized && d.State != deviceRefused:
		n.log.Warn("notify: a push service does not take this site for the sender. Look at its contact (--webpush-subject), its clock and, for Firebase, its credentials", "session", d.SessionID, "channel", d.Channel, "code", r.Code)
		d.State, d.RestUntil, d.WantFresh = deviceRefused, time.Time{}, true
		err = n.replaceDevice(ctx, d)
	case r.Outcome == Accepted && d.State != deviceLive:
		d.State, d.WantFresh, d.RestUntil = deviceLive, false, time.Time{}
		err = n.replaceDevice(ctx, d)
	}
	// A device that changed meanwhile has a fresh token or is gone: what was said of
	// the old one does not count.
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

func (n *Notifier) replaceDevice(ctx context.Context, d *device) error {
	doc, err := d.doc(n.keys)
	if err != nil {
		return err
	}
	return n.store.Replace(ctx, colDevices, doc)
}
