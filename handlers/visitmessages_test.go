package handlers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fasthttp/websocket"

	"handrail/care"
	"handrail/care/videovisit"
	"handrail/handlers/edge/edgetest"
	"handrail/models"
)

// say sends a message of the protocol.
func (d *videoClinic) say(ws *websocket.Conn, kind string, data map[string]any) {
	d.t.Helper()
	if err := ws.WriteJSON(map[string]any{"type": kind, "data": data}); err != nil {
		d.t.Fatal(err)
	}
}

func TestWhatIsWrittenIsGoneUnlessAClinicianKeepsIt(t *testing.T) {
	d := openVideoClinic(t)
	messages := func(who models.Actor, method string) videovisit.VisitMessages {
		t.Helper()
		body, res := d.ask(who, method, "/messages")
		var got videovisit.VisitMessages
		if err := json.Unmarshal(body, &got); err != nil || res.StatusCode != 200 {
			t.Fatalf("%d %s %v", res.StatusCode, body, err)
		}
		return got
	}
	_, res := d.ask(d.therapist, "POST", "/messages")
	edgetest.WantProblem(t, res, 409, "not-in-the-visit")
	j, _ := d.join(d.patient)
	page := d.connect(j)
	next(t, page, "welcome")
	j, _ = d.join(d.therapist)
	lead := d.connect(j)
	next(t, lead, "welcome")
	_, res = d.ask(d.therapist, "POST", "/messages")
	edgetest.WantProblem(t, res, 409, "nothing-written")
	d.say(lead, "command", map[string]any{"verb": "admit", "whom": d.patient.AccountID})
	for !strings.Contains(next(t, page, "room"), `"role":"patient","place":"inside"`) {
	}
	d.say(page, "chat", map[string]any{"id": care.NewID(), "text": "The number of the pharmacy is 555-0100."})
	next(t, lead, "chat")
	d.say(lead, "chat", map[string]any{"id": care.NewID(), "text": "Only for you.", "to": d.patient.AccountID})
	d.say(lead, "chat", map[string]any{"id": care.NewID(), "text": "I call them today."})
	for !strings.Contains(next(t, lead, "chat"), "I call them today.") {
	}
	if got := messages(d.patient, "GET"); len(got.Messages) != 0 {
		t.Errorf("kept by itself: %+v", got)
	}
	for range 2 {
		got := messages(d.therapist, "POST")
		if len(got.Messages) != 2 || got.Messages[0].Role != videovisit.VideoPatient || got.Messages[1].Text != "I call them today." {
			t.Fatalf("%+v", got)
		}
	}
	for !strings.Contains(next(t, page, "room"), `"keptBy":"`+d.therapist.Name) {
	}
	if got := messages(d.patient, "GET"); len(got.Messages) != 2 || got.KeptBy.AccountID != d.therapist.AccountID {
		t.Errorf("the patient reads %+v", got)
	}
	_, res = d.ask(d.patient, "POST", "/messages")
	edgetest.WantProblem(t, res, 403, "not-your-role")
	_, res = d.ask(d.nurse, "POST", "/messages") // of the team, and not in this visit
	edgetest.WantProblem(t, res, 409, "not-in-the-visit")
	_, res = d.ask(d.other, "GET", "/messages")
	edgetest.WantProblem(t, res, 404, "not-found")
}
