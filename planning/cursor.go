package planning

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"handrail/store"
	"handrail/store/tail"
)

// lease is how long the instance that follows the log may be silent until another
// goes on.
const lease = 15 * time.Second

// renew is what is left of a lease when its holder prolongs it.
const renew = lease / 3

// cursor says how far the log was followed, and by whom. Times are those of the
// machines' clocks: ids are made by them.
type cursor struct {
	Last   string    `json:"last"` // the highest id that was done, never later than now
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`

	version int64
	dirty   bool
}

const cursorID = "audit"

// take makes this instance the one that follows the log; false: another does. On a
// store that was never followed it begins now: what was before is found by the look
// at everybody. The store is asked when a lease, our own or another's, may be over.
func (p *Planner) take(ctx context.Context) (bool, error) {
	now := p.wall().UTC()
	if left := p.cursor.Until.Sub(now); left > 0 && left <= lease {
		if p.cursor.Holder != p.instance {
			return false, nil
		}
		p.cursor.dirty = p.cursor.dirty || left < renew
		mine, err := p.mine(ctx)
		if mine || err != nil {
			return mine, err
		}
	}
	c := cursor{Last: tail.IDAt(now), dirty: true}
	d, err := p.store.Get(ctx, colCursor, cursorID)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return false, err
	default:
		if err := json.Unmarshal(d.Body, &c); err != nil {
			return false, err
		}
		c.version, c.dirty = d.Version, false
	}
	p.cursor, p.known = c, false
	if c.Holder != p.instance && now.Before(c.Until) {
		return false, nil
	}
	p.cursor.Holder, p.cursor.dirty = p.instance, true
	return p.mine(ctx)
}

// mine keeps the cursor, and tells whether it is this instance's still.
func (p *Planner) mine(ctx context.Context) (bool, error) {
	err := p.keep(ctx)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrExists) {
		return false, nil // another was faster
	}
	return err == nil, err
}

// keep stores the cursor when it has changed, and with it that this instance lives.
func (p *Planner) keep(ctx context.Context) error {
	c := &p.cursor
	if !c.dirty {
		return nil
	}
	next := *c
	next.Until = p.wall().UTC().Add(lease)
	body, err := json.Marshal(next)
	if err != nil {
		return err
	}
	d := store.Doc{ID: cursorID, Version: c.version, Owner: store.Site, Body: body}
	if c.version == 0 {
		err = p.store.Insert(ctx, colCursor, d)
	} else {
		err = p.store.Replace(ctx, colCursor, d)
	}
	if err != nil {
		c.Until = time.Time{} // what is stored is not known: it is read before anything else is done
		return err
	}
	c.Until, c.dirty = next.Until, false
	c.version++
	return nil
}

// advance moves on to an id. A line from a clock that is ahead does not take the
// cursor along: what other machines write until then must still be read.
func (c *cursor) advance(id string, now time.Time) {
	if id = min(id, tail.IDAt(now)); id > c.Last {
		c.Last, c.dirty = id, true
	}
}

// lookFrom is the id from which lines are read.
func (c *cursor) lookFrom() string { return tail.Behind(c.Last) }
