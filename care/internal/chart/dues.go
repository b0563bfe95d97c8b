package chart

import (
	"sync"
	"time"

	"handrail/models"
	"handrail/store"
)

// How long a worker goes by what it knows of what is due next. What this instance writes
// is known at once; what another wrote, and died before it was due, is found by looking
// again. Where somebody may be in danger, that is sooner.
const (
	lookForDue    = 2 * time.Minute
	lookForDanger = time.Minute
)

func lookAgain(collection string) time.Duration {
	if collection == ColAlerts || collection == ColBreakGlassWaits {
		return lookForDanger
	}
	return lookForDue
}

// dues knows of collections when the next document is due, so that a worker asks the
// store when something is, and not all the time.
type dues struct {
	now models.Clock
	mu  sync.Mutex
	of  map[string]nextDue
}

type nextDue struct {
	at     int64 // ms; what comes after the look counts
	looked time.Time
	writes int // how many were told of; a look that they came into knows nothing
}

// none is later than anything is due.
const none = int64(1) << 62

// written is told of what this instance wrote.
func (d *dues) written(ops []store.Op) {
	for _, op := range ops {
		if at, is := op.Doc.Keys["due"].(int64); is {
			d.mu.Lock()
			n := d.of[op.Collection]
			n.at, n.writes = min(n.at, at), n.writes+1
			d.of[op.Collection] = n
			d.mu.Unlock()
		}
	}
}

// mayBe tells whether something of a collection may be due. writes is to be given back
// to looked.
func (d *dues) mayBe(collection string) (may bool, writes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.of[collection]
	now := d.now()
	return n.at <= Millis(now) || now.Before(n.looked) || now.Sub(n.looked) >= lookAgain(collection), n.writes
}

// looked notes what a look found to be due next.
func (d *dues) looked(collection string, at int64, writes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := d.of[collection]; n.writes == writes {
		d.of[collection] = nextDue{at, d.now(), writes}
	}
}
