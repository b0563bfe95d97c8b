package handlers

import (
	"maps"
	"testing"

	"handrail/care"
	"handrail/models/careplan"
)

// carePlanVisits says how the operations of care plans are called, on a plan in which
// there is one activity.
func (c *clinic) carePlanVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	item, base, version := care.NewID(), `"1"`, map[string]string{"patientId": path["patientId"], "version": "2"}
	body := map[string]any{"version": 1, "yes": true}
	switch operationID {
	case "changeCarePlan", "answerCarePlan", "rateCarePlanItem", "readCarePlanVersion":
		v, err := c.Chart(c.therapist, c.patient.PatientID).CarePlan.Plan(t.Context())
		if err == nil && len(v.Items) == 0 {
			v, err = c.Chart(c.therapist, c.patient.PatientID).CarePlan.Change(t.Context(), careplan.Edit{Base: v.Version,
				Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Activity, Activity: new("sleep")}}})
		}
		if err != nil {
			t.Fatal(err)
		}
		item, body["version"] = v.Items[0].ID, v.Version
	}
	maps.Copy(into, map[string]visit{
		"readCarePlan": {path: path}, "listCarePlanVersions": {path: path}, "readCarePlanSummary": {path: path}, "readPatientPage": {path: path}, "readCarePlanCourse": {path: path}, "listCarePlanMeasures": {},
		"readCarePlanVersion": {path: version, query: "?language=es"},
		"changeCarePlan": {path: path, header: map[string]string{"If-Match": base}, body: map[string]any{"reason": "We spoke about it.",
			"items": []map[string]any{{"id": care.NewID(), "kind": "relapse-prevention-step", "title": "Call my sister"}}}},
		"answerCarePlan":   {path: path, body: body},
		"rateCarePlanItem": {path: map[string]string{"patientId": path["patientId"], "itemId": item}, body: map[string]any{"id": care.NewID(), "answer": "helpful"}},
		"readFHIRCarePlan": {path: map[string]string{"id": path["patientId"]}}, "listFHIRCarePlans": {query: "?patient=Patient/" + path["patientId"]},
		"listCarePlanActivities": {}, "listCarePlanAuthority": {},
	})
}

// manyCarePlanVersions changes the plan some times.
func (c *clinic) manyCarePlanVersions(t *testing.T) {
	t.Helper()
	part := c.Chart(c.therapist, c.patient.PatientID).CarePlan
	v, err := part.Plan(t.Context())
	for range 3 {
		if err == nil {
			v, err = part.Change(t.Context(), careplan.Edit{Base: v.Version, Reason: "x", Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Step, Title: new("Call somebody")}}})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
