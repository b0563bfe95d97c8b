package notify

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify/texts"
	"handrail/store"
)

// Answer is what somebody means who answers an SMS.
type Answer string

// The answers.
const (
	AnswerStop  Answer = "stop"
	AnswerStart Answer = "start"
	AnswerHelp  Answer = "help"
	AnswerOther Answer = "other" // anything else: nobody reads it
)

// numberState is what a phone number has said last. It holds for the number, whoever
// has it in their settings, and outlives them: a stop is not undone by a form.
type numberState struct {
	Stopped bool      `json:"stopped"`
	At      time.Time `json:"at"` // when the gateway signed it
}

// Heard takes in what came back from a number at the given time, and gives the text
// that is sent there in answer. A number that nobody has is answered alike: who asks
// must not learn whose numbers are known. The same twice is once, and what is older
// than the last word of that number changes nothing.
func (n *Notifier) Heard(ctx context.Context, number string, a Answer, at time.Time) (texts.Text, error) {
	number, _ = models.PhoneExtension(models.NormalPhone(number))
	people, language, err := n.withNumber(ctx, number)
	if err != nil {
		return texts.Text{}, err
	}
	code := texts.Unread
	if a == AnswerStop || a == AnswerStart {
		stopped, err := n.keepNumber(ctx, number, a == AnswerStop, at.UTC())
		if err != nil {
			return texts.Text{}, err
		}
		if err := n.followNumber(ctx, people, number, stopped, at); err != nil {
			return texts.Text{}, err
		}
		if code = texts.Started; stopped {
			code = texts.Stopped
		}
	}
	return n.text(language, code), nil
}

// StopSMS honours STOP from a number, now.
func (n *Notifier) StopSMS(ctx context.Context, number string) error {
	_, err := n.Heard(ctx, number, AnswerStop, n.now())
	return err
}

// withNumber lists the accounts that have a number, and the language of one of them.
func (n *Notifier) withNumber(ctx context.Context, number string) (people []string, language string, err error) {
	err = n.each(ctx, colPeople, store.Query{Index: ixPhone, Equal: []any{n.keys.hash("phone", number)}}, func(d store.Doc) bool {
		p, err := readPerson(d)
		if err != nil {
			n.skipped(colPeople, d.ID, err)
			return true
		}
		people = append(people, d.ID)
		if language = p.Choices.Language; language == "" {
			language = p.Language
		}
		return true
	})
	return people, language, refusal(err)
}

// keepNumber writes down what a number said and gives what holds: the word with the
// latest time.
func (n *Notifier) keepNumber(ctx context.Context, number string, stopped bool, at time.Time) (holds bool, err error) {
	for {
		s, version, err := n.numberState(ctx, number)
		if err != nil {
			return false, err
		}
		if version > 0 && (at.Before(s.At) || at.Equal(s.At) && s.Stopped) {
			return s.Stopped, nil
		}
		body, err := json.Marshal(numberState{stopped, at})
		if err != nil {
			return false, err
		}
		d := store.Doc{ID: n.keys.hash("phone", number), Owner: store.Site, Version: version, Body: body}
		if version == 0 {
			err = n.store.Insert(ctx, colNumbers, d)
		} else {
			err = n.store.Replace(ctx, colNumbers, d)
		}
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) || ctx.Err() != nil {
			return stopped, refusal(err)
		}
	}
}

func (n *Notifier) numberState(ctx context.Context, number string) (s numberState, version int64, err error) {
	d, err := n.store.Get(ctx, colNumbers, n.keys.hash("phone", number))
	if errors.Is(err, store.ErrNotFound) {
		return s, 0, nil
	}
	if err != nil {
		return s, 0, refusal(err)
	}
	return s, d.Version, json.Unmarshal(d.Body, &s)
}

// followNumber shows people what their number said: in their settings, and by an entry
// in the inbox.
func (n *Notifier) followNumber(ctx context.Context, people []string, number string, stopped bool, at time.Time) error {
	for _, id := range people {
		changed := false
		err := n.change(ctx, id, func(p *person) error {
			changed = p.Contact.Phone == number && stopped == p.Contact.SMSStoppedAt.IsZero()
			confirms := p.Contact.Phone == number && !stopped && (p.Contact.PhoneConfirmedAt.IsZero() || !p.Contact.PhoneBouncedAt.IsZero())
			if !changed && !confirms {
				return errUnchanged
			}
			if confirms { // whoever answers from it has it
				p.Contact.PhoneConfirmedAt, p.Contact.PhoneBouncedAt = at.UTC(), time.Time{}
			}
			p.Contact.SMSStoppedAt = time.Time{}
			if stopped {
				p.Contact.SMSStoppedAt = at.UTC()
			}
			return nil
		})
		if err == nil && changed {
			what := "sms-started"
			if stopped {
				what = "sms-stopped"
			}
			err = n.Tell(ctx, Note{AccountID: id, Kind: reminder.News, Key: what + ":" + at.UTC().Format("20060102T150405Z"), Ref: what + ":"})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
