package models

import "time"

// MaxDeviceName is how long the name of a device is, in characters.
const MaxDeviceName = 100

// Platforms are what a device runs; what does not say so is the web.
var Platforms = []string{"web", "ios", "android"}

// Device is the phone or browser that a session lives on. The client makes ID
// once and keeps it.
type Device struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Platform string `json:"platform,omitempty"`

	// Key is the thumbprint (RFC 7638) of the key that the device proved when it asked
	// to be signed in: its session is bound to it. Kept with the session, not here.
	Key string `json:"-"`
}

// Session is one signed-in device of an account. It carries what is asked at
// every request, so that one read answers it; changing a role or suspending an
// account ends its sessions.
type Session struct {
	ID         string     `json:"id"`
	AccountID  string     `json:"accountId"`
	Role       Role       `json:"role"`
	Discipline Discipline `json:"discipline,omitempty"`
	PatientID  string     `json:"patientId,omitempty"`
	Name       string     `json:"name"`
	Device     Device     `json:"device"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	LastUsedAt time.Time  `json:"lastUsedAt,omitzero"` // to the hour; zero: not known
	Place      Place      `json:"place,omitzero"`      // where it was last used, roughly; gone when it ends
	Way        Way        `json:"way,omitempty"`
	Provider   string     `json:"provider,omitempty"` // whose sign-in it began with, by name; "": a way of our own
	EndedAt    *time.Time `json:"endedAt,omitempty"`
	EndedWhy   string     `json:"endedWhy,omitempty"` // one of End…

	// KeyThumbprint names the key (RFC 7638) that each request must prove; empty: none.
	KeyThumbprint string `json:"keyThumbprint,omitempty"`
}

// Live tells whether the session holds at the given moment.
func (s Session) Live(at time.Time) bool { return s.EndedAt == nil && at.Before(s.ExpiresAt) }

// Actor is who speaks through the session.
func (s Session) Actor() Actor {
	return Actor{AccountID: s.AccountID, SessionID: s.ID, Role: s.Role,
		Discipline: s.Discipline, PatientID: s.PatientID, Name: s.Name}
}
