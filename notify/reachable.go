package notify

import (
	"context"
	"time"

	"handrail/models"
)

// Sparing is a Channel whose faults may keep messages from some addresses alone.
type Sparing interface {
	// Spares tells whether an address gets messages although a fault was found.
	Spares(a Address) bool
}

// faults are the channels that were found not to work by who looked last, read once for all
// who are asked about.
type faults struct {
	read    time.Time
	of      map[string]bool
	refused map[string]bool // channels that refused messages since they took one
}

// faultsFor is how long they are taken for what they are. What this instance finds itself
// counts at once.
const faultsFor = 10 * time.Second

// faulty gives them. A channel that nobody has looked at is none: that is done within a
// minute of its first start.
func (n *Notifier) faulty(ctx context.Context) (map[string]bool, error) {
	now := n.now()
	if f := n.faults.Load(); f != nil && now.Sub(f.read).Abs() < faultsFor {
		return f.of, nil
	}
	all, _, err := n.keptVerdicts(ctx)
	if err != nil {
		return nil, err
	}
	f := &faults{now, map[string]bool{}, map[string]bool{}}
	for name, k := range all {
		f.of[name], f.refused[name] = !k.Works, len(k.Refused) > 0
	}
	n.faults.Store(f)
	return f.of, nil
}

// carries tells whether what is handed to a channel for an address goes out, as far as is
// known.
func (n *Notifier) carries(channel string, a Address, faulty map[string]bool) bool {
	c := n.channels[channel]
	if c == nil || !faulty[channel] {
		return c != nil
	}
	s, ok := c.(Sparing)
	return ok && s.Spares(a)
}

// pushReaches tells whether a device takes pushes. One whose service called its token gone, or
// did not take us for the sender, is tried again, and nobody relies on it until that has worked.
func (n *Notifier) pushReaches(ctx context.Context, accountID string, faulty map[string]bool) (bool, error) {
	list, err := n.devices(ctx, accountID)
	if err != nil {
		return false, refusal(err)
	}
	for _, d := range list {
		if d.State == deviceLive && n.carries(d.Channel, d.Address, faulty) {
			return true, nil
		}
	}
	return false, nil
}

func (n *Notifier) mailReaches(p *person, faulty map[string]bool) bool {
	to := p.Contact.mail()
	return to != "" && n.carries(ChannelEmail, Address{To: to}, faulty)
}

func (n *Notifier) smsReaches(p *person, faulty map[string]bool) bool {
	to := p.Contact.answered()
	return to != "" && n.carries(ChannelSMS, Address{To: to}, faulty)
}

// Reachable tells whether any channel that this site has reaches an account now: a
// device that takes pushes, a confirmed address, a number that opted in and has answered;
// each by a channel that was not found at fault: others rely on it. Somebody who was never told
// anything has none.
func (n *Notifier) Reachable(ctx context.Context, accountID string) (bool, error) {
	faulty, err := n.faulty(ctx)
	if err != nil {
		return false, refusal(err)
	}
	if ok, err := n.pushReaches(ctx, accountID, faulty); ok || err != nil {
		return ok, err
	}
	p, err := n.person(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return n.mailReaches(p, faulty) || n.smsReaches(p, faulty), nil
}
