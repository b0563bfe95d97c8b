package videovisit_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// videoClinic is a clinic with a visit by video of everybody who can come to one.
type videoClinic struct {
	*caretest.Clinic
	patient, supporter, first, second, outside models.Actor
	consent                                    people.ConsentView
	visit                                      visits.VisitView
	version                                    int64
}

func openVideoClinic(t *testing.T) *videoClinic {
	t.Helper()
	h := caretest.New(t)
	c := &videoClinic{Clinic: h, patient: h.Patient()}
	c.supporter = h.Supporter(c.patient)
	c.first, c.second = h.Clinician(models.DisciplineTherapy, c.patient), h.Clinician(models.DisciplineNursing, c.patient)
	c.outside = h.Clinician(models.DisciplineTherapy, c.patient)
	c.consent = h.Share(c.patient, c.supporter, models.ScopeAppointmentTimes)
	h.Offer(caretest.Talk)
	h.Opens(c.first, c.second)
	ask := caretest.With(c.first, c.second)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "family", Kind: schedule.Supporter, Who: []string{c.supporter.AccountID}, Optional: true})
	v, err := h.Chart(c.patient, c.patient.PatientID).Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(2, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	c.visit, c.version = v.Value, v.Version
	return c
}

// comes tells as what an account may come, "" for not at all.
func (c *videoClinic) comes(t *testing.T, a models.Actor) videovisit.VideoRole {
	t.Helper()
	g, err := c.Care.Video.VideoGuest(t.Context(), c.visit.ID, a.AccountID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		t.Fatal(err)
	}
	if err == nil && (g.AccountID != a.AccountID || g.Name != a.Name) {
		t.Errorf("%s is taken for %+v", a.Name, g)
	}
	return g.Role
}

func TestWhoMayComeToAVisitByVideo(t *testing.T) {
	c := openVideoClinic(t)
	for _, x := range []struct {
		who  models.Actor
		role videovisit.VideoRole
	}{{c.patient, videovisit.VideoPatient}, {c.first, videovisit.VideoLead}, {c.second, videovisit.VideoClinician}, {c.supporter, videovisit.VideoSupporter}, {c.outside, ""}, {c.Admin, ""}} {
		if got := c.comes(t, x.who); got != x.role {
			t.Errorf("%s comes as %q, want %q", x.who.Name, got, x.role)
		}
		if x.role != "" {
			seen, err := c.Chart(x.who, c.patient.PatientID).Visits.Visit(t.Context(), c.visit.ID)
			if err != nil || seen.Value.JoinWindow == nil || !seen.Value.JoinWindow.Opens.Equal(c.visit.Start.Add(-30*time.Minute)) {
				t.Errorf("%s sees the door %+v, %v", x.who.Name, seen.Value.JoinWindow, err)
			}
		}
	}
	v, err := c.Care.Video.VideoVisit(t.Context(), c.visit.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Opens.Equal(c.visit.Start.Add(-30*time.Minute)) || !v.Closes.Equal(c.visit.End.Add(2*time.Hour)) || len(v.Expects) != 4 {
		t.Errorf("%+v", v)
	}
}

func TestWhoLosesTheirRightMayNotComeAnyMore(t *testing.T) {
	c := openVideoClinic(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	if err := own.People.RevokeConsent(t.Context(), c.consent.ID); err != nil {
		t.Fatal(err)
	}
	if got := c.comes(t, c.supporter); got != "" {
		t.Errorf("without the consent the supporter comes as %q", got)
	}
	if err := c.Chart(c.Admin, c.patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, c.first.AccountID); err != nil {
		t.Fatal(err)
	}
	if a, b := c.comes(t, c.first), c.comes(t, c.second); a != "" || b != videovisit.VideoLead {
		t.Errorf("after the first has left the team: %q, %q", a, b)
	}
	v, err := c.Care.Video.VideoVisit(t.Context(), c.visit.ID)
	if err != nil || len(v.Expects) != 2 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestWhoLeadsTheTeamLeadsTheVisit(t *testing.T) {
	c := openVideoClinic(t)
	if err := c.Chart(c.Admin, c.patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, c.second.AccountID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Chart(c.Admin, c.patient.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.second.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if a, b := c.comes(t, c.first), c.comes(t, c.second); a != videovisit.VideoClinician || b != videovisit.VideoLead {
		t.Errorf("%q, %q", a, b)
	}
}

func TestAVisitThatWasCalledOffHasNoRoom(t *testing.T) {
	c := openVideoClinic(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	if _, err := own.Visits.CancelVisit(t.Context(), c.visit.ID, c.version, "pat"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Care.Video.VideoVisit(t.Context(), c.visit.ID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("%v", err)
	}
	if _, err := own.Video.JoinVideo(t.Context(), c.visit.ID); models.KindOf(err) != models.KindGone {
		t.Errorf("%v", err)
	}
}

// What happens in a room stands in the patient's access log, in words, and says
// nothing of what was said.
func TestTheAccessLogTellsWhatHappenedInARoom(t *testing.T) {
	c := openVideoClinic(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	if _, err := c.Chart(c.outside, c.patient.PatientID).Video.JoinVideo(t.Context(), c.visit.ID); models.KindOf(err) != models.KindForbidden {
		t.Errorf("somebody of the team who is not in the visit: %v", err)
	}
	if g, err := c.Chart(c.first, c.patient.PatientID).Video.JoinVideo(t.Context(), c.visit.ID); err != nil || g.Role != videovisit.VideoLead {
		t.Errorf("%+v %v", g, err)
	}
	for _, n := range []videovisit.VideoNote{{AccountID: c.patient.AccountID, Action: "visit.arrived"},
		{AccountID: c.first.AccountID, Action: "visit.admit", Whom: c.patient.AccountID},
		{AccountID: c.first.AccountID, Action: "visit.huddle", On: true}, {AccountID: c.first.AccountID, Action: "visit.huddle"}} {
		n.VisitID, n.At = c.visit.ID, c.Clock.Now()
		if err := c.Care.Video.NoteVideo(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	page, err := own.People.AccessLog(t.Context(), "en", "", 20)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range page.Items {
		said = append(said, e.Who+": "+e.What+". "+e.Why)
	}
	for _, want := range []string{"You: Came to your video visit. It is your own record.",
		c.first.Name + ": Let someone into your video visit. They are on your care team.",
		c.first.Name + ": Spoke with your team apart. They are on your care team.",
		c.first.Name + ": Stopped speaking with your team apart. They are on your care team.",
		c.first.Name + ": Opened the door to your video visit. They are on your care team."} {
		if !slices.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, strings.Join(said, "\n"))
		}
	}
}

func TestARoomIsKeptWhileItRunsAndItsReportsAfterwards(t *testing.T) {
	c := openVideoClinic(t)
	for _, state := range []string{`{"version":1}`, `{"version":2}`} {
		if err := c.Care.Video.KeepVideoRoom(t.Context(), c.visit.ID, json.RawMessage(state)); err != nil {
			t.Fatal(err)
		}
	}
	rooms, err := c.Instance().Video.VideoRooms(t.Context())
	if err != nil || len(rooms) != 1 || string(rooms[0].State) != `{"version":2}` || rooms[0].VisitID != c.visit.ID {
		t.Fatalf("%+v %v", rooms, err)
	}
	if err := c.Care.Video.EndVideoRoom(t.Context(), c.visit.ID, json.RawMessage(`[{"personId":"a"}]`)); err != nil {
		t.Fatal(err)
	}
	if rooms, err = c.Care.Video.VideoRooms(t.Context()); err != nil || len(rooms) != 0 {
		t.Errorf("%+v %v", rooms, err)
	}
	got, guests, err := c.Chart(c.first, c.patient.PatientID).Video.VideoReports(t.Context(), c.visit.ID)
	if err != nil || string(got) != `[{"personId":"a"}]` {
		t.Errorf("%s %v", got, err)
	}
	if !slices.ContainsFunc(guests, func(g videovisit.VideoGuest) bool {
		return g.AccountID == c.patient.AccountID && g.Role == videovisit.VideoPatient
	}) {
		t.Errorf("no name for the patient: %+v", guests)
	}
	if _, _, err := c.Chart(c.supporter, c.patient.PatientID).Video.VideoReports(t.Context(), c.visit.ID); models.KindOf(err) != models.KindForbidden {
		t.Errorf("family: %v", err)
	}
}
