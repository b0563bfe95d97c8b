package notify

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/store"
)

// Person is who can be reminded: an account.
type Person struct {
	AccountID string
	Owner     string // whose data key seals what is kept: the chart's patient, or the account
	Home      string // IANA name
	Language  string // BCP 47
}

// person is what is kept of one.
type person struct {
	Person
	Stays   []reminder.Stay            `json:"stays,omitempty"` // where their device was, and is
	Choices reminder.Choices           `json:"choices"`
	Chosen  int64                      `json:"chosen,omitempty"` // how often the choices were set: the planner's own changes are none of an editor's business
	Contact contact                    `json:"contact"`
	Sources map[string][]reminder.Rule `json:"sources,omitempty"` // the rules, by who made them
	Notes   []reminder.Rule            `json:"notes,omitempty"`   // what was told and may still be said
	Bounces []bounce                   `json:"bounces,omitempty"` // of which the office was not told yet
	Epoch   uint32                     `json:"epoch"`             // grows whenever the plan changes
	Zones   map[string]string          `json:"zones,omitempty"`   // fingerprints of the zones that it was planned with
	RollAt  time.Time                  `json:"rollAt"`            // when to plan again

	version int64
}

// maxStays is how many of the last places are remembered: enough for a plan to know
// which dates were lived.
const maxStays = 10

func (p *person) rules() []reminder.Rule {
	var out []reminder.Rule
	for _, name := range sortedKeys(p.Sources) {
		out = append(out, p.Sources[name]...)
	}
	return append(out, p.Notes...)
}

// language is what the person chose, or that of the account.
func (p *person) language() string {
	if p.Choices.Language != "" {
		return p.Choices.Language
	}
	return p.Language
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (p *person) doc(k siteKeys) (store.Doc, error) {
	body, err := json.Marshal(p)
	keys := store.Keys{"shard": shardOf(p.AccountID), "rollAt": p.RollAt.UnixMilli()}
	if p.Contact.Phone != "" {
		keys["phoneHash"] = k.hash("phone", p.Contact.Phone)
	}
	if p.Contact.EmailAskID != "" {
		keys["mailAskId"] = p.Contact.EmailAskID
	}
	if p.Contact.PhoneAskID != "" {
		keys["smsAskId"] = p.Contact.PhoneAskID
	}
	return store.Doc{ID: p.AccountID, Version: p.version, Owner: p.Owner, Keys: keys, Body: body}, err
}

func readPerson(d store.Doc) (*person, error) {
	return readBody(d, &person{version: d.Version})
}

func (n *Notifier) person(ctx context.Context, accountID string) (*person, error) {
	d, err := n.store.Get(ctx, colPeople, accountID)
	if err != nil {
		return nil, refusal(err)
	}
	return readPerson(d)
}

// Enroll makes somebody known, or takes over their home zone and language. It may
// be called as often as one likes. Owner never changes.
func (n *Notifier) Enroll(ctx context.Context, who Person) error {
	var c models.Checks
	_, err := reminder.LoadZone(who.Home)
	c.Require(err == nil, "zone", "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
	if c.Err() != nil {
		return c.Err()
	}
	err = n.change(ctx, who.AccountID, func(p *person) error {
		if p.Home == who.Home && p.Language == who.Language {
			return errUnchanged
		}
		p.Home, p.Language = who.Home, who.Language
		return nil
	})
	if models.KindOf(err) != models.KindNotFound {
		return err
	}
	p := &person{Person: who, RollAt: n.now().UTC()}
	d, err := p.doc(n.keys)
	if err == nil {
		err = n.store.Insert(ctx, colPeople, d)
	}
	if errors.Is(err, store.ErrExists) {
		return n.Enroll(ctx, who)
	}
	return refusal(err)
}

// SetRules replaces all rules that one source made for a person, and plans that
// person again. No rules take the source's reminders away. The source must be known
// to its use case alone: "check-in", "visit:<id>", "medicine".
func (n *Notifier) SetRules(ctx context.Context, accountID, source string, rules []reminder.Rule) error {
	if err := reminder.CheckRules(rules); err != nil {
		return err
	}
	return n.change(ctx, accountID, func(p *person) error {
		if p.Sources == nil {
			p.Sources = map[string][]reminder.Rule{}
		}
		if len(rules) == 0 {
			delete(p.Sources, source)
			return nil
		}
		p.Sources[source] = rules
		return reminder.CheckRules(p.rules())
	})
}

// maxNotes is how many notes of a person may wait to be said, and maxCalls how many of them may
// be calls for somebody. Older ones make room: no news for a call, and none of 40 calls for news.
const (
	maxNotes = 50
	maxCalls = 40
)

// Note is something to look at that a use case tells of.
type Note struct {
	AccountID string
	Kind      reminder.Kind   // reminder.News, or TeamAlarm for staff
	Key       string          // names it: told twice, it is said once. Letters, digits and . _ : -
	Ref       string          // id of what it is about, for the app after sign-in
	Steps     []reminder.Step // chosen by somebody who may; none: those of the kind and the person
	Relied    bool            // others rely on it that the person hears of it: by another way where the chosen ones do not reach them, whatever they turned off
	Say       *reminder.Say   // the words that were chosen, for SMS and e-mail; nil: the kind's
	About     time.Time       // the visit that it is about: of no use after its start, and quiet hours do not hold it back until shortly before
}

// Tell says something now, as the person's choices allow. It stands in the plan like
// all else, so that the cap counts it.
func (n *Notifier) Tell(ctx context.Context, note Note) error {
	return n.change(ctx, note.AccountID, func(p *person) error { return p.note(note, n.now()) })
}

// note adds it to what is to be said; errUnchanged where it stands there already.
func (p *person) note(note Note, now time.Time) error {
	rule := reminder.Note(note.Kind, note.Key, note.Ref, now)
	rule.Steps, rule.Say, rule.Relied = note.Steps, note.Say, note.Relied
	if about := note.About.UTC(); about.After(now) {
		hearBy := about.Add(-reminder.Notice)
		rule.Deadline, rule.HearBy = &about, &hearBy
	}
	if err := reminder.CheckRules([]reminder.Rule{rule}); err != nil {
		return err
	}
	if slices.ContainsFunc(p.Notes, func(r reminder.Rule) bool { return r.ID == rule.ID }) {
		return errUnchanged
	}
	p.Notes = append(p.Notes, rule)
	for len(p.Notes) > maxNotes {
		p.Notes = slices.Delete(p.Notes, p.spare(), p.spare()+1)
	}
	return nil
}

// spare is the note that makes room.
func (p *person) spare() int {
	calls := 0
	for _, r := range p.Notes {
		if r.Kind.Traits().Class == reminder.ClassNow {
			calls++
		}
	}
	makes := func(r reminder.Rule) bool { return (r.Kind.Traits().Class == reminder.ClassNow) == (calls > maxCalls) }
	if i := slices.IndexFunc(p.Notes, func(r reminder.Rule) bool { return makes(r) && !r.Relied }); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.Notes, makes)
}

// SetZone says by which clock a person lives from now on: their device said so. It
// plans again what follows the wall clock where they are.
func (n *Notifier) SetZone(ctx context.Context, accountID, zone string) error {
	if _, err := reminder.LoadZone(zone); err != nil {
		return models.E(models.KindInvalid, "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
	}
	return n.change(ctx, accountID, func(p *person) error {
		if p.here() == zone {
			return errUnchanged
		}
		p.Stays = append(p.Stays, reminder.Stay{From: n.now().UTC(), Zone: zone})
		if over := len(p.Stays) - maxStays; over > 0 {
			p.Stays = p.Stays[over:]
		}
		return nil
	})
}

// here is the zone that a person lives by now.
func (p *person) here() string {
	if len(p.Stays) == 0 {
		return p.Home
	}
	return p.Stays[len(p.Stays)-1].Zone
}
