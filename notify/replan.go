package notify

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/store"
)

// errUnchanged lets a change say that there is nothing to do.
var errUnchanged = errors.New("notify: unchanged")

// rollEvery is how often a person's plan is carried on.
const rollEvery = 24 * time.Hour

// replanTries bounds how often a change begins again because somebody came between.
const replanTries = 20

// change edits what is kept of a person and plans them again, all or nothing as far
// as one batch goes. Every change of a person's entries comes through here and
// checks the person's version: so the cap on prompts a day holds, whoever plans at
// the same time.
func (n *Notifier) change(ctx context.Context, accountID string, edit func(*person) error) error {
	for try := 0; ; try++ {
		p, err := n.person(ctx, accountID)
		if err != nil {
			return err
		}
		if err := edit(p); errors.Is(err, errUnchanged) {
			return nil
		} else if err != nil {
			return err
		}
		err = n.replan(ctx, p)
		if !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrExists) || try == replanTries {
			return refusal(err)
		}
	}
}

// replan stores a person with the difference between what is planned and what
// should be. More than fits one batch is stored in several; until the last of them,
// the person stays due to be planned again.
func (n *Notifier) replan(ctx context.Context, p *person) error {
	now := n.now()
	known, unreadable, err := n.known(ctx, p.AccountID, now.Add(-reminder.KnownSince))
	if err != nil {
		return err
	}
	held, err := n.inHands(ctx, p, known, now)
	if err != nil {
		return err
	}
	p.forget(now)
	fixed := asKnown(known, held, now)
	want, err := reminder.Plan(n.planInput(p, now, fixed))
	if err != nil {
		return err
	}
	diff := reminder.Diff(fixed, want, now)
	if !diff.Empty() {
		p.Epoch++
	}
	p.Zones = p.fingerprints(n.zones)
	ops, err := n.planOps(p, known, unreadable, diff, now)
	if err == nil && held != nil && touches(diff, known, now) {
		ops, err = held.before(ops)
	}
	if err != nil {
		return err
	}
	for {
		rest := len(ops) - (store.MaxBatch - 1)
		p.RollAt = now.Add(rollEvery).UTC()
		if rest > 0 || len(p.Bounces) > 0 {
			p.RollAt = now.Add(time.Minute).UTC()
		}
		d, err := p.doc(n.keys)
		if err != nil {
			return err
		}
		part := ops[:min(len(ops), store.MaxBatch-1)]
		if err := n.store.Batch(ctx, append([]store.Op{store.Replace(colPeople, d)}, part...)...); err != nil {
			return err
		}
		p.version++
		if ops = ops[len(part):]; len(ops) == 0 {
			return nil
		}
	}
}

func (n *Notifier) planInput(p *person, now time.Time, known []reminder.Known) reminder.Input {
	home, stays := n.lived(p)
	return reminder.Input{Now: now, To: now.AddDate(0, 0, n.limits.PlanDays), Home: home, Stays: stays,
		Rules: p.rules(), Choices: p.Choices, Cap: n.site.PerDay, Known: known, Zones: n.zones}
}

// lived is where a person is at home and where they were. A name of a zone that an
// older program took is read as what it means: it stops nobody's reminders.
func (n *Notifier) lived(p *person) (home string, stays []reminder.Stay) {
	home = n.zone(p.AccountID, p.Home)
	for _, s := range p.Stays {
		stays = append(stays, reminder.Stay{From: s.From, Zone: n.zone(p.AccountID, s.Zone)})
	}
	return home, stays
}

func (n *Notifier) zone(accountID, stored string) string {
	if _, err := n.zones(stored); err == nil {
		return stored
	}
	meant, _ := models.StoredZone(stored, n.site.Zone)
	if n.said.once("zone/" + accountID + "/" + stored) {
		n.log.Warn("notify: somebody's time zone is none of IANA's; another is used until it is set right, see handrail doctor", "accountId", accountID, "used", meant)
	}
	return meant
}

// forget drops the notes whose time is over.
func (p *person) forget(now time.Time) {
	kept := p.Notes[:0]
	for _, r := range p.Notes {
		if r.At.After(now.Add(-reminder.KnownSince)) {
			kept = append(kept, r)
		}
	}
	p.Notes = kept
}

// heldBack is the longest that quiet hours hold back a sound behind its entry.
const heldBack = 48 * time.Hour

// known reads a person's entries that were due at since or later, by name. Those that
// can't be read are given by their ids: one of them must not end all planning of a
// person, and is written anew when it is wanted.
func (n *Notifier) known(ctx context.Context, accountID string, since time.Time) (out map[string]*entry, unreadable map[string]store.Doc, err error) {
	out, unreadable = map[string]*entry{}, map[string]store.Doc{}
	q := store.Query{Index: ixAccount, Equal: []any{accountID}, From: since.Add(-heldBack).UnixMilli(), Limit: store.MaxLimit, Unopened: true}
	for {
		page, err := n.store.Query(ctx, colDue, q)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range page.Docs {
			e, err := queueEntry(d)
			if err != nil || e.Why == whyUnreadable {
				unreadable[d.ID] = d
				continue
			}
			out[e.Name] = e
		}
		if page.Next == "" {
			return out, unreadable, nil
		}
		q.Cursor = page.Next
	}
}

// asKnown is how the rules see the ledger: an entry that a worker took, or that lies
// in the inbox already, does not change any more.
func asKnown(entries map[string]*entry, held *holds, now time.Time) []reminder.Known {
	out := make([]reminder.Known, 0, len(entries))
	for _, name := range sortedKeys(entries) {
		e := entries[name]
		_, taken := held.has(e.ID)
		fixed := taken || e.State != StatePlanned || e.Silent != reminder.Loud && !e.Due.After(now)
		out = append(out, reminder.Known{Occurrence: e.Occurrence, Fixed: fixed})
	}
	return out
}

func (n *Notifier) planOps(p *person, known map[string]*entry, unreadable map[string]store.Doc, diff reminder.Change, now time.Time) ([]store.Op, error) {
	var ops []store.Op
	for _, o := range diff.Add {
		e := &entry{ID: entryID(p.AccountID, o.Name), AccountID: p.AccountID, Owner: p.Owner}
		e.mark(now, MarkPlanned, "", string(o.Silent))
		d, err := e.plan(o, p).doc()
		if err != nil {
			return nil, err
		}
		if was, ok := unreadable[d.ID]; !ok {
			ops = append(ops, store.Insert(colDue, d))
		} else if o.Due.After(now) { // nobody was told yet: else it could be said twice
			d.Version, d.Owner = was.Version, was.Owner
			ops = append(ops, store.Replace(colDue, d))
		}
	}
	for _, o := range diff.Move {
		e := known[o.Name]
		e.mark(now, MarkMoved, "", string(o.Silent))
		d, err := e.plan(o, p).doc()
		if err != nil {
			return nil, err
		}
		ops = append(ops, store.Replace(colDue, d))
	}
	for _, o := range diff.Drop {
		e := known[o.Name]
		ops = append(ops, store.Delete(colDue, e.ID, e.version))
	}
	return ops, nil
}

// plan puts an occurrence into the entry. What says nothing lies in the inbox from
// its time on, and nobody needs to look at it.
func (e *entry) plan(o reminder.Occurrence, p *person) *entry {
	e.Occurrence, e.State, e.Epoch = o, StatePlanned, p.Epoch
	e.Language, e.AtOnce = p.language(), o.Kind.Traits().AtOnce
	e.NextAt, e.EndedAt = o.Due, time.Time{}
	if o.Silent != reminder.Loud {
		e.NextAt, e.EndedAt = time.Time{}, o.Until
	}
	return e
}
