package fhir

import "time"

// SystemRxNorm names the codes of ingredients (SAB=RXNORM).
const SystemRxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"

// Drug is a line of the list of medicines, as it is mapped. Days are YYYY-MM-DD.
type Drug struct {
	ID, PatientID, Status, Name, Why, Directions, Taken string
	Codes                                               []Coding
	By                                                  string // account of who ordered it
	ByName                                              string
	Since, Until, StopWhy                               string
	At, ChangedAt                                       time.Time
}

// Span is from which day until which (Period).
type Span struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

// Dosage is how it is taken, in the words of who wrote it.
type Dosage struct {
	Text string `json:"text"`
}

// MedicationRequest is http://hl7.org/fhir/R4/medicationrequest.html.
type MedicationRequest struct {
	Resource
	Status            string            `json:"status"`
	StatusReason      *CodeableConcept  `json:"statusReason,omitempty"`
	Intent            string            `json:"intent"`
	Medication        CodeableConcept   `json:"medicationCodeableConcept"`
	Subject           Reference         `json:"subject"`
	AuthoredOn        *time.Time        `json:"authoredOn,omitempty"`
	Requester         *Reference        `json:"requester,omitempty"`
	ReasonCode        []CodeableConcept `json:"reasonCode,omitempty"`
	DosageInstruction []Dosage          `json:"dosageInstruction,omitempty"`
}

// MedicationStatement is http://hl7.org/fhir/R4/medicationstatement.html.
type MedicationStatement struct {
	Resource
	Status       string            `json:"status"`
	StatusReason []CodeableConcept `json:"statusReason,omitempty"`
	Medication   CodeableConcept   `json:"medicationCodeableConcept"`
	Subject      Reference         `json:"subject"`
	Effective    *Span             `json:"effectivePeriod,omitempty"`
	DateAsserted *time.Time        `json:"dateAsserted,omitempty"`
	ReasonCode   []CodeableConcept `json:"reasonCode,omitempty"`
	Dosage       []Dosage          `json:"dosage,omitempty"`
}

func words(texts ...string) (out []CodeableConcept) {
	for _, t := range texts {
		if t != "" {
			out = append(out, CodeableConcept{Text: t})
		}
	}
	return out
}

func dosages(text string) []Dosage {
	if text == "" {
		return nil
	}
	return []Dosage{{text}}
}

func (d Drug) resource(kind string) Resource {
	return Resource{ResourceType: kind, ID: d.ID, Meta: &Meta{LastUpdated: instant(d.ChangedAt), Security: Labels()}}
}

// RequestOf maps an order of the clinic. Its instruction is as the prescriber wrote it.
func RequestOf(d Drug) MedicationRequest {
	r := MedicationRequest{Resource: d.resource("MedicationRequest"), Status: d.Status, Intent: "order", Medication: CodeableConcept{d.Codes, d.Name},
		Subject: Reference{Reference: "Patient/" + d.PatientID}, AuthoredOn: instant(d.At), ReasonCode: words(d.Why), DosageInstruction: dosages(d.Directions)}
	if d.By != "" {
		r.Requester = &Reference{"Practitioner/" + d.By, d.ByName}
	}
	if d.StopWhy != "" {
		r.StatusReason = &CodeableConcept{Text: d.StopWhy}
	}
	return r
}

// StatementOf maps what was told of elsewhere.
func StatementOf(d Drug) MedicationStatement {
	s := MedicationStatement{Resource: d.resource("MedicationStatement"), Status: d.Status, StatusReason: words(d.StopWhy), Medication: CodeableConcept{d.Codes, d.Name},
		Subject: Reference{Reference: "Patient/" + d.PatientID}, DateAsserted: instant(d.At), ReasonCode: words(d.Why), Dosage: dosages(d.Taken)}
	if d.Since != "" || d.Until != "" {
		s.Effective = &Span{d.Since, d.Until}
	}
	return s
}

// Reaction is an allergy or another bad reaction, as it is mapped.
type Reaction struct {
	ID, PatientID, Kind, Certainty, Severity, Substance, What, On string
	Codes                                                         []Coding
	At, ChangedAt                                                 time.Time
}

// AllergyIntolerance is http://hl7.org/fhir/R4/allergyintolerance.html.
type AllergyIntolerance struct {
	Resource
	ClinicalStatus     *CodeableConcept  `json:"clinicalStatus,omitempty"` // not of what was entered in error (ait-2)
	VerificationStatus CodeableConcept   `json:"verificationStatus"`
	Type               string            `json:"type"`
	Category           []string          `json:"category"`
	Criticality        string            `json:"criticality,omitempty"`
	Code               CodeableConcept   `json:"code"`
	Patient            Reference         `json:"patient"`
	Onset              string            `json:"onsetDateTime,omitempty"`
	RecordedDate       *time.Time        `json:"recordedDate,omitempty"`
	Reaction           []AllergyReaction `json:"reaction,omitempty"`
}

// AllergyReaction is what happened.
type AllergyReaction struct {
	Manifestation []CodeableConcept `json:"manifestation"`
	Severity      string            `json:"severity"`
}

// AllergyOf maps a reaction.
func AllergyOf(r Reaction) AllergyIntolerance {
	const system = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"
	status := func(kind, code string) CodeableConcept {
		return CodeableConcept{Coding: []Coding{{System: system + kind, Code: code}}}
	}
	a := AllergyIntolerance{Resource: Resource{ResourceType: "AllergyIntolerance", ID: r.ID, Meta: &Meta{LastUpdated: instant(r.ChangedAt), Security: Labels()}},
		VerificationStatus: status("verification", r.Certainty), Type: r.Kind, Category: []string{"medication"}, Code: CodeableConcept{r.Codes, r.Substance},
		Patient: Reference{Reference: "Patient/" + r.PatientID}, Onset: r.On, RecordedDate: instant(r.At)}
	switch r.Certainty {
	case "entered-in-error":
	case "refuted":
		resolved := status("clinical", "resolved")
		a.ClinicalStatus = &resolved
	default:
		active := status("clinical", "active")
		a.ClinicalStatus = &active
	}
	if r.Severity == "severe" {
		a.Criticality = "high"
	}
	if r.What != "" {
		a.Reaction = []AllergyReaction{{words(r.What), r.Severity}}
	}
	return a
}
