package risk

import (
	"slices"
	"time"

	"handrail/models/checkin"
	"handrail/models/medicine"
)

// MissedDoses asks R-MO-1 to R-MO-3 (methadone) of days in a row, true where the dose was
// taken. What counts is the longest run that was missed: a dose that was taken ends one.
func MissedDoses(taken []bool) (rule string, tier checkin.Tier) {
	switch longest := longestMissed(taken); {
	case longest >= 3:
		return "R-MO-3", checkin.Urgent
	case longest == 2:
		return "R-MO-2", checkin.Elevated
	case longest == 1:
		return "R-MO-1", checkin.Routine
	}
	return "", ""
}

func longestMissed(taken []bool) int {
	longest, run := 0, 0
	for _, t := range taken {
		if run++; t {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// GapDays is how many days back missed doses are counted.
const GapDays = 14

// Gap is what a rule of missed doses found.
type Gap struct {
	Rule string
	Tier checkin.Tier
	Key  string // names this gap: the same again is the same gap
}

// DoseGap asks R-MO of one line of the list: of the days, the oldest first, and of a
// depot's calendar. Only what was told as missed counts. A day without data neither counts
// nor ends a run: it is not known [P]. Of lithium the reference names no number of days,
// so that no rule asks about it.
func DoseGap(m medicine.Medicine, days []medicine.DayTaking, now time.Time) (Gap, bool) {
	if m.Status != medicine.Taken {
		return Gap{}, false
	}
	is := func(n string) bool { return slices.Contains(m.Names(), n) }
	if m.EveryDays > 0 {
		return depotGap(m, is("buprenorphine") || is("naltrexone"), now)
	}
	var taken []bool
	last := ""
	for _, d := range days {
		switch d.State {
		case medicine.DoseTaken:
			taken = append(taken, true)
		case medicine.DoseSkipped:
			taken, last = append(taken, false), d.On
		}
	}
	longest := longestMissed(taken)
	gap := func(rule string, tier checkin.Tier) (Gap, bool) { return Gap{rule, tier, m.ID + ":" + last}, true }
	switch {
	case is("methadone") && longest > 0:
		return gap(MissedDoses(taken))
	case is("buprenorphine") && longest >= 5:
		return gap("R-MO-4", checkin.Urgent)
	case is("buprenorphine") && longest >= 2:
		return gap("R-MO-4", checkin.Elevated)
	case is("clozapine") && longest >= 2:
		return gap("R-MO-6", checkin.Urgent)
	}
	return Gap{}, false
}

// depotGap is R-MO-5: a long-acting medicine that was due three days ago, or seven.
func depotGap(m medicine.Medicine, counts bool, now time.Time) (Gap, bool) {
	at, err := time.Parse(time.DateOnly, m.LastDoseOn)
	if !counts || err != nil {
		return Gap{}, false
	}
	late := now.Sub(at.AddDate(0, 0, m.EveryDays))
	key := m.ID + ":due:" + m.LastDoseOn
	switch {
	case late >= 7*24*time.Hour:
		return Gap{"R-MO-5", checkin.Urgent, key}, true
	case late >= 3*24*time.Hour:
		return Gap{"R-MO-5", checkin.Elevated, key}, true
	}
	return Gap{}, false
}

// useMedicineRules are those that name treatment for substance use by themselves.
var useMedicineRules = []string{"R-MO-1", "R-MO-2", "R-MO-3", "R-MO-4", "R-MO-5"}

// WithoutUse is an alert for who may not see which medicines for substance use somebody
// takes: without the evidence that tells of one, and without what was written at its end.
// ok is false where nothing else is left.
func (a Alert) WithoutUse() (out Alert, ok bool) {
	gone, kept := slices.Clone(useMedicineRules), []string{}
	out = a
	out.Evidence = slices.DeleteFunc(slices.Clone(a.Evidence), func(e Evidence) bool {
		tells := slices.Contains(useMedicineRules, e.Rule) || e.Inputs[InputUse] == true
		if tells {
			gone = append(gone, e.Rule)
		} else {
			kept = append(kept, e.Rule)
		}
		return tells
	})
	tells := func(rule string) bool { return slices.Contains(gone, rule) && !slices.Contains(kept, rule) }
	if len(out.Evidence) == len(a.Evidence) && !tells(a.Rule) && !slices.ContainsFunc(a.Rules, tells) {
		return a, true
	}
	if out.Rules = slices.DeleteFunc(slices.Clone(a.Rules), tells); len(out.Rules) == 0 {
		return a, false
	}
	if tells(out.Rule) {
		out.Rule = out.Rules[0]
	}
	out.History = slices.Clone(a.History)
	for i := range out.History {
		if tells(out.History[i].Code) {
			out.History[i].Code = ""
		}
	}
	if a.Outcome != nil {
		end := *a.Outcome
		end.Note = ""
		out.Outcome = &end
	}
	return out, true
}

// InputUse marks evidence about a medicine for substance use; InputMedicine has its line.
const (
	InputUse      = "useRelated"
	InputMedicine = "medicineId"
)

// The rule about a contraindicated pair that is new on the list (R-RX-1).
const PairRule = "R-RX-1"
