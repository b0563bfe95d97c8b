package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/models/task"
)

// taskVisits says how the operations of tasks are called, on a task of the therapist's
// own that is made for it.
func (c *clinic) taskVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	at := map[string]string{"taskId": care.NewID()}
	switch operationID {
	case "readTask", "acceptTask", "claimTask", "rejectTask", "handOverTask", "recordTask":
		at["taskId"] = c.ownTask(t, operationID == "claimTask")
	}
	account := map[string]string{"accountId": c.therapist.AccountID}
	maps.Copy(into, map[string]visit{
		"listTasks": {query: "?list=mine"}, "readCaseload": {}, "readTask": {path: at}, "acceptTask": {path: at}, "claimTask": {path: at},
		"makeTask": {body: map[string]any{"id": care.NewID(), "text": "Please call the pharmacy.", "patientId": path["patientId"],
			"dueAt": c.Clock.Now().Add(48 * time.Hour).Format(time.RFC3339)}},
		"rejectTask":   {path: at, body: map[string]any{"note": "I am away."}},
		"handOverTask": {path: at, body: map[string]any{"pool": "care-team"}},
		"recordTask":   {path: at, body: map[string]any{"status": "in-progress"}},
		"readOpenWork": {path: account}, "handOverWork": {path: account, body: map[string]any{"to": c.admin.AccountID}},
	})
}

// ownTask makes a task of the therapist about the patient.
func (c *clinic) ownTask(t testing.TB, pooled bool) string {
	t.Helper()
	return c.taskOf(t, c.therapist, pooled)
}

func (c *clinic) taskOf(t testing.TB, who models.Actor, pooled bool) string {
	t.Helper()
	o := task.Order{Text: "Please call the pharmacy.", PatientID: c.patient.PatientID, Priority: task.Routine, DueAt: c.Clock.Now().Add(48 * time.Hour)}
	if pooled {
		o.Pool = task.PoolTeam
	}
	v, err := c.Care.Tasks.Make(t.Context(), who, care.NewID(), o)
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}
