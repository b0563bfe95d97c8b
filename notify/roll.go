package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// Roll carries on the plans that are due to be, and gives their number. Each person
// is planned by one instance: the person's version decides. One who can't be planned
// is set aside and keeps nobody from it.
func (n *Notifier) Roll(ctx context.Context) (int, error) { return n.roll(ctx, true) }

// roll is Roll of all shards, or of those in which somebody may be due.
func (n *Notifier) roll(ctx context.Context, all bool) (int, error) {
	done := 0
	round, err := n.aside.Round(ctx, workPlanner)
	if err != nil {
		return 0, err
	}
	first := int(n.rand() * shards)
	for i := range shards {
		s := (first + i) % shards
		_, writes := n.nextRoll.in(s, n.now())
		if !all {
			if may, err := n.mayBeDue(ctx, &n.nextRoll, s); err != nil {
				return done, err
			} else if !may {
				continue
			}
		}
		q := store.Query{Index: ixRoll, Equal: []any{int64(s)}, To: n.now().UnixMilli() + 1, Limit: 100, Unopened: true}
		for {
			page, err := n.store.Query(ctx, colPeople, q)
			if err != nil {
				return done, err
			}
			for _, d := range page.Docs {
				err := round.Do(ctx, d.ID, func() error {
					if err := n.rollOne(ctx, d); err != nil {
						return err
					}
					done++
					return nil
				})
				if err != nil {
					return done, err
				}
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		if !all {
			if err := n.nothingLeft(ctx, &n.nextRoll, s, writes, aside.First); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// rollOne plans one person again.
func (n *Notifier) rollOne(ctx context.Context, d store.Doc) error {
	p, err := readPerson(d)
	if err != nil {
		return err
	}
	n.toldBounces(ctx, p)
	err = n.replan(ctx, p)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrExists) || errors.Is(err, store.ErrErased) {
		return nil // another instance was faster
	}
	return err
}

// The years that a fingerprint covers. They are fixed, so that the same database
// always gives the same.
var printFrom, printTo = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2037, 12, 1, 0, 0, 0, 0, time.UTC)

// fingerprint is what a zone's clock does, as the running program's time zone
// database has it.
func fingerprint(loc *time.Location) string {
	h := fnv.New64a()
	for t := printFrom; t.Before(printTo); {
		_, off := t.In(loc).Zone()
		_, change := t.In(loc).ZoneBounds()
		if change.IsZero() || change.After(printTo) {
			change = printTo
		}
		fmt.Fprintf(h, "%d until %d;", off, change.Unix())
		t = change
	}
	return fmt.Sprintf("%x", h.Sum64())
}

// zones lists the zones that a person's plan follows from.
func (p *person) zones() []string {
	seen := map[string]string{p.Home: ""}
	for _, s := range p.Stays {
		seen[s.Zone] = ""
	}
	return sortedKeys(seen)
}

// fingerprints of the zones of a person.
func (p *person) fingerprints(zones reminder.Zones) map[string]string {
	out := map[string]string{}
	for _, name := range p.zones() {
		if loc, err := zones(name); err == nil {
			out[name] = fingerprint(loc)
		}
	}
	return out
}

// zonesID is the document that remembers the zones of the last walk.
const zonesID = "zones"

// FollowZones plans again everybody whose zones changed with a new time zone
// database. When none did since the last walk, nobody is looked at.
func (n *Notifier) FollowZones(ctx context.Context) error {
	last := map[string]string{}
	d, err := n.store.Get(ctx, colSite, zonesID)
	if err == nil {
		err = json.Unmarshal(d.Body, &last)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	changed := false
	for name, print := range last {
		loc, err := n.zones(name)
		changed = changed || err != nil || fingerprint(loc) != print
	}
	if d.Version > 0 && !changed {
		return nil
	}
	if err := n.walkZones(ctx, last); err != nil {
		return err
	}
	body, err := json.Marshal(last)
	if err != nil {
		return err
	}
	next := store.Doc{ID: zonesID, Owner: store.Site, Version: d.Version, Body: body}
	if d.Version == 0 {
		err = n.store.Insert(ctx, colSite, next)
	} else {
		err = n.store.Replace(ctx, colSite, next)
	}
	if errors.Is(err, store.ErrExists) || errors.Is(err, store.ErrConflict) {
		return nil // another instance walked too
	}
	return err
}

// walkZones looks at everybody and plans again whom a change concerns. It fills in
// the zones that it met.
func (n *Notifier) walkZones(ctx context.Context, met map[string]string) error {
	round, err := n.aside.Round(ctx, workPlanner)
	if err != nil {
		return err
	}
	q := store.Query{Index: store.IDIndex, Limit: 500, Unopened: true}
	for {
		page, err := n.store.Query(ctx, colPeople, q)
		if err != nil {
			return err
		}
		for _, d := range page.Docs {
			err := round.Do(ctx, d.ID, func() error {
				p, err := readPerson(d)
				if err != nil {
					return err
				}
				same := true
				for name, print := range p.fingerprints(n.zones) {
					met[name] = print
					same = same && p.Zones[name] == print
				}
				if same {
					return nil
				}
				return n.rollOne(ctx, d)
			})
			if err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.Cursor = page.Next
	}
}
