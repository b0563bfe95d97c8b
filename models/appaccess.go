package models

import "slices"

// AppAccess is a program of somebody else that acts for a person, as far as the person
// lets it (SMART App Launch 2.2). It only ever narrows what the person may do.
type AppAccess struct {
	ID        string // of the app
	Name      string
	PatientID string   // whose record; no other is open
	Scopes    []string // of AppScopes, that hold now
}

// AppResources are the FHIR resources that an app can read, and the section of the
// chart that each is of; "" for those of the clinic. Calendars of clinicians are not
// open to patients, so that no app is asked about them.
var AppResources = map[string]Section{"Patient": SectionProfile, "Appointment": SectionAppointments, "Practitioner": ""}

// AppScope is the scope that lets an app read a resource of the patient.
func AppScope(resource string) string { return "patient/" + resource + ".rs" }

// AppScopes lists the scopes that a person is asked about, one by one.
var AppScopes = []string{AppScope("Patient"), AppScope("Appointment"), AppScope("Practitioner")}

// MayRead tells whether the app may read a resource.
func (a AppAccess) MayRead(resource string) bool {
	_, known := AppResources[resource]
	return known && slices.Contains(a.Scopes, AppScope(resource))
}

// lets tells whether a question of the chart is within what the app may: reading, of
// the one patient, a section that one of its scopes covers.
func (a AppAccess) lets(q AccessQuestion) bool {
	if q.Verb != Read || q.PatientID != a.PatientID {
		return false
	}
	for resource, section := range AppResources {
		if section != "" && section == q.Section && a.MayRead(resource) {
			return true
		}
	}
	return false
}
