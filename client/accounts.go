package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// Account is a person as the office knows them.
type Account struct {
	ID             string    `json:"id"`
	PatientID      string    `json:"patientId,omitempty"`
	PartnerID      string    `json:"partnerId,omitempty"`
	Role           string    `json:"role"`
	Discipline     string    `json:"discipline,omitempty"`
	Name           string    `json:"name"`
	Status         string    `json:"status"`
	Country        string    `json:"country"`
	CreatedAt      time.Time `json:"createdAt"`
	Language       string    `json:"language"`
	PrivacyOfficer bool      `json:"privacyOfficer,omitempty"`
	Zone           string    `json:"zone"`
}

// NewAccount is what the office says about somebody new.
type NewAccount struct {
	PartnerID     string `json:"partnerId,omitempty"`  // of a partner: the organisation
	ID            string `json:"id,omitempty"`         // Made by the client, so that a repeated call is the same account.
	Role          string `json:"role"`                 // One of: patient, supporter, guardian, interpreter, clinician, coordinator, administrator.
	Discipline    string `json:"discipline,omitempty"` // For clinicians only.
	Name          string `json:"name"`
	PreferredName string `json:"preferredName,omitempty"`
	BirthDate     string `json:"birthDate,omitempty"` // YYYY-MM-DD
	Country       string `json:"country,omitempty"`   // ISO 3166-1 alpha-2. The site's when left out.
	Language      string `json:"language,omitempty"`  // BCP 47. The site's when left out.
	Phone         string `json:"phone,omitempty"`     // With + and the country's code, as people write it; kept as E.164, with an extension as in RFC 3966.
	Zone          string `json:"zone,omitempty"`      // IANA time zone. The site's when left out.
}

// EnrolmentCode signs one device in, once.
type EnrolmentCode struct {
	Code      string    `json:"code"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Session is a device on which somebody is, or was, signed in.
type Session struct {
	ID            string    `json:"id"`
	PatientID     string    `json:"patientId,omitempty"`
	AccountID     string    `json:"accountId"`
	Role          string    `json:"role"`
	Discipline    string    `json:"discipline,omitempty"`
	Name          string    `json:"name"`
	Device        Device    `json:"device"`
	Current       bool      `json:"current"` // This is the device that asks.
	CreatedAt     time.Time `json:"createdAt"`
	EndedAt       time.Time `json:"endedAt,omitzero"`
	EndedWhy      string    `json:"endedWhy,omitempty"`
	ExpiresAt     time.Time `json:"expiresAt"`
	LastUsedAt    time.Time `json:"lastUsedAt,omitzero"`     // To the hour; zero: not known.
	KeyThumbprint string    `json:"keyThumbprint,omitempty"` // Of the key that the device proves (RFC 7638); this client has none.
	Provider      string    `json:"provider,omitempty"`      // Whose sign-in it began with, by name; empty: a way of our own.
	Place         Place     `json:"place,omitzero"`          // Where it was last used, roughly.
	Way           string    `json:"way,omitempty"`           // How its person proved who they are: code, passkey, pin, totp, recovery-code, provider, provider-factor.
}

// Place is roughly where a device was used.
type Place struct {
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2, as a proxy of the site says.
	Private bool   `json:"private,omitempty"` // A network of its own, or the machine of the site.
	Network string `json:"network,omitempty"` // CIDR: /24 of IPv4, /48 of IPv6.
}

// Device is a phone or computer, as its person calls it.
type Device struct {
	ID       string `json:"id"`                 // Made once by the client and kept.
	Name     string `json:"name"`               // What the person calls this device.
	Platform string `json:"platform,omitempty"` // One of: web, ios, android.
}

// Me reads your own account.
func (c *Client) Me(ctx context.Context) (Account, error) {
	return into[Account](ctx, c, Request{Method: http.MethodGet, Path: "/v1/me"})
}

// Accounts lists the accounts of a role. For the office.
func (c *Client) Accounts(ctx context.Context, role string) iter.Seq2[Account, error] {
	return pages[Account](ctx, c, "/v1/accounts", url.Values{"role": {role}})
}

// Account reads one. For the office.
func (c *Client) Account(ctx context.Context, id string) (Versioned[Account], error) {
	return versioned[Account](ctx, c, Request{Method: http.MethodGet, Path: at("/v1/accounts", id)})
}

// CreateAccount makes an account. For the office.
func (c *Client) CreateAccount(ctx context.Context, a NewAccount) (Account, error) {
	a.ID = orNewID(a.ID)
	return into[Account](ctx, c, Request{Method: http.MethodPost, Path: "/v1/accounts", Body: a, SameTwice: true})
}

// SetAccountStatus suspends an account ("suspended") or turns it on again ("active").
// For the office.
//
// Errors: version-not-newest.
func (c *Client) SetAccountStatus(ctx context.Context, a Versioned[Account], status string) (Versioned[Account], error) {
	return versioned[Account](ctx, c, Request{Method: http.MethodPut, Path: at("/v1/accounts", a.Value.ID, "status"),
		IfMatch: a.ETag, Body: map[string]string{"status": status}})
}

// NewEnrolmentCode makes a code for an account; those that were open for it end. For the
// office, which says how it made sure who it is when that person was signed in before.
func (c *Client) NewEnrolmentCode(ctx context.Context, accountID string, identityChecked ...string) (EnrolmentCode, error) {
	r := Request{Method: http.MethodPost, Path: at("/v1/accounts", accountID, "enrolment-codes"), IdempotencyKey: NewID()}
	if len(identityChecked) > 0 {
		r.Body = map[string]any{"identityChecked": identityChecked}
	}
	return into[EnrolmentCode](ctx, c, r)
}
