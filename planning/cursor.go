package planning

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"handrail/store"
)

// lookBack is how much of the log is read again in each turn: lines are read in the
// order of their ids, and one may be committed after another with a higher id, by as
// much as a request may take and clocks of two machines may differ.
const lookBack = 20 * time.Second

// lease is how long the instance that follows the log may be silent until another
// goes on.
const lease = 5 * time.Second

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
// at everybody.
func (p *Planner) take(ctx context.Context) (cursor, bool, error) {
	now := p.wall().UTC()
	c := cursor{Last: idAt(now), dirty: true}
	d, err := p.store.Get(ctx, colCursor, cursorID)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return c, false, err
	default:
		if err := json.Unmarshal(d.Body, &c); err != nil {
			return c, false, err
		}
		c.version, c.dirty = d.Version, false
		if c.Holder != p.instance && now.Before(c.Until) {
			return c, false, nil
		}
	}
	if c.Holder != p.instance || c.Until.Sub(now) < lease/2 {
		c.Holder, c.dirty = p.instance, true
	}
	err = p.keep(ctx, &c)
	if errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrExists) {
		return c, false, nil // another was faster
	}
	return c, err == nil, err
}

// keep stores the cursor when it has changed, and with it that this instance lives.
func (p *Planner) keep(ctx context.Context, c *cursor) error {
	if !c.dirty {
		return nil
	}
	c.Until = p.wall().UTC().Add(lease)
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	d := store.Doc{ID: cursorID, Version: c.version, Owner: store.Site, Body: body}
	if c.version == 0 {
		err = p.store.Insert(ctx, colCursor, d)
	} else {
		err = p.store.Replace(ctx, colCursor, d)
	}
	if err == nil {
		c.version++
		c.dirty = false
	}
	return err
}

// advance moves on to an id. A line from a clock that is ahead does not take the
// cursor along: what other machines write until then must still be read.
func (c *cursor) advance(id string, now time.Time) {
	if id = min(id, idAt(now)); id > c.Last {
		c.Last, c.dirty = id, true
	}
}

// lookFrom is the id from which lines are read.
func (c *cursor) lookFrom() string {
	id, err := uuid.Parse(c.Last)
	if err != nil {
		return c.Last
	}
	sec, nsec := id.Time().UnixTime()
	return idAt(time.Unix(sec, nsec).Add(-lookBack))
}

// idAt is the lowest id of a moment (UUIDv7, RFC 9562 section 5.7).
func idAt(t time.Time) string {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(t.UnixMilli())<<16)
	id[6], id[8] = 0x70, 0x80
	return id.String()
}
