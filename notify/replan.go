package notify

import (
	"context"
	"errors"
	"time"

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
	known, err := n.known(ctx, p.AccountID, now.Add(-reminder.KnownSince))
	if err != nil {
		return err
	}
	p.forget(now)
	want, err := reminder.Plan(n.planInput(p, now, known))
	if err != nil {
		return err
	}
	diff := reminder.Diff(asKnown(known, now), want, now)
	if !diff.Empty() {
		p.Epoch++
	}
	p.Zones = p.fingerprints(n.zones)
	ops, err := n.planOps(p, known, diff, now)
	if err != nil {
		return err
	}
	for {
		rest := len(ops) - (store.MaxBatch - 1)
		p.RollAt = now.Add(rollEvery).UTC()
		if rest > 0 {
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

func (n *Notifier) planInput(p *person, now time.Time, known map[string]*entry) reminder.Input {
	return reminder.Input{Now: now, To: now.AddDate(0, 0, n.limits.PlanDays), Home: p.Home, Stays: p.Stays,
		Rules: p.rules(), Choices: p.Choices, Cap: n.site.PerDay, Known: asKnown(known, now), Zones: n.zones}
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

// known reads a person's entries that were due at since or later, by name.
func (n *Notifier) known(ctx context.Context, accountID string, since time.Time) (map[string]*entry, error) {
	out := map[string]*entry{}
	q := store.Query{Index: ixAccount, Equal: []any{accountID}, From: since.UnixMilli(), Limit: store.MaxLimit}
	for {
		page, err := n.store.Query(ctx, colDue, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Docs {
			e, err := readEntry(d)
			if err != nil {
				return nil, err
			}
			out[e.Name] = e
		}
		if page.Next == "" {
			return out, nil
		}
		q.Cursor = page.Next
	}
}

// asKnown is how the rules see the ledger: an entry that a worker took, or that lies
// in the inbox already, does not change any more.
func asKnown(entries map[string]*entry, now time.Time) []reminder.Known {
	out := make([]reminder.Known, 0, len(entries))
	for _, name := range sortedKeys(entries) {
		e := entries[name]
		fixed := e.State != StatePlanned || e.Silent != reminder.Loud && !e.Due.After(now)
		out = append(out, reminder.Known{Occurrence: e.Occurrence, Fixed: fixed})
	}
	return out
}

func (n *Notifier) planOps(p *person, known map[string]*entry, diff reminder.Change, now time.Time) ([]store.Op, error) {
	var ops []store.Op
	for _, o := range diff.Add {
		e := &entry{ID: entryID(p.AccountID, o.Name), AccountID: p.AccountID, Owner: p.Owner}
		e.mark(now, MarkPlanned, "", string(o.Silent))
		d, err := e.plan(o, p).doc()
		if err != nil {
			return nil, err
		}
		ops = append(ops, store.Insert(colDue, d))
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
	e.Language = p.Choices.Language
	if e.Language == "" {
		e.Language = p.Language
	}
	e.NextAt, e.EndedAt = o.Due, time.Time{}
	if o.Silent != reminder.Loud {
		e.NextAt, e.EndedAt = time.Time{}, o.Until
	}
	return e
}
