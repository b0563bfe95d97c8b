package checkin

// cssrsLevels from none to high.
var cssrsLevels = []string{"none", "low", "moderate", "high"}

// scoreCSSRS: the highest level that was triggered, and no number. A question that
// is needed and unanswered never lowers the level: then there is none, and a
// person calls.
func scoreCSSRS(_ Instrument, a InstrumentAnswers) Result {
	yes := func(n string) bool { return a[n] == 1 }
	level, ideation := 0, 0
	for k, n := range []string{"1", "2", "3", "4", "5"} {
		if yes(n) {
			ideation = k + 1
			level = max(level, map[int]int{0: 1, 1: 1, 2: 2, 3: 3, 4: 3}[k])
		}
	}
	if yes("6") {
		level = max(level, 2)
	}
	if yes("6a") { // counts even where 6 was left out or denied
		level = 3
	}
	missing := cssrsMissing(a)
	switch {
	case len(missing) == 0:
		return Result{"complete": true, "level": cssrsLevels[level], "maxIdeation": ideation}
	case level == 3:
		return Result{"complete": false, "level": cssrsLevels[3], "maxIdeation": ideation, "missing": missing, "action": "clinician-contact"}
	}
	return Result{"complete": false, "level": nil, "atLeast": cssrsLevels[level], "missing": missing, "action": "clinician-contact"}
}

// cssrsMissing lists the needed questions without an answer: 3 to 5 only after a
// yes to 2, 6a only after a yes to 6.
func cssrsMissing(a InstrumentAnswers) []any {
	need := []string{"1", "2"}
	if a["2"] == 1 {
		need = append(need, "3", "4", "5")
	}
	need = append(need, "6")
	if a["6"] == 1 {
		need = append(need, "6a")
	}
	out := []any{}
	for _, n := range need {
		if _, ok := a[n]; !ok {
			out = append(out, "q"+n)
		}
	}
	return out
}
