package checkin

import (
	"slices"

	"handrail/models/phrases"
)

// Signal says that a rule of the risk reference applies to a check-in. It is for
// the team; a patient never sees it, nor a score. Each keeps its rule's version and
// what it looked at.
type Signal struct {
	Rule    string         `json:"rule"`
	Version string         `json:"version"`
	Tier    Tier           `json:"tier"`
	Inputs  map[string]any `json:"inputs"`
}

// Tier is how soon somebody of the team looks. The defaults are those of the risk
// reference, section 3.
type Tier string

// The tiers, from the least.
const (
	Routine  Tier = "routine"
	Elevated Tier = "elevated"
	Urgent   Tier = "urgent"
	Emergent Tier = "emergent"
)

// signalsVersion is the version of the rules. A change of any is a new one.
const signalsVersion = "1"

// unreadRule says that a check-in holds what the program could not read: a person does.
// It is R-CS-4 for everything else: urgent with a yes so far, else elevated [P].
const unreadRule = "R-UN-1"

// skippedRule says that a question about safety has no answer. Who would rather not
// answer it is shown help, as for a yes: silence is not a safe answer.
const skippedRule = "R-SI-3"

// TextRule is a phrase of the lists of models/phrases, in what somebody wrote in their own
// words: a person reads. It never rises by itself.
const TextRule = "R-TXT-1"

// textSignal is the first phrase of each language in all free text together. What was
// written is not repeated.
func textSignal(answers map[string]any) (Signal, bool) {
	var inputs map[string]any
	var room [24]string
	ids := room[:0]
	for id, answer := range answers {
		if text, _ := answer.(string); text != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, h := range phrases.Find(answers[id].(string)) {
			if inputs == nil {
				inputs = map[string]any{}
			}
			if _, is := inputs[h.Language+" "+h.Version]; !is {
				inputs[h.Language+" "+h.Version] = h.Number
			}
		}
	}
	return Signal{TextRule, signalsVersion, Elevated, inputs}, inputs != nil
}

// signalsOf is what the rules say that one check-in can answer. Rules that compare with
// earlier ones are asked where those are known. An open question never reassures:
// where the least possible score is past a threshold already, the rule applies.
func signalsOf(c CheckIn, rules []Signal) []Signal {
	var out []Signal
	if n := c.NeedsPerson; n != nil {
		out = append(out, Signal{unreadRule, signalsVersion, n.Tier, map[string]any{"why": n.Why}})
	}
	if c.unknownForm() {
		return out // what was asked is not known, so nothing is made of it
	}
	return append(out, rules...)
}

// ruleSignals asks them whatever form was answered.
func ruleSignals(c CheckIn) []Signal {
	var out []Signal
	declined := slices.Contains(c.Declined, "safety")
	for _, r := range answerRules {
		if inputs := r.when(c.Answers); inputs != nil {
			if r.rule == skippedRule && declined {
				inputs["declined"] = true
			}
			out = append(out, Signal{r.rule, signalsVersion, r.tier, inputs})
		}
	}
	if s, is := textSignal(c.Answers); is {
		out = append(out, s)
	}
	if len(c.Answers) == 0 && declined { // not answered is no reassurance
		out = append(out, Signal{skippedRule, signalsVersion, Routine, map[string]any{"safety": nil, "declined": true}})
	}
	for _, s := range c.Scores {
		for _, r := range instrumentRules[s.Instrument] {
			if inputs := r.when(s); inputs != nil {
				out = append(out, Signal{r.rule, signalsVersion, r.tier, inputs})
			}
		}
	}
	return out
}

// Need is a kind of help that a patient is shown at once, before anything else.
type Need string

// The kinds of help. Each begins with the numbers to call and the crisis plan.
const (
	NeedCrisis     Need = "crisis"     // thoughts of suicide
	NeedOverdose   Need = "overdose"   // naloxone, and not being alone when using
	NeedWithdrawal Need = "withdrawal" // emergency care; never advice to stop at once
	NeedDanger     Need = "danger"     // not safe where they are, or from somebody
)

// needs tells which help a rule asks for. What is not here asks for none.
var needs = map[string]Need{
	"R-SI-0": NeedCrisis, "R-SI-1": NeedCrisis, "R-SI-2": NeedCrisis,
	"R-CS-1": NeedCrisis, "R-CS-2": NeedCrisis, "R-CS-3": NeedCrisis, "R-CS-4": NeedCrisis, "R-CR-2": NeedCrisis, TextRule: NeedCrisis,
	"R-OD-0": NeedOverdose, "R-OD-2": NeedOverdose, "R-OD-3": NeedOverdose,
	"R-AW-1": NeedWithdrawal, "R-SN-1": NeedDanger, unreadRule: NeedCrisis,
}

// Needs lists the kinds of help that the answer to this check-in must begin with.
// None says nothing about a patient's safety.
func (c CheckIn) Needs() []Need { return needsOf(c, ruleSignals(c)) }

func needsOf(c CheckIn, rules []Signal) []Need {
	var out []Need
	if c.NeedsPerson != nil {
		out = append(out, needs[unreadRule])
	}
	for _, s := range rules { // of an unknown form too: too much help is better than too little
		n, ok := needs[s.Rule]
		if s.Rule == skippedRule && s.Inputs["declined"] == true {
			n, ok = NeedCrisis, true
		}
		if ok && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// RulesAsked lists the rules that signals come from, each once, with the highest tier
// that it gives.
func RulesAsked() map[string]Tier {
	rank := []Tier{Routine, Elevated, Urgent, Emergent}
	out := map[string]Tier{unreadRule: Urgent, TextRule: Elevated}
	add := func(rule string, t Tier) {
		if slices.Index(rank, t) > slices.Index(rank, out[rule]) {
			out[rule] = t
		}
	}
	for _, r := range answerRules {
		add(r.rule, r.tier)
	}
	for _, rules := range instrumentRules {
		for _, r := range rules {
			add(r.rule, r.tier)
		}
	}
	return out
}
