package models

// Signal says that a rule of the risk reference applies to a check-in. It is for
// the team; a patient never sees it, nor a score. Each keeps its rule's version and
// what it looked at.
type Signal struct {
	Rule    string         `json:"rule"`
	Version string         `json:"version"`
	Tier    string         `json:"tier"` // routine, elevated, urgent, emergent: the default of the reference
	Inputs  map[string]any `json:"inputs"`
	Help    bool           `json:"-"` // the patient is shown the way to help at once
}

// signalsVersion is the version of the rules below.
const signalsVersion = "1"

// signalsOf asks the rules that one check-in can answer. Rules that compare with
// earlier ones are asked elsewhere.
func signalsOf(c CheckIn) []Signal {
	var out []Signal
	add := func(rule, tier string, help bool, inputs map[string]any) {
		out = append(out, Signal{rule, signalsVersion, tier, inputs, help})
	}
	if c.Answers["safety"] == true {
		add("R-SI-0", "urgent", true, map[string]any{"safety": true})
	}
	if c.Answers["overdose"] == true {
		add("R-OD-2", "urgent", true, map[string]any{"overdose": true})
	}
	if c.Answers["shakes"] == true {
		add("R-AW-1", "urgent", true, map[string]any{"shakes": true})
	}
	if u := c.Answers["use"]; u == "opioid" || u == "unknown-pill" {
		add("R-OD-0", "elevated", true, map[string]any{"use": u})
	}
	if v, ok := c.Answers["craving"].(float64); ok && v >= 8 {
		add("R-CR-1", "elevated", false, map[string]any{"craving": v})
	}
	for _, s := range c.Scores {
		out = append(out, instrumentSignals(s)...)
	}
	return out
}

func instrumentSignals(s ScoredResponse) []Signal {
	one := func(rule, tier string, help bool, inputs map[string]any) []Signal {
		return []Signal{{rule, signalsVersion, tier, inputs, help}}
	}
	switch s.Instrument {
	case "phq-9":
		switch v, ok := s.Answers["9"]; {
		case v >= 2:
			return one("R-SI-2", "urgent", true, map[string]any{"item9": v})
		case v == 1:
			return one("R-SI-1", "elevated", true, map[string]any{"item9": v})
		case !ok && len(s.Answers) > 0:
			return one("R-SI-3", "routine", false, map[string]any{"item9": nil})
		}
	case "cssrs-screener-recent":
		return cssrsSignals(s, one)
	case "audit":
		if v := s.Answers["6"]; v >= 3 {
			return one("R-AW-1", "urgent", true, map[string]any{"item6": v})
		}
	}
	return nil
}

func cssrsSignals(s ScoredResponse, one func(string, string, bool, map[string]any) []Signal) []Signal {
	switch s.Result["level"] {
	case "low":
		return one("R-CS-1", "elevated", true, map[string]any{"level": "low"})
	case "moderate":
		return one("R-CS-2", "urgent", true, map[string]any{"level": "moderate"})
	case "high":
		return one("R-CS-3", "emergent", true, map[string]any{"level": "high"})
	case nil:
		tier := "elevated"
		if s.Result["atLeast"] != "none" {
			tier = "urgent"
		}
		return one("R-CS-4", tier, true, map[string]any{"missing": s.Result["missing"]})
	}
	return nil
}

// NeedsHelp tells whether the answer to this check-in must begin with the way to
// help.
func (c CheckIn) NeedsHelp() bool {
	for _, s := range signalsOf(c) {
		if s.Help {
			return true
		}
	}
	return false
}
