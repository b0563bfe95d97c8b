package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"handrail/care"
)

// TestTheOfficeMakesAnInterpreter who can be booked: without an account nobody is kept as
// one; with one the list says who can be booked, and who not any more; and their choices
// of reminders are those that they get.
func TestTheOfficeMakesAnInterpreter(t *testing.T) {
	c := openClinic(t)
	ops := map[string]int{}
	all := operations()
	for i, op := range all {
		ops[op.OperationID] = i
	}
	token := map[string]string{}
	for _, who := range c.callers {
		token[who.name] = who.token
	}
	ask := func(operation, as string, v visit) (int, string) {
		t.Helper()
		res := c.call(t, all[ops[operation]], v, token[as])
		return res.StatusCode, shape(t, res)
	}
	id := care.NewID()
	put := visit{path: map[string]string{"resourceId": id}, header: map[string]string{"If-Match": `"1"`}, body: map[string]any{"name": "Ana Gil", "languages": []string{"fr"}}}
	if status, body := ask("setResource", "coordinator", put); status != http.StatusUnprocessableEntity || !strings.Contains(body, "interpreter-needs-account") {
		t.Errorf("without an account: %s", body)
	}
	if status, body := ask("createAccount", "coordinator", visit{body: map[string]any{"id": id, "role": "interpreter", "name": "Ana Gil"}}); status != http.StatusCreated {
		t.Fatal(body)
	}
	if status, body := ask("setResource", "coordinator", put); status != http.StatusOK {
		t.Fatal(body)
	}
	listed := func() string {
		t.Helper()
		_, body := ask("listResources", "patient", visit{})
		_, entry, found := strings.Cut(body, `"id":"`+id+`"`) // members are sorted: bookable stands before
		before, _, _ := strings.Cut(body, `"id":"`+id+`"`)
		if !found || !strings.Contains(entry, `"fr"`) {
			t.Fatal(body)
		}
		return before[strings.LastIndex(before, `"bookable":`):]
	}
	if got := listed(); !strings.HasPrefix(got, `"bookable":true`) {
		t.Error(got)
	}
	if _, err := c.Care.People.Suspend(t.Context(), c.admin, care.AnyVersion, id, true); err != nil {
		t.Fatal(err)
	}
	if got := listed(); !strings.HasPrefix(got, `"bookable":false`) {
		t.Error(got)
	}
	if _, body := ask("readNotificationSettings", "interpreter", visit{}); !strings.Contains(body, `"kind":"visit-now"`) || strings.Contains(body, `"kind":"check-in"`) {
		t.Error(body)
	}
	if status, body := ask("readAppointment", "interpreter", visit{path: map[string]string{"patientId": c.patient.PatientID, "appointmentId": c.visits.id}}); status != http.StatusOK ||
		!strings.Contains(body, `"interprets":{`) || strings.Contains(body, "participants") || strings.Contains(body, "visitType") || strings.Contains(body, "ask") {
		t.Error(body)
	}
}
