package notify_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

func (w *clinic) ways(s models.Session) []models.CallWay {
	w.t.Helper()
	o, err := w.Offer(w.t.Context(), s.AccountID)
	w.ok(err)
	return slices.DeleteFunc(o.Ways, func(way models.CallWay) bool { return way == models.WayPush }) // they have a phone too
}

// TestANumberAnswersBeforeAPromiseReliesOnIt: a yes in a form is not enough; START from the
// number is; another number begins anew; one that takes no SMS is told and is no way.
func TestANumberAnswersBeforeAPromiseReliesOnIt(t *testing.T) {
	var told []notify.Bounce
	down := true
	w := newClinic(t, func(c *notify.Config) {
		c.Bounced = func(_ context.Context, b notify.Bounce) error {
			if down {
				return errors.New("the store is away")
			}
			told = append(told, b)
			return nil
		}
	})
	s := w.patient()
	if err := w.AskPhone(t.Context(), s.AccountID); models.KindOf(err) != models.KindConflict {
		t.Errorf("asked no number: %v", err)
	}
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	if got := w.ways(s); len(got) != 0 {
		t.Errorf("before it answered: %v", got)
	}
	w.ok(w.AskPhone(t.Context(), s.AccountID))
	want(t, "asked", len(w.sms.take()), 1)
	if err := w.AskPhone(t.Context(), s.AccountID); models.KindOf(err) != models.KindTooMany {
		t.Errorf("asked again at once: %v", err)
	}
	_, err := w.Heard(t.Context(), "+14155550100", notify.AnswerStart, w.clock.Now())
	w.ok(err)
	if got := w.ways(s); !slices.Equal(got, []models.CallWay{models.WaySMS}) {
		t.Errorf("after START: %v", got)
	}
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550101", true))
	if got := w.ways(s); len(got) != 0 {
		t.Errorf("another number: %v", got)
	}
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	_, err = w.Heard(t.Context(), "+14155550100", notify.AnswerStart, w.clock.Now().Add(time.Second))
	w.ok(err)

	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepSMS}}}})
	w.sms.answer = func(notify.Message) notify.Result { return notify.Result{Outcome: notify.Gone, Code: "410"} }
	w.prompt(s, "1")
	if got := w.ways(s); len(got) != 0 {
		t.Errorf("a number that takes none: %v", got)
	}
	if got, _ := w.Settings(t.Context(), s.AccountID); !got.PhoneBounced || got.SMS {
		t.Errorf("%+v", got)
	}
	w.drain()
	if !slices.ContainsFunc(w.inbox(s), func(i notify.Item) bool { return i.Ref == "phone-bounced:" }) {
		t.Error("its owner is not told")
	}
	down = false
	w.clock.Move(2 * time.Minute) // what could not be told is told later, and once
	for range 3 {
		if _, err := w.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(told) != 1 || told[0].Channel != notify.ChannelSMS || told[0].AccountID != s.AccountID || !told[0].Reached {
		t.Errorf("the office is told %+v", told)
	}
}

// TestAMailboxThatIsNotThere and the last device that takes pushes: their owner is told by
// what is left, the office too, and nobody relies on them any more. A number that never
// answered is no way to be reached.
func TestAMailboxThatIsNotThere(t *testing.T) {
	var told []notify.Bounce
	w := newClinic(t, func(c *notify.Config) {
		c.Bounced = func(_ context.Context, b notify.Bounce) error { told = append(told, b); return nil }
	})
	s := w.patient()
	w.ok(w.SetEmail(t.Context(), s.AccountID, "ana@example.org"))
	_, token, _ := strings.Cut(w.mail.take()[0].Links.Open, "#/confirm/")
	w.ok(w.ConfirmEmail(t.Context(), token))
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepEmail}}}})
	w.mail.answers(notify.Result{Outcome: notify.Gone, Code: "550"})
	w.prompt(s, "1")
	w.prompt(s, "2")
	if len(told) != 1 || told[0].Channel != notify.ChannelEmail || !told[0].Reached {
		t.Fatalf("of the mailbox: %+v", told)
	}
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}})
	w.fcm.answers(notify.Result{Outcome: notify.Gone, Code: "UNREGISTERED"})
	w.prompt(s, "3")
	w.clock.Move(25 * time.Hour)
	w.prompt(s, "4")
	if len(told) != 2 || told[1].Channel != notify.ChannelFCM || told[1].Reached {
		t.Fatalf("of the last device: %+v", told)
	}
	inbox := w.inbox(s)
	for _, ref := range []string{"email-bounced:", "push-ended:"} {
		if n := len(slices.DeleteFunc(slices.Clone(inbox), func(i notify.Item) bool { return i.Ref != ref })); n != 1 {
			t.Errorf("%s: said %d times", ref, n)
		}
	}
	reach, err := w.ReachOf(t.Context(), s.AccountID)
	if w.ok(err); reach != (notify.Reach{EmailBounced: true}) {
		t.Errorf("%+v", reach)
	}
	if _, err := w.Heard(t.Context(), "+14155550100", notify.AnswerStart, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	if ok, err := w.Reachable(t.Context(), s.AccountID); err != nil || !ok {
		t.Errorf("a number that answered: %v %v", ok, err)
	}
}

// TestAPromisedCallThatDoesNotArriveIsToldAtOnce: where its way is at fault with the first try,
// or with the next one after it was found; where nothing was found, after two. It is tried
// on meanwhile, and told anew when it went out and nobody answers.
func TestAPromisedCallThatDoesNotArriveIsToldAtOnce(t *testing.T) {
	for name, found := range map[string]time.Duration{"before": 0, "meanwhile": 20 * time.Second, "never": time.Hour} {
		t.Run(name, func(t *testing.T) {
			var told []bool
			w := newClinic(t, func(c *notify.Config) {
				c.Task = func(_ context.Context, u notify.Undelivered) error { told = append(told, u.Handed); return nil }
			})
			mother := w.byMailAlone()
			w.mail.breaks(errRefused)
			w.mail.answers(notify.Result{Outcome: notify.Retry, Code: "451"})
			if found == 0 {
				w.ok(w.KeepVerdicts(t.Context()))
			}
			w.ok(w.Tell(t.Context(), notify.Note{AccountID: mother.AccountID, Kind: reminder.HelpCall, Key: "1", Steps: notify.StepsOf(models.WayEmail, reminder.StepPerson)}))
			w.drain()
			want(t, "told with the first try", len(told) > 0, found == 0)
			began, first := w.clock.Now(), time.Duration(0)
			for range 18 {
				w.clock.Move(10 * time.Second)
				since := w.clock.Now().Sub(began)
				if since == found {
					w.ok(w.KeepVerdicts(t.Context()))
				}
				if w.drain(); first == 0 && len(told) > 0 {
					first = since
				}
			}
			want(t, "told after", first, map[string]time.Duration{"before": 10 * time.Second, "meanwhile": 30 * time.Second, "never": 90 * time.Second}[name])
			tried := w.mail.asked
			w.clock.Move(10 * time.Minute)
			w.mail.answers(notify.Result{Outcome: notify.Accepted})
			w.drain()
			want(t, "tried on", w.mail.asked > tried && w.mail.sent() == 1, true)
			w.clock.Move(10 * time.Minute)
			w.drain()
			want(t, "told that it went out", told[len(told)-1], true)
		})
	}
}
