package chart

import (
	"cmp"
	"time"

	"handrail/models"
)

// What can have ended (Ended.Kind).
const (
	EndedSession = "session"
	EndedConsent = "consent"
	EndedAccount = "account"           // suspended
	EndedPerson  = "person"            // the record was erased
	EndedOwn     = "own-account"       // erased by the one of family or friends whose it was
	EndedOpen    = "open-chart"        // closed to people of the clinic; ID is the patient
	EndedWay     = "way-in"            // taken off, changed or used up; ID is "account/what"
	EndedTie     = "sign-in-elsewhere" // taken off an account; ID is "account/tie"
	EndedApp     = "app"               // of somebody else, taken off for everybody
	EndedGrant   = "app-grant"         // what one may read; ID is that of the grant, or "grant/scope"
)

// Ended is something that somebody ended on purpose, or, with Again, took up again.
// A store that was set back to before does not know it.
type Ended struct {
	Kind  string    `json:"kind"`
	ID    string    `json:"id"`
	Why   string    `json:"why,omitempty"` // of a session
	By    string    `json:"by,omitempty"`  // account
	At    time.Time `json:"at"`
	Again bool      `json:"again,omitempty"`
}

// endedBy reads an end out of the  event of its change.
func endedBy(l models.AuditEvent) (Ended, bool) {
	e := Ended{ID: l.Ref, By: l.AccountID, At: l.At}
	switch l.Action {
	case "session.ended":
		e.Kind, e.Why = EndedSession, l.Rule
	case "consent.revoked":
		e.Kind = EndedConsent
	case models.LineRestricted:
		e.Kind = EndedOpen
	case models.LineUnrestricted:
		e.Kind, e.Again = EndedOpen, true
	case "account." + models.AccountSuspended:
		e.Kind = EndedAccount
	case "account." + models.AccountActive:
		e.Kind, e.Again = EndedAccount, true
	case "patient.erased":
		e.Kind = EndedPerson
	case "erasure.asked":
		e.Kind = EndedOwn
	case "provider.unlinked":
		e.Kind, e.ID = EndedTie, cmp.Or(l.Whom, l.AccountID)+"/"+l.Ref
	case "provider.linked", "provider.expected":
		e.Kind, e.ID, e.Again = EndedTie, cmp.Or(l.Whom, l.AccountID)+"/"+l.Ref, true
	case "app.removed":
		e.Kind = EndedApp
	case "app.ended":
		e.Kind = EndedGrant
	case "app.narrowed":
		e.Kind, e.ID = EndedGrant, l.Ref+"/"+l.Rule
	case "app.allowed":
		e.Kind, e.Again = EndedGrant, true
	case "way-in.removed", "way-in.changed", "recovery-code.used":
		e.Kind, e.ID = EndedWay, cmp.Or(l.Whom, l.AccountID)+"/"+l.Ref
	}
	return e, e.Kind != "" && l.Outcome == models.OutcomeAllowed
}
