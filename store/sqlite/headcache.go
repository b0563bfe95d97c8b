package sqlite

import "handrail/store"

// headCache remembers heads from one transaction to the next, as long as nobody else
// writes the file and nothing is rolled back.
type headCache struct {
	known   map[headKey]store.Head
	version int64 // PRAGMA data_version when they were read
}

type headKey struct{ collection, lane string }

// cachedHeads bounds the cache; a head takes about 200 bytes.
const cachedHeads = 4096

func (c *headCache) keep(h store.Head) {
	if c.known == nil || len(c.known) >= cachedHeads {
		c.known = make(map[headKey]store.Head, 64)
	}
	c.known[headKey{h.Collection, h.Lane}] = h
}

func (c *headCache) forget() { clear(c.known) }

// refreshHeads is called when a transaction has begun: SQLite counts the commits of
// other connections, and only those, in data_version.
func (t *tx) refreshHeads() error {
	var version int64
	if err := t.query("PRAGMA data_version", nil, func(stmt uintptr) { version = t.conn.int(stmt, 0) }); err != nil {
		return err
	}
	if version != t.heads.version {
		t.heads.forget()
		t.heads.version = version
		t.db.stamps.othersWrote()
	}
	return nil
}
