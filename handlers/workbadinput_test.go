package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/tasks"
	"handrail/handlers/edge/edgetest"
	"handrail/models/task"
)

// TestMessagesAndTasksTakeNoBadInput is TestAlertsTakeNoBadInput for what people write to
// each other and what they must do: 10 MB texts, ids of others, times that are none.
func TestMessagesAndTasksTakeNoBadInput(t *testing.T) {
	c := openClinic(t)
	b := badAlerts{c: c, id: c.ownThread(t), patient: c.patient.PatientID, tokens: map[string]string{}}
	for _, who := range c.callers {
		b.tokens[who.name] = who.token
	}
	own := care.NewID()
	if _, err := c.Care.Tasks.Make(t.Context(), c.therapist, own, task.Order{Text: "Call.", PatientID: c.patient.PatientID, Priority: task.Routine, DueAt: c.Clock.Now().Add(48 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	page, err := c.Care.Tasks.Tasks(t.Context(), c.therapist, tasks.Filter{PatientID: c.patient.PatientID}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	before := len(page.Items)
	address := "http://" + edgetest.Listen(t, c.api)
	for _, calls := range [][]badCall{b.messages(), b.worries(), b.tasks(own), b.duties()} {
		for _, call := range calls {
			call.body = withID(call)
			b.try(t, address, call)
		}
	}
	if page, err = c.Care.Tasks.Tasks(t.Context(), c.therapist, tasks.Filter{PatientID: c.patient.PatientID}, "", 100); err != nil || len(page.Items) != before {
		t.Errorf("%d tasks, before %d: %v", len(page.Items), before, err)
	}
}

// withID gives what makes something an id, so that nothing is refused for want of one.
func withID(call badCall) string {
	makes := call.path == "/v1/threads" || call.path == "/v1/worries" || call.path == "/v1/tasks" || strings.HasSuffix(call.path, "/messages")
	if !makes || strings.Contains(call.body[:min(len(call.body), 200)], `{"id":`) {
		return call.body
	}
	return strings.Replace(call.body, "{", `{"id":"`+care.NewID()+`",`, 1)
}

var refusedTo = []int{http.StatusNotFound, http.StatusForbidden, http.StatusBadRequest, http.StatusUnprocessableEntity}

const tooLong = 10 << 20

func (b badAlerts) messages() (out []badCall) {
	post := func(name, who, path, body string, want ...int) {
		out = append(out, badCall{name: name, token: b.tokens[who], method: http.MethodPost, path: path, body: body, want: want})
	}
	in := "/v1/threads/" + b.id + "/messages"
	for name, message := range map[string]string{
		"no words": `"text":""`, "spaces": `"text":"   "`, "no text": `"urgency":"routine"`, "a number": `"text":7`, "a list": `"text":["a"]`, "too many words": `"text":"` + strings.Repeat("a", 4001) + `"`,
		"a control character": `"text":"a\u0000b"`, "half a character": `"text":"\ud83d"`, "another urgency": `"text":"a","urgency":"` + secretWord + `"`, "an odd id": `"id":"` + secretWord + `","text":"a"`, "more": `"text":"a","` + secretWord + `":1`,
	} {
		post("a message with "+name, "patient", in, `{`+message+`}`, wrong...)
		post("a conversation with "+name, "patient", "/v1/threads", `{"id":"`+care.NewID()+`","kind":"patient","message":{`+message+`}}`, wrong...)
	}
	post("a message of 10 MB", "patient", in, `{"text":"`+strings.Repeat("a", tooLong)+`"}`, http.StatusRequestEntityTooLarge)
	post("a subject of 10 MB", "patient", "/v1/threads", `{"kind":"patient","subject":"`+strings.Repeat("a", tooLong)+`","message":{"id":"`+care.NewID()+`","text":"a"}}`, http.StatusRequestEntityTooLarge)
	post("a subject that is long", "patient", "/v1/threads", `{"kind":"patient","subject":"`+strings.Repeat("a", 121)+`","message":{"id":"`+care.NewID()+`","text":"a"}}`, wrong...)
	post("a note inside the team by the patient", "patient", "/v1/threads", `{"kind":"team","message":{"id":"`+care.NewID()+`","text":"a"}}`, refusedTo...)
	post("family of nobody", "patient", "/v1/threads", `{"kind":"family","supporterId":"`+care.NewID()+`","message":{"id":"`+care.NewID()+`","text":"a"}}`, append(refusedTo, http.StatusConflict)...)
	post("in another's name", "other-patient", "/v1/threads", `{"kind":"patient","patientId":"`+b.patient+`","message":{"id":"`+care.NewID()+`","text":"a"}}`, refusedTo...)
	for _, who := range []string{"stranger-supporter", "other-patient", "outside-therapist", "interpreter"} {
		for _, id := range []string{b.id, care.NewID(), "x", strings.Repeat("a", 4000), "%00"} {
			for do, body := range map[string]string{"/messages": `{"text":"a"}`, "/read": `{"number":1}`, "/settle": "", "/close": "", "/reopen": ""} {
				post(who+" "+do+" "+id[:min(len(id), 20)], who, "/v1/threads/"+id+do, body, refusedTo...)
			}
		}
	}
	for name, n := range map[string]string{"zero": "0", "less": "-1", "half": "1.5", "words": `"` + secretWord + `"`, "very many": "1e30"} {
		post("read up to "+name, "patient", "/v1/threads/"+b.id+"/read", `{"number":`+n+`}`, wrong...)
	}
	return out
}

func (b badAlerts) worries() (out []badCall) {
	for name, one := range map[string]struct {
		body string
		want []int
	}{
		"no answer to the first question": {`{"text":"a"}`, wrong}, "a word for it": {`{"dangerNow":"` + secretWord + `","text":"a"}`, wrong}, "null": {`{"dangerNow":null,"text":"a"}`, wrong},
		"no words": {`{"dangerNow":true,"text":""}`, wrong}, "many words": {`{"dangerNow":true,"text":"` + strings.Repeat("a", 5000) + `"}`, wrong},
		"10 MB":   {`{"dangerNow":true,"text":"` + strings.Repeat("a", tooLong) + `"}`, []int{http.StatusRequestEntityTooLarge}},
		"a chart": {`{"dangerNow":true,"text":"a","patientId":"` + secretWord + `"}`, refusedTo}, "somebody else's chart": {`{"dangerNow":true,"text":"a","patientId":"` + care.NewID() + `"}`, append(refusedTo, http.StatusConflict)},
	} {
		out = append(out, badCall{name: "a worry with " + name, token: b.tokens["supporter"], method: http.MethodPost, path: "/v1/worries", body: one.body, want: one.want})
	}
	for _, who := range []string{"patient", "therapist", "interpreter", "administrator"} {
		out = append(out, badCall{name: "a worry of a " + who, token: b.tokens[who], method: http.MethodPost, path: "/v1/worries", body: `{"dangerNow":false,"text":"a"}`, want: []int{http.StatusForbidden, http.StatusNotFound}})
	}
	return out
}

// tasks are of a therapist, and one that is theirs.
func (b badAlerts) tasks(own string) (out []badCall) {
	due := b.c.Clock.Now().Add(48 * time.Hour).Format(time.RFC3339)
	post := func(name, who, path, body string, want ...int) {
		out = append(out, badCall{name: name, token: b.tokens[who], method: http.MethodPost, path: path, body: body, want: want})
	}
	for name, more := range map[string]string{
		"no words": `"text":"","dueAt":"` + due + `"`, "no time": `"text":"a"`, "yesterday": `"text":"a","dueAt":"` + b.c.Clock.Now().Add(-time.Hour).Format(time.RFC3339) + `"`, "the year 9999": `"text":"a","dueAt":"9999-12-31T23:59:59Z"`,
		"the year 0": `"text":"a","dueAt":"0000-01-01T00:00:00Z"`, "a day that is none": `"text":"a","dueAt":"2026-02-30T00:00:00Z"`, "a time without a zone": `"text":"a","dueAt":"2026-12-01T10:00:00"`,
		"a leap second": `"text":"a","dueAt":"2027-06-30T23:59:60Z"`, "a reminder after it is due": `"text":"a","dueAt":"` + due + `","remindAt":"` + b.c.Clock.Now().Add(72*time.Hour).Format(time.RFC3339) + `"`,
		"two who do it": `"text":"a","dueAt":"` + due + `","to":"` + b.c.therapist.AccountID + `","pool":"clinicians"`, "another group": `"text":"a","dueAt":"` + due + `","pool":"` + secretWord + `"`,
		"the patient to do it": `"text":"a","patientId":"` + b.patient + `","dueAt":"` + due + `","to":"` + b.c.patient.AccountID + `"`, "family to do it": `"text":"a","dueAt":"` + due + `","to":"` + b.c.supporter.AccountID + `"`,
		"nobody to do it": `"text":"a","dueAt":"` + due + `","to":"` + care.NewID() + `"`, "somebody who may not read it": `"text":"a","patientId":"` + b.patient + `","dueAt":"` + due + `","to":"` + b.c.outside.AccountID + `"`,
		"many grounds": `"text":"a","dueAt":"` + due + `","basedOn":[` + strings.Repeat(`{"type":"goal","id":"1"},`, 10) + `{"type":"goal","id":"1"}]`, "another's end": `"text":"a","dueAt":"` + due + `","status":"completed"`,
		"a path for an id": `"text":"a","dueAt":"` + due + `","focus":{"type":"goal","id":"../` + secretWord + `"}`,
	} {
		post("a task with "+name, "therapist", "/v1/tasks", `{"id":"`+care.NewID()+`",`+more+`}`, wrong...)
	}
	post("a task of 10 MB", "therapist", "/v1/tasks", `{"text":"`+strings.Repeat("a", tooLong)+`","dueAt":"`+due+`"}`, http.StatusRequestEntityTooLarge)
	post("a task about nobody's chart", "therapist", "/v1/tasks", `{"text":"a","patientId":"`+care.NewID()+`","dueAt":"`+due+`"}`, http.StatusNotFound)
	post("a task about a chart that is not theirs", "outside-therapist", "/v1/tasks", `{"text":"a","patientId":"`+b.patient+`","dueAt":"`+due+`"}`, http.StatusNotFound)
	for _, id := range []string{own, care.NewID(), "x", "%00", strings.Repeat("a", 4000)} {
		for _, who := range []string{"patient", "supporter", "stranger-supporter", "other-patient", "outside-therapist", "interpreter"} {
			for do, body := range map[string]string{"/accept": "", "/claim": "", "/reject": `{"note":"a"}`, "/outcome": `{"status":"completed"}`, "/hand-over": `{"pool":"clinicians"}`} {
				post(fmt.Sprint(who, do, " ", id[:min(len(id), 20)]), who, "/v1/tasks/"+id+do, body, refusedTo...)
			}
		}
	}
	return out
}

// duties are swaps, programmes, drills and work that is handed over.
func (b badAlerts) duties() (out []badCall) {
	call := func(name, who, method, path, body string, want ...int) {
		out = append(out, badCall{name: name, token: b.tokens[who], method: method, path: path, body: body, want: want})
	}
	ana := b.c.therapist.AccountID
	swap := func(more string) string { return `{"id":"` + care.NewID() + `",` + more + `}` }
	call("a swap on no rota", "therapist", http.MethodPost, "/v1/rotas/"+care.NewID()+"/swaps", swap(`"takenBy":"`+ana+`","from":"2026-03-01T00:00:00","to":"2026-03-02T00:00:00"`), refusedTo...)
	call("a swap of a patient", "patient", http.MethodPost, "/v1/rotas/"+care.NewID()+"/swaps", swap(`"takenBy":"`+ana+`","from":"2026-03-01T00:00:00","to":"2026-03-02T00:00:00"`), refusedTo...)
	call("a drill of nobody", "administrator", http.MethodPost, "/v1/alert-drills", `{"id":"`+care.NewID()+`","team":[]}`, wrong...)
	call("a drill of a patient", "administrator", http.MethodPost, "/v1/alert-drills", `{"id":"`+care.NewID()+`","team":["`+b.c.patient.AccountID+`"]}`, append(wrong, http.StatusConflict)...)
	call("a drill by a patient", "patient", http.MethodPost, "/v1/alert-drills", `{"id":"`+care.NewID()+`","team":["`+ana+`"]}`, refusedTo...)
	for name, body := range map[string]string{"no name": `"name":""`, "a name of 10,000": `"name":"` + strings.Repeat("a", 10000) + `"`, "no fail-safe here": `"name":"West","failSafe":"` + care.NewID() + `"`,
		"a patient as fail-safe": `"name":"West","failSafe":"` + b.c.patient.AccountID + `"`, "another level": `"name":"West","levels":["` + secretWord + `"]`, "hours on Mars": `"name":"West","hours":{"zone":"Mars/Olympus","windows":[]}`} {
		call("a programme with "+name, "administrator", http.MethodPost, "/v1/programmes", `{"id":"`+care.NewID()+`",`+body+`}`, wrong...)
	}
	call("work to nobody", "administrator", http.MethodPost, "/v1/accounts/"+ana+"/open-work/hand-over", `{"to":"`+care.NewID()+`"}`, append(refusedTo, http.StatusConflict)...)
	call("work by a patient", "patient", http.MethodPost, "/v1/accounts/"+ana+"/open-work/hand-over", `{"to":"`+ana+`"}`, refusedTo...)
	call("a norm of no days", "administrator", http.MethodPut, "/v1/message-settings", `{"answerWithinDays":-1}`, append(wrong, http.StatusPreconditionRequired)...)
	return out
}
