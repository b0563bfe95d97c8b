package notify_test

import (
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

func TestReminderArrivesOnceAtItsTime(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.drain()
	want(t, "sent before its time", w.fcm.sent(), 0)
	w.at(2, 12, 0)
	want(t, "ended", w.drain()["done handed-over"], 1)
	got := w.fcm.take()
	want(t, "sent", len(got), 1)
	want(t, "class", got[0].Payload.Kind.String(), "time")
	want(t, "token", got[0].To.To, "token-"+s.ID)
	w.drain()
	want(t, "sent again", w.fcm.sent(), 0)
	items := w.inbox(s)
	want(t, "in the inbox", len(items), 1)
	want(t, "id in the push", got[0].Payload.ID.String(), items[0].ID)
	want(t, "trail", w.trail(s, items[0].ID), "planned claimed:push handed-over:push accepted:fcm = done")
	w.at(3, 12, 0)
	w.drain()
	want(t, "sent the next day", w.fcm.sent(), 1)
}

func TestRetryWaitsLongerAndLonger(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Retry, Code: "500"})
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 12, 0)
	w.drain()
	for i, wait := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute} {
		want(t, "tries", w.fcm.asked, i+1)
		w.clock.Move(wait - time.Second)
		w.drain()
		want(t, "too early", w.fcm.asked, i+1)
		w.clock.Move(time.Second)
		w.drain()
	}
	want(t, "tries at the end", w.fcm.asked, 6)
	page, err := w.Dead(t.Context(), notify.Paging{})
	w.ok(err)
	want(t, "dead letters", len(page.Items), 1)

	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.ok(w.Requeue(t.Context(), page.Items[0].ID))
	want(t, "after requeueing", w.drain()["done handed-over"], 1)
	page, err = w.Dead(t.Context(), notify.Paging{})
	w.ok(err)
	want(t, "dead letters left", len(page.Items), 0)
	wantCode(t, w.Requeue(t.Context(), w.inbox(s)[0].ID), models.KindConflict, "not-dead")
}

func TestJitterSpreadsRetries(t *testing.T) {
	for _, tt := range []struct {
		rand  float64
		after time.Duration
		wait  time.Duration
	}{{0, 0, 15 * time.Second}, {0.999, 0, 45 * time.Second}, {0, 2 * time.Minute, 2 * time.Minute}, {0.8, 2 * time.Minute, 144 * time.Second}} {
		w := newClinic(t, func(c *notify.Config) { c.Rand = func() float64 { return tt.rand } })
		w.fcm.answers(notify.Result{Outcome: notify.Retry, After: tt.after})
		s := w.patient()
		w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
		w.at(2, 12, 0)
		w.drain()
		w.clock.Move(tt.wait - time.Second)
		w.drain()
		want(t, "too early", w.fcm.asked, 1)
		w.clock.Move(2 * time.Second)
		w.drain()
		want(t, "tries", w.fcm.asked, 2)
	}
}

// TestServerWasDownForAnHour: what is still useful is sent, the rest is dropped, and
// the log says how much.
func TestServerWasDownForAnHour(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	visit := time.Date(2026, 3, 2, 17, 30, 0, 0, time.UTC) // 12:30
	w.rules(s, "visit:v", reminder.ForVisit(reminder.Visit{ID: "v", BookedAt: start, Start: visit})[2:])
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 13, 0) // down from 11:00 to 13:00
	ended := w.drain()
	want(t, "dropped", ended["dropped too-late"], 2) // an hour before, ten minutes before
	want(t, "sent", ended["done handed-over"], 1)
	var why []string
	for _, i := range w.inbox(s) {
		why = append(why, i.Why)
	}
	want(t, "the inbox says", strings.Join(why, ","), "too-late,handed-over,too-late")
}

func TestRunTellsTheLogWhatItDropped(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 20, 0)
	tally, err := w.Drain(t.Context())
	w.ok(err)
	w.Tell2Log(tally)
	if !strings.Contains(w.log.String(), "count=1") || strings.Contains(w.log.String(), s.AccountID) {
		t.Errorf("log: %s", w.log)
	}
}

func TestRequeueTooLate(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Permanent})
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 12, 0)
	want(t, "dead", w.drain()["dead every-step-failed"], 1)
	w.at(2, 19, 0)
	wantCode(t, w.Requeue(t.Context(), w.inbox(s)[0].ID), models.KindGone, "too-late")
	wantCode(t, w.Requeue(t.Context(), "nothing"), models.KindNotFound, "not-found")
}

func TestProviderRestsAreKept(t *testing.T) {
	w := newClinic(t)
	w.fcm.answers(notify.Result{Outcome: notify.Retry, After: 5 * time.Minute, Code: "429"})
	a, b := w.patient(), w.patient()
	w.rules(a, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.rules(b, "check-in", reminder.ForCheckIn([]string{"12:01"}, nil))
	w.at(2, 12, 0)
	w.drain()
	want(t, "asked", w.fcm.asked, 1)
	w.at(2, 12, 1)
	w.drain()
	want(t, "asked while the provider rests", w.fcm.asked, 1)
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.at(2, 12, 8)
	want(t, "sent afterwards", w.drain()["done handed-over"], 2)
}

func TestForwardJumpOfTheClockWaitsBeforeItIsBelieved(t *testing.T) {
	var steady time.Duration
	w := newClinic(t, func(c *notify.Config) { c.Elapsed = func() time.Duration { return steady } })
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"11:00"}, nil))
	w.drain()
	w.clock.Move(time.Hour) // it is 11:00 all of a sudden
	w.drain()
	want(t, "sent an hour early", w.fcm.sent(), 0)
	w.clock.Move(-time.Hour) // set right again
	w.drain()
	want(t, "sent after it was set right", w.fcm.sent(), 0)
	steady += time.Hour
	w.clock.Move(time.Hour) // a real hour
	w.drain()
	want(t, "sent in time", w.fcm.sent(), 1)

	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.rules(s, "medicine", reminder.ForMedicine(reminder.Medicine{ID: "m", Policy: reminder.Here, Times: []string{"13:00"}}))
	w.clock.Move(2 * time.Hour) // and this jump stays
	w.drain()
	steady += 2 * time.Minute
	w.clock.Move(2 * time.Minute)
	w.drain()
	want(t, "sent when the jump was believed", w.fcm.sent(), 1)
}

func TestBackwardJumpFreesLeases(t *testing.T) {
	var steady time.Duration
	w := newClinic(t, func(c *notify.Config) { c.Elapsed = func() time.Duration { return steady } })
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"11:00"}, nil))
	w.drain()
	move := func(d time.Duration) { steady += d; w.clock.Move(d) }
	move(time.Hour)
	crash(w) // claimed at 11:00, and its worker died
	w.clock.Move(-time.Hour)
	w.drain() // sees the jump
	want(t, "sent at once", w.fcm.sent(), 0)
	move(2*time.Minute + time.Second)
	w.drain()
	want(t, "sent after one lease", w.fcm.sent(), 1)
	move(58 * time.Minute) // 11:00 comes a second time
	w.drain()
	want(t, "sent twice", w.fcm.sent(), 0)
}
