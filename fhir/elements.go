// Package fhir maps what Handrail knows about visits to resources of FHIR R4
// (4.0.1). It is pure: no rule of who may read what lives here.
package fhir

import (
	"slices"
	"time"

	"handrail/models"
)

// ContentType is the type of a resource (http://hl7.org/fhir/R4/http.html#mime-type).
const ContentType = "application/fhir+json"

// Code systems of our own have names and no addresses: they are a site's.
const (
	SystemVisitType = "urn:handrail:visit-type"
	SystemModality  = "urn:handrail:modality"
	SystemProblem   = "urn:handrail:problem"
	HoldUntil       = "urn:handrail:hold-until" // extension: a time is kept until then
)

// Resource is embedded in every resource.
type Resource struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id,omitempty"`
	Meta         *Meta  `json:"meta,omitempty"`
}

// Path names the resource below the base.
func (r Resource) Path() string { return r.ResourceType + "/" + r.ID }

// ContentType is how the edge asks.
func (Resource) ContentType(string) string { return ContentType }

// Meta is http://hl7.org/fhir/R4/resource.html#Meta.
type Meta struct {
	VersionID   string     `json:"versionId,omitempty"`
	LastUpdated *time.Time `json:"lastUpdated,omitempty"`
	Security    []Coding   `json:"security,omitempty"`
}

// instant is a time as Meta has it, nil for none.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Millisecond)
	return &t
}

// Coding is a code of a system.
type Coding struct {
	System  string `json:"system,omitempty"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

// CodeableConcept is something by its codes and in words.
type CodeableConcept struct {
	Coding []Coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

// Reference points to a resource: "Patient/…", or "#…" for one that is contained.
type Reference struct {
	Reference string `json:"reference,omitempty"`
	Display   string `json:"display,omitempty"`
}

// Period is a piece of time.
type Period struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

// Extension is the one that we have: an instant.
type Extension struct {
	URL          string    `json:"url"`
	ValueInstant time.Time `json:"valueInstant"`
}

// Labels are what a receiver must know about a visit at a clinic for addiction: it
// is restricted, and the law that restricts it (42 CFR Part 2) goes with it (HL7
// DS4P; codes of HL7 v3).
func Labels() []Coding {
	return append(HighWater(),
		Coding{System: actCode, Code: "ETH", Display: "substance abuse information sensitivity"},
		Coding{System: actCode, Code: "42CFRPart2"},
		Coding{System: actCode, Code: "NORDSCLCD"},
		Coding{System: actCode, Code: "PERSISTLABEL"})
}

// HighWater is the label of a Bundle of such visits. It names no obligation that
// would tell what is in it.
func HighWater() []Coding { return []Coding{confidential("R", "restricted")} }

func confidential(code, display string) Coding {
	return Coding{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: code, Display: display}
}

// Close labels a resource of a chart that is closed to people who work for the clinic: "V"
// (very restricted: only as its custodian directs) in place of "R", and the sensitivity of
// HL7 v3 ActCode that is why: EMP, the patient is a member of staff; PRS, they asked for it.
// That a relative works there has no code.
func (r Resource) Close(reason string) {
	if r.Meta == nil {
		return
	}
	r.Meta.Security = slices.DeleteFunc(r.Meta.Security, func(c Coding) bool { return c == HighWater()[0] })
	r.Meta.Security = append([]Coding{veryRestricted}, r.Meta.Security...)
	switch reason {
	case models.RestrictedStaff:
		r.Meta.Security = append(r.Meta.Security, Coding{System: actCode, Code: "EMP", Display: "employee information sensitivity"})
	case models.RestrictedAsked:
		r.Meta.Security = append(r.Meta.Security, Coding{System: actCode, Code: "PRS", Display: "patient requested information sensitivity"})
	}
}

const actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"

var veryRestricted = confidential("V", "very restricted")

func (r Resource) closed() bool {
	return r.Meta != nil && slices.Contains(r.Meta.Security, veryRestricted)
}

func concept(system, code, display string) []CodeableConcept {
	return []CodeableConcept{{Coding: []Coding{{System: system, Code: code, Display: display}}}}
}
