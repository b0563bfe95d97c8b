package seal

import (
	"container/list"
	"sync"
	"time"

	"handrail/store"
)

const (
	defaultCacheSize = 4096
	defaultCacheTTL  = 30 * time.Second
	maxCacheTTL      = 60 * time.Second
)

// entry is what is known of one owner: a keyring, or (nil) that they are erased.
type entry struct {
	owner string
	ring  *keyring
	until time.Time
}

func (e *entry) err() error {
	if e.ring == nil {
		return store.ErrErased
	}
	return nil
}

// keyCache keeps the keys of the owners that were used last, for a short time.
type keyCache struct {
	size int
	ttl  time.Duration
	now  func() time.Time

	mu      sync.Mutex
	order   *list.List // of *entry, newest use in front
	entries map[string]*list.Element
	dropped uint64 // counts drop
}

func newKeyCache(o Options) *keyCache {
	c := &keyCache{size: o.CacheSize, ttl: o.CacheTTL, now: o.Now, order: list.New(), entries: map[string]*list.Element{}}
	if c.size <= 0 {
		c.size = defaultCacheSize
	}
	if c.ttl <= 0 {
		c.ttl = defaultCacheTTL
	}
	c.ttl = min(c.ttl, maxCacheTTL)
	if c.now == nil {
		c.now = time.Now
	}
	return c
}

func (c *keyCache) get(owner string) (*entry, bool) {
	now := c.now()
	c.mu.Lock()
	defer c.mu.Unlock()
	el := c.entries[owner]
	if el == nil {
		return nil, false
	}
	e := el.Value.(*entry)
	if !now.Before(e.until) {
		c.remove(el)
		return nil, false
	}
	c.order.MoveToFront(el)
	return e, true
}

// moment is taken before a key is read from the database, for put.
func (c *keyCache) moment() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dropped
}

// put keeps e, unless any key was dropped since it began to be read: it could be
// the one, and bring an erased key back.
func (c *keyCache) put(e entry, since uint64) {
	e.until = c.now().Add(c.ttl)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped != since {
		return
	}
	if el := c.entries[e.owner]; el != nil {
		c.remove(el)
	}
	c.entries[e.owner] = c.order.PushFront(&e)
	if c.order.Len() > c.size {
		c.remove(c.order.Back())
	}
}

// drop forgets an owner's key.
func (c *keyCache) drop(owner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropped++
	if el := c.entries[owner]; el != nil {
		c.remove(el)
	}
}

func (c *keyCache) remove(el *list.Element) {
	delete(c.entries, c.order.Remove(el).(*entry).owner)
}
