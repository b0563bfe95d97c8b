package taper

import (
	"slices"

	"handrail/models/medicine"
)

// The pace (issue 18): a reduction of more than a tenth against the step before asks for a
// reason; more than a quarter within 14 days needs a second prescriber too.
const (
	fastStep   = 10 // percent
	fastWindow = 25 // percent
	lastSmall  = 3  // whole tablets of the smallest strength from which one fewer is exempt [P]
)

// WindowDays is how many days the guard looks back.
const WindowDays = 14

// Pace is what the guard found. Percent is against the step before, or against the most
// that was taken on a day of the 14 before.
type Pace struct {
	Step    int    `json:"step"`
	Found   string `json:"found"`
	Percent int    `json:"percent"`
}

// What a Pace has found.
const (
	FoundStep   = "fast-step"   // a reason is asked
	FoundWindow = "fast-window" // a second prescriber and a reason
)

// Guard looks at how fast a plan reduces. Exempt: more is never a reduction; what began
// from none within 14 days (a start); one fewer of at most three smallest whole tablets,
// since less can't be made of them. had is what is known of the days before the plan, the
// last one at the end; it counts where it is more than Before.
func (t Terms) Guard(strengths []Strength, had []medicine.Amount) []Pace {
	out := []Pace{}
	before, _ := parts(t.Before, t.Unit)
	small := smallest(strengths)
	exempt := func(from, to int64) bool { return from <= lastSmall*small && from-to <= small }
	began := 0 // days since it began from none; -1: it was taken before
	if before > 0 {
		began = -1
	}
	past := slices.Repeat([]int64{before}, WindowDays) // of each of the last 14 days
	for i, a := range had[max(0, len(had)-WindowDays):] {
		if n, ok := parts(a.Value, a.Unit); ok && fits(a.Unit, t.Unit) {
			at := WindowDays - min(len(had), WindowDays) + i
			past[at] = max(past[at], n)
		}
	}
	last := before
	for i, s := range t.Steps {
		now := t.total(i)
		young := began >= 0 && began < WindowDays
		if last > 0 && now < last && !young {
			if p := percent(last, now); 100*(last-now) > fastStep*last && !exempt(last, now) {
				out = append(out, Pace{i, FoundStep, p})
			}
		}
		if p := fell(past, now, exempt); p > 0 && now < last && !young {
			out = append(out, Pace{i, FoundWindow, p})
		}
		days := s.Days
		if days == 0 {
			days = WindowDays
		}
		for range min(days, WindowDays) {
			past = append(past[1:], now)
		}
		if began >= 0 && (began > 0 || now > 0) {
			began += days
		}
		last = now
	}
	return out
}

// fell is by how many percent a day falls below one of the 14 before; 0 where that is no
// more than a quarter.
func fell(past []int64, now int64, exempt func(from, to int64) bool) int {
	worst := 0
	for _, was := range past {
		if was > now && 100*(was-now) > fastWindow*was && !exempt(was, now) {
			worst = max(worst, percent(was, now))
		}
	}
	return worst
}

// percent is rounded up, so that what is more than a limit does not read as the limit.
func percent(from, to int64) int { return int((100*(from-to) + from - 1) / from) }

// AsksReason tells whether a reason is asked, NeedsSecond whether a second prescriber is.
func AsksReason(found []Pace) bool { return len(found) > 0 }

// NeedsSecond tells whether a second prescriber signs.
func NeedsSecond(found []Pace) bool {
	for _, p := range found {
		if p.Found == FoundWindow {
			return true
		}
	}
	return false
}

// Reduces tells whether a plan ends with less than was taken before, or falls at all.
func (t Terms) Reduces() bool {
	last, _ := parts(t.Before, t.Unit)
	for i := range t.Steps {
		now := t.total(i)
		if now < last {
			return true
		}
		last = now
	}
	return false
}

// AtLeastBefore raises what is taken before to what is known of it.
func (t *Terms) AtLeastBefore(known *medicine.Amount) {
	if known == nil || !fits(known.Unit, t.Unit) {
		return
	}
	n, ok := parts(known.Value, known.Unit)
	if had, okHad := parts(t.Before, t.Unit); ok && okHad && n > had {
		t.Before = float64(n) / scale[t.Unit]
	}
}

// Most is the largest of some amounts of the kind that a unit measures; none is 0.
func Most(of []medicine.Amount, unit string) medicine.Amount {
	out := medicine.Amount{Unit: unit}
	var most int64
	for _, a := range of {
		if n, ok := parts(a.Value, a.Unit); ok && fits(a.Unit, unit) && n > most {
			most, out = n, a
		}
	}
	return out
}
