package risk

import (
	"slices"
	"time"

	"handrail/models/checkin"
)

// How long alerts count together (risk reference, section 3 [P]).
const (
	oneAlertPer   = 24 * time.Hour // of one rule
	combineWithin = 72 * time.Hour
	// Remembered is how far back Take must be given the ended alerts of a patient.
	Remembered = combineWithin
)

// Taken is an alert that Take made or changed; Index is its place in what stood, -1 for
// a new one.
type Taken struct {
	Index int
	Alert Alert
}

// Take turns what fired at one moment into alerts: the most urgent first, each added
// to the alert that stands for its matter, or a new one. stood are the patient's open
// alerts and those that were raised within Remembered. newID makes ids.
func Take(stood []Alert, fired []Evidence, patientID, patientName string, n Now, newID func() string) []Taken {
	all := slices.Clone(stood)
	changed := map[int]bool{}
	fired = slices.Clone(fired)
	slices.SortStableFunc(fired, func(a, b Evidence) int { return Rank(b.Tier) - Rank(a.Tier) })
	for _, e := range fired {
		i, combined := place(all, e, n.At, len(stood), changed)
		if i < 0 {
			a := Begin(newID(), patientID, patientName, e, n)
			if combined {
				a = a.Again(e, true, n)
				a.Evidence, a.MoreEvidence = a.Evidence[:1], 0
			}
			all = append(all, a)
			i = len(all) - 1
		} else if changed[i] && !combined && Rank(e.Tier) <= Rank(all[i].Tier) {
			all[i].addEvidence(e) // the same moment calls people once
		} else {
			all[i] = all[i].Again(e, combined, n)
		}
		changed[i] = true
	}
	var out []Taken
	for i, a := range all {
		if changed[i] && i < len(stood) {
			out = append(out, Taken{i, a})
		} else if changed[i] {
			out = append(out, Taken{-1, a})
		}
	}
	return out
}

// place finds the alert that something belongs to; -1 for a new one. Emergent is never
// merged into another nor held back: it is always new, once a moment.
func place(all []Alert, e Evidence, at time.Time, stood int, changed map[int]bool) (i int, combined bool) {
	if e.Tier == checkin.Emergent {
		for i := stood; i < len(all); i++ {
			if changed[i] && all[i].Tier == checkin.Emergent && slices.Contains(all[i].Rules, e.Rule) {
				return i, false
			}
		}
		return -1, false
	}
	for i := range all { // the same rule
		if a := &all[i]; slices.Contains(a.Rules, e.Rule) && a.Tier != checkin.Emergent &&
			(!a.Status.Ended() || at.Sub(a.firedLast(e.Rule)) < oneAlertPer) {
			return i, combines(all, e, at)
		}
	}
	for i := range all { // the same matter, while it is open
		if a := &all[i]; !a.Status.Ended() && a.Tier != checkin.Emergent && a.about(DomainOf(e.Rule)) {
			return i, combines(all, e, at)
		}
	}
	i = -1
	for k := range all { // two matters within three days
		if a := &all[k]; a.Tier != checkin.Emergent && !a.Status.Ended() && a.elevatedBeside(e, at) {
			i = k
		}
	}
	return i, combines(all, e, at)
}

// combines tells whether something elevated is the second matter within three days. What
// counts is when each elevated rule itself applied, whatever was added to its alert since.
func combines(all []Alert, e Evidence, at time.Time) bool {
	return slices.ContainsFunc(all, func(a Alert) bool { return a.elevatedBeside(e, at) })
}

// elevatedBeside tells whether an elevated rule of another matter than e's is part of an
// alert and applied within three days. What a person raised stands for itself, and a
// worry of a supporter must not show in what the patient can read of another alert.
func (a Alert) elevatedBeside(e Evidence, at time.Time) bool {
	d := DomainOf(e.Rule)
	return e.Tier == checkin.Elevated && d != ByHand && e.Rule != WorryRule && !a.Withheld() && slices.ContainsFunc(a.Evidence, func(b Evidence) bool {
		return b.Tier == checkin.Elevated && DomainOf(b.Rule) != d && DomainOf(b.Rule) != ByHand && at.Sub(b.At) < combineWithin
	})
}

// firedLast is when a rule applied last, as far as the alert lists it.
func (a Alert) firedLast(rule string) time.Time {
	for i := len(a.Evidence) - 1; i >= 0; i-- {
		if a.Evidence[i].Rule == rule {
			return a.Evidence[i].At
		}
	}
	return a.RaisedAt
}

func (a Alert) about(d Domain) bool {
	return slices.ContainsFunc(a.Rules, func(r string) bool { return DomainOf(r) == d })
}
