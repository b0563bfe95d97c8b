package handlers_test

import (
	"maps"
	"net/url"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/models/handoff"
)

// handoffVisits says how the operations of handoffs are called: on one that the therapist
// was asked to take, or gave.
func (c *clinic) handoffVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	at := map[string]string{"patientId": path["patientId"], "handoffId": care.NewID()}
	c.colleagues()
	nurse := c.nurse
	switch operationID {
	case "readHandoff", "acceptHandoff", "cancelHandoff":
		giver, to := nurse, c.therapist
		if operationID == "cancelHandoff" {
			giver, to = to, giver
		}
		at["handoffId"] = c.handoff(t, giver, to)
	}
	maps.Copy(into, map[string]visit{
		"listHandoffs": {path: path}, "readHandoff": {path: at}, "acceptHandoff": {path: at, body: map[string]any{"readBack": "I call her tomorrow and on day seven."}},
		"giveHandoff":    {path: path, body: map[string]any{"id": care.NewID(), "to": nurse.AccountID, "severity": "stable", "summary": "Sleeps."}},
		"cancelHandoff":  {path: at, body: map[string]any{"note": "I stay."}},
		"reportHandoffs": {query: c.lastWeek()},
	})
}

func (c *clinic) lastWeek() string {
	now := c.Clock.Now()
	return "?from=" + url.QueryEscape(now.Add(-7*24*time.Hour).Format(time.RFC3339)) + "&to=" + url.QueryEscape(now.Add(time.Hour).Format(time.RFC3339))
}

func (c *clinic) handoff(t testing.TB, giver, to models.Actor) string {
	t.Helper()
	v, err := c.Chart(giver, c.patient.PatientID).Handoffs.Give(t.Context(), care.NewID(), handoff.Terms{Receiver: to.AccountID, Severity: handoff.Stable, Summary: "Sleeps.",
		Actions: []string{"Look in"}, Situation: "Room 4.", WhatIf: []handoff.WhatIf{{If: "No sleep", Then: "Call me"}},
		From: handoff.Detox, To: handoff.Clinic, MovesOn: c.tomorrow(), NextVisitOn: c.tomorrow(), CallDay1: giver.AccountID, CallDay7: giver.AccountID})
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}

func (c *clinic) tomorrow() string { return c.Day(1) }
