package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/models/disagreement"
)

// disagreementVisits says how the operations of disagreements are called: on one that the
// therapist was asked to bring to an end.
func (c *clinic) disagreementVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	at := map[string]string{"patientId": path["patientId"], "disagreementId": care.NewID()}
	c.colleagues()
	settle := map[string]any{"outcome": "The dose stays.", "forPatient": "Nothing changes for now.", "preference": "not-said", "why": "It can't wait."}
	switch operationID {
	case "readDisagreement", "setPosition", "setPatientPreference", "settleDisagreement", "withdrawDisagreement":
		by, to := c.nurse, c.therapist
		if operationID == "withdrawDisagreement" {
			by, to = to, by
		}
		at["disagreementId"] = c.disagreement(t, by, to)
	}
	maps.Copy(into, map[string]visit{
		"listDisagreements": {path: path}, "readDisagreement": {path: at},
		"raiseDisagreement": {path: path, body: map[string]any{"id": care.NewID(), "subject": "care", "question": "Home or ward?", "forPatient": "Where do you want to be?",
			"facilitator": c.nurse.AccountID, "dueAt": c.Clock.Now().AddDate(0, 0, 3)}},
		"setPosition": {path: at, body: map[string]any{"text": "Home."}}, "setPatientPreference": {path: at, body: map[string]any{"words": "At home."}},
		"settleDisagreement": {path: at, body: settle}, "withdrawDisagreement": {path: at, body: map[string]any{"note": "We agree."}},
	})
}

func (c *clinic) disagreement(t testing.TB, by, to models.Actor) string {
	t.Helper()
	v, err := c.Chart(by, c.patient.PatientID).Disagreed.Raise(t.Context(), care.NewID(), disagreement.Terms{Subject: disagreement.Care, Question: "Home or ward?",
		ForPatient: "Where do you want to be?", To: to.AccountID, DueAt: c.Clock.Now().Add(72 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}
