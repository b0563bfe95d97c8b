package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models/checkin"
	"handrail/models/reminder"
	"handrail/notify"
)

// TestACheckInThatIsDoneIsNotAskedForAgain the same evening; the next evening it is.
func TestACheckInThatIsDoneIsNotAskedForAgain(t *testing.T) {
	w := newPlannedClinic(t)
	w.Clock.Set(caretest.At(1, 10, 0))
	times, err := w.own().Record.CheckInTimes(t.Context())
	w.ok(err)
	_, err = w.own().Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"20:00"}})
	w.ok(err)
	w.turn()
	asked := func() time.Time { return w.coming(w.sam, reminder.CheckIn)[0].At }
	if got := asked(); !got.Equal(caretest.At(1, 20, 0)) {
		t.Fatal(got)
	}
	_, err = w.own().Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: w.Clock.Now(), Zone: "America/New_York",
		Answers: map[string]any{"mood": 4.0}})
	w.ok(err)
	w.turn()
	if got := asked(); !got.Equal(caretest.At(2, 20, 0)) {
		t.Error(got)
	}
}

// TestAVisitCalledOffAtNightIsToldBeforeIt: at 23:00, of a visit at 07:30.
func TestAVisitCalledOffAtNightIsToldBeforeIt(t *testing.T) {
	w := newPlannedClinic(t)
	early := caretest.Daily()
	early.Hours[0].Start = "2026-03-01T07:00:00"
	_, err := w.Care.Visits.SetAvailability(t.Context(), w.Admin, w.doctor.AccountID, 2, early)
	w.ok(err)
	v := w.book(caretest.At(2, 7, 30))
	w.turn()
	w.Clock.Set(caretest.At(1, 23, 0))
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
	w.ok(err)
	w.turn()
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	page, err := w.notify.Inbox(t.Context(), w.sam.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	i := slices.IndexFunc(page.Items, func(i notify.Item) bool { return i.Ref == "visit:"+v.Value.ID })
	if i < 0 {
		t.Fatalf("it is not in the inbox: %+v", page.Items)
	}
	trail, err := w.notify.TrailOf(t.Context(), w.sam.AccountID, page.Items[i].ID)
	w.ok(err)
	if trail.State == notify.StatePlanned {
		t.Errorf("it waits for the morning: %+v", trail)
	}
}

// TestWhatWaitsForTheMorningLiesInTheInbox at night already.
func TestWhatWaitsForTheMorningLiesInTheInbox(t *testing.T) {
	w := newPlannedClinic(t)
	v := w.book(caretest.At(5, 10, 0))
	w.turn()
	w.Clock.Set(caretest.At(1, 23, 0))
	_, err := w.notify.Drain(t.Context())
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
	w.ok(err)
	w.turn()
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	page, err := w.notify.Inbox(t.Context(), w.sam.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	i := slices.IndexFunc(page.Items, func(i notify.Item) bool { return i.Ref == "visit:"+v.Value.ID })
	if i < 0 || page.Items[i].Missed {
		t.Fatalf("it is not in the inbox: %+v", page.Items)
	}
	trail, err := w.notify.TrailOf(t.Context(), w.sam.AccountID, page.Items[i].ID)
	w.ok(err)
	ahead := w.coming(w.sam, reminder.News)
	if trail.State != notify.StatePlanned || len(ahead) != 1 || !ahead[0].At.Equal(caretest.At(2, 8, 0)) {
		t.Errorf("%+v, %+v", trail, ahead)
	}
}
