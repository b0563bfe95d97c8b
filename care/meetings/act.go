package meetings

import (
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/meeting"
	"handrail/models/task"
	"handrail/store"
)

// mostTries bounds how often a change is made anew. An id that is taken where nobody can
// read what has it, as of somebody who was erased, stays taken.
const mostTries = 50

var space = uuid.MustParse("4f6f1a0e-7d55-4bd0-a3c4-0d4bb1b8f6e2")

func taskID(parts ...string) string {
	return uuid.NewHash(sha256.New(), space, store.JoinText(parts...), 8).String()
}

func caseOp(v keptCase, start time.Time) (store.Op, error) {
	c := v.Value
	doc, err := chart.Encode(caseID(c.MeetingID, c.PatientID), c.PatientID, v.Version, store.Keys{"patientId": c.PatientID, "at": chart.Millis(start)}, c)
	if v.IsNew() {
		return store.Insert(chart.ColMeetingCases, doc), err
	}
	return store.Replace(chart.ColMeetingCases, doc), err
}

// change changes what is kept of a meeting about the patient until nobody came between.
// edit gives it as it should be, and what is written with it; the same is nothing written.
func (ch *Part) change(ctx context.Context, id, action string, edit func(visits.Meeting, meeting.Case) (meeting.Case, []store.Op, error)) (View, error) {
	for tries := 0; ; tries++ {
		d, m, err := ch.may(ctx, id, models.Write)
		if err != nil {
			return View{}, err
		}
		c, err := ch.caseOf(ctx, id)
		if err != nil {
			return View{}, err
		}
		if !visits.TakesPlace(m.Visit) {
			return View{}, calledOff()
		}
		next, ops, err := edit(m, c.Value)
		if err != nil {
			return View{}, err
		}
		if chart.SameJSON(next, c.Value) {
			return ch.view(ctx, m)
		}
		op, err := caseOp(keptCase{Value: next, Version: c.Version}, m.Visit.Start)
		if err != nil {
			return View{}, err
		}
		err = ch.chart.Commit(ctx, d, action, id, append(ops, op)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && tries < mostTries && ctx.Err() == nil {
			continue // somebody else was faster
		}
		if err != nil {
			return View{}, err
		}
		return ch.view(ctx, m)
	}
}

// Say keeps what somebody of the team says in writing: who can't come has a voice too.
func (ch *Part) Say(ctx context.Context, meetingID, id, text string) (View, error) {
	return ch.change(ctx, meetingID, "meeting.said", func(_ visits.Meeting, c meeting.Case) (next meeting.Case, _ []store.Op, err error) {
		c.Voices, err = meeting.Add(c.Voices, id, text, ch.actor, ch.care.now())
		return c, nil, err
	})
}

// AddPoint adds to what is to be talked about.
func (ch *Part) AddPoint(ctx context.Context, meetingID, id, text string) (View, error) {
	return ch.change(ctx, meetingID, "meeting.point-added", func(_ visits.Meeting, c meeting.Case) (next meeting.Case, _ []store.Op, err error) {
		c.Points, err = meeting.Add(c.Points, id, text, ch.actor, ch.care.now())
		return c, nil, err
	})
}

// Decide keeps a decision with the task of who does it by when, and with the first one that
// the patient has not been told of a task to tell them the same day. Who decides is in the
// meeting. The same id with the same terms again is the same decision.
//
// Errors: KindInvalid with the fields; "to" for who may not read it.
func (ch *Part) Decide(ctx context.Context, meetingID, id string, t meeting.Terms) (View, error) {
	t.DueAt = t.DueAt.UTC()
	return ch.change(ctx, meetingID, "meeting.decided", func(m visits.Meeting, c meeting.Case) (meeting.Case, []store.Op, error) {
		if !m.Has(ch.actor.AccountID) {
			return c, nil, models.E(models.KindForbidden, "not-in-the-meeting", "Who is in the meeting writes down what it decides.")
		}
		first, err := chart.Load[meeting.Decision](ctx, ch.care.store, chart.ColDecisions, id)
		if err == nil {
			return c, nil, same(first.Value, meetingID, ch.patient, t)
		}
		if models.KindOf(err) != models.KindNotFound {
			return c, nil, err
		}
		if err := t.Check(); err != nil {
			return c, nil, err
		}
		if c.Decided >= meeting.MaxDecisions {
			return c, nil, models.E(models.KindTooMany, "too-many", "No more can be decided in this meeting.")
		}
		return ch.decideOps(ctx, m, c, id, t)
	})
}

func same(d meeting.Decision, meetingID, patientID string, t meeting.Terms) error {
	if d.MeetingID != meetingID || d.PatientID != patientID || !chart.SameJSON(d.Terms, t) {
		return models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	return nil
}

func (ch *Part) decideOps(ctx context.Context, m visits.Meeting, c meeting.Case, id string, t meeting.Terms) (meeting.Case, []store.Op, error) {
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return c, nil, err
	}
	now := ch.care.now().UTC()
	o := task.Order{Code: task.CodeDecision, Text: t.Text, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusDecision, ID: id},
		BasedOn: []task.Reference{{Type: task.FocusMeeting, ID: c.MeetingID}}, Priority: task.Routine, DueAt: t.DueAt, To: t.To}
	ops, asked, err := ch.care.tasks.OrderOps(ctx, ch.actor, taskID(id), p.Value.Name, o)
	if err != nil {
		return c, nil, err
	}
	r, err := ch.care.room(ctx, c.MeetingID)
	if err != nil {
		return c, nil, err
	}
	roster, err := ch.care.rosterOf(ctx, m.Visit, r.Value)
	if err != nil {
		return c, nil, err
	}
	d := meeting.Decision{ID: id, MeetingID: c.MeetingID, PatientID: ch.patient, By: models.AuthorOf(ch.actor), At: now.Truncate(time.Millisecond), TaskID: taskID(id), Asked: asked,
		Quorum: len(roster.Missing) == 0, Terms: t}
	doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "meetingId": c.MeetingID, "at": chart.Millis(d.At), "site": chart.OwnerSite}, d)
	if err != nil {
		return c, nil, err
	}
	ops = append(ops, store.Insert(chart.ColDecisions, doc))
	if c.Decided++; c.TellTask != "" {
		return c, ops, nil
	}
	c.TellTask = taskID("tell", c.MeetingID, ch.patient, strconv.Itoa(c.Decided))
	tell := task.Order{Code: task.CodeMeetingTell, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusMeeting, ID: c.MeetingID}, Priority: task.Urgent,
		DueAt: tasks.EveningOf(now, ch.care.base.Location(ch.patient, p.Value.Zone))}
	more, _, err := ch.care.tasks.OrderOps(ctx, ch.actor, c.TellTask, p.Value.Name, tell)
	return c, append(ops, more...), err
}

// Tell shows the patient what was decided and has words for them, with more words where
// there are some. It ends the task to do so.
//
// Errors: KindInvalid with "words" when there would be nothing to read.
func (ch *Part) Tell(ctx context.Context, meetingID, words string) (View, error) {
	return ch.change(ctx, meetingID, "meeting.told", func(_ visits.Meeting, c meeting.Case) (meeting.Case, []store.Op, error) {
		all, err := ch.decisions(ctx)
		if err != nil {
			return c, nil, err
		}
		var checks models.Checks
		least := 1
		if slices.ContainsFunc(all, func(d DecisionView) bool { return d.MeetingID == meetingID && d.ForPatient != "" }) {
			least = 0
		}
		checks.Text("words", words, least, meeting.MaxText)
		if err := checks.Err(); err != nil {
			return c, nil, err
		}
		if c.Told != nil && c.TellTask == "" && c.Told.Words == words {
			return c, nil, nil // the same again
		}
		var ops []store.Op
		if c.TellTask != "" {
			if ops, err = ch.care.tasks.EndOps(ctx, ch.actor, c.TellTask); err != nil {
				return c, nil, err
			}
		}
		c.Told, c.TellTask = &meeting.Told{At: ch.care.now().UTC().Truncate(time.Millisecond), By: models.AuthorOf(ch.actor), Words: words}, ""
		return c, ops, nil
	})
}
