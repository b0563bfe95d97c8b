package handlers_test

import (
	"maps"
	"testing"

	"handrail/care"
	"handrail/models/comment"
)

// commentVisits says how the operations of comments are called: on a note of the therapist.
// A note that is struck is the patient's own.
func (c *clinic) commentVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	note, writer := care.NewID(), c.patient
	switch operationID {
	case "addComment":
		writer = c.therapist
		fallthrough
	case "strikeGoalNote":
		if _, err := c.Chart(writer, c.patient.PatientID).Record.AddGoalNote(t.Context(), c.goalID, note, "It went well."); err != nil {
			t.Fatal(err)
		}
	}
	maps.Copy(into, map[string]visit{
		"listComments": {path: path, query: "?kind=goal-note"},
		"addComment":   {path: path, body: map[string]any{"id": care.NewID(), "about": comment.About{Kind: comment.GoalNote, ID: note}, "text": "It was two days."}},
		"strikeGoalNote": {path: map[string]string{"patientId": path["patientId"], "goalId": c.goalID, "noteId": note},
			body: map[string]any{"reason": "Another person's."}},
	})
}
