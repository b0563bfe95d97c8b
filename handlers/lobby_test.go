package handlers_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"handrail/handlers"
	"handrail/models"
	"handrail/video"
	"handrail/video/room"
)

// TestACalendarSaysWhoWaits in the lobby: to who is in the visit, while its door is open. Who
// keeps the calendar for them, and is not in it, is not told.
func TestACalendarSaysWhoWaits(t *testing.T) {
	d := openVideoClinic(t)
	r := room.New(d.visit.ID, nil)
	for _, g := range []room.Guest{{ID: d.patient.AccountID, Name: "Sam", Role: room.Patient}, {ID: d.therapist.AccountID, Name: "Kim", Role: room.Lead}} {
		if _, err := r.Arrive(g, g.ID); err != nil {
			t.Fatal(err)
		}
	}
	state, err := json.Marshal(video.Snapshot{VisitID: d.visit.ID, Room: r})
	if err == nil {
		err = d.Care.Video.KeepVideoRoom(t.Context(), d.visit.ID, state)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := d.waiting(d.therapist); n != 1 {
		t.Errorf("who treats sees %d wait", n)
	}
	if n := d.waiting(d.Admin); n != 0 {
		t.Errorf("the office sees %d wait", n)
	}
	if err := d.Care.Video.KeepVideoRoom(t.Context(), d.visit.ID, json.RawMessage(`"of another version"`)); err != nil {
		t.Fatal(err)
	}
	if n := d.waiting(d.therapist); n != 0 {
		t.Errorf("of a state that is not understood: %d", n)
	}
}

// waiting is how many wait for the therapist, as who reads the calendar is told.
func (d *videoClinic) waiting(who models.Actor) (n int) {
	d.t.Helper()
	at := func(by time.Duration) string { return url.QueryEscape(d.visit.Start.Add(by).Format(time.RFC3339)) }
	rq, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, "http://"+d.address+"/v1/clinicians/"+d.therapist.AccountID+"/appointments?from="+at(-time.Hour)+"&to="+at(2*time.Hour), nil)
	if err != nil {
		d.t.Fatal(err)
	}
	rq.Header.Set("Authorization", "Bearer "+d.SignIn(who.AccountID).AccessToken)
	rq.Close = true
	res, err := http.DefaultClient.Do(rq)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	var list struct {
		Items []handlers.CalendarEntry `json:"items"`
	}
	if err == nil {
		err = json.Unmarshal(body, &list)
	}
	if err != nil || len(list.Items) != 1 {
		d.t.Fatalf("%s, %v", body, err)
	}
	return list.Items[0].Waiting
}
