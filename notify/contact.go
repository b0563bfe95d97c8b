package notify

import (
	"cmp"
	"context"
	"errors"
	"net/mail"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/notify/texts"
	"handrail/store"
)

// contact is where a person may be written to, and what they agreed to.
type contact struct {
	Email            string    `json:"email,omitempty"`
	EmailConfirmedAt time.Time `json:"emailConfirmedAt,omitzero"`
	UnsubscribedAt   time.Time `json:"unsubscribedAt,omitzero"`
	Phone            string    `json:"phone,omitempty"`         // E.164
	SMSOptInAt       time.Time `json:"smsOptInAt,omitzero"`     // recorded: without it no SMS is sent
	SMSStoppedAt     time.Time `json:"smsStoppedAt,omitzero"`   // they answered STOP
	ConfirmAskedAt   time.Time `json:"confirmAskedAt,omitzero"` // when the last confirmation mail was sent
	PhoneAskedAt     time.Time `json:"phoneAskedAt,omitzero"`   // when the number was last asked whether it is theirs
	PhoneConfirmedAt time.Time `json:"phoneConfirmedAt,omitzero"`
	EmailBouncedAt   time.Time `json:"emailBouncedAt,omitzero"` // the mailbox is not there
	PhoneBouncedAt   time.Time `json:"phoneBouncedAt,omitzero"` // the number takes no SMS
	EmailAskID       string    `json:"emailAskId,omitempty"`    // of the message that asked the address whether it is theirs
	PhoneAskID       string    `json:"phoneAskId,omitempty"`    // of the one that asked the number
}

// of is where a channel goes to, whether it may or not; "" for a channel without addresses.
func (c contact) of(channel string) string {
	switch channel {
	case ChannelEmail:
		return c.Email
	case ChannelSMS:
		return c.Phone
	}
	return ""
}

// confirmedAt tells when its owner last said that the address of a channel is theirs.
func (c contact) confirmedAt(channel string) time.Time {
	if channel == ChannelSMS {
		return c.PhoneConfirmedAt
	}
	return c.EmailConfirmedAt
}

// askedID is the message that asked.
func (c contact) askedID(channel string) string {
	if channel == ChannelSMS {
		return c.PhoneAskID
	}
	return c.EmailAskID
}

// gone marks the address of a channel as not there, and names the news of it; "" where
// there is no address, or it is marked already.
func (c *contact) gone(channel string, now time.Time) (what string) {
	switch {
	case channel == ChannelEmail && c.Email != "" && c.EmailBouncedAt.IsZero():
		c.EmailBouncedAt, what = now, "email-bounced"
	case channel == ChannelSMS && c.Phone != "" && c.PhoneBouncedAt.IsZero():
		c.PhoneBouncedAt, what = now, "phone-bounced"
	}
	return what
}

// mail is the address that e-mail may go to, or "".
func (c contact) mail() string {
	if c.EmailConfirmedAt.IsZero() || !c.UnsubscribedAt.IsZero() || !c.EmailBouncedAt.IsZero() {
		return ""
	}
	return c.Email
}

// answered is the number that anything may go to that somebody relies on: it is theirs, for
// START came from it. "" where there is none.
func (c contact) answered() string {
	if c.PhoneConfirmedAt.IsZero() {
		return ""
	}
	return c.sms()
}

// sms is the number whose owner agreed to SMS, to ask it whether it is theirs, or "".
func (c contact) sms() string {
	if c.SMSOptInAt.IsZero() || !c.SMSStoppedAt.IsZero() || !c.PhoneBouncedAt.IsZero() {
		return ""
	}
	return c.Phone
}

// confirmEvery is the least time between two confirmation mails to one person: the
// form must not be of use for filling a stranger's mailbox.
const confirmEvery = 2 * time.Minute

// SetEmail keeps an address and sends a confirmation to it. Nothing else goes there
// until ConfirmEmail. "" takes the address away.
func (n *Notifier) SetEmail(ctx context.Context, accountID, address string) error {
	if address != "" {
		a, err := mail.ParseAddress(address)
		if err != nil || a.Name != "" || a.Address != address || len(address) > 254 {
			return &models.Error{Kind: models.KindInvalid, Code: "invalid-input", Text: "Some of what was sent can't be used. See the fields.",
				Fields: []models.FieldError{{Field: "email", Code: "bad-address", Text: "This is no e-mail address."}}}
		}
	}
	now := n.now().UTC()
	var language string
	id := uuid.New()
	err := n.change(ctx, accountID, func(p *person) error {
		if address != "" && now.Sub(p.Contact.ConfirmAskedAt) < confirmEvery {
			return models.E(models.KindTooMany, "too-soon", "We have just written to you. Please wait two minutes.")
		}
		asked := p.Contact.ConfirmAskedAt
		if address != "" {
			asked = now
		}
		p.Contact.Email, p.Contact.EmailConfirmedAt, p.Contact.UnsubscribedAt, p.Contact.ConfirmAskedAt = address, time.Time{}, time.Time{}, asked
		p.Contact.EmailBouncedAt, p.Contact.EmailAskID = time.Time{}, ""
		if address != "" {
			p.Contact.EmailAskID = id.String()
		}
		language = p.Language
		return nil
	})
	if err != nil || address == "" || n.channels[ChannelEmail] == nil {
		return err
	}
	m := Message{Payload: Payload{ID: id}, To: Address{To: address}, Text: n.text(language, texts.Confirm), Until: now.Add(confirmLife), Return: n.returnToken(id.String(), address),
		Links: Links{Open: n.site.BaseURL + "/#/confirm/" + n.link("confirm", accountID, address, now.Add(confirmLife))}}
	if r := n.sendOne(ctx, ChannelEmail, m); r.Outcome != Accepted {
		return models.E(models.KindUnavailable, "mail-not-sent", "The mail could not be sent. Please try again later.")
	}
	return nil
}

// confirmLife is how long a confirmation link works.
const confirmLife = 24 * time.Hour

// SetPhone keeps a number. One that answered STOP gets nothing until it answers START. optIn says that the person agreed to SMS, now; it is
// recorded. "" takes the number away.
func (n *Notifier) SetPhone(ctx context.Context, accountID, number string, optIn bool) error {
	var c models.Checks
	c.Phone("phone", number, false)
	number, extension := models.PhoneExtension(models.NormalPhone(number))
	c.Require(extension == "", "phone", "no-text-to-extension", "A text can't reach an extension. Give a mobile number.")
	if err := c.Err(); err != nil {
		return err
	}
	said, _, err := n.numberState(ctx, number)
	if err != nil {
		return err
	}
	return n.change(ctx, accountID, func(p *person) error {
		if p.Contact.Phone != number {
			p.Contact.PhoneConfirmedAt, p.Contact.PhoneAskedAt, p.Contact.PhoneAskID = time.Time{}, time.Time{}, ""
		}
		p.Contact.Phone, p.Contact.SMSOptInAt, p.Contact.SMSStoppedAt, p.Contact.PhoneBouncedAt = number, time.Time{}, time.Time{}, time.Time{}
		if said.Stopped && number != "" { // by the number itself: a form does not undo it
			p.Contact.SMSStoppedAt = said.At
		}
		if optIn && number != "" {
			p.Contact.SMSOptInAt = n.now().UTC()
		}
		return nil
	})
}

// AskPhone asks a number whether it is the person's: START from it says yes. Until then
// nothing else goes there, no reminder of their own either.
//
// Errors: no-number (conflict), too-soon (too many), sms-not-sent (unavailable).
func (n *Notifier) AskPhone(ctx context.Context, accountID string) error {
	now := n.now().UTC()
	var number, language string
	id := uuid.New()
	err := n.change(ctx, accountID, func(p *person) error {
		number, language = "", p.language()
		switch {
		case p.Contact.sms() == "" || n.channels[ChannelSMS] == nil:
			return models.E(models.KindConflict, "no-number", "Give a number first, and say yes to text messages.")
		case !p.Contact.PhoneConfirmedAt.IsZero():
			return errUnchanged
		case now.Sub(p.Contact.PhoneAskedAt) < confirmEvery:
			return models.E(models.KindTooMany, "too-soon", "We have just written to you. Please wait two minutes.")
		}
		number, p.Contact.PhoneAskedAt, p.Contact.PhoneAskID = p.Contact.Phone, now, id.String()
		return nil
	})
	if err != nil || number == "" {
		return err
	}
	text, _ := n.asked.Find(cmp.Or(language, n.site.Language), texts.Phone)
	m := Message{Payload: Payload{ID: id}, To: Address{To: number}, Text: text, Until: now.Add(confirmLife)}
	if r := n.sendOne(ctx, ChannelSMS, m); r.Outcome != Accepted {
		return models.E(models.KindUnavailable, "sms-not-sent", "The text could not be sent. Please try again later.")
	}
	return nil
}

// ConfirmEmail opens an address for mail. Call it for POST only: scanners of links
// follow GET.
func (n *Notifier) ConfirmEmail(ctx context.Context, token string) error {
	var address string
	id, err := n.openLink(ctx, "confirm", token, func(p *person) string { address = p.Contact.Email; return address })
	if err != nil {
		return err
	}
	return n.change(ctx, id, func(p *person) error {
		if p.Contact.Email != address {
			return errLink()
		}
		if !p.Contact.EmailConfirmedAt.IsZero() {
			return errUnchanged
		}
		p.Contact.EmailConfirmedAt = n.now().UTC()
		return nil
	})
}

// unsubscribeLink is the one-click link of an e-mail (RFC 8058); it does not end.
func (n *Notifier) unsubscribeLink(accountID string) string {
	return n.site.BaseURL + "/v1/unsubscribe/" + n.link("unsubscribe", accountID, "", time.Time{})
}

// Unsubscribe stops e-mail for whom the link was made. Call it for POST only (RFC
// 8058 section 3.2). It works without sign-in and as often as one likes.
func (n *Notifier) Unsubscribe(ctx context.Context, token string) error {
	id, err := n.openLink(ctx, "unsubscribe", token, func(*person) string { return "" })
	if err != nil {
		return err
	}
	err = n.change(ctx, id, func(p *person) error {
		if !p.Contact.UnsubscribedAt.IsZero() {
			return errUnchanged
		}
		p.Contact.UnsubscribedAt = n.now().UTC()
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
