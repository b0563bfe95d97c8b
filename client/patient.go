package client

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// Patient is the first page of a chart (FHIR Patient).
type Patient struct {
	ID            string    `json:"id"`
	AccountID     string    `json:"accountId"`
	Name          string    `json:"name"`
	PreferredName string    `json:"preferredName,omitempty"`
	BirthDate     string    `json:"birthDate,omitempty"`
	RecordNumber  string    `json:"recordNumber,omitempty"` // Of the clinic's older records, from an import.
	Country       string    `json:"country"`
	CreatedAt     time.Time `json:"createdAt"`
	Language      string    `json:"language"`
	Phone         string    `json:"phone,omitempty"`
	Zone          string    `json:"zone"`
}

// AccessEntry says who looked at a chart, in plain words.
type AccessEntry struct {
	At        time.Time `json:"at"`
	Who       string    `json:"who"`
	Role      string    `json:"role"`
	What      string    `json:"what"`
	Section   string    `json:"section,omitempty"`
	Why       string    `json:"why"`
	ConsentID string    `json:"consentId,omitempty"`
	Outcome   string    `json:"outcome"`
	Count     int       `json:"count,omitempty"` // Of a try that was refused more than once that day: how often.
	LastAt    time.Time `json:"lastAt,omitzero"` // Of the same: when last.
}

// Author is who wrote something.
type Author struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Role      string `json:"role"`
}

// Chart is what belongs to one patient. Who may not see a part of it gets code
// forbidden; to a stranger there is nobody: not-found.
type Chart struct {
	c    *Client
	path string
}

// Chart is the chart of a patient. Nothing is asked yet.
func (c *Client) Chart(patientID string) *Chart { return &Chart{c, at("/v1/patients", patientID)} }

// at is the path of something with an id.
func at(path string, parts ...string) string {
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	return path
}

// Patient reads who the patient is.
func (ch *Chart) Patient(ctx context.Context) (Patient, error) {
	return into[Patient](ctx, ch.c, Request{Method: http.MethodGet, Path: ch.path})
}

// AccessLog lists who looked at the chart, newest first.
func (ch *Chart) AccessLog(ctx context.Context) iter.Seq2[AccessEntry, error] {
	return pages[AccessEntry](ctx, ch.c, ch.path+"/access-log", nil)
}
