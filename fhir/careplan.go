package fhir

import (
	"html"
	"strconv"
	"strings"
	"time"
)

// CarePlan is http://hl7.org/fhir/R4/careplan.html, in the shape of us-core-careplan.
type CarePlan struct {
	Resource
	Text      Narrative          `json:"text"`
	Contained []any              `json:"contained,omitempty"`
	Status    string             `json:"status"`
	Intent    string             `json:"intent"`
	Category  []CodeableConcept  `json:"category"`
	Title     string             `json:"title"`
	Subject   Reference          `json:"subject"`
	Created   string             `json:"created,omitempty"`
	Addresses []Reference        `json:"addresses,omitempty"`
	Goal      []Reference        `json:"goal,omitempty"`
	Activity  []CarePlanActivity `json:"activity,omitempty"`
}

// Narrative is a resource in words.
type Narrative struct {
	Status string `json:"status"`
	Div    string `json:"div"`
}

// CarePlanActivity is one activity; cpl-3: a detail and no reference.
type CarePlanActivity struct {
	Detail CarePlanDetail `json:"detail"`
}

// CarePlanDetail is what is done.
type CarePlanDetail struct {
	Code            CodeableConcept   `json:"code"`
	ReasonReference []Reference       `json:"reasonReference,omitempty"`
	ReasonCode      []CodeableConcept `json:"reasonCode,omitempty"`
	Goal            []Reference       `json:"goal,omitempty"`
	Status          string            `json:"status"`
	ScheduledPeriod *DayPeriod        `json:"scheduledPeriod,omitempty"`
	Performer       []Reference       `json:"performer,omitempty"`
	Description     string            `json:"description,omitempty"`
}

// DayPeriod is a period of days (YYYY-MM-DD).
type DayPeriod struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

// Condition is a problem, contained in the plan that names it (con-4, con-3 hold: an
// active one has a clinical status).
type Condition struct {
	ResourceType   string            `json:"resourceType"`
	ID             string            `json:"id"`
	ClinicalStatus CodeableConcept   `json:"clinicalStatus"`
	Category       []CodeableConcept `json:"category"`
	Code           CodeableConcept   `json:"code"`
	Subject        Reference         `json:"subject"`
}

// Goal is a goal, contained in the plan that links it.
type Goal struct {
	ResourceType    string          `json:"resourceType"`
	ID              string          `json:"id"`
	LifecycleStatus string          `json:"lifecycleStatus"`
	Description     CodeableConcept `json:"description"`
	Subject         Reference       `json:"subject"`
}

// PlanItem is an item of a care plan, as far as FHIR asks. Kind is problem, goal or
// anything else that is done.
type PlanItem struct {
	ID, Kind, Code, Name, Domain, Why, Description, Status string
	StartOn, EndOn                                         string
	For                                                    []string
	LeadID, LeadName                                       string
}

// Plan is a care plan, as far as FHIR asks.
type Plan struct {
	PatientID string
	Version   int64
	ChangedAt time.Time
	Agreed    bool
	Items     []PlanItem
}

// SystemActivity and SystemProblemOf are our own codes.
const (
	SystemActivity  = "urn:handrail:care-plan-activity"
	SystemProblemOf = "urn:handrail:problem-domain"
)

// CarePlanOf writes a plan. Ended items are left out but for what was done.
func CarePlanOf(p Plan) CarePlan {
	subject := Reference{Reference: "Patient/" + p.PatientID}
	out := CarePlan{Resource: Resource{ResourceType: "CarePlan", ID: p.PatientID, Meta: &Meta{VersionID: strconv.FormatInt(p.Version, 10), LastUpdated: instant(p.ChangedAt), Security: Labels()}},
		Status: "draft", Intent: "plan", Title: "Care plan", Subject: subject,
		Category: concept("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")}
	if p.Agreed {
		out.Status = "active"
	}
	kinds := map[string]string{}
	for _, i := range p.Items {
		kinds[i.ID] = i.Kind
	}
	var words []string
	for _, i := range p.Items {
		words = append(words, "<li>"+html.EscapeString(i.Name)+"</li>")
		switch i.Kind {
		case "problem":
			out.Contained = append(out.Contained, Condition{"Condition", i.ID, concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "")[0],
				append(concept("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item", "Problem List Item"), concept(SystemProblemOf, i.Domain, "")...), CodeableConcept{Text: i.Name}, subject})
			out.Addresses = append(out.Addresses, Reference{Reference: "#" + i.ID})
		case "goal":
			out.Contained = append(out.Contained, Goal{"Goal", i.ID, "active", CodeableConcept{Text: i.Name}, subject})
			out.Goal = append(out.Goal, Reference{Reference: "#" + i.ID})
		default:
			out.Activity = append(out.Activity, CarePlanActivity{detail(i, kinds)})
		}
	}
	if len(words) == 0 {
		words = []string{"<li>Nothing yet</li>"}
	}
	out.Text = Narrative{"generated", `<div xmlns="http://www.w3.org/1999/xhtml"><ul>` + strings.Join(words, "") + `</ul></div>`}
	return out
}

func detail(i PlanItem, kinds map[string]string) CarePlanDetail {
	d := CarePlanDetail{Code: CodeableConcept{Text: i.Name}, Status: i.Status, Description: i.Description}
	if i.Code != "" {
		d.Code.Coding = []Coding{{System: SystemActivity, Code: i.Code}}
	}
	if i.Why != "" {
		d.ReasonCode = []CodeableConcept{{Text: i.Why}}
	}
	if i.StartOn != "" || i.EndOn != "" {
		d.ScheduledPeriod = &DayPeriod{i.StartOn, i.EndOn}
	}
	for _, f := range i.For {
		switch kinds[f] {
		case "problem":
			d.ReasonReference = append(d.ReasonReference, Reference{Reference: "#" + f})
		case "goal":
			d.Goal = append(d.Goal, Reference{Reference: "#" + f})
		}
	}
	if i.LeadID != "" {
		d.Performer = []Reference{{Reference: "Practitioner/" + i.LeadID, Display: i.LeadName}}
	}
	return d
}
