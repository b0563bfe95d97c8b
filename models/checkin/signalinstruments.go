package checkin

import "slices"

// instrumentRule is a rule on a scored instrument. when gives what it looked at,
// and nil where it does not apply.
type instrumentRule struct {
	rule string
	tier Tier
	when func(s ScoredResponse) map[string]any
}

// instrumentRules by instrument: section 3 of the risk reference, and the safety
// triggers of the instrument reference for those that have no rule there.
var instrumentRules = map[string][]instrumentRule{
	"phq-9": {
		{"R-SI-1", Elevated, item("9", 1, 1)},
		{"R-SI-2", Urgent, item("9", 2, 3)},
		{skippedRule, Routine, item9Skipped},
		{"R-SC-1", Elevated, total(20)},
	},
	"gad-7": {{"R-SC-2", Elevated, total(15)}},
	"cssrs-screener-recent": {
		{"R-CS-1", Elevated, level("low")},
		{"R-CS-2", Urgent, level("moderate")},
		{"R-CS-3", Emergent, level("high")},
		{"R-CS-4", Elevated, unfinished(false)},
		{"R-CS-4", Urgent, unfinished(true)},
	},
	"audit": {
		{"R-AW-1", Urgent, item("6", 3, 4)},
		{"R-AUDIT-9", Elevated, item("9", 4, 4)},
	},
	"audit-c": {{"R-AUDIT-C", Elevated, total(8)}},
	"bam-17": {
		{"R-SC-3", Routine, flagged},
		{"R-OD-0", Elevated, item("7e", 1, 4)},
		{"R-CR-1", Elevated, item("8", 3, 4)},
		{"R-BAM-3", Elevated, item("3", 4, 4)},
		{"R-BAM-14", Routine, item("14", 0, 0)},
	},
	"dast-10": {
		{"R-DAST-9", Elevated, item("9", 1, 1)},
		{"R-DAST", Elevated, pointsFrom("minimumPossible", 6)},
		{"R-DAST", Elevated, pointsFrom("score", 6)},
	},
	"pcl-5": {{"R-PCL-16", Elevated, item("16", 3, 4)}},
	"who-5": {
		{"R-SC-4", Elevated, upTo("percent", 28)},
		{"R-WHO", Routine, upTo("raw", 12)},
	},
	"whodas-2-12": {{"R-WHODAS", Routine, pointsFrom("percent", 60)}},
}

// item: an item was answered from low to high.
func item(n string, low, high int) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		if v, ok := s.Answers[n]; !ok || v < low || v > high {
			return nil
		}
		return map[string]any{"item" + n: s.Answers[n]}
	}
}

// item9Skipped: item 9 of the PHQ-9 is open, something else is not; or it was declined.
func item9Skipped(s ScoredResponse) map[string]any {
	if slices.Contains(s.Declined, "9") {
		return map[string]any{"item9": nil, "declined": true}
	}
	if s.Result["safetyItemUnanswered"] != true {
		return nil
	}
	return map[string]any{"item9": nil}
}

// total: the answers add up to a threshold, whatever is still open.
func total(threshold int) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		i, _ := FindInstrument(s.Instrument)
		if sum := i.sum(s.Answers); sum >= threshold {
			return map[string]any{"atLeast": sum}
		}
		return nil
	}
}

func pointsFrom(name string, threshold float64) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		if v, ok := s.Result.number(name); ok && v >= threshold {
			return map[string]any{name: v}
		}
		return nil
	}
}

func upTo(name string, threshold float64) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		if v, ok := s.Result.number(name); ok && v <= threshold {
			return map[string]any{name: v}
		}
		return nil
	}
}

func level(name string) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		if s.Result["level"] != name {
			return nil
		}
		return map[string]any{"level": name}
	}
}

// unfinished: the screener was begun and not finished; urgent after any yes.
func unfinished(anyYes bool) func(ScoredResponse) map[string]any {
	return func(s ScoredResponse) map[string]any {
		if s.Result["level"] != nil || anyYes != (s.Result["atLeast"] != "none") {
			return nil
		}
		return map[string]any{"missing": s.Result["missing"], "atLeast": s.Result["atLeast"]}
	}
}

func flagged(s ScoredResponse) map[string]any {
	if flags, ok := s.Result["flags"].([]any); !ok || len(flags) == 0 {
		return nil
	}
	return map[string]any{"flags": s.Result["flags"]}
}
