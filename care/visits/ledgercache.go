package visits

import (
	"sync"

	"handrail/care/internal/chart"
	"handrail/models/schedule"
	"handrail/store"
)

// ledgerCache keeps day ledgers that were read, decoded. The store is asked at every
// use all the same, and what is kept is good for the version that it answers: a
// ledger is never made anew under a version that it had.
type ledgerCache struct {
	mu   sync.RWMutex
	held map[string]heldLedger
}

type heldLedger struct {
	version int64
	ledger  schedule.DayLedger // a value that nobody changes
}

// maxLedgers bounds the cache to some ten megabytes. When it is full it starts anew.
const maxLedgers = 10_000

// ledger decodes a ledger's document.
func (c *ledgerCache) ledger(d store.Doc) (schedule.DayLedger, error) {
	c.mu.RLock()
	held, ok := c.held[d.ID]
	c.mu.RUnlock()
	if ok && held.version == d.Version {
		return held.ledger, nil
	}
	v, err := chart.Decode[schedule.DayLedger](d)
	if err != nil {
		return v.Value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil || len(c.held) >= maxLedgers {
		c.held = map[string]heldLedger{}
	}
	c.held[d.ID] = heldLedger{d.Version, v.Value}
	return v.Value, nil
}
