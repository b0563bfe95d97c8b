package fhir

// Patient is http://hl7.org/fhir/R4/patient.html, as far as a visit needs it.
type Patient struct {
	Resource
	Active        bool            `json:"active"`
	Name          []HumanName     `json:"name,omitempty"`
	Telecom       []ContactPoint  `json:"telecom,omitempty"`
	BirthDate     string          `json:"birthDate,omitempty"`
	Communication []Communication `json:"communication,omitempty"`
}

// HumanName is a name as it is said; nobody here is asked for its parts.
type HumanName struct {
	Use  string `json:"use,omitempty"`
	Text string `json:"text"`
}

// ContactPoint is how somebody is reached.
type ContactPoint struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

// Communication is a language that somebody speaks.
type Communication struct {
	Language  CodeableConcept `json:"language"`
	Preferred bool            `json:"preferred"`
}

// Person is what is known of a patient.
type Person struct {
	ID, Name, PreferredName, Phone, BirthDate, Language string
	Version                                             string
}

// PatientOf maps a patient.
func PatientOf(p Person) Patient {
	out := Patient{Resource: Resource{ResourceType: "Patient", ID: p.ID, Meta: &Meta{VersionID: p.Version, Security: Labels()}}, Active: true, BirthDate: p.BirthDate}
	if p.Name != "" {
		out.Name = append(out.Name, HumanName{"official", p.Name})
	}
	if p.PreferredName != "" {
		out.Name = append(out.Name, HumanName{"usual", p.PreferredName})
	}
	if p.Phone != "" {
		out.Telecom = []ContactPoint{{"phone", p.Phone}}
	}
	if p.Language != "" {
		out.Communication = []Communication{{CodeableConcept{Coding: []Coding{{System: "urn:ietf:bcp:47", Code: p.Language}}}, true}}
	}
	return out
}

// Practitioner is http://hl7.org/fhir/R4/practitioner.html.
type Practitioner struct {
	Resource
	Active        bool            `json:"active"`
	Name          []HumanName     `json:"name,omitempty"`
	Qualification []Qualification `json:"qualification,omitempty"`
}

// Qualification says what somebody does.
type Qualification struct {
	Code CodeableConcept `json:"code"`
}

// SystemDiscipline names the disciplines of this program.
const SystemDiscipline = "urn:handrail:discipline"

// PractitionerOf maps a clinician.
func PractitionerOf(id, name, discipline string, active bool) Practitioner {
	out := Practitioner{Resource: Resource{ResourceType: "Practitioner", ID: id}, Active: active}
	if name != "" {
		out.Name = []HumanName{{Text: name}}
	}
	if discipline != "" {
		out.Qualification = []Qualification{{CodeableConcept{Coding: []Coding{{System: SystemDiscipline, Code: discipline}}}}}
	}
	return out
}
