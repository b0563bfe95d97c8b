package models

import (
	"slices"
	"time"
)

// A promise is what a patient signs that a person of their circle gets, beside what
// they may see. It opens nothing of the chart. Its names are not those of
// WithdrawnScopes: what was signed then was another promise.
const (
	ScopeCallForHelp       Scope = "promise.call-for-help"
	ScopeMedicineReminders Scope = "promise.medicine-reminders"
)

// SupporterPromises lists them.
var SupporterPromises = []Scope{ScopeCallForHelp, ScopeMedicineReminders}

// CallWay is how a promise comes to a supporter: one way, which the patient chose.
type CallWay string

// The ways.
const (
	WayPush  CallWay = "push"
	WaySMS   CallWay = "sms"
	WayEmail CallWay = "email"
)

// CallWays lists them.
var CallWays = []CallWay{WayPush, WaySMS, WayEmail}

// CallRule says when a call for help goes out.
type CallRule string

// The rules. Whichever it is, the people who answer for the alert are called as always.
const (
	CallAtOnce    CallRule = "at-once"    // with an answer of the patient that calls the team at once
	CallTeamAsks  CallRule = "team-asks"  // when somebody who answers for an alert asks for it
	CallNoContact CallRule = "no-contact" // when nobody of the team got in touch in time
)

// CallRules lists them.
var CallRules = []CallRule{CallTeamAsks, CallNoContact, CallAtOnce}

// Wordings are the codes of what a call for help can say. The sentences are of the
// allow-list of what leaves the program: no name, no clinic, no reason. A sentence that
// somebody signed never changes; another one has another code.
var Wordings = []string{"help-call", "help-come", "help-look"}

// CallForHelp is how a supporter is called when the patient may be in danger.
type CallForHelp struct {
	When     CallRule `json:"when"`
	Way      CallWay  `json:"way"`
	Wording  string   `json:"wording"`
	Language string   `json:"language"` // BCP 47, in which it was shown and is sent
	Text     string   `json:"text"`     // as it was shown when it was signed
}

// MaxCallText bounds the text of a call for help, in characters.
const MaxCallText = 200

// MedicineReminders is how a supporter hears that it is time for a medicine.
type MedicineReminders struct {
	Way          CallWay `json:"way"`
	AfterMinutes int     `json:"afterMinutes"` // one of AfterMinutes
}

// AfterMinutes are how long after the patient's own time a supporter can hear of it.
var AfterMinutes = []int{0, 30, 60}

// PromiseOffer is what can be promised of one supporter at this moment.
type PromiseOffer struct {
	Ways     []CallWay `json:"ways"`     // by which they can be reached; none: nothing can be promised
	Language string    `json:"language"` // of their account
}

// Wording is one sentence that a call for help can say.
type Wording struct {
	Code     string `json:"code"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// checkPromises holds the terms of promises against their scopes: each has its terms, and
// no terms stand without their promise.
func checkPromises(c *Checks, t ConsentTerms) {
	call, medicines := slices.Contains(t.Scopes, ScopeCallForHelp), slices.Contains(t.Scopes, ScopeMedicineReminders)
	asked := t.Provision == Permit
	c.Require(call && asked == (t.CallForHelp != nil) || !call && t.CallForHelp == nil, "callForHelp", "required", "Say when, how and with which words this person is called.")
	c.Require(medicines && asked == (t.MedicineReminders != nil) || !medicines && t.MedicineReminders == nil, "medicineReminders", "required", "Say how this person is reminded.")
	if p := t.CallForHelp; p != nil {
		c.Require(slices.Contains(CallRules, p.When), "callForHelp.when", "not-a-choice", "Choose one of those that are offered.")
		c.Require(slices.Contains(CallWays, p.Way), "callForHelp.way", "not-a-choice", "Choose one of those that are offered.")
		c.Require(slices.Contains(Wordings, p.Wording), "callForHelp.wording", "not-a-choice", "Choose one of those that are offered.")
		c.Text("callForHelp.text", p.Text, 1, MaxCallText)
		c.Text("callForHelp.language", p.Language, 1, MaxLanguage)
	}
	if p := t.MedicineReminders; p != nil {
		c.Require(slices.Contains(CallWays, p.Way), "medicineReminders.way", "not-a-choice", "Choose one of those that are offered.")
		c.Require(slices.Contains(AfterMinutes, p.AfterMinutes), "medicineReminders.afterMinutes", "not-a-choice", "Choose one of those that are offered.")
	}
}

// Promised finds the promise of a patient that holds at a moment, the newest first; a no
// to the same person stands above it.
func Promised(consents []Consent, accountID string, s Scope, at time.Time) (Consent, bool) {
	of := func(c Consent, p Provision) bool {
		return c.Provision == p && c.Recipient == accountID && c.Active(at) && slices.Contains(c.Scopes, s)
	}
	if slices.ContainsFunc(consents, func(c Consent) bool { return of(c, Deny) }) {
		return Consent{}, false
	}
	i := slices.IndexFunc(consents, func(c Consent) bool { return c.Kind == ConsentSharing && of(c, Permit) })
	if i < 0 {
		return Consent{}, false
	}
	return consents[i], true
}
