package risk

import "handrail/models/checkin"

// Domain is what a rule is about. Rules of one domain are one matter: together they
// are no combination (a PHQ-9 item 9 and a low C-SSRS are one thing, told twice).
type Domain string

// The domains.
const (
	Suicide    Domain = "suicide"
	Overdose   Domain = "overdose"
	Withdrawal Domain = "withdrawal"
	Craving    Domain = "craving"
	Use        Domain = "use"
	Mood       Domain = "mood"
	Function   Domain = "function"
	Unread     Domain = "unread" // the program could not read it: a person does
	ByHand     Domain = "by-hand"
	Effect     Domain = "side-effect"
	Worry      Domain = "worry" // third-party information: the patient never learns of it
)

// Rule is one of the catalogue.
type Rule struct {
	ID      string       `json:"id"`
	Version string       `json:"version,omitempty"`
	Domain  Domain       `json:"domain"`
	Input   string       `json:"input"`
	Source  string       `json:"source"`
	Tier    checkin.Tier `json:"tier"`
	// Missing says which input does not exist yet: the rule is then never asked.
	Missing string `json:"missing,omitempty"`
}

// Evaluated tells whether the program asks the rule today.
func (r Rule) Evaluated() bool { return r.Missing == "" }

// The rules that follow from no check-in, and TextRule, which follows from messages too.
const (
	HandRule  = "by-hand" // a person of the clinic raised it
	WorryRule = "worry"   // a supporter did
	// EffectRule is a serious side effect that was told (models/sideeffect), DyingRule that of
	// thoughts of dying, which is another matter.
	EffectRule = "R-SE-1"
	DyingRule  = "R-SE-2"
	TextRule   = checkin.TextRule
)

const (
	reference   = "risk reference, section 3"
	own         = "our own [P]"
	instruments = "instrument reference, safety triggers"
)

// Rules is the catalogue: what is asked today, and what waits for its input.
var Rules = []Rule{
	{"R-SI-0", "1", Suicide, "the safety question: yes", own, checkin.Urgent, ""},
	{"R-SI-1", "1", Suicide, "PHQ-9 item 9 is 1", reference, checkin.Elevated, ""},
	{"R-SI-2", "1", Suicide, "PHQ-9 item 9 is 2 or 3, or rose from 0 after an attempt", reference, checkin.Urgent, ""},
	{"R-SI-3", "1", Suicide, "the safety question or PHQ-9 item 9 left out", own, checkin.Routine, ""},
	{"R-CS-1", "1", Suicide, "C-SSRS screener: low", reference, checkin.Elevated, ""},
	{"R-CS-2", "1", Suicide, "C-SSRS screener: moderate", reference, checkin.Urgent, ""},
	{"R-CS-3", "1", Suicide, "C-SSRS screener: high", reference, checkin.Emergent, ""},
	{"R-CS-4", "1", Suicide, "C-SSRS screener begun, not finished", reference, checkin.Urgent, ""},
	{"R-UN-1", "1", Unread, "a check-in that the program could not read", own, checkin.Urgent, ""},
	{"R-OD-0", "1", Overdose, "an opioid or an unknown pill was used", own, checkin.Elevated, ""},
	{"R-OD-2", "1", Overdose, "overdose or naloxone in the last 7 days", reference, checkin.Urgent, ""},
	{"R-OD-3", "1", Overdose, "an opioid with alcohol, a benzodiazepine or a gabapentinoid", reference, checkin.Urgent, ""},
	{"R-AW-1", "1", Withdrawal, "AUDIT item 6, or shaking, seeing things, a seizure", reference, checkin.Urgent, ""},
	{"R-DAST-9", "1", Withdrawal, "DAST-10 item 9", instruments, checkin.Elevated, ""},
	{"R-SN-1", "1", Function, "not safe at home or from people near, by the own answer", own, checkin.Urgent, ""},
	{"R-CR-1", "1", Craving, "craving of 8 or more, or twice 3 above the own median of 14 days", reference, checkin.Elevated, ""},
	{"R-CR-2", "1", Craving, "craving, very low mood, alone or without a safe place", reference, checkin.Urgent, ""},
	{"R-AUDIT-9", "1", Use, "AUDIT item 9", instruments, checkin.Elevated, ""},
	{"R-AUDIT-C", "1", Use, "AUDIT-C of 8 or more", instruments, checkin.Elevated, ""},
	{"R-DAST", "1", Use, "DAST-10 of 6 or more", instruments, checkin.Elevated, ""},
	{"R-SC-3", "1", Use, "BAM: use, risk or protective scale; elevated where use is new", reference, checkin.Elevated, ""},
	{"R-SC-1", "1", Mood, "PHQ-9 of 20 or more, or 5 more than last time", reference, checkin.Elevated, ""},
	{"R-SC-2", "1", Mood, "GAD-7 of 15 or more", reference, checkin.Elevated, ""},
	{"R-SC-4", "1", Mood, "WHO-5 of 28 % or less", reference, checkin.Elevated, ""},
	{"R-WHO", "1", Mood, "WHO-5 raw score of 12 or less", instruments, checkin.Routine, ""},
	{"R-PCL-16", "1", Mood, "PCL-5 item 16", instruments, checkin.Elevated, ""},
	{"R-BAM-3", "1", Mood, "BAM item 3", instruments, checkin.Elevated, ""},
	{"R-BAM-14", "1", Function, "BAM item 14", instruments, checkin.Routine, ""},
	{"R-WHODAS", "1", Function, "WHODAS 2.0 of 60 % or more", instruments, checkin.Routine, ""},
	{TextRule, "1", Suicide, "a phrase of the list in a message, or in the own words of a check-in", reference, checkin.Elevated, ""},
	{WorryRule, "1", Worry, "a supporter is worried", own, checkin.Urgent, ""},
	{"R-OD-1", "1", Overdose, "an opioid after 7 days without, by the own answers; after detox, release or a long-acting medicine is not known", reference, checkin.Urgent, ""},
	{"R-CI-1", "1", Function, "two check-ins missed in a row by who normally answers", reference, checkin.Routine, ""},
	{"R-CI-2", "1", Function, "three check-ins missed in a row, or one in the week after something urgent", reference, checkin.Elevated, ""},
	{"R-CI-3", "1", Function, "seven silent days while the team follows closely", reference, checkin.Urgent, ""},
	{"R-VI-1", "1", Function, "a missed visit", reference, checkin.Routine, ""},
	{"R-VI-2", "1", Function, "two visits missed in a row, or one in the week after something urgent", reference, checkin.Urgent, ""},
	{EffectRule, "1", Effect, "a serious side effect that the patient told", own, checkin.Urgent, ""},
	{DyingRule, "1", Suicide, "thoughts of dying, told as a side effect", own, checkin.Urgent, ""},
	{HandRule, "1", ByHand, "a person raised it", own, checkin.Emergent, ""},

	{"R-MO-1", "1", Use, "one missed dose of methadone, as it was told", reference, checkin.Routine, ""},
	{"R-MO-2", "1", Use, "two missed doses of methadone in a row, as they were told", reference, checkin.Elevated, ""},
	{"R-MO-3", "1", Use, "three missed doses of methadone in a row, as they were told", reference, checkin.Urgent, ""},
	{"R-MO-4", "1", Use, "buprenorphine missed for two days: elevated; for five: urgent; as it was told", reference, checkin.Urgent, ""},
	{"R-MO-5", "1", Use, "long-acting buprenorphine or naltrexone due three days ago: elevated; seven: urgent", reference, checkin.Urgent, ""},
	{"R-MO-6", "1", Mood, "clozapine missed for two days, as it was told; of lithium the reference has no number of days", reference, checkin.Urgent, ""},
	{PairRule, "1", Use, "a contraindicated pair as somebody tells of a medicine; a prescriber who orders one is interrupted instead", reference, checkin.Urgent, ""},

	{"R-SB-1", "", Mood, "little sleep with elevated mood in bipolar disorder", reference, checkin.Elevated, "diagnoses"},
}

// DomainOf is what a rule is about; a rule that is not in the catalogue is its own.
func DomainOf(rule string) Domain {
	for _, r := range Rules {
		if r.ID == rule {
			return r.Domain
		}
	}
	return Domain(rule)
}
