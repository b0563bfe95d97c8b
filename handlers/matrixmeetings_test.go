package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models/meeting"
	"handrail/models/schedule"
)

// meetingVisits says how the operations of meetings are called: on one of the therapist about
// the patient.
func (c *clinic) meetingVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	id := care.NewID()
	switch operationID {
	case "readRoster", "setQuorum", "setPresent", "joinConference", "readMeeting", "readMeetingSummary", "sayInMeeting", "addMeetingPoint", "decideInMeeting", "tellMeeting":
		id = c.meeting(t)
	}
	of := map[string]string{"conferenceId": id, "accountId": c.therapist.AccountID}
	at := map[string]string{"patientId": path["patientId"], "meetingId": id}
	said := map[string]any{"id": care.NewID(), "text": "She sleeps better."}
	maps.Copy(into, map[string]visit{
		"readRoster": {path: of}, "setQuorum": {path: of, body: map[string]any{"disciplines": []string{"therapy"}}}, "setPresent": {path: of, body: map[string]any{"present": true}},
		"joinConference": {path: of}, "listMeetings": {path: path}, "readMeeting": {path: at}, "readMeetingSummary": {path: at, query: "?language=es"},
		"sayInMeeting": {path: at, body: said}, "addMeetingPoint": {path: at, body: said},
		"decideInMeeting": {path: at, body: map[string]any{"id": care.NewID(), "text": "Call her.", "to": c.therapist.AccountID, "dueAt": c.Clock.Now().Add(48 * time.Hour).Format(time.RFC3339)}},
		"tellMeeting":     {path: at, body: map[string]any{"words": "We talked about your sleep."}},
		"reportMeetings":  {query: c.lastWeek()},
	})
}

// meeting is one that the therapist called about the patient, of which the patient was told.
func (c *clinic) meeting(t testing.TB) string {
	t.Helper()
	if v, err := c.Care.Visits.Conference(t.Context(), c.therapist, c.met); err == nil && v.Value.Status == schedule.Booked {
		return c.met
	}
	id := care.NewID()
	_, err := c.Care.Visits.CallConference(t.Context(), c.therapist, id, visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{c.therapist.AccountID},
		Agenda: []visits.AgendaItem{{PatientID: c.patient.PatientID, Topic: "Rounds"}}}, caretest.At(9+c.meetings, 16, 0))
	if err == nil {
		_, err = c.Chart(c.therapist, c.patient.PatientID).Meetings.Decide(t.Context(), id, care.NewID(), meeting.Terms{Text: "Call.", ForPatient: "We call you.", To: c.therapist.AccountID, DueAt: c.Clock.Now().Add(time.Hour)})
	}
	if err == nil {
		_, err = c.Chart(c.therapist, c.patient.PatientID).Meetings.Tell(t.Context(), id, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	c.met, c.meetings = id, c.meetings+1
	return id
}
