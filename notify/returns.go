package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/store"
)

// Late is what somebody says of a message after they had taken it.
type Late struct {
	Outcome Outcome // Accepted: it arrived; Gone: the address is not there; Permanent: this message did not arrive
	Code    string  // theirs, such as "5.1.1"; never an address or a text
}

// ReturnTokenLen is how many letters a return token has.
const ReturnTokenLen = 42

// returnForm is what a token looks like. Mail hosts may change the case of an address.
var returnForm = regexp.MustCompile(`^[a-z2-7]{42}$`)

var returnCode = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// macLen is how much of the keyed hash a token holds, in bytes: with the id 42 letters, so
// that a local part of 64 (RFC 5321 section 4.5.3.1.1) has room for the site's own.
const macLen = 10

// returnToken names one mail in its envelope sender, so that a report of it can be told
// from a made-up one. It holds the id of the entry, which is random to who does not know
// it, and a keyed hash that binds the address: of another address it says nothing.
func (n *Notifier) returnToken(id, address string) string {
	raw, err := uuid.Parse(id)
	if err != nil {
		return ""
	}
	return returnCode.EncodeToString(append(raw[:], n.keys.returnMAC(raw, address)...))
}

func (k siteKeys) returnMAC(id uuid.UUID, address string) []byte {
	m := hmac.New(sha256.New, k.Links)
	m.Write([]byte("return\x00"))
	m.Write(id[:])
	m.Write([]byte(address))
	return m.Sum(nil)[:macLen]
}

// MailReturned takes in what a mail host says later of a mail (RFC 3464), by the token of
// its envelope sender. A token that is none, of an address that its owner has changed or of
// somebody who is not known any more does nothing, and no error tells the difference.
// The same again is once.
func (n *Notifier) MailReturned(ctx context.Context, token string, late Late) error {
	token = strings.ToLower(token)
	raw, err := returnCode.DecodeString(token)
	if !returnForm.MatchString(token) || err != nil || len(raw) != len(uuid.UUID{})+macLen {
		return nil
	}
	id := uuid.UUID(raw[:16])
	return unlessNotFound(n.late(ctx, ChannelEmail, id.String(), late, func(c contact) bool {
		return c.Email != "" && hmac.Equal(n.keys.returnMAC(id, c.Email), raw[16:])
	}))
}

// SMSReported takes in what a carrier says later of a text to a number, by the id that the
// gateway got with it. What names nothing does nothing, as with mails.
func (n *Notifier) SMSReported(ctx context.Context, id, number string, late Late) error {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil
	}
	number, _ = models.PhoneExtension(models.NormalPhone(number))
	return unlessNotFound(n.late(ctx, ChannelSMS, parsed.String(), late, func(c contact) bool { return number != "" && c.Phone == number }))
}

// late marks the address first and the entry then: a kill in between does it once more,
// and an entry that is marked says that all was done.
func (n *Notifier) late(ctx context.Context, channel, id string, late Late, fits func(contact) bool) error {
	e, err := n.entryOf(ctx, id)
	if err != nil {
		return err
	}
	if e == nil {
		return n.askedReturned(ctx, channel, id, late, fits)
	}
	p, err := n.person(ctx, e.AccountID)
	if err != nil || !fits(p.Contact) {
		return err
	}
	at, sent := e.acceptedBy(channel)
	if !sent || e.reported(channel, late) {
		return nil
	}
	if late.Outcome == Gone && !p.Contact.confirmedAt(channel).After(at) { // since then it answered: the report is old
		if err := n.bounced(ctx, channel, e.AccountID, p.Contact.of(channel)); err != nil {
			return err
		}
	}
	return n.edit(ctx, id, func(e *entry) bool {
		if e.reported(channel, late) {
			return false
		}
		n.returned(e, channel, late)
		return true
	})
}

// askedReturned is of a message that asked somebody whether an address is theirs: nobody
// but its owner hears of it, for nothing relies on it yet.
func (n *Notifier) askedReturned(ctx context.Context, channel, id string, late Late, fits func(contact) bool) error {
	if late.Outcome != Gone {
		return nil
	}
	page, err := n.store.Query(ctx, colPeople, store.Query{Index: ixAsked[channel], Equal: []any{id}, Limit: 1})
	if err != nil || len(page.Docs) == 0 {
		return err
	}
	return n.change(ctx, page.Docs[0].ID, func(p *person) error {
		what := p.Contact.gone(channel, n.now().UTC())
		if what == "" || !fits(p.Contact) || !p.Contact.confirmedAt(channel).IsZero() || p.Contact.askedID(channel) != id {
			return errUnchanged
		}
		return n.noteOwner(p, what, what+":"+id)
	})
}

// entryOf reads an entry; nil where there is none.
func (n *Notifier) entryOf(ctx context.Context, id string) (*entry, error) {
	d, err := n.store.Get(ctx, colDue, id)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased) {
		return nil, nil
	}
	if err != nil {
		return nil, refusal(err)
	}
	return readEntry(d)
}

// lateNote marks a line of a trail as said after it was taken.
func lateNote(l Late) string { return "later " + l.Code }

func (l Late) mark() string {
	if l.Outcome == Accepted {
		return MarkDelivered
	}
	return MarkFailed
}

// acceptedBy tells when a provider of a channel took the entry last.
func (e *entry) acceptedBy(channel string) (at time.Time, sent bool) {
	for _, m := range e.Trail {
		if m.What == MarkAccepted && m.Channel == channel {
			at, sent = m.At, true
		}
	}
	return at, sent
}

// reported tells whether the trail says it already.
func (e *entry) reported(channel string, l Late) bool {
	return slices.ContainsFunc(e.Trail, func(m Mark) bool { return m.What == l.mark() && m.Channel == channel && m.Note == lateNote(l) })
}

// returned writes into an entry what was said later. That it arrived at a phone is not that
// somebody looked: what follows still follows. That it did not costs no time: the next step
// is due at once, and where there is none it counts as every other that failed.
func (n *Notifier) returned(e *entry, channel string, l Late) {
	now := n.now()
	e.mark(now, l.mark(), channel, lateNote(l))
	if l.Outcome == Accepted {
		return
	}
	e.Failed = true
	e.Handed = slices.ContainsFunc(e.Trail, func(m Mark) bool { return m.What == MarkAccepted && m.Channel != channel })
	switch {
	case e.received():
	case e.State == StateWaiting && e.step() != string(reminder.StepLocal) && e.lastTaken() == channel:
		e.NextAt = now.UTC()
	case e.State == StateDone && !e.Handed && e.First > 0 && e.At < len(e.Steps) && now.Before(e.Until): // there is another way
		e.State, e.Why, e.NextAt, e.EndedAt = StateRetry, "", now.UTC(), time.Time{}
		e.Attempts, e.Lost, e.Targets = 0, 0, nil
	case e.State == StateDone && !e.Handed:
		e.finish(now)
		n.count(e)
	}
}

// lastTaken is the channel whose provider took the entry last.
func (e *entry) lastTaken() string {
	for _, m := range slices.Backward(e.Trail) {
		if m.What == MarkAccepted {
			return m.Channel
		}
	}
	return ""
}

func unlessNotFound(err error) error {
	if models.KindOf(err) == models.KindNotFound || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return refusal(err)
}
