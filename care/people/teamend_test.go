package people_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/task"
)

// An end of a membership waits for who leads the team, however long it takes; the
// patient's no, and what can't wait, hold at once; a team that nobody leads has nobody to
// ask.
func TestWhoLeadsTheTeamConfirmsAnEnd(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	sam := h.Patient()
	nurse, other, lead := h.Clinician(models.DisciplineNursing, sam), h.Clinician(models.DisciplinePeer, sam), h.Clinician(models.DisciplinePsychiatry)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	team := func(who models.Actor) map[string]models.Membership {
		t.Helper()
		found, err := h.Chart(who, sam.PatientID).People.CareTeam(ctx)
		ok(err)
		out := map[string]models.Membership{}
		for _, m := range found {
			out[m.AccountID] = m
		}
		return out
	}
	office := func() *care.Chart { return h.Chart(h.Admin, sam.PatientID) }
	ok(office().People.AskToLeave(ctx, care.AnyVersion, other.AccountID, false)) // nobody leads it
	if _, on := team(sam)[other.AccountID]; on {
		t.Error("nobody leads the team, and it goes on")
	}
	_, err := office().People.JoinTeam(ctx, care.AnyVersion, lead.AccountID, true)
	ok(err)
	_, err = h.Chart(lead, sam.PatientID).People.AnswerEnd(ctx, nurse.AccountID, true)
	caretest.WantKind(t, err, models.KindConflict, "not-asked")
	for range 2 {
		ok(office().People.AskToLeave(ctx, care.AnyVersion, nurse.AccountID, false))
	}
	if m := team(h.Admin)[nurse.AccountID]; m.EndAsked == nil || m.EndAsked.By != h.Admin.AccountID {
		t.Errorf("%+v", m)
	}
	if m := team(sam)[nurse.AccountID]; m.EndAsked != nil {
		t.Error("the patient reads what the office asks")
	}
	waits := func(want int) {
		t.Helper()
		page, err := h.Care.Tasks.Tasks(ctx, lead, tasks.Filter{}, "", 50)
		ok(err)
		open := 0
		for _, v := range page.Items {
			if v.Code == task.CodeTeamEnd && v.Mine && !v.Status.Ended() {
				open++
			}
		}
		if open != want {
			t.Errorf("%d ends wait for who leads the team, want %d", open, want)
		}
	}
	waits(1)
	h.Clock.Move(72 * time.Hour) // a night, and more: it waits
	ok(h.Care.Tasks.Follow(ctx))
	h.Admin, nurse, lead = h.SignIn(h.Admin.AccountID).Session.Actor(), h.SignIn(nurse.AccountID).Session.Actor(), h.SignIn(lead.AccountID).Session.Actor()
	if _, on := team(h.Admin)[nurse.AccountID]; !on {
		t.Fatal("an end that nobody confirmed")
	}
	_, err = h.Chart(nurse, sam.PatientID).People.AnswerEnd(ctx, nurse.AccountID, true)
	caretest.WantKind(t, err, models.KindForbidden, "leads-the-team")
	_, err = office().People.AnswerEnd(ctx, nurse.AccountID, true)
	caretest.WantKind(t, err, models.KindForbidden, "leads-the-team")
	for range 2 {
		_, err = h.Chart(lead, sam.PatientID).People.AnswerEnd(ctx, nurse.AccountID, false)
		ok(err)
	}
	waits(0)
	if m, on := team(h.Admin)[nurse.AccountID]; !on || m.EndAsked != nil {
		t.Errorf("%v %+v", on, m)
	}
	ok(office().People.AskToLeave(ctx, care.AnyVersion, nurse.AccountID, false))
	_, err = h.Chart(lead, sam.PatientID).People.AnswerEnd(ctx, nurse.AccountID, true)
	ok(err)
	if _, on := team(h.Admin)[nurse.AccountID]; on {
		t.Error("confirmed, and it goes on")
	}
	_, err = office().People.JoinTeam(ctx, care.AnyVersion, nurse.AccountID, false)
	ok(err)
	ok(office().People.AskToLeave(ctx, care.AnyVersion, nurse.AccountID, false))
	ok(office().People.AskToLeave(ctx, care.AnyVersion, nurse.AccountID, true))
	waits(0)
	if _, err := h.Care.Open(ctx, nurse, sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Errorf("at once, and she opens the chart: %v", err)
	}
}
