package schedule

import "slices"

// Fault is a place where a ledger and the visits do not agree.
type Fault struct {
	Code  string // FaultOverlap, FaultMissing, FaultOrphan
	Claim Claim
}

// The faults.
const (
	FaultOverlap = "overlap" // two claims that count take the same time
	FaultMissing = "missing" // a visit has a claim that the ledger lacks
	FaultOrphan  = "orphan"  // the ledger has a claim that no visit has
)

// Verify holds a ledger against the claims of all live visits of its person that
// touch its day. No fault means that claims equal the sum of visits.
func (l DayLedger) Verify(visits []Claim, now int64) []Fault {
	var faults []Fault
	live := l.Live(now)
	for i, c := range live {
		if slices.ContainsFunc(live[:i], func(o Claim) bool { return o.Overlaps(c.Span) }) {
			faults = append(faults, Fault{FaultOverlap, c})
		}
		if !slices.Contains(visits, c) {
			faults = append(faults, Fault{FaultOrphan, c})
		}
	}
	for _, c := range visits {
		if c.Live(now) && !slices.Contains(live, c) {
			faults = append(faults, Fault{FaultMissing, c})
		}
	}
	return faults
}
