package fhir

import (
	"slices"
	"time"
)

// SystemLOINC and SystemSNOMED name the codes of results.
const (
	SystemLOINC  = "http://loinc.org"
	SystemSNOMED = "http://snomed.info/sct"
)

// ObservationIn is http://hl7.org/fhir/R4/observation.html, as far as a result is taken
// from it. What else it has is not read.
type ObservationIn struct {
	_                    struct{}           `additionalProperties:"true"`
	ResourceType         string             `json:"resourceType" enum:"Observation"`
	Status               string             `json:"status" enum:"final,amended,corrected" doc:"What is not final is no result yet."`
	Code                 ConceptIn          `json:"code"`
	Subject              ReferenceToSubject `json:"subject"`
	EffectiveDateTime    time.Time          `json:"effectiveDateTime" doc:"With its time and zone."`
	ValueQuantity        *QuantityIn        `json:"valueQuantity,omitempty"`
	ValueCodeableConcept *ConceptIn         `json:"valueCodeableConcept,omitempty"`
}

// ConceptIn is a CodeableConcept that is sent.
type ConceptIn struct {
	_      struct{}   `additionalProperties:"true"`
	Coding []CodingIn `json:"coding" minItems:"1" maxItems:"20"`
}

// CodingIn is a Coding that is sent.
type CodingIn struct {
	_      struct{} `additionalProperties:"true"`
	System string   `json:"system" maxLength:"200"`
	Code   string   `json:"code" maxLength:"64"`
}

// ReferenceToSubject points to the patient.
type ReferenceToSubject struct {
	_         struct{} `additionalProperties:"true"`
	Reference string   `json:"reference" minLength:"1" maxLength:"200" doc:"Patient/…"`
}

// QuantityIn is a Quantity that is sent. Its unit is UCUM.
type QuantityIn struct {
	_     struct{} `additionalProperties:"true"`
	Value float64  `json:"value"`
	Code  string   `json:"code" maxLength:"40" doc:"UCUM."`
}

// Measured is what an Observation says: a fact by our own code, as a number in its own
// unit or as a word.
type Measured struct {
	Code, Word string
	Number     float64
}

// measure is how a result is known: by LOINC, with the units that it may come in and what
// makes ours of them.
type measure struct {
	code, loinc string
	units       map[string]float64
}

// LOINC codes and UCUM units, from general knowledge [K]: body weight stands in FHIR's own
// vital signs.
var measures = []measure{
	{"ecg-qtc", "8634-8", map[string]float64{"ms": 1, "s": 1000}},
	{"lithium-level", "14334-7", map[string]float64{"mmol/L": 1, "meq/L": 1}},
	{"anc", "751-8", map[string]float64{"10*9/L": 1, "10*3/uL": 1, "/uL": 0.001}},
	{"weight", "29463-7", map[string]float64{"kg": 1, "g": 0.001, "[lb_av]": 0.45359237}},
}

const loincPregnancy = "82810-3"

var pregnancy = map[string]string{"77386006": "yes", "60001007": "no", "102874004": "possible", "261665006": "unknown"}

// Result reads what an Observation says. field names what can't be used; "" where all can.
func (o ObservationIn) Result() (m Measured, field string) {
	has := func(c ConceptIn, system string) string {
		i := slices.IndexFunc(c.Coding, func(c CodingIn) bool { return c.System == system })
		if i < 0 {
			return ""
		}
		return c.Coding[i].Code
	}
	loinc := has(o.Code, SystemLOINC)
	if loinc == loincPregnancy {
		if o.ValueCodeableConcept == nil {
			return m, "valueCodeableConcept"
		}
		m = Measured{Code: "pregnancy", Word: pregnancy[has(*o.ValueCodeableConcept, SystemSNOMED)]}
		if m.Word == "" {
			return m, "valueCodeableConcept"
		}
		return m, ""
	}
	i := slices.IndexFunc(measures, func(m measure) bool { return m.loinc == loinc })
	switch {
	case i < 0:
		return m, "code"
	case o.ValueQuantity == nil:
		return m, "valueQuantity"
	}
	by, fits := measures[i].units[o.ValueQuantity.Code]
	if !fits {
		return m, "valueQuantity.code"
	}
	return Measured{Code: measures[i].code, Number: o.ValueQuantity.Value * by}, ""
}

// Observation is what is answered: the result as it is kept.
type Observation struct {
	Resource
	Status    string           `json:"status"`
	Code      CodeableConcept  `json:"code"`
	Subject   Reference        `json:"subject"`
	Effective *time.Time       `json:"effectiveDateTime"`
	Quantity  *Quantity        `json:"valueQuantity,omitempty"`
	Word      *CodeableConcept `json:"valueCodeableConcept,omitempty"`
}

// Quantity is a number with its unit.
type Quantity struct {
	Value  float64 `json:"value"`
	System string  `json:"system"`
	Code   string  `json:"code"`
}

// ObservationOf maps a result that was taken. unit is UCUM.
func ObservationOf(patientID string, m Measured, on time.Time, unit string) Observation {
	o := Observation{Resource: Resource{ResourceType: "Observation", ID: patientID + "." + m.Code, Meta: &Meta{Security: Labels()}}, Status: "final",
		Code: CodeableConcept{Text: m.Code}, Subject: Reference{Reference: "Patient/" + patientID}, Effective: instant(on)}
	if m.Word != "" {
		o.Word = &CodeableConcept{Text: m.Word}
	} else {
		o.Quantity = &Quantity{m.Number, "http://unitsofmeasure.org", unit}
	}
	return o
}
