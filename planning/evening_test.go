package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// TestACheckInThatIsDoneIsNotAskedForAgain the same evening; the next evening it is.
func TestACheckInThatIsDoneIsNotAskedForAgain(t *testing.T) {
	onItsOwnEvening(t)
	w := newWorld(t)
	times, err := w.own().CheckInTimes(t.Context())
	w.ok(err)
	_, err = w.own().SetCheckInTimes(t.Context(), times.Version, models.CheckInTimes{Times: []string{"20:00"}})
	w.ok(err)
	w.turn()
	asked := func() []string {
		var out []string
		for _, i := range w.coming(w.sam, reminder.CheckIn) {
			out = append(out, i.At.UTC().Format("02 15:04"))
		}
		return out
	}
	if got := asked(); got[0] != "03 01:00" { // 20:00 of the 2nd in New York
		t.Fatal(got)
	}
	_, err = w.own().SendCheckIn(t.Context(), care.NewID(), models.CheckInSubmission{FormVersion: 1, AnsweredAt: w.Clock.Now(), Zone: "America/New_York",
		Answers: map[string]any{"mood": 4.0}})
	w.ok(err)
	w.turn()
	if got := asked(); got[0] != "04 01:00" {
		t.Error(got)
	}
}

// TestAVisitCalledOffAtNightIsToldBeforeIt: at 23:00, of a visit at 07:30.
func TestAVisitCalledOffAtNightIsToldBeforeIt(t *testing.T) {
	onItsOwnEvening(t)
	w := newWorld(t)
	early := caretest.Daily()
	early.Hours[0].Start = "2026-03-01T07:00:00"
	_, err := w.Care.SetAvailability(t.Context(), w.Admin, w.doctor.AccountID, 2, early)
	w.ok(err)
	start := time.Date(2026, 3, 3, 12, 30, 0, 0, time.UTC)
	v := w.book(start)
	w.turn()
	w.Clock.Set(time.Date(2026, 3, 3, 4, 0, 0, 0, time.UTC))
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
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
	onItsOwnEvening(t)
	w := newWorld(t)
	v := w.book(caretest.At(5, 10, 0))
	w.turn()
	w.Clock.Set(time.Date(2026, 3, 3, 4, 0, 0, 0, time.UTC))
	_, err := w.notify.Drain(t.Context())
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
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
	if trail.State != notify.StatePlanned || len(ahead) != 1 || !ahead[0].At.Equal(time.Date(2026, 3, 3, 13, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %+v", trail, ahead)
	}
}
