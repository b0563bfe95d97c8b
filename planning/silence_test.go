package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/models/schedule"
	"handrail/planning"
)

// TestStatesStopReminders: who is in hospital is reminded of nothing, who paused is not
// asked to check in, and both come back.
func TestStatesStopReminders(t *testing.T) {
	w := newPlannedClinic(t)
	w.book(caretest.At(5, 10, 0))
	w.turn()
	all := len(w.coming(w.sam))
	if all == 0 || len(w.coming(w.sam, reminder.CheckIn)) == 0 {
		t.Fatal("nothing is planned")
	}
	team := w.Chart(w.doctor, w.sam.PatientID).Record
	_, err := team.SetContactState(t.Context(), 1, risk.ContactState{State: risk.InHospital})
	w.ok(err)
	w.turn()
	if got := w.coming(w.sam); len(got) != 0 {
		t.Fatalf("in hospital: %+v", got)
	}
	_, err = team.SetContactState(t.Context(), 2, risk.ContactState{State: risk.Here})
	w.ok(err)
	_, err = w.own().Record.SetPause(t.Context(), 1, risk.Pause{Until: w.Day(5)})
	w.ok(err)
	w.turn()
	if len(w.coming(w.sam, reminder.CheckIn)) != 0 || len(w.coming(w.sam)) == 0 {
		t.Fatalf("paused: %+v", w.coming(w.sam))
	}
	w.Clock.Move(6 * 24 * time.Hour)
	w.wall += 7 * time.Hour // the next look at everybody
	w.turn()
	if len(w.coming(w.sam, reminder.CheckIn)) == 0 {
		t.Fatal("the pause does not end")
	}
}

// TestAMissedVisitIsFollowed: the line of a no-show asks the rules, once.
func TestAMissedVisitIsFollowed(t *testing.T) {
	w := newPlannedClinic(t)
	v := w.book(caretest.At(5, 10, 0))
	w.Clock.Set(v.Value.End.Add(24 * time.Hour))
	_, err := w.Chart(w.doctor, w.sam.PatientID).Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.NoShow)
	w.ok(err)
	for range 2 {
		patient, before, ok, err := w.Care.Upkeep.NoShow(t.Context(), v.Value.ID)
		if err != nil || !ok || before || patient != w.sam.PatientID {
			t.Fatalf("%s %v %v %v", patient, before, ok, err)
		}
	}
	if _, _, ok, err := w.Care.Upkeep.NoShow(t.Context(), care.NewID()); ok || err != nil {
		t.Fatal(ok, err)
	}
	w.turn()
}

// TestWhoMissesHearsKindly: a silence is said to the patient once, in their inbox.
func TestWhoMissesHearsKindly(t *testing.T) {
	w := newPlannedClinic(t)
	for range 5 {
		w.checksIn()
		w.Clock.Move(24 * time.Hour)
	}
	w.Clock.Move(2 * 24 * time.Hour)
	for range 3 {
		w.ok(w.Care.Alerts.LookForSilence(t.Context(), w.sam.PatientID))
		w.turn()
		w.Clock.Move(6 * time.Hour)
	}
	if got := w.inbox(w.sam); len(slices.DeleteFunc(got, func(k reminder.Kind) bool { return k != reminder.News })) != 1 {
		t.Fatalf("%v", got)
	}
}

// TestACallIsWantedUntilItIsAnswered is asked just before it is handed over.
func TestACallIsWantedUntilItIsAnswered(t *testing.T) {
	w := newPlannedClinic(t)
	id := w.urgent()
	wanted := func(who models.Actor) bool {
		ok, err := planning.Wanted(t.Context(), w.Care, who.AccountID, "alert:"+id)
		w.ok(err)
		return ok
	}
	if !wanted(w.doctor) || wanted(w.Admin) {
		t.Fatal("the owner alone is called")
	}
	_, err := w.Care.Alerts.Acknowledge(t.Context(), w.doctor, id)
	w.ok(err)
	if wanted(w.doctor) {
		t.Fatal("called after the answer")
	}
	if ok, err := planning.Wanted(t.Context(), w.Care, w.doctor.AccountID, "visit:x"); !ok || err != nil {
		t.Fatal(ok, err)
	}
}
