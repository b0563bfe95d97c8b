package fhir

import "time"

// CapabilityStatement is http://hl7.org/fhir/R4/capabilitystatement.html.
type CapabilityStatement struct {
	Resource
	Status         string         `json:"status"`
	Date           string         `json:"date"`
	Kind           string         `json:"kind"`
	Software       Software       `json:"software"`
	Implementation Implementation `json:"implementation"`
	FHIRVersion    string         `json:"fhirVersion"`
	Format         []string       `json:"format"`
	Rest           []Rest         `json:"rest"`
}

// Software says what runs.
type Software struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Implementation says what it is for.
type Implementation struct {
	Description string `json:"description"`
}

// Rest says what can be done.
type Rest struct {
	Mode     string         `json:"mode"`
	Security RestSecurity   `json:"security"`
	Resource []RestResource `json:"resource"`
}

// RestSecurity says how one signs in.
type RestSecurity struct {
	Description string `json:"description"`
}

// RestResource is a type of resource.
type RestResource struct {
	Type        string          `json:"type"`
	Interaction []RestCode      `json:"interaction"`
	SearchParam []RestParam     `json:"searchParam,omitempty"`
	Operation   []RestOperation `json:"operation,omitempty"`
}

// RestCode is an interaction.
type RestCode struct {
	Code string `json:"code"`
}

// RestParam is a search parameter.
type RestParam struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// RestOperation is an operation; its definition is a name.
type RestOperation struct {
	Name       string `json:"name"`
	Definition string `json:"definition"`
}

// Capability says what this program does. date is when it last changed here.
func Capability(version string) CapabilityStatement {
	both := []RestCode{{"read"}, {"search-type"}}
	search := []RestCode{{"search-type"}}
	id, updated := RestParam{"_id", "token"}, RestParam{"_lastUpdated", "date"}
	operation := func(name string) RestOperation {
		return RestOperation{name, "urn:handrail:operation:" + name}
	}
	return CapabilityStatement{Resource: Resource{ResourceType: "CapabilityStatement"}, Status: "active",
		Date: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Kind: "instance",
		Software: Software{"Handrail", version}, Implementation: Implementation{"Visits, care plans and medicines at this clinic"}, FHIRVersion: "4.0.1",
		Format: []string{ContentType, "json"},
		Rest: []Rest{{Mode: "server", Security: RestSecurity{"A bearer token of this site, as for its own API. What a token may read is what its account may."},
			Resource: []RestResource{
				{"Appointment", both, []RestParam{id, updated, {"patient", "reference"}, {"date", "date"}, {"status", "token"}}, []RestOperation{operation("find"), operation("hold"), operation("book")}},
				{"CarePlan", both, []RestParam{{"patient", "reference"}}, nil},
				{"EpisodeOfCare", search, []RestParam{{"patient", "reference"}}, nil},
				{"ServiceRequest", search, []RestParam{{"patient", "reference"}}, nil},
				{"Task", search, []RestParam{{"patient", "reference"}}, nil},
				{"AllergyIntolerance", search, []RestParam{{"patient", "reference"}, {"status", "token"}}, nil},
				{"MedicationRequest", search, []RestParam{{"patient", "reference"}, {"status", "token"}}, nil},
				{"MedicationStatement", search, []RestParam{{"patient", "reference"}, {"status", "token"}}, nil},
				{"Observation", []RestCode{{"create"}}, nil, nil},
				{"Patient", both, []RestParam{id}, nil},
				{"Practitioner", both, []RestParam{id}, nil},
				{"Schedule", both, []RestParam{id, {"actor", "reference"}}, nil},
				{"Slot", both, []RestParam{id, {"schedule", "reference"}, {"start", "date"}, {"status", "token"}}, nil},
			}}}}
}
