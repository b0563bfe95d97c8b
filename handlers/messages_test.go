package handlers_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/risk"
)

// messageVisits says how the operations of messages are called, on a thread of the patient.
func (c *clinic) messageVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	first := map[string]any{"id": care.NewID(), "text": "Can I come on Tuesday?"}
	thread := map[string]string{"threadId": care.NewID()}
	if strings.Contains(operationID, "Thread") || strings.Contains(operationID, "Message") && !strings.Contains(operationID, "Settings") {
		thread["threadId"] = c.ownThread(t)
	}
	patient := path["patientId"]
	if operationID == "listWorries" && !c.worried {
		c.worried = true
		for _, danger := range []bool{true, false} {
			c.Clock.Move(1e6)
			if _, err := c.Care.Messages.SendWorry(t.Context(), c.supporter, care.NewID(), message.Concern{PatientID: patient, Danger: &danger, Text: "He does not answer."}); err != nil {
				t.Fatal(err)
			}
		}
	}
	maps.Copy(into, map[string]visit{
		"listThreads":         {query: "?patientId=" + patient},
		"beginThread":         {body: map[string]any{"id": care.NewID(), "patientId": patient, "kind": "patient", "message": first}},
		"readThread":          {path: thread},
		"listMessages":        {path: thread},
		"sendMessage":         {path: thread, body: map[string]any{"id": care.NewID(), "text": "Thank you."}},
		"markThreadRead":      {path: thread, body: map[string]any{"number": 1}},
		"settleThread":        {path: thread},
		"closeThread":         {path: thread},
		"reopenThread":        {path: thread},
		"sendWorry":           {body: map[string]any{"id": care.NewID(), "dangerNow": false, "text": "He does not answer."}},
		"listWorries":         {path: path},
		"markWorryRead":       {path: map[string]string{"worryId": care.NewID()}},
		"readMessageHours":    {},
		"readMessageSettings": {},
		"setMessageSettings":  {body: map[string]any{"answerWithinDays": 2}, header: map[string]string{"If-Match": `"1"`}},
	})
}

// ownThread is a thread of the patient with the team.
func (c *clinic) ownThread(t testing.TB) string {
	t.Helper()
	if c.walked != "" {
		return c.walked
	}
	for range 2 {
		s, err := c.Chart(c.patient, c.patient.PatientID).Messages.Begin(t.Context(), care.NewID(),
			message.Opening{Kind: message.WithPatient, First: message.Draft{ID: care.NewID(), Text: "Hello.", Urgency: message.Routine}})
		if err == nil {
			c.walked = s.Thread.ID
			_, err = c.Care.Messages.Send(t.Context(), c.patient, c.walked, message.Draft{ID: care.NewID(), Text: "Are you there?", Urgency: message.Routine})
		}
		if err != nil {
			t.Fatal(err)
		}
		c.Clock.Move(1e6)
	}
	return c.walked
}

// TestThePatientLearnsOfNoWorry walks all that a patient may read, before and after a
// supporter sent worries and the team read, acknowledged and closed what came of them:
// neither its text, nor an id, nor that there is one is anywhere.
func TestThePatientLearnsOfNoWorry(t *testing.T) {
	for name, on := range map[string]bool{"alerts are on": true, "alerts are off": false} {
		t.Run(name, func(t *testing.T) {
			c := openClinic(t)
			if on {
				c.ownAlert(t)
			}
			patient, supporter, therapist := c.SignIn(c.patient.AccountID).AccessToken, c.SignIn(c.supporter.AccountID).AccessToken, c.SignIn(c.therapist.AccountID).AccessToken
			walk := func() map[string]string { return c.walk(t, patient) }
			walk() // the looks of the walk itself are the patient's own
			before := walk()
			secrets := c.worry(t, supporter, therapist, on)
			after := walk()
			for path, body := range after {
				for _, s := range append(secrets, `"worry`, `"worries`, `"alert`) {
					if strings.Contains(body, s) {
						t.Errorf("GET %s tells %q", path, s)
					}
				}
				was, is := strings.Count(before[path], `"at"`), strings.Count(body, `"at"`)
				if !grows[path] && was != is {
					t.Errorf("GET %s tells of %d things, before of %d", path, is, was)
				}
			}
			log, err := c.Chart(c.patient, c.patient.PatientID).People.AccessLog(t.Context(), "en", "", 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range log.Items {
				if e.At.After(c.worriedAt) && e.Who != "You" && e.Who != c.Admin.Name && !c.setsUp(e.Who) && !strings.HasPrefix(e.What, "Wrote down something to do") { // what the walk sets up
					t.Errorf("the log tells of %+v", e)
				}
			}
		})
	}
}

// setsUp tells whether somebody is of the team only for what the walk needs.
func (c *clinic) setsUp(name string) bool {
	return name == c.nurse.Name || slices.ContainsFunc(c.prescribers, func(p models.Actor) bool { return p.Name == name })
}

// grows are lists that grow, or shrink, with what the walk itself does and with time; they
// are looked at by their words.
var grows = map[string]bool{"/v1/patients/{patientId}/prescribing-agreements": true, "/v1/patients/{patientId}/consents": true, "/v1/patients/{patientId}/around": true, "/v1/patients/{patientId}/referrals": true, "/v1/patients/{patientId}/side-effects": true, "/v1/patients/{patientId}/access-log": true, "/v1/sync": true, "/v1/me/reminders/coming": true,
	"/v1/patients/{patientId}/medicines": true, "/v1/patients/{patientId}/medicine-reconciliations": true,
	"/v1/patients/{patientId}/tapers": true, "/v1/patients/{patientId}/tablets": true, "/v1/patients/{patientId}/taking": true, "/v1/patients/{patientId}/refills": true} // those of the table itself

// walk reads all GET operations as a patient, the first page of each.
func (c *clinic) walk(t testing.TB, token string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, op := range operations() {
		if op.Method != http.MethodGet {
			continue
		}
		v := c.visitForWalk(t, op.OperationID)
		if op.OperationID == "sync" {
			v.query = ""
		}
		res := c.call(t, op, v, token)
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode < http.StatusMultipleChoices {
			out[op.Path] = string(body)
		}
	}
	return out
}

// visitForWalk calls on what there is already, so that the walk makes nothing.
func (c *clinic) visitForWalk(t testing.TB, operationID string) visit {
	t.Helper()
	if operationID == "readThread" || operationID == "listMessages" || operationID == "listThreads" || operationID == "readAlert" || operationID == "listWorries" {
		return visit{path: map[string]string{"patientId": c.patient.PatientID, "threadId": c.ownThread(t), "alertId": care.NewID()}}
	}
	into := map[string]visit{}
	for _, room := range c.rooms(t, operationID) { // each sets up what it needs before the worry
		room(into)
	}
	return into[operationID]
}

// worry has a supporter send two worries, and the team do all that they do with them.
func (c *clinic) worry(t testing.TB, supporter, therapist string, on bool) (secrets []string) {
	t.Helper()
	do := func(method, path string, body any, token string, status int) string {
		t.Helper()
		res := c.call(t, &huma.Operation{Method: method, Path: path}, visit{body: body}, token)
		all, _ := io.ReadAll(res.Body)
		if res.StatusCode != status {
			t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, all)
		}
		return string(all)
	}
	c.Clock.Move(1)
	c.worriedAt = c.Clock.Now()
	c.Clock.Move(1)
	text := "He has not slept for xyzzy nights."
	secrets = []string{"xyzzy"}
	for _, danger := range []bool{false, true} {
		id := care.NewID()
		secrets = append(secrets, id)
		answer := do("POST", "/v1/worries", map[string]any{"id": id, "dangerNow": danger, "text": text}, supporter, 200)
		if again := do("POST", "/v1/worries", map[string]any{"id": id, "dangerNow": danger, "text": text}, supporter, 200); again != answer {
			t.Errorf("the same worry again: %s, first %s", again, answer)
		}
		for _, told := range []string{c.patient.PatientID, c.patient.Name, c.therapist.Name} {
			if strings.Contains(answer, told) {
				t.Errorf("the supporter is told %q", told)
			}
		}
		if list := do("GET", "/v1/worklist", nil, therapist, 200); !strings.Contains(list, "xyzzy") {
			t.Errorf("nobody reads it: %s", list)
		}
		if on {
			c.closeWorry(t, &secrets)
		} else {
			do("POST", "/v1/worries/"+id+"/read", nil, therapist, 204)
		}
	}
	if list := do("GET", "/v1/patients/"+c.patient.PatientID+"/worries", nil, therapist, 200); strings.Count(list, "xyzzy") != 2 {
		t.Errorf("the team reads %s", list)
	}
	return secrets
}

func (c *clinic) closeWorry(t testing.TB, secrets *[]string) {
	t.Helper()
	page, err := c.Care.Alerts.Alerts(t.Context(), c.therapist, alerts.Filter{}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range page.Items {
		if a.Rule != "worry" {
			continue
		}
		*secrets = append(*secrets, a.ID)
		if _, err := c.Care.Alerts.Alert(t.Context(), c.patient, a.ID, func(string) error { return nil }); models.KindOf(err) != models.KindNotFound {
			t.Errorf("the patient asks for the alert: %v", err)
		}
		if _, err := c.Care.Alerts.Alert(t.Context(), c.therapist, a.ID, func(string) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Care.Alerts.Acknowledge(t.Context(), c.therapist, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Care.Alerts.Record(t.Context(), c.therapist, a.ID, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAWorryOfAStranger: who is in nobody's circle is told the same for a patient and for
// nobody, and it leaves no line in anybody's log.
func TestAWorryOfAStranger(t *testing.T) {
	c := openClinic(t)
	token := c.SignIn(c.stranger.AccountID).AccessToken
	op := &huma.Operation{Method: http.MethodPost, Path: "/v1/worries"}
	var answers [][]byte
	for _, patient := range []string{c.patient.PatientID, care.NewID()} {
		res := c.call(t, op, visit{body: map[string]any{"id": care.NewID(), "patientId": patient, "dangerNow": true, "text": "Help."}}, token)
		body, _ := io.ReadAll(res.Body)
		body = regexp.MustCompile(`urn:uuid:[0-9a-f-]+`).ReplaceAll(body, nil)
		answers = append(answers, body)
		if res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	}
	if !bytes.Equal(answers[0], answers[1]) {
		t.Errorf("of a patient %s, of nobody %s", answers[0], answers[1])
	}
	for _, body := range []map[string]any{
		{"id": care.NewID(), "text": "No answer to the first question."},
		{"id": care.NewID(), "dangerNow": false, "text": ""},
		{"id": care.NewID(), "dangerNow": false, "text": strings.Repeat("a", 4001)},
		{"id": "1", "dangerNow": false, "text": "x"},
		{"id": care.NewID(), "dangerNow": "yes", "text": "x"},
	} {
		if res := c.call(t, op, visit{body: body}, token); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", body, res.StatusCode)
		}
	}
}
