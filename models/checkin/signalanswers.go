package checkin

// answerRule is a rule on the answers of a form. when gives what it looked at, and
// nil where it does not apply.
type answerRule struct {
	rule string
	tier Tier
	when func(answers map[string]any) map[string]any
}

// answerRules are those of the risk reference, section 3. Rules that end in 0 are
// our own [P]: they are what one answer can say of a rule that needs a history.
var answerRules = []answerRule{
	{"R-SI-0", Urgent, answered("safety", true)},
	{skippedRule, Routine, safetySkipped},
	{"R-OD-2", Urgent, answered("overdose", true)},
	{"R-OD-3", Urgent, answered("use", "opioid-and-other")},
	{"R-OD-0", Elevated, answered("use", "opioid")},
	{"R-OD-0", Elevated, answered("use", "unknown-pill")},
	{"R-AW-1", Urgent, answered("shakes", true)},
	{"R-SN-1", Urgent, answered("need-safety", "danger")},
	{"R-CR-2", Urgent, cravingAlone},
	{"R-CR-1", Elevated, strongCraving},
}

func answered(question string, value any) func(map[string]any) map[string]any {
	return func(a map[string]any) map[string]any {
		if a[question] != value {
			return nil
		}
		return map[string]any{question: value}
	}
}

// safetySkipped: the safety question is on every form, so without an answer it was
// passed over. That is no reassurance; somebody asks again.
func safetySkipped(a map[string]any) map[string]any {
	if _, ok := a["safety"]; ok || len(a) == 0 {
		return nil
	}
	return map[string]any{"safety": nil}
}

const highCraving = 8 // of 10

func strongCraving(a map[string]any) map[string]any {
	if v, ok := a["craving"].(float64); !ok || v < highCraving {
		return nil
	}
	return map[string]any{"craving": a["craving"]}
}

// cravingAlone: a strong craving with a very low mood (2 or less of 10 is 8 or more
// of low mood) and nobody or no safe place around.
func cravingAlone(a map[string]any) map[string]any {
	mood, told := a["mood"].(float64)
	if strongCraving(a) == nil || !told || mood > 10-highCraving || a["contact"] != false && a["home"] != false {
		return nil
	}
	out := map[string]any{}
	for _, id := range []string{"craving", "mood", "contact", "home"} {
		if v, ok := a[id]; ok {
			out[id] = v
		}
	}
	return out
}
