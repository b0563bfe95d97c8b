package client

import (
	"context"
	"net/http"
)

// Site is the clinic.
type Site struct {
	Name       string     `json:"name"`
	Country    string     `json:"country"`
	Language   string     `json:"language"`
	Monitoring Monitoring `json:"monitoring"`
	Zone       string     `json:"zone"`

	StaffLockMinutes int                 `json:"staffLockMinutes"` // after which the page of staff locks; 0: it does not
	Demo             bool                `json:"demo,omitempty"`   // nothing there is about a real person
	Words            map[string][]string `json:"words"`            // languages in which words that a clinician signs may be shown, by their id
}

// Monitoring says when somebody reads what patients send. No hours: nobody reads at a fixed time.
type Monitoring struct {
	Who        string `json:"who,omitempty"`
	Hours      string `json:"hours"`
	ReviewedOn string `json:"reviewedOn,omitempty"`
}

// EmergencyNumbers are those of a country.
type EmergencyNumbers struct {
	Country     string         `json:"country"`
	CrisisLines []NumberToCall `json:"crisisLines"`
	Emergency   []NumberToCall `json:"emergency"`
	Source      string         `json:"source"`
	VerifiedBy  string         `json:"verifiedBy"`
	VerifiedOn  string         `json:"verifiedOn"`
}

// NumberToCall is one of them.
type NumberToCall struct {
	Name      string `json:"name,omitempty"`
	Kind      string `json:"kind"`
	Display   string `json:"display"`
	Href      string `json:"href"`
	ToConfirm bool   `json:"toConfirm,omitempty"`
}

// Site reads what the clinic is. No sign-in is needed.
func (c *Client) Site(ctx context.Context) (Site, error) {
	return into[Site](ctx, c, Request{Method: http.MethodGet, Path: "/v1/site"})
}
