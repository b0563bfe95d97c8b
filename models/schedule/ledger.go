package schedule

import (
	"slices"
)

// LedgerKey names a DayLedger.
type LedgerKey struct {
	Who string
	Day Day // UTC
}

// String is the id of the ledger's document: "<who>.<YYYY-MM-DD>".
func (k LedgerKey) String() string { return k.Who + "." + k.Day.String() }

// DayLedger is the one place that says what of one person or resource is taken on
// one UTC day. A claim that crosses midnight stands whole in both days' ledgers.
//
// It is stored as one document and replaced only at the version that was read.
// Two bookings that want the same hour change the same ledger, so one of them
// finds another version and looks again: double booking can't be written, whoever
// forgets to check. See docs/decisions/0010-claims.md.
//
// Rules, which Add keeps: claims are sorted by From, each touches the day, and no
// two that count at the same time overlap. A DayLedger is a value; its methods
// leave the receiver as it is.
type DayLedger struct {
	Who    string  `json:"who"`
	Day    Day     `json:"day"`
	Claims []Claim `json:"claims"`
}

// Key is the ledger's name.
func (l DayLedger) Key() LedgerKey { return LedgerKey{l.Who, l.Day} }

// Live are the claims that count at an instant.
func (l DayLedger) Live(now int64) []Claim {
	var live []Claim
	for _, c := range l.Claims {
		if c.Live(now) {
			live = append(live, c)
		}
	}
	return live
}

// Overlaps are the claims that count at an instant and touch s.
func (l DayLedger) Overlaps(s Span, now int64) []Claim {
	var in []Claim
	for _, c := range l.Claims {
		if c.Live(now) && c.Overlaps(s) {
			in = append(in, c)
		}
	}
	return in
}

// Add puts a claim in and leaves out holds whose time is over. When it can't, the
// ledger comes back as it was, with the claims that are in the way.
func (l DayLedger) Add(c Claim, now int64) (_ DayLedger, inTheWay []Claim) {
	if inTheWay = l.Overlaps(c.Span, now); len(inTheWay) > 0 {
		return l, inTheWay
	}
	live := append(l.Live(now), c)
	SortClaims(live)
	return DayLedger{l.Who, l.Day, live}, nil
}

// Remove takes a visit's claim out, if it is there, and holds whose time is over.
func (l DayLedger) Remove(visit string, now int64) DayLedger {
	left := slices.DeleteFunc(l.Live(now), func(c Claim) bool { return c.Visit == visit })
	return DayLedger{l.Who, l.Day, left}
}

// Ledgers are the keys of the ledgers that claims stand in, sorted, each once.
func Ledgers(claims ...Claim) []LedgerKey {
	var keys []LedgerKey
	for _, c := range claims {
		for d := dayOf(c.From); d <= dayOf(c.To-1); d++ {
			keys = append(keys, LedgerKey{c.Who, d})
		}
	}
	slices.SortFunc(keys, compareKeys)
	return slices.Compact(keys)
}
