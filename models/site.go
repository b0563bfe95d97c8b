package models

import "time"

// Site is the clinic that runs this program.
type Site struct {
	Name       string     `json:"name"`
	Zone       string     `json:"zone"`     // IANA name
	Country    string     `json:"country"`  // ISO 3166-1 alpha-2
	Language   string     `json:"language"` // BCP 47
	Monitoring Monitoring `json:"monitoring"`
	Demo       bool       `json:"demo,omitempty"` // nothing here is about a real person
	Library    string     `json:"-"`              // https address that answers Infobutton; "" for none

	// StaffLockMinutes is after how long the page of staff locks who have not chosen; 0: it does not.
	StaffLockMinutes int `json:"staffLockMinutes"`

	Jurisdiction string `json:"-"` // ISO 3166-2, whose rule for minors holds (MinorRuleOf); "": none
}

// Monitoring is the site's own statement of who reads what patients send, and
// when. Nothing in the program may promise more than it says. With no hours the
// honest answer is that nobody reads at a fixed time.
type Monitoring struct {
	Hours      string `json:"hours"`                // the site's own words, e.g. "Monday to Friday, 9 to 5"
	Who        string `json:"who,omitempty"`        // e.g. "a nurse of your team"
	ReviewedOn string `json:"reviewedOn,omitempty"` // YYYY-MM-DD
}

// Clock tells the time. Tests move it.
type Clock func() time.Time
