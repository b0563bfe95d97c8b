package notify

import (
	"context"
	"errors"
	"reflect"
	"strings"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/store"
)

// Settings are a person's choices with what holds by them.
type Settings struct {
	Choices        reminder.Choices                  `json:"choices"`
	Effective      map[reminder.Kind]reminder.Traits `json:"effective"`
	PerDay         int                               `json:"perDay"` // the number of prompts a day that holds
	Zone           string                            `json:"zone"`   // the clock that is followed now
	Email          string                            `json:"email"`  // "m•••@example.org"
	Confirmed      bool                              `json:"confirmed"`
	Phone          string                            `json:"phone"` // "•••0100"
	SMS            bool                              `json:"sms"`   // opted in and not stopped
	Stopped        bool                              `json:"smsStopped"`
	PhoneConfirmed bool                              `json:"phoneConfirmed"` // START came from it
	EmailBounced   bool                              `json:"emailBounced"`
	PhoneBounced   bool                              `json:"phoneBounced"`
	Channels       []string                          `json:"channels"`
	Version        int64                             `json:"-"` // of the choices, which an editor had before them
	Shown          int64                             `json:"-"` // of all that is kept of the person
}

// Settings reads them.
func (n *Notifier) Settings(ctx context.Context, accountID string) (Settings, error) {
	p, err := n.person(ctx, accountID)
	if err != nil {
		return Settings{}, err
	}
	return n.settingsOf(p), nil
}

func (n *Notifier) settingsOf(p *person) Settings {
	s := Settings{Choices: p.Choices, Effective: map[reminder.Kind]reminder.Traits{}, PerDay: n.site.PerDay, Zone: n.zone(p.AccountID, p.here()),
		Email: maskMail(p.Contact.Email), Confirmed: p.Contact.mail() != "", Phone: maskEnd(p.Contact.Phone, 4),
		SMS: p.Contact.sms() != "", Stopped: p.Contact.Phone != "" && !p.Contact.SMSStoppedAt.IsZero(), Channels: sortedKeys(n.channels), Version: p.Chosen + 1, Shown: p.version}
	s.PhoneConfirmed = p.Contact.Phone != "" && !p.Contact.PhoneConfirmedAt.IsZero()
	s.EmailBounced, s.PhoneBounced = !p.Contact.EmailBouncedAt.IsZero(), !p.Contact.PhoneBouncedAt.IsZero()
	for _, k := range reminder.Kinds {
		if t, off := p.Choices.For(k); !off {
			s.Effective[k] = t
		}
	}
	if own := p.Choices.PerDay; own != nil {
		s.PerDay = min(s.PerDay, *own)
	}
	return s
}

// SetChoices replaces the choices, if version is still that of the settings (0: in
// any case), and plans the person again. The same choices again are done.
func (n *Notifier) SetChoices(ctx context.Context, accountID string, version int64, ch reminder.Choices) (Settings, error) {
	var c models.Checks
	if ch.Check(&c, n.now()); c.Err() != nil {
		return Settings{}, c.Err()
	}
	var now *person
	err := n.change(ctx, accountID, func(p *person) error {
		now = p
		if reflect.DeepEqual(p.Choices, ch) {
			return errUnchanged
		}
		if version != 0 && version != p.Chosen+1 {
			return refusal(store.ErrConflict)
		}
		p.Choices = ch
		p.Chosen++
		return nil
	})
	if err != nil || now == nil {
		return Settings{}, errors.Join(err)
	}
	return n.settingsOf(now), nil
}

// maskMail shows enough of an address to know it again.
func maskMail(a string) string {
	name, domain, ok := strings.Cut(a, "@")
	if !ok || name == "" {
		return ""
	}
	return name[:1] + "•••@" + domain
}

func maskEnd(s string, n int) string {
	if len(s) <= n {
		return ""
	}
	return "•••" + s[len(s)-n:]
}
