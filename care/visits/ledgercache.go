package visits

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models/schedule"
	"handrail/store"
)

// ledgerCache keeps day ledgers that were read, decoded. The store is asked at every
// use all the same, and what is kept is good for the version that it answers: a
// ledger is never made anew under a version that it had.
type ledgerCache = lru.Cache[string, heldLedger]

type heldLedger struct {
	version int64
	ledger  schedule.DayLedger // a value that nobody changes
}

// maxLedgers bounds the cache to some ten megabytes.
const maxLedgers = 10_000

// ledger decodes a ledger's document.
func (c *Service) ledger(d store.Doc) (schedule.DayLedger, error) {
	held, ok := c.ledgers.Get(d.ID)
	if ok && held.version == d.Version {
		return held.ledger, nil
	}
	v, err := chart.Decode[schedule.DayLedger](d)
	if err != nil {
		return v.Value, err
	}
	c.ledgers.Add(d.ID, heldLedger{d.Version, v.Value})
	return v.Value, nil
}
