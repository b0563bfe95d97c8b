package handlers_test

import (
	"maps"
	"testing"

	"handrail/care"
	"handrail/handlers/edge"
	"handrail/models/careplan"
	"handrail/models/guideline"
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
	guide, stands := c.guideline(t)
	maps.Copy(into, map[string]visit{
		"readCarePlan": {path: path}, "listCarePlanVersions": {path: path}, "readCarePlanSummary": {path: path}, "readPatientPage": {path: path}, "readCarePlanCourse": {path: path}, "listCarePlanMeasures": {}, "listGuidelines": {},
		"readGuideline": {path: map[string]string{"guidelineId": guide.Value.ID}}, "addGuideline": {body: stands},
		"setGuideline":        {path: map[string]string{"guidelineId": guide.Value.ID}, header: map[string]string{"If-Match": edge.ETag(guide.Version)}, body: stands},
		"readCarePlanVersion": {path: version, query: "?language=es"},
		"changeCarePlan": {path: path, header: map[string]string{"If-Match": base}, body: map[string]any{"reason": "We spoke about it.",
			"items": []map[string]any{{"id": care.NewID(), "kind": "relapse-prevention-step", "title": "Call my sister"}}}},
		"answerCarePlan":   {path: path, body: body},
		"rateCarePlanItem": {path: map[string]string{"patientId": path["patientId"], "itemId": item}, body: map[string]any{"id": care.NewID(), "answer": "helpful"}},
		"readFHIRCarePlan": {path: map[string]string{"id": path["patientId"]}}, "listFHIRCarePlans": {query: "?patient=Patient/" + path["patientId"]},
		"listCarePlanActivities": {}, "listCarePlanAuthority": {},
	})
}

// guideline is one of the site, and what the office writes of one.
func (c *clinic) guideline(t testing.TB) (care.Versioned[guideline.Guideline], guideline.Terms) {
	t.Helper()
	terms := guideline.Terms{Title: "Sleep first", Source: "The clinic", Edition: "2026", ReviewOn: c.Day(300), Points: []guideline.Point{{ID: c.goalID, Text: "Ask about sleep."}}}
	if c.guide == "" {
		c.guide = c.newGuideline(t, terms)
	}
	v, err := c.Care.CarePlan.Guideline(t.Context(), c.admin, c.guide)
	if err != nil {
		t.Fatal(err)
	}
	return v, terms
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

func (c *clinic) newGuideline(t testing.TB, terms guideline.Terms) string {
	t.Helper()
	id := care.NewID()
	if _, err := c.Care.CarePlan.AddGuideline(t.Context(), c.admin, id, terms); err != nil {
		t.Fatal(err)
	}
	return id
}
