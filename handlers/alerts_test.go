package handlers_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/risk"
)

// alertVisits says how the operations of alerts are called, on an alert of the
// therapist's own that is made for it.
func (c *clinic) alertVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	terms := map[string]any{"hours": map[string]any{"zone": "America/New_York", "windows": alwaysOpen()}, "failSafe": c.admin.AccountID, "confirmed": true}
	maps.Copy(into, map[string]visit{
		"readWorklist": {}, "listAlerts": {query: "?owner=" + c.therapist.AccountID}, "readAlertSettings": {}, "listAlertRules": {}, "readAlertReport": {},
		"setAlertSettings": {body: terms, header: map[string]string{"If-Match": `"1"`}},
		"raiseAlert":       {path: path, body: map[string]any{"id": care.NewID(), "tier": "elevated", "words": "Seemed low at the desk."}},
		"readCheckIns":     {path: path, body: map[string]any{"checkIns": []string{c.checkInID}}},
	})
	rota := map[string]string{"rotaId": care.NewID(), "swapId": care.NewID(), "drillId": care.NewID()}
	switch operationID {
	case "readRota", "readRotaDays", "editRota", "endRota":
		rota["rotaId"] = c.ownRota(t)
	}
	days := map[string]any{"name": "Days", "zone": "America/New_York", "serves": "cover", "onCall": false, "shifts": []any{}}
	maps.Copy(into, map[string]visit{
		"listRotas": {}, "readDuty": {}, "listAlertDrills": {}, "readAlertReadiness": {}, "readRota": {path: rota}, "readRotaDays": {path: rota}, "readAlertDrill": {path: rota},
		"createRota":      {body: maps.Collect(maps.All(days))},
		"editRota":        {path: rota, body: days, header: map[string]string{"If-Match": `"1"`}},
		"endRota":         {path: rota, header: map[string]string{"If-Match": `"1"`}},
		"proposeSwap":     {path: rota, body: map[string]any{"id": care.NewID(), "takenBy": c.doctor.AccountID, "from": "2026-03-03T09:00:00", "to": "2026-03-03T10:00:00"}},
		"answerSwap":      {path: rota, body: map[string]any{"accept": true}},
		"startAlertDrill": {body: map[string]any{"id": care.NewID(), "team": []string{c.therapist.AccountID}}},
	})
	programme := map[string]string{"programmeId": care.NewID()}
	switch operationID {
	case "editProgramme", "endProgramme", "beginProgramme":
		programme["programmeId"] = c.ownProgramme(t)
	}
	policy := map[string]any{"name": "OUD programme", "levels": []string{"assigned", "cover"}}
	maps.Copy(into, map[string]visit{
		"listProgrammes": {}, "readPatientProgramme": {path: path},
		"makeProgramme":       {body: map[string]any{"id": care.NewID(), "name": "OUD programme", "levels": []string{"assigned"}}},
		"editProgramme":       {path: programme, body: policy, header: map[string]string{"If-Match": `"2"`}},
		"beginProgramme":      {path: programme, header: map[string]string{"If-Match": `"2"`}},
		"endProgramme":        {path: programme, header: map[string]string{"If-Match": `"2"`}},
		"setPatientProgramme": {path: path, body: map[string]any{"programme": "clinic"}, header: map[string]string{"If-Match": `"1"`}},
	})
	into["createRota"].body.(map[string]any)["id"] = care.NewID()
	alert := map[string]string{"alertId": care.NewID()}
	switch operationID {
	case "raiseAlert", "readAlert", "acknowledgeAlert", "recordOutcome", "handOverAlert", "setAlertSettings", "listHelpCalls", "askForHelp":
		alert["alertId"] = c.ownAlert(t)
	}
	into["readAlert"], into["acknowledgeAlert"] = visit{path: alert}, visit{path: alert}
	into["listHelpCalls"], into["askForHelp"] = visit{path: alert}, visit{path: alert, body: map[string]any{"accountId": c.supporter.AccountID}}
	into["recordOutcome"] = visit{path: alert, body: map[string]any{"status": "in-contact"}}
	into["handOverAlert"] = visit{path: alert, body: map[string]any{"to": c.admin.AccountID}}
}

// ownRota makes a rota of the therapist's, or gives one that is there.
func (c *clinic) ownRota(t testing.TB) string {
	t.Helper()
	if all, err := c.Care.Duty.Rotas(t.Context(), c.admin, false); err != nil || len(all) > 15 { // a clinic has room for so many
		return all[len(all)-1].Value.ID
	}
	v, err := c.Care.Duty.Create(t.Context(), c.admin, care.NewID(), duty.Terms{Name: "Days", Zone: "America/New_York", Serves: duty.ServesCover,
		Shifts: []duty.Shift{{AccountID: c.therapist.AccountID, Days: []int{1, 2, 3, 4, 5}, From: "09:00", To: "17:00"}}})
	if err != nil {
		t.Fatal(err)
	}
	return v.Value.ID
}

// ownProgramme makes a programme, or gives one that is there.
func (c *clinic) ownProgramme(t testing.TB) string {
	t.Helper()
	all, err := c.Care.Alerts.Programmes(t.Context(), c.admin, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) > 20 {
		return all[len(all)-1].Value.ID
	}
	v, err := c.Care.Alerts.MakeProgramme(t.Context(), c.admin, care.NewID(), risk.Policy{Name: "OUD programme", Levels: risk.Levels})
	if err != nil {
		t.Fatal(err)
	}
	return v.Value.ID
}

func alwaysOpen() []risk.Window {
	var out []risk.Window
	for day := 1; day <= 7; day++ {
		out = append(out, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	return out
}

// ownAlert raises an alert that the therapist owns, once for each clinic.
func (c *clinic) ownAlert(t testing.TB) string {
	t.Helper()
	v, err := c.Care.Alerts.Settings(t.Context(), c.admin)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Value.On {
		if _, err := c.Care.Alerts.Set(t.Context(), c.admin, v.Version, alerts.Terms{Hours: risk.Hours{Zone: "America/New_York", Windows: alwaysOpen()},
			FailSafe: c.admin.AccountID, Confirmed: true}); err != nil {
			t.Fatal(err)
		}
	}
	a, err := c.Chart(c.therapist, c.patient.PatientID).Alerts.Raise(t.Context(), care.NewID(), alerts.ByHand{Tier: checkin.Elevated, Words: "Please look."})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// TestTheWorklistIsLookedAtOnce: the same list again is a 304, and no line in the log
// of the patient; what changed is sent.
func TestTheWorklistIsLookedAtOnce(t *testing.T) {
	c := openClinic(t)
	c.ownAlert(t)
	op := &huma.Operation{Method: http.MethodGet, Path: "/v1/worklist"}
	token := c.SignIn(c.therapist.AccountID).AccessToken
	first := c.call(t, op, visit{}, token)
	tag := first.Header.Get("ETag")
	lines := func() int {
		page, err := c.Chart(c.patient, c.patient.PatientID).People.AccessLog(t.Context(), "en", "", 100)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range page.Items {
			if e.What == "Looked at a list of what is new" {
				n++
			}
		}
		return n
	}
	before := lines()
	again := c.call(t, op, visit{header: map[string]string{"If-None-Match": tag}}, token)
	if first.StatusCode != http.StatusOK || again.StatusCode != http.StatusNotModified || before != 1 || lines() != before {
		t.Fatalf("%d, then %d; %d lines, then %d", first.StatusCode, again.StatusCode, before, lines())
	}
	c.ownAlert(t)
	if res := c.call(t, op, visit{header: map[string]string{"If-None-Match": tag}}, token); res.StatusCode != http.StatusOK {
		t.Fatalf("something new is answered with %d", res.StatusCode)
	}
}

// TestAListThatIsLookedAt: while nothing is new the answer is held, and given as soon as a
// line names who asks; they ask again, by their own right at that moment.
func TestAListThatIsLookedAt(t *testing.T) {
	c := openClinic(t)
	c.ownAlert(t)
	lines := c.Care.Upkeep.FollowLines(func(e models.AuditEvent) bool { return e.Whom != "" })
	op := &huma.Operation{Method: http.MethodGet, Path: "/v1/worklist"}
	token := c.SignIn(c.therapist.AccountID).AccessToken
	lines.Take()
	first := c.call(t, op, visit{query: "?limit=100"}, token)
	known := map[string]string{"If-None-Match": first.Header.Get("ETag")}
	done := make(chan int, 1)
	go func() { done <- c.call(t, op, visit{query: "?limit=100&wait=5", header: known}, token).StatusCode }()
	select {
	case status := <-done:
		t.Fatalf("it is not held: %d", status)
	case <-time.After(500 * time.Millisecond): // far less than it may be held
	}
	began := time.After(4 * time.Second)
	c.ownAlert(t)
	all, lost := lines.Take()
	if err := c.Care.Alerts.Named(t.Context(), all, lost); err != nil {
		t.Fatal(err)
	}
	select {
	case status := <-done:
		if status != http.StatusNotModified && status != http.StatusOK {
			t.Errorf("%d", status)
		}
	case <-began:
		t.Error("who is called is told as late as who is not")
	}
	if res := c.call(t, op, visit{query: "?limit=100&wait=5", header: known}, token); res.StatusCode != http.StatusOK {
		t.Errorf("and then: %d", res.StatusCode)
	}
}
