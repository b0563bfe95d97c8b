package schedule

import (
	"cmp"
	"slices"

	"handrail/models"
)

// Clash is a claim that can't be taken because of another one.
type Clash struct{ Wanted, With Claim }

// Settle releases and takes claims, all or none. have are the ledgers as they were
// read, by key; one that is missing in it does not exist yet. What comes back are
// the ledgers to write, each at the version that was read (an insert where there
// was none), in one store batch with whatever else changes; sorted by key.
//
// With clashes nothing is to be written. Claims that are released do not clash, so
// that a visit can be moved by half of its own length. A release that finds no
// claim is no error: a hold whose time is over may be gone already.
func Settle(have map[LedgerKey]DayLedger, release, take []Claim, now int64) ([]DayLedger, []Clash, error) {
	changed := map[LedgerKey]DayLedger{}
	ledger := func(k LedgerKey) DayLedger {
		if l, ok := changed[k]; ok {
			return l
		}
		l := have[k]
		l.Who, l.Day = k.Who, k.Day
		return l
	}
	for _, c := range release {
		for _, k := range Ledgers(c) {
			changed[k] = ledger(k).Remove(c.Visit, now)
		}
	}
	var clashes []Clash
	for _, c := range take {
		if err := c.check(); err != nil {
			return nil, nil, err
		}
		found := map[string]bool{} // a claim over midnight would be met in both ledgers
		for _, k := range Ledgers(c) {
			l, inTheWay := ledger(k).Add(c, now)
			for _, other := range inTheWay {
				if !found[other.Visit] {
					found[other.Visit] = true
					clashes = append(clashes, Clash{c, other})
				}
			}
			if len(l.Claims) > MaxDayClaims {
				return nil, nil, models.E(models.KindTooMany, "day-ledger-full", "There are too many visits on this day.")
			}
			changed[k] = l
		}
	}
	if len(clashes) > 0 {
		return nil, clashes, nil
	}
	out := make([]DayLedger, 0, len(changed))
	for k, l := range changed {
		if !slices.Equal(l.Claims, have[k].Claims) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b DayLedger) int { return compareKeys(a.Key(), b.Key()) })
	return out, nil, nil
}

func compareKeys(a, b LedgerKey) int {
	return cmp.Or(cmp.Compare(a.Who, b.Who), cmp.Compare(a.Day, b.Day))
}

// check refuses a claim that a ledger can't hold.
func (c Claim) check() error {
	if c.Visit == "" || c.Who == "" || c.Empty() || c.To-c.From > int64(MaxClaim.Seconds()) || c.From < 0 {
		return models.E(models.KindInvalid, "bad-claim", "This visit takes a time that can't be booked.")
	}
	return nil
}

// Conflicts tells clashes to who asked, without saying whose visit is in the way.
func Conflicts(clashes []Clash) []Conflict {
	out := make([]Conflict, 0, len(clashes))
	for _, x := range clashes {
		c := conflict(Taken, x.With.And(x.Wanted.Span))
		c.Who = x.Wanted.Who
		out = append(out, c)
	}
	return out
}
