package education

import "slices"

// Situation is something that happened and for which a module may help.
type Situation string

// The situations. Each leads to modules in a table below, for a patient and, where it
// may, for a supporter.
const (
	AfterBreak    Situation = "after-break"    // detox, jail, a hospital, missed medicine
	PlanMade      Situation = "plan-made"      // a crisis plan was made active
	AfterUse      Situation = "after-use"      // a return to use was told
	StrongCraving Situation = "strong-craving" // in a check-in
	PoorSleep     Situation = "poor-sleep"
	NewMedicine   Situation = "new-medicine" // for opioid use disorder
	Loss          Situation = "loss"
	WorkGoal      Situation = "work-goal"
	PlanShared    Situation = "plan-shared" // a supporter sees their part of a plan
	OwnStrain     Situation = "own-strain"  // a supporter's own check-in
	FearsSuicide  Situation = "fears-suicide"
	FearsOverdose Situation = "fears-overdose"
)

// KnownBy is how a situation is known to this reader.
type KnownBy string

// The three ways in which a situation is known. Only the last two exist for a
// supporter: a suggestion must not tell a family about a detox.
const (
	KnownRecord KnownBy = "record" // the patient's own record
	KnownTyped  KnownBy = "typed"  // this reader typed it
	KnownScope  KnownBy = "scope"  // a consent in force shows it to this reader
)

// Fact is a situation and how it is known.
type Fact struct {
	Situation Situation
	By        KnownBy
}

// Suggestion is a module and the situation that it is suggested for. The client has
// the words for it: it is the reason that the reader is shown.
type Suggestion struct {
	Module string    `json:"module"`
	For    Situation `json:"for"`
}

// suggested are the modules for a situation, the best first.
var suggested = map[Situation][]string{
	AfterBreak:    {"tolerance-after-a-break", "naloxone", "high-risk-moments"},
	PlanMade:      {"crisis-plan"},
	AfterUse:      {"tolerance-after-a-break", "signs-of-return-to-use", "shame-and-responsibility"},
	StrongCraving: {"cravings", "high-risk-moments"},
	PoorSleep:     {"sleep"},
	NewMedicine:   {"opioid-medicine", "tolerance-after-a-break"},
	Loss:          {"grief"},
	WorkGoal:      {"return-to-work"},
	PlanShared:    {"crisis-plan"},
	OwnStrain:     {"looking-after-yourself", "boundaries"},
	FearsSuicide:  {"asking-about-suicide", "crisis-plan"},
	FearsOverdose: {"overdose-response", "naloxone"},
}

// maxSuggestions is how many a reader gets: more are a list, not a suggestion.
const maxSuggestions = 3

// Suggest gives what may help, in the order of the facts. who is ForPatient or
// ForFamily; read are modules that the reader has read. For a supporter what stands in
// the patient's record is as if it were not there: neither the list nor its order
// depends on it.
func Suggest(who Audience, facts []Fact, read []string) []Suggestion {
	out := []Suggestion{}
	for _, f := range facts {
		if who != ForPatient && f.By != KnownTyped && f.By != KnownScope {
			continue
		}
		for _, id := range suggested[f.Situation] {
			m := Builtin().source(id)
			known := func(s Suggestion) bool { return s.Module == id }
			if len(out) < maxSuggestions && m.Audience.Fits(who) && !slices.Contains(read, id) && !slices.ContainsFunc(out, known) {
				out = append(out, Suggestion{id, f.Situation})
			}
		}
	}
	return out
}
