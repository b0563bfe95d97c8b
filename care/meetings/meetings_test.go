package meetings_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	rooms "handrail/care/meetings"
	"handrail/care/tasks"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/meeting"
	"handrail/models/schedule"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                         *testing.T
	sam, kim                  models.Actor
	doctor, nurse, peer, away models.Actor
	id                        string
	start                     time.Time
}

// newClinic has a meeting of doctor, nurse and peer about Sam and Kim; away is on Sam's team
// and not in it.
func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient(), kim: h.Patient(), id: care.NewID(), start: caretest.At(3, 10, 0)}
	c.doctor, c.nurse = h.Clinician(models.DisciplinePsychiatry, c.sam, c.kim), h.Clinician(models.DisciplineNursing, c.sam, c.kim)
	c.peer, c.away = h.Clinician(models.DisciplinePeer, c.sam, c.kim), h.Clinician(models.DisciplineTherapy, c.sam)
	h.Offer(caretest.Talk)
	h.Opens(c.doctor, c.nurse, c.peer)
	_, err := h.Care.Visits.CallConference(t.Context(), c.doctor, c.id, visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{c.nurse.AccountID, c.peer.AccountID},
		Agenda: []visits.AgendaItem{{PatientID: c.sam.PatientID, Topic: "Rounds"}, {PatientID: c.kim.PatientID, Topic: "Sleep"}}}, c.start)
	c.ok(err)
	return c
}

func (c *clinic) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err, caretest.FieldsOf(err))
	}
}

func (c *clinic) of(who, patient models.Actor) *rooms.Part {
	return c.Chart(who, patient.PatientID).Meetings
}

func code(err error) string {
	e, _ := errors.AsType[*models.Error](err)
	if e == nil {
		return ""
	}
	out := e.Code
	for _, f := range e.Fields {
		out += " " + f.Field
	}
	return out
}

func (c *clinic) terms(to models.Actor) meeting.Terms {
	return meeting.Terms{Text: "Move the evening visit.", To: to.AccountID, DueAt: c.start.Add(48 * time.Hour), ForPatient: "You see the nurse at noon.", PatientView: "Noon is good."}
}

// TestAMeetingFromVoicesToDone: who can't come is heard first, what was decided is a task
// with one owner, the patient is told in their language the same day, the plan says where a
// change comes from, and what became of it is counted.
func TestAMeetingFromVoicesToDone(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	for range 2 { // the answer was lost
		_, err := c.of(c.away, c.sam).Say(ctx, c.id, c.id, "He sleeps better since Monday.")
		c.ok(err)
	}
	_, err := c.of(c.nurse, c.sam).AddPoint(ctx, c.id, care.NewID(), "His mother asks for a call.")
	c.ok(err)
	r, err := c.Care.Meetings.SetQuorum(ctx, c.doctor, c.id, []models.Discipline{models.DisciplinePsychiatry, models.DisciplineNursing})
	c.ok(err)
	if len(r.Missing) != 2 {
		t.Errorf("%+v", r)
	}
	for _, who := range []models.Actor{c.doctor, c.nurse} {
		r, err = c.Care.Meetings.SetPresent(ctx, c.doctor, c.id, who.AccountID, true)
		c.ok(err)
	}
	if len(r.Missing) != 0 {
		t.Errorf("%+v", r)
	}
	id := care.NewID()
	var v rooms.View
	for range 2 {
		v, err = c.of(c.doctor, c.sam).Decide(ctx, c.id, id, c.terms(c.nurse))
		c.ok(err)
	}
	if len(v.Voices) != 1 || len(v.Points) != 1 || len(v.Decisions) != 1 || !v.Decisions[0].Quorum || v.Decisions[0].Owner.AccountID != c.doctor.AccountID || v.Decisions[0].Hard {
		t.Fatalf("%+v", v)
	}
	mine, err := c.Care.Tasks.Tasks(ctx, c.doctor, tasks.Filter{List: tasks.Mine}, "", 10)
	c.ok(err)
	tell := mine.Items[slices.IndexFunc(mine.Items, func(v task.View) bool { return v.Code == task.CodeMeetingTell })]
	if tell.DueAt.In(time.FixedZone("", -5*3600)).Format("15:04") != "23:59" {
		t.Errorf("to be told until %v", tell.DueAt)
	}
	if _, err := c.of(c.sam, c.sam).Summary(ctx, c.id, "es"); models.KindOf(err) != models.KindNotFound {
		t.Error("before they were told:", err)
	}
	for range 2 {
		_, err = c.of(c.doctor, c.sam).Tell(ctx, c.id, "")
		c.ok(err)
	}
	s, err := c.of(c.sam, c.sam).Summary(ctx, c.id, "es-MX")
	c.ok(err)
	if s.Language != "es" || len(s.Lines) != 1 || s.Lines[0].Text != "You see the nurse at noon." || !strings.Contains(s.Lines[0].Sentences[1], "lo hace hasta el 7 de marzo de 2026.") {
		t.Errorf("%+v", s)
	}
	work := v.Decisions[0].TaskID
	_, err = c.Care.Tasks.Accept(ctx, c.nurse, work)
	c.ok(err)
	plan := c.Chart(c.doctor, c.sam.PatientID).CarePlan
	_, err = plan.Change(ctx, careplan.Edit{Base: 1, Reason: "We met.", Decision: &task.Reference{Type: task.FocusDecision, ID: id}, Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Activity, Activity: new("sleep")}}})
	c.ok(err)
	_, err = c.Care.Tasks.Progress(ctx, c.nurse, work, task.Completed, "From Monday on.")
	c.ok(err)
	if v, err = c.of(c.peer, c.sam).Meeting(ctx, c.id); err != nil || v.Decisions[0].Outcome != "From Monday on." || !slices.Equal(v.Decisions[0].PlanVersions, []int64{2}) {
		t.Errorf("%+v %v", v.Decisions, err)
	}
	if s, err = c.of(c.sam, c.sam).Summary(ctx, c.id, ""); err != nil || s.Lines[0].Sentences[1] != "This is done." {
		t.Errorf("%+v %v", s, err)
	}
	report, err := c.Care.Meetings.Report(ctx, c.peer, c.Clock.Now().Add(-time.Hour), c.Clock.Now().Add(time.Hour))
	c.ok(err)
	if report != (meeting.Report{Decided: 1, Done: 1, DonePercent: 100}) {
		t.Errorf("%+v", report)
	}
	own, err := c.of(c.sam, c.sam).Meetings(ctx, "", 10)
	c.ok(err)
	if len(own.Items) != 1 || own.Items[0].Topic != "" {
		t.Errorf("%+v", own.Items)
	}
}

// counts holds how many decisions the report of now counts for somebody.
func (c *clinic) counts(who models.Actor, want int) {
	c.t.Helper()
	now := c.Clock.Now()
	r, err := c.Care.Meetings.Report(c.t.Context(), who, now.Add(-time.Minute), now.Add(time.Minute))
	c.ok(err)
	if r.Decided != want || r.Open != want || r.WithoutQuorum != 0 {
		c.t.Errorf("%s is told of %+v, want %d decisions", who.Name, r, want)
	}
}

// TestAMeetingOpensEachChartToThoseWithARight: who lost one sees nothing of it, not even
// that there is somebody else; the others see who may not hear of it. What is guessed is
// not there.
func TestAMeetingOpensEachChartToThoseWithARight(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	_, err := c.of(c.doctor, c.sam).Decide(ctx, c.id, care.NewID(), c.terms(c.nurse))
	c.ok(err)
	of := c.terms(c.nurse)
	of.ForPatient = ""
	_, err = c.of(c.doctor, c.kim).Decide(ctx, c.id, care.NewID(), of)
	c.ok(err)
	_, err = c.of(c.nurse, c.sam).AddPoint(ctx, c.id, care.NewID(), "His mother asks for a call.")
	c.ok(err)
	c.counts(c.peer, 2)
	c.ok(c.Chart(c.Admin, c.sam.PatientID).People.LeaveTeam(ctx, care.AnyVersion, c.peer.AccountID))
	c.counts(c.peer, 1)
	c.counts(c.away, 1) // Sam's: they are not on Kim's team
	c.counts(c.doctor, 2)
	c.counts(c.Admin, 2)
	c.counts(c.Clinician(models.DisciplineTherapy), 0)
	kims, err := c.of(c.peer, c.kim).Meeting(ctx, c.id)
	c.ok(err)
	if told, err := json.Marshal(kims); err != nil || len(kims.Decisions) != 1 || len(kims.Points) != 0 || bytes.Contains(told, []byte(c.sam.PatientID)) {
		t.Errorf("%s %v", told, err)
	}
	list, err := c.Care.Visits.Conferences(ctx, c.peer, c.start.Add(-time.Hour), c.start.Add(time.Hour))
	c.ok(err)
	if len(list) != 1 || len(list[0].Value.Agenda) != 1 {
		t.Errorf("%+v", list)
	}
	seen, err := c.Care.Visits.Conference(ctx, c.peer, c.id)
	c.ok(err)
	if len(seen.Value.Agenda) != 1 || seen.Value.Agenda[0].PatientID != c.kim.PatientID {
		t.Errorf("%+v", seen.Value.Agenda)
	}
	if _, err := c.Care.Open(ctx, c.peer, c.sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Error(err)
	}
	v, err := c.of(c.doctor, c.sam).Meeting(ctx, c.id)
	c.ok(err)
	for _, s := range v.Seats {
		if s.MayHear != (s.AccountID != c.peer.AccountID) {
			t.Errorf("%+v", s)
		}
	}
	for name, err := range map[string]error{
		"a meeting that is not about them": func() error { _, err := c.of(c.away, c.sam).Meeting(ctx, care.NewID()); return err }(),
		"the roster, from outside":         func() error { _, err := c.Care.Meetings.Roster(ctx, c.away, c.id); return err }(),
		"the room, from outside":           func() error { _, err := c.Care.Video.JoinConference(ctx, c.away, c.id); return err }(),
		"a visit as a meeting": func() error {
			_, err := c.Care.Meetings.SetPresent(ctx, c.doctor, care.NewID(), c.doctor.AccountID, true)
			return err
		}(),
	} {
		if models.KindOf(err) != models.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for want, try := range map[string]func() error{
		"not-in-the-meeting": func() error {
			_, err := c.of(c.away, c.sam).Decide(ctx, c.id, care.NewID(), c.terms(c.nurse))
			return err
		},
		"invalid-input to": func() error {
			_, err := c.of(c.doctor, c.sam).Decide(ctx, c.id, care.NewID(), c.terms(c.peer))
			return err
		},
		"invalid-input dueAt": func() error {
			d := c.terms(c.nurse)
			d.DueAt = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
			_, err := c.of(c.doctor, c.sam).Decide(ctx, c.id, care.NewID(), d)
			return err
		},
		"invalid-input text": func() error {
			_, err := c.of(c.away, c.sam).Say(ctx, c.id, care.NewID(), strings.Repeat("x", 1<<20))
			return err
		},
		"invalid-input accountId": func() error {
			_, err := c.Care.Meetings.SetPresent(ctx, c.doctor, c.id, c.away.AccountID, true)
			return err
		},
		"invalid-input words": func() error { _, err := c.of(c.doctor, c.kim).Tell(ctx, c.id, ""); return err },
	} {
		if err := try(); code(err) != want {
			t.Errorf("%s: %s", want, code(err))
		}
	}
	supporter := c.Supporter(c.sam)
	c.Share(c.sam, supporter, models.ScopeAppointmentTimes)
	if _, err := c.of(supporter, c.sam).Meetings(ctx, "", 10); models.KindOf(err) != models.KindForbidden {
		t.Error("family:", err)
	}
}

// TestAConferenceHasARoom: with the lobby and rules of a visit. Who called it runs it; who
// said no, or may open none of the charts any more, is not let in, and who is inside then
// goes.
func TestAConferenceHasARoom(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	for _, want := range []struct {
		who  models.Actor
		role videovisit.VideoRole
	}{{c.doctor, videovisit.VideoLead}, {c.nurse, videovisit.VideoClinician}} {
		g, err := c.Care.Video.JoinConference(ctx, want.who, c.id)
		if err != nil || g.Role != want.role {
			t.Errorf("%+v %v", g, err)
		}
	}
	room, err := c.Care.Video.VideoVisit(ctx, c.id)
	if err != nil || !room.Opens.Equal(c.start.Add(-visits.VideoOpensBefore)) || len(room.Expects) != 3 {
		t.Errorf("%+v %v", room, err)
	}
	_, err = c.Care.Visits.AnswerConference(ctx, c.nurse, c.id, schedule.Declined)
	c.ok(err)
	if _, err := c.Care.Video.JoinConference(ctx, c.nurse, c.id); code(err) != "not-in-this-visit" {
		t.Error("who said no:", err)
	}
	watch, asked := c.Care.Video.VideoRights(), 0
	turn := func() {
		t.Helper()
		c.Clock.Move(time.Second)
		c.ok(watch.Turn(ctx, []string{c.id}, func(context.Context, string) error { asked++; return nil }))
	}
	turn()
	turn()
	asked = 0
	turn()
	if asked != 0 {
		t.Errorf("asked %d times for nothing", asked)
	}
	for _, p := range []models.Actor{c.sam, c.kim} {
		if _, err := c.Care.Video.VideoGuest(ctx, c.id, c.peer.AccountID); err != nil {
			t.Error(err)
		}
		c.ok(c.Chart(c.Admin, p.PatientID).People.LeaveTeam(ctx, care.AnyVersion, c.peer.AccountID))
	}
	if turn(); asked == 0 {
		t.Errorf("asked %d times after a right ended", asked)
	}
	if _, err := c.Care.Video.VideoGuest(ctx, c.id, c.peer.AccountID); models.KindOf(err) != models.KindNotFound {
		t.Error("who may open none of the charts:", err)
	}
	v, err := c.Care.Visits.Conference(ctx, c.doctor, c.id)
	c.ok(err)
	_, err = c.Care.Visits.CancelConference(ctx, c.doctor, c.id, v.Version, "prov")
	c.ok(err)
	if _, err := c.Care.Video.JoinConference(ctx, c.doctor, c.id); code(err) != "visit-called-off" {
		t.Error(err)
	}
	if _, err := c.of(c.doctor, c.sam).Say(ctx, c.id, care.NewID(), "x"); code(err) != "meeting-called-off" {
		t.Error(err)
	}
}
