package care

import (
	"context"
	"sync"
	"time"

	"handrail/models"
	"handrail/store"
)

// oddities are what the log was told of once.
type oddities struct {
	mu   sync.Mutex
	seen map[string]bool
}

// maxOddities bounds what is remembered.
const maxOddities = 10_000

func (o *oddities) once(ref string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen == nil {
		o.seen = map[string]bool{}
	}
	if o.seen[ref] || len(o.seen) >= maxOddities {
		return false
	}
	o.seen[ref] = true
	return true
}

// zone is the time zone that a stored name means. There was a time at which names
// such as "posix/America/New_York" were taken: they are read as the zone behind, or
// else as the site's, so that one record stops nobody. The operator is told once.
func (c *Care) zone(ref, stored string) string {
	meant, odd := models.StoredZone(stored, c.site.Zone)
	if !odd {
		return meant
	}
	if c.odd.once(ref) {
		c.log.Warn("somebody's time zone is none of IANA's; another is used until it is set right, see handrail doctor", "ref", ref, "used", meant)
	}
	return meant
}

// location is the zone that a stored name means, for package time.
func (c *Care) location(ref, stored string) *time.Location {
	z, err := models.LoadZone(c.zone(ref, stored))
	if err != nil {
		return time.UTC
	}
	return z
}

// OddZone is a record whose time zone is none of IANA's.
type OddZone struct {
	Collection string
	ID         string
	Used       string // the zone that is used instead
}

// OddZones looks at every account and patient, for the operator.
func (c *Care) OddZones(ctx context.Context) ([]OddZone, error) {
	var out []OddZone
	for _, collection := range []string{colAccounts, colPatients} {
		err := throughDocs(ctx, c.store, collection, store.Query{Index: store.IDIndex, Unopened: true}, func(d store.Doc) (bool, error) {
			v, err := readable[struct{ Zone string }](d)
			if err != nil {
				return false, nil // unreadable altogether: verify and the workers' marks tell that
			}
			if meant, odd := models.StoredZone(v.Value.Zone, c.site.Zone); odd {
				out = append(out, OddZone{collection, d.ID, meant})
			}
			return false, nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}
