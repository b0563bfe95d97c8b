package fhir

import "time"

// ServiceRequest is http://hl7.org/fhir/R4/servicerequest.html, in the shape of the SDOH
// Clinical Care guide: what somebody is referred to a partner for.
type ServiceRequest struct {
	Resource
	Status     string            `json:"status"`
	Intent     string            `json:"intent"`
	Category   []CodeableConcept `json:"category"`
	Code       CodeableConcept   `json:"code"`
	Subject    Reference         `json:"subject"`
	Occurrence *OpenPeriod       `json:"occurrencePeriod,omitempty"`
	AuthoredOn time.Time         `json:"authoredOn"`
	Requester  Reference         `json:"requester"`
	Performer  []Reference       `json:"performer"`
}

// Task is http://hl7.org/fhir/R4/task.html, in the shape of that guide's task for the
// management of a referral: where it stands, with whom, and until when the next move is due.
type Task struct {
	Resource
	Status       string           `json:"status"`
	Intent       string           `json:"intent"`
	Code         CodeableConcept  `json:"code"`
	Focus        Reference        `json:"focus"`
	For          Reference        `json:"for"`
	AuthoredOn   time.Time        `json:"authoredOn"`
	LastModified time.Time        `json:"lastModified"`
	Requester    Reference        `json:"requester"`
	Owner        Reference        `json:"owner"`
	Restriction  *TaskRestriction `json:"restriction,omitempty"`
}

// TaskRestriction is until when the next move is due.
type TaskRestriction struct {
	Period OpenPeriod `json:"period"`
}

// Systems of referrals: the category is US Core's, what somebody needs is our own word.
const (
	SystemNeed     = "urn:handrail:need"
	SystemCategory = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category"
	SystemTaskCode = "http://hl7.org/fhir/CodeSystem/task-code"
)

// Referral is a referral, as far as FHIR asks. No words of anybody are in it: what went to
// the partner is what the patient signed, and goes nowhere else by this.
type Referral struct {
	ID, PatientID, Need, Status string
	ClinicianID, Clinician      string
	Partner                     string
	MadeAt, ChangedAt, DueAt    time.Time
	BookedFor                   *time.Time
	Ended                       bool
}

// requestStatus is the ServiceRequest's by the Task's: the request itself is active until
// the task has ended.
func requestStatus(task string) string {
	switch task {
	case "draft", "completed", "on-hold":
		return task
	case "rejected", "cancelled", "failed":
		return "revoked"
	}
	return "active"
}

func (r Referral) meta() *Meta { return &Meta{LastUpdated: instant(r.ChangedAt), Security: Labels()} }

func (r Referral) by() Reference {
	return Reference{Reference: "Practitioner/" + r.ClinicianID, Display: r.Clinician}
}

// partner has a name alone: an organisation outside is no resource here.
func (r Referral) partner() Reference { return Reference{Display: r.Partner} }

// ServiceRequestOf writes the request of a referral; its id is the referral's.
func ServiceRequestOf(r Referral) ServiceRequest {
	out := ServiceRequest{Resource: Resource{ResourceType: "ServiceRequest", ID: r.ID, Meta: r.meta()}, Status: requestStatus(r.Status), Intent: "order",
		Category: []CodeableConcept{{Coding: []Coding{{System: SystemCategory, Code: "sdoh"}}}}, Code: CodeableConcept{Coding: []Coding{{System: SystemNeed, Code: r.Need}}, Text: r.Need},
		Subject: Reference{Reference: "Patient/" + r.PatientID}, AuthoredOn: r.MadeAt.UTC(), Requester: r.by(), Performer: []Reference{r.partner()}}
	if r.BookedFor != nil {
		out.Occurrence = &OpenPeriod{Start: instant(*r.BookedFor)}
	}
	return out
}

// TaskOf writes the task of a referral; its id is the referral's. Its status is that of the
// guide's value set, which is ours.
func TaskOf(r Referral) Task {
	out := Task{Resource: Resource{ResourceType: "Task", ID: r.ID, Meta: r.meta()}, Status: r.Status, Intent: "order",
		Code: CodeableConcept{Coding: []Coding{{System: SystemTaskCode, Code: "fulfill"}}}, Focus: Reference{Reference: "ServiceRequest/" + r.ID}, For: Reference{Reference: "Patient/" + r.PatientID},
		AuthoredOn: r.MadeAt.UTC(), LastModified: r.ChangedAt.UTC(), Requester: r.by(), Owner: r.partner()}
	if !r.Ended {
		out.Restriction = &TaskRestriction{OpenPeriod{End: instant(r.DueAt)}}
	}
	return out
}
