package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

var allSteps = []reminder.Step{reminder.StepPush, reminder.StepLocal, reminder.StepEmail, reminder.StepSMS, reminder.StepPerson}

// reachable is a patient who chose every step, with a confirmed address and a number.
func (w *clinic) reachable() models.Session {
	w.t.Helper()
	s := w.patient()
	w.confirm(s, "ana@example.org")
	w.ok(w.SetPhone(w.t.Context(), s.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: allSteps}}})
	return s
}

// starts has a number answer START.
func (w *clinic) starts(number string) {
	w.t.Helper()
	_, err := w.Heard(w.t.Context(), number, notify.AnswerStart, w.clock.Now())
	w.ok(err)
}

func (w *clinic) confirm(s models.Session, address string) {
	w.t.Helper()
	w.ok(w.SetEmail(w.t.Context(), s.AccountID, address))
	m := w.mail.take()
	_, token, _ := strings.Cut(m[0].Links.Open, "#/confirm/")
	w.ok(w.ConfirmEmail(w.t.Context(), token))
}

func withTasks(made *[]notify.Undelivered) func(*notify.Config) {
	return func(c *notify.Config) {
		c.Task = func(_ context.Context, u notify.Undelivered) error { *made = append(*made, u); return nil }
	}
}

func TestFallbackGoesStepByStepUntilSomebodyAnswers(t *testing.T) {
	var tasks []notify.Undelivered
	w := newClinic(t, withTasks(&tasks))
	s := w.reachable()
	want(t, "push", w.prompt(s, "1"), 1)
	id := w.inbox(s)[0].ID
	for _, tt := range []struct {
		what             string
		mails, sms, made int
	}{{"the phone may ring by itself", 0, 0, 0}, {"e-mail", 1, 0, 0}, {"SMS", 1, 1, 0}, {"a task for a person", 1, 1, 1}, {"nothing more", 1, 1, 1}} {
		w.clock.Move(10 * time.Minute)
		w.drain()
		if m, x := len(w.mail.got), len(w.sms.got); m != tt.mails || x != tt.sms || len(tasks) != tt.made {
			t.Errorf("%s: %d mails, %d SMS, %d tasks", tt.what, m, x, len(tasks))
		}
	}
	want(t, "trail", w.trail(s, id), "planned claimed:push handed-over:push accepted:fcm claimed:email handed-over:email accepted:email claimed:sms handed-over:sms accepted:sms claimed:person handed-over:person accepted:task = done")
	want(t, "pushes again", w.fcm.sent(), 0)
	want(t, "task", tasks[0].ID+tasks[0].AccountID, id+s.AccountID)
}

func TestFirstReceiptStopsTheFallback(t *testing.T) {
	for after, how := range map[time.Duration]string{0: "push", 11 * time.Minute: "local", 21 * time.Minute: "opened"} {
		var tasks []notify.Undelivered
		w := newClinic(t, withTasks(&tasks))
		s := w.reachable()
		w.prompt(s, "1")
		for d := time.Duration(0); d < after; d += 10*time.Minute + time.Second {
			w.clock.Move(10*time.Minute + time.Second)
			w.drain()
		}
		id := w.inbox(s)[0].ID
		before := len(w.mail.got) + len(w.sms.got)
		if how == "opened" {
			w.ok(w.Opened(t.Context(), s.AccountID, id))
		} else {
			w.ok(w.Delivered(t.Context(), s.AccountID, id, how))
		}
		for range 6 {
			w.clock.Move(10 * time.Minute)
			w.drain()
		}
		want(t, how+": messages afterwards", len(w.mail.got)+len(w.sms.got)-before+len(tasks), 0)
	}
}

func TestStepsThatCantBeTakenAreSkipped(t *testing.T) {
	w := newClinic(t)
	s := w.session() // no device, no address, no desk
	w.ok(w.Enroll(t.Context(), notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "UTC", Language: "en"}))
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: allSteps}}})
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1"}))
	for range 3 {
		w.drain()
		w.clock.Move(10 * time.Minute)
	}
	item := w.inbox(s)[0]
	want(t, "end", item.Why, "inbox-only")
	want(t, "reached", item.Delivery, notify.ReachNot)
	want(t, "trail", w.trail(s, item.ID), "planned claimed:push skipped:push(no-device) claimed:email skipped:email(no-address) "+
		"claimed:sms skipped:sms(no-address) claimed:person skipped:person(no-desk) = done")
}

func TestPushThatFailsGoesToTheNextStepAtOnce(t *testing.T) {
	w := newClinic(t)
	s := w.reachable()
	w.fcm.answers(notify.Result{Outcome: notify.Permanent, Code: "INVALID_ARGUMENT"})
	w.prompt(s, "1")
	w.clock.Move(10 * time.Minute) // the local step is waited for
	w.drain()
	want(t, "mails", w.mail.sent(), 1)
}

func TestTaskThatCantBeMadeIsTriedAgain(t *testing.T) {
	fail, made := true, 0
	w := newClinic(t, func(c *notify.Config) {
		c.Task = func(context.Context, notify.Undelivered) error {
			if made++; fail {
				return errors.New("no desk today")
			}
			return nil
		}
	})
	s := w.patient()
	w.choose(s, reminder.Choices{Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepPerson}}}})
	w.prompt(s, "1")
	fail = false
	w.clock.Move(time.Minute)
	w.drain()
	want(t, "asked", made, 2)
	want(t, "end", w.inbox(s)[0].Why, "handed-over")
}

func TestReceiptsAreTheOwnersAndComeOnce(t *testing.T) {
	w := newClinic(t)
	s, stranger := w.patient(), w.patient()
	w.prompt(s, "1")
	id := w.inbox(s)[0].ID
	wantCode(t, w.Delivered(t.Context(), stranger.AccountID, id, "push"), models.KindNotFound, "not-found")
	wantCode(t, w.Opened(t.Context(), s.AccountID, "nothing"), models.KindNotFound, "not-found")
	_, err := w.TrailOf(t.Context(), stranger.AccountID, id)
	wantCode(t, err, models.KindNotFound, "not-found")
	for range 3 {
		w.ok(w.Delivered(t.Context(), s.AccountID, id, "push"))
		w.ok(w.Opened(t.Context(), s.AccountID, id))
	}
	want(t, "trail", w.trail(s, id), "planned claimed:push handed-over:push accepted:fcm delivered:push opened = done")
	want(t, "read", w.inbox(s)[0].Read, true)
}

func TestPhoneThatRangByItselfSilencesThePush(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	a, err := w.Next14Days(t.Context(), s.AccountID)
	w.ok(err)
	w.at(2, 11, 59) // the phone's clock is a minute ahead
	w.ok(w.Delivered(t.Context(), s.AccountID, a.Items[0].ID, "local"))
	w.at(2, 12, 0)
	w.drain()
	want(t, "pushes", w.fcm.sent(), 0)
}

func TestTeamSeesReachedOrNotAndNoMore(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	for d := 2; d < 5; d++ {
		w.at(d, 12, 0)
		w.drain()
	}
	w.ok(w.Opened(t.Context(), s.AccountID, w.inbox(s)[0].ID))
	w.ok(w.SessionEnded(t.Context(), s.ID))
	w.at(5, 12, 0)
	w.drain()
	list, err := w.Delivery(t.Context(), s.AccountID, start, start.AddDate(0, 0, 5))
	w.ok(err)
	var got []string
	for _, c := range list {
		got = append(got, c.Reach)
	}
	want(t, "reached", strings.Join(got, " "), "handed handed opened not planned")
}

func TestAlarmOfTheTeamIgnoresQuietHoursAndTheCap(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Site.PerDay = 1 })
	nurse := w.session()
	nurse.PatientID = ""
	w.ok(w.Enroll(t.Context(), notify.Person{AccountID: nurse.AccountID, Owner: nurse.AccountID, Home: "America/New_York", Language: "en"}))
	w.register(nurse, "nurse")
	w.at(2, 3, 0)
	for _, key := range []string{"a", "b", "c"} {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: key}))
	}
	w.drain()
	got := w.fcm.take()
	want(t, "alarms", len(got), 3)
	want(t, "class", got[0].Payload.Kind.String(), "now")
}
