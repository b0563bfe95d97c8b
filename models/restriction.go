package models

import (
	"slices"
	"time"
)

// Restriction closes a chart to the people who work for the clinic, but those whom it
// names: of somebody who works there, of their family, or of who asked for it. FHIR labels it
// "V" (very restricted); "R" is what all here is. Family, guardians and partners see what was
// signed for them, as before.
type Restriction struct {
	PatientID string              `json:"patientId"`
	Reason    string              `json:"reason"` // one of RestrictionReasons
	Readers   []RestrictionReader `json:"readers"`
	Since     time.Time           `json:"since"`     // when it was closed
	ChangedAt time.Time           `json:"changedAt"` // when who may read was last said
	By        string              `json:"by"`        // account of who said it last
	ByName    string              `json:"byName"`
	ByRole    Role                `json:"byRole"`
	EndedAt   *time.Time          `json:"endedAt,omitempty"` // open again to the care team and the office
}

// RestrictionReader is somebody of the clinic who may read a restricted chart, as far as
// their place on its care team goes.
type RestrictionReader struct {
	AccountID  string     `json:"accountId"`
	Name       string     `json:"name"`
	Role       Role       `json:"role"`
	Discipline Discipline `json:"discipline,omitempty"`
}

// The lines of restricted charts.
const (
	LineRestricted   = "chart.restricted"
	LineUnrestricted = "chart.unrestricted"
)

// Why a chart is closed.
const (
	RestrictedStaff    = "works-here"
	RestrictedRelative = "relative-works-here"
	RestrictedAsked    = "asked"
)

// RestrictionReasons are the codes for why a chart is closed.
var RestrictionReasons = []string{RestrictedStaff, RestrictedRelative, RestrictedAsked}

// RestrictedReviewHours is by when an emergency look at a restricted chart is reviewed. [P]
const RestrictedReviewHours = 24

// On tells whether the chart is closed now.
func (r Restriction) On() bool { return r.EndedAt == nil && !r.Since.IsZero() }

// Names tells whether somebody is on the list.
func (r Restriction) Names(accountID string) bool {
	return slices.ContainsFunc(r.Readers, func(p RestrictionReader) bool { return p.AccountID == accountID })
}

// For is what the restriction means for an account.
func (r Restriction) For(accountID string) Restricted {
	switch {
	case !r.On():
		return NotRestricted
	case r.Names(accountID):
		return RestrictedNamed
	}
	return RestrictedOut
}

// Restricted is what a restriction of a chart means for an actor. The zero value is that
// nobody has looked: then the chart is closed to people of the clinic.
type Restricted string

// What it can mean.
const (
	NotRestricted   Restricted = "no"
	RestrictedNamed Restricted = "named"     // closed, and the actor is on the list
	RestrictedOut   Restricted = "not-named" // closed to the actor
)

// RuleRestricted is the rule of a refusal because the chart is closed to the actor.
const RuleRestricted = "restricted-chart"

// restricted tells whether the chart is closed to an actor: to everybody of the clinic
// who is not on its list, whatever else they could read it by.
func restricted(q AccessQuestion, f AccessFacts) bool {
	return q.Actor.Role.Staff() && f.Restricted != NotRestricted && f.Restricted != RestrictedNamed
}
