package chart

import (
	"sync"
	"time"

	"handrail/models"
)

// toldOnce are what the log was told of once.
type toldOnce struct {
	mu   sync.Mutex
	seen map[string]bool
}

// maxToldOnce bounds what is remembered.
const maxToldOnce = 10_000

// Once tells whether this is the first time of a ref.
func (o *toldOnce) Once(ref string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	if o.seen[ref] || len(o.seen) >= maxToldOnce {
		return false
	}
	o.seen[ref] = true
	return true
}

// Zone is the time zone that a stored name means. There was a time at which names
// such as "posix/America/New_York" were taken: they are read as the zone behind, or
// else as the site's, so that one record stops nobody. The operator is told once.
func (c *Base) Zone(ref, stored string) string {
	meant, odd := models.StoredZone(stored, c.Site.Zone)
	if !odd {
		return meant
	}
	if c.Told.Once(ref) {
		c.Log.Warn("somebody's time zone is none of IANA's; another is used until it is set right, see handrail doctor", "ref", ref, "used", meant)
	}
	return meant
}

// Location is the zone that a stored name means, for package time.
func (c *Base) Location(ref, stored string) *time.Location {
	z, err := models.LoadZone(c.Zone(ref, stored))
	if err != nil {
		return time.UTC
	}
	return z
}
