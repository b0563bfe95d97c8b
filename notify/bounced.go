package notify

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/models/reminder"
)

// Bounce is a way to somebody that turned out not to be there: a mailbox, a number, or the
// last device that took pushes.
type Bounce struct {
	AccountID string
	Channel   string
	At        time.Time
	Reached   bool // another way still reaches them
}

// bounce is one that nobody of the clinic was told of yet.
type bounce struct {
	Channel string    `json:"channel"`
	At      time.Time `json:"at"`
}

// bounced notes that an address or a number is not there, and tells its owner by the
// other ways, in one write; then who keeps accounts.
func (n *Notifier) bounced(ctx context.Context, channel, accountID, address string) error {
	now := n.now().UTC()
	err := n.change(ctx, accountID, func(p *person) error {
		if p.Contact.of(channel) != address {
			return errUnchanged
		}
		what := p.Contact.gone(channel, now)
		if what == "" {
			return errUnchanged
		}
		return n.noteBounce(p, channel, what, what+":"+now.Format("20060102T150405Z"), now)
	})
	return errors.Join(err, n.tellBounces(ctx, accountID))
}

// pushEnded tells somebody that a device of theirs is about to be forgotten. It comes
// before that: a kill in between says it once more of the same session, which is once.
func (n *Notifier) pushEnded(ctx context.Context, d *device) error {
	now := n.now().UTC()
	return n.change(ctx, d.AccountID, func(p *person) error {
		return n.noteBounce(p, d.Channel, "push-ended", "push-ended:"+d.SessionID, now)
	})
}

func (n *Notifier) noteBounce(p *person, channel, what, key string, now time.Time) error {
	if err := n.noteOwner(p, what, key); err != nil {
		return err
	}
	if n.office != nil {
		p.Bounces = append(p.Bounces, bounce{channel, now})
	}
	return nil
}

// noteOwner tells the person alone.
func (n *Notifier) noteOwner(p *person, what, key string) error {
	return p.note(Note{AccountID: p.AccountID, Kind: reminder.News, Key: key, Ref: what + ":"}, n.now())
}

// tellBounces tells who keeps accounts of what bounced and was not told yet. What can't be
// told now is tried again when the person is planned next, a minute later.
func (n *Notifier) tellBounces(ctx context.Context, accountID string) error {
	return n.change(ctx, accountID, func(p *person) error {
		if len(p.Bounces) == 0 {
			return errUnchanged
		}
		n.toldBounces(ctx, p)
		return nil
	})
}

func (n *Notifier) toldBounces(ctx context.Context, p *person) {
	left := p.Bounces[:0]
	for _, b := range p.Bounces {
		reached, err := n.Reachable(ctx, p.AccountID)
		if err == nil && n.office != nil {
			err = n.office(ctx, Bounce{p.AccountID, b.Channel, b.At, reached})
		}
		if err != nil {
			n.log.Error("notify: the office could not be told that somebody is not reached; it is tried again", "account", p.AccountID, "channel", b.Channel, "error", err)
			left = append(left, b)
		}
	}
	p.Bounces = left
}

// Reach is what the office may know of how somebody is reached: no address and no number.
type Reach struct {
	Reached      bool `json:"reached"`
	EmailBounced bool `json:"emailBounced"`
	PhoneBounced bool `json:"phoneBounced"`
}

// ReachOf tells it of an account; of somebody who was never told anything, that nothing
// reaches them.
func (n *Notifier) ReachOf(ctx context.Context, accountID string) (Reach, error) {
	var out Reach
	var err error
	if out.Reached, err = n.Reachable(ctx, accountID); err != nil {
		return out, err
	}
	s, err := n.Settings(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return out, nil
	}
	out.EmailBounced, out.PhoneBounced = s.EmailBounced, s.PhoneBounced
	return out, err
}
