package seal

import (
	"fmt"
	"testing"
	"time"
)

// TestCacheBounds: the cache holds so many owners, drops the one that was used least
// recently, and forgets after the TTL.
func TestCacheBounds(t *testing.T) {
	now := time.Unix(1e9, 0)
	c := newKeyCache(Options{CacheSize: 3, CacheTTL: time.Second, Now: func() time.Time { return now }})
	for i := range 3 {
		c.put(entry{owner: fmt.Sprint(i)}, c.moment())
	}
	c.get("0")
	c.put(entry{owner: "3"}, c.moment())
	for owner, kept := range map[string]bool{"0": true, "1": false, "2": true, "3": true} {
		if _, ok := c.get(owner); ok != kept {
			t.Errorf("owner %s is kept: %v", owner, ok)
		}
	}
	c.put(entry{owner: "3"}, c.moment()) // again: no double
	if c.order.Len() != 3 || len(c.entries) != 3 {
		t.Errorf("holds %d and %d", c.order.Len(), len(c.entries))
	}
	now = now.Add(time.Second)
	for i := range 4 {
		if _, ok := c.get(fmt.Sprint(i)); ok {
			t.Errorf("owner %d has outlived the TTL", i)
		}
	}
}

// TestCacheDrop: a key that began to be read before a drop does not come back after it.
func TestCacheDrop(t *testing.T) {
	c := newKeyCache(Options{})
	since := c.moment()
	c.drop("o")
	c.put(entry{owner: "o"}, since)
	if _, ok := c.get("o"); ok {
		t.Error("a dropped key came back")
	}
	c.put(entry{owner: "o"}, c.moment())
	if _, ok := c.get("o"); !ok {
		t.Error("a later key is not kept")
	}
}
