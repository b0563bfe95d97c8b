package models

import "time"

// AuditEvent says who did what with whose record, when and on what ground. It
// holds ids and codes, never a clinical value (privacy reference, section 8).
type AuditEvent struct {
	ID         string     `json:"id"`
	At         time.Time  `json:"at"`
	AccountID  string     `json:"accountId"`
	SessionID  string     `json:"sessionId,omitempty"`
	Name       string     `json:"name,omitempty"`
	Role       Role       `json:"role,omitempty"`
	Discipline Discipline `json:"discipline,omitempty"`
	PatientID  string     `json:"patientId,omitempty"`
	Action     string     `json:"action"` // e.g. "goals.read", "session.ended"
	Section    Section    `json:"section,omitempty"`
	Ref        string     `json:"ref,omitempty"`    // id of the thing
	Whom       string     `json:"whom,omitempty"`   // account that it was done to, where that is somebody else
	Device     string     `json:"device,omitempty"` // what its owner calls the device that began or ended
	Via        string     `json:"via,omitempty"`    // of a sign-in: who made the code for it, by name
	App        string     `json:"app,omitempty"`    // name of the app that did it for them, or that it is about
	Count      int        `json:"count,omitempty"`  // how many, for lists
	Purpose    Purpose    `json:"purpose,omitempty"`
	Basis      Basis      `json:"basis,omitempty"`
	ConsentID  string     `json:"consentId,omitempty"`
	Outcome    string     `json:"outcome"`        // allowed, denied
	Rule       string     `json:"rule,omitempty"` // which rule refused
	Notice     string     `json:"notice,omitempty"`
	Changed    bool       `json:"changed,omitempty"` // something of the chart changed: devices and workers follow these
}

// The lines of who keeps the clinic.
const (
	LinePrivacyOfficer = "account.privacy-officer" // Rule: on or off
	LineAdministrator  = "account.administrator"   // a provider gave or took the role; Rule as of RuleOfAccount
)

// RuleOfAccount is the rule in lines of accounts that are made, stopped and reinstated: it
// marks those of administrators, of which the others hear.
func RuleOfAccount(r Role) string {
	if r == RoleAdministrator {
		return string(r)
	}
	return ""
}

// Outcomes of an event.
const (
	OutcomeAllowed = "allowed"
	OutcomeDenied  = "denied"
)
