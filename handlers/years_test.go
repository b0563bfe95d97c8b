package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/medicine"
	"handrail/models/message"
	"handrail/models/schedule"
	"handrail/models/task"
)

// TestYearsOfHistoryAreNotRead: what any read of the document takes from the store is the
// same after four months and after a year of one patient's check-ins, visits, messages,
// notes, medicines, tasks and plans. A list gives a page of ten.
func TestYearsOfHistoryAreNotRead(t *testing.T) {
	c := openClinic(t)
	s := c.overCounting(t)
	visits := map[*huma.Operation]visit{}
	for _, op := range operations() {
		if op.Method == http.MethodGet {
			v := c.visitFor(t, op.OperationID)
			for _, p := range op.Parameters {
				if p.Name == "_count" || p.Name == "limit" {
					v.query += map[bool]string{true: "?", false: "&"}[v.query == ""] + p.Name + "=10"
				}
			}
			visits[op] = v
		}
	}
	look := func() map[string]int64 {
		out := map[string]int64{}
		for op, v := range visits {
			for _, who := range c.callers {
				if res := c.call(t, op, v, who.token); res.StatusCode != http.StatusOK { // warms what is kept
					continue
				}
				before := s.Docs.Load()
				c.call(t, op, v, who.token)
				out[op.OperationID+" for the "+who.name] = s.Docs.Load() - before
			}
		}
		return out
	}
	c.live(t, 0, 40)
	few := look()
	if len(few) < 400 {
		t.Errorf("%d reads", len(few))
	}
	c.live(t, 40, 120)
	for name, many := range look() {
		op, _, _ := strings.Cut(name, " ")
		if op == "readChanges" {
			continue // of the last 30 days, and this test's own reads are among them
		}
		if many > few[name]*13/10+3 {
			t.Errorf("%s: %d documents, and %d after three times as long", name, few[name], many)
		}
	}
}

// live is a patient's life from one step to before another: three days each.
func (c *clinic) live(t *testing.T, from, to int) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for step := from; step < to; step++ {
		// The patient signs their last phone out; the therapist's session just runs out.
		must(c.Care.Signin.EndOtherSessions(ctx, models.Actor{AccountID: c.patient.AccountID, Role: c.patient.Role, PatientID: c.patient.PatientID}))
		c.patient.SessionID, c.therapist.SessionID = c.SignIn(c.patient.AccountID).Session.ID, c.SignIn(c.therapist.AccountID).Session.ID
		own := c.Chart(c.patient, c.patient.PatientID)
		sent := care.NewID()
		_, err := own.Record.SendCheckIn(ctx, sent, c.MoodToday())
		must(err)
		must(c.Chart(c.therapist, c.patient.PatientID).Alerts.MarkRead(ctx, []string{sent}))
		_, err = c.Care.Messages.Send(ctx, c.patient, c.ownThread(t), message.Draft{ID: care.NewID(), Text: "As every week.", Urgency: message.Routine})
		must(err)
		_, err = own.Record.AddGoalNote(ctx, c.goalID, care.NewID(), "It went well.")
		must(err)
		_, err = own.Crisis.RehearsePlan(ctx, care.NewID(), crisisplan.RehearsalTerms{Opened: true, TookMillis: 300})
		must(err)
		m, err := own.Medicine.Add(ctx, care.NewID(), medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: fmt.Sprint("herb ", step)}})
		must(err)
		_, err = own.Medicine.Stop(ctx, m.ID, medicines.Stopping{On: c.Day(0), Why: "No use."})
		must(err)
		_, err = c.Care.Tasks.Progress(ctx, c.therapist, c.taskOf(t, c.therapist, false), task.Completed, "Done.")
		must(err)
		v, err := own.Visits.BookDirect(ctx, care.NewID(), caretest.With(c.therapist), caretest.At(3*step+2, 15, 0))
		must(err)
		c.Clock.Move(72 * time.Hour)
		_, err = c.Chart(c.therapist, c.patient.PatientID).Visits.MoveVisit(ctx, v.Value.ID, v.Version, schedule.Fulfilled)
		must(err)
	}
	c.callers = nil
	for name, who := range map[string]models.Actor{"patient": c.patient, "supporter": c.supporter, "therapist": c.therapist, "coordinator": c.coordinator, "administrator": c.admin} {
		c.callers = append(c.callers, caller{name, c.SignIn(who.AccountID).AccessToken})
	}
}
