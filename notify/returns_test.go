package notify_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

var mailGone = notify.Late{Outcome: notify.Gone, Code: "5.1.1"}

// news is what the office and the team hear.
type news struct {
	bounces []notify.Bounce
	tasks   []notify.Undelivered
}

// written is somebody with a confirmed address, whose news goes there, and a clinic that
// hears of bounces.
func written(t *testing.T, steps ...reminder.Step) (*clinic, models.Session, *news) {
	t.Helper()
	told := &news{}
	w := newClinic(t, func(c *notify.Config) {
		c.Bounced = func(_ context.Context, b notify.Bounce) error { told.bounces = append(told.bounces, b); return nil }
		withTasks(&told.tasks)(c)
	})
	s := w.patient()
	w.address(s, "ana@example.org")
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: steps}}})
	return w, s, told
}

// address gives and confirms one, later than what was asked before.
func (w *clinic) address(s models.Session, address string) {
	w.t.Helper()
	w.clock.Move(3 * time.Minute)
	w.confirm(s, address)
}

// mailed prompts somebody and gives the mail that went.
func (w *clinic) mailed(s models.Session, key string) notify.Message {
	w.t.Helper()
	w.prompt(s, key)
	got := w.mail.take()
	if len(got) != 1 || len(got[0].Return) != notify.ReturnTokenLen {
		w.t.Fatalf("%d mails, %+v", len(got), got)
	}
	return got[0]
}

// TestAMailComesBackLater: the address is marked as at once, its owner and the office are
// told, the entry counts as one that reached nobody; the same report again, one of an older
// mail, of another address, and one that nobody signed do nothing.
func TestAMailComesBackLater(t *testing.T) {
	w, s, told := written(t, reminder.StepEmail)
	first, second := w.mailed(s, "1"), w.mailed(s, "2")
	if first.Return == second.Return {
		t.Error("two mails have one token")
	}
	w.ok(w.MailReturned(t.Context(), first.Return, notify.Late{Outcome: notify.Permanent, Code: "5.2.2"}))
	if got, _ := w.Settings(t.Context(), s.AccountID); got.EmailBounced || len(told.bounces) != 0 {
		t.Errorf("a full mailbox: %+v %+v", got, told.bounces)
	}
	forged := []byte(second.Return)
	forged[40]++
	if forged[40] > 'z' {
		forged[40] = 'a'
	}
	for _, token := range []string{"", "x", string(forged), strings.Repeat("a", 42), second.Return + "a"} {
		w.ok(w.MailReturned(t.Context(), token, mailGone))
	}
	if got, _ := w.Settings(t.Context(), s.AccountID); got.EmailBounced {
		t.Error("a token that nobody made marks an address")
	}
	w.ok(w.MailReturned(t.Context(), strings.ToUpper(second.Return), mailGone))
	w.ok(w.MailReturned(t.Context(), second.Return, mailGone))
	if got, _ := w.Settings(t.Context(), s.AccountID); !got.EmailBounced {
		t.Error("the address is not marked")
	}
	if len(told.bounces) != 1 || told.bounces[0].Channel != notify.ChannelEmail || told.bounces[0].AccountID != s.AccountID {
		t.Errorf("the office: %+v", told.bounces)
	}
	inbox := w.inbox(s)
	if n := len(slices.DeleteFunc(slices.Clone(inbox), func(i notify.Item) bool { return i.Ref != "email-bounced:" })); n != 1 {
		t.Errorf("its owner is told %d times", n)
	}
	dead, err := w.Dead(t.Context(), notify.Paging{Limit: 10})
	if w.ok(err); len(dead.Items) != 2 {
		t.Errorf("%d dead letters, 2 mails reached nobody", len(dead.Items))
	}

	w.address(s, "ana@example.org") // it works again
	w.ok(w.MailReturned(t.Context(), first.Return, mailGone))
	w.ok(w.MailReturned(t.Context(), second.Return, mailGone))
	w.drain() // what was said of the address
	w.mail.take()
	third := w.mailed(s, "3")
	w.address(s, "ana@elsewhere.example")
	w.ok(w.MailReturned(t.Context(), third.Return, mailGone))
	if got, _ := w.Settings(t.Context(), s.AccountID); got.EmailBounced || len(told.bounces) != 1 {
		t.Errorf("a report from before the owner confirmed, or of another address: %+v, %d", got, len(told.bounces))
	}
}

// TestWhatDidNotArriveCostsNoTime: the step after a mail that came back is taken at once,
// not after the wait for a receipt; one that was opened meanwhile stays as it is.
func TestWhatDidNotArriveCostsNoTime(t *testing.T) {
	w, s, _ := written(t, reminder.StepEmail, reminder.StepSMS)
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	m := w.mailed(s, "1")
	want(t, "texts before", w.sms.sent(), 0)
	w.ok(w.MailReturned(t.Context(), m.Return, notify.Late{Outcome: notify.Permanent, Code: "5.2.2"}))
	w.drain()
	want(t, "texts at once", w.sms.sent(), 1)
	m = w.mailed(s, "2")
	w.ok(w.Opened(t.Context(), s.AccountID, m.Payload.ID.String()))
	w.ok(w.MailReturned(t.Context(), m.Return, notify.Late{Outcome: notify.Permanent, Code: "5.2.2"}))
	w.drain()
	want(t, "texts of what was read", w.sms.sent(), 0)
	dead, err := w.Dead(t.Context(), notify.Paging{Limit: 10})
	if w.ok(err); len(dead.Items) != 0 {
		t.Errorf("dead: %+v", dead.Items)
	}
}

// TestAConfirmationComesBack: whoever mistyped their address sees it; the office does not.
func TestAConfirmationComesBack(t *testing.T) {
	w, s, told := written(t, reminder.StepEmail)
	w.clock.Move(3 * time.Minute)
	w.ok(w.SetEmail(t.Context(), s.AccountID, "anna@example.org"))
	m := w.mail.take()[0]
	w.ok(w.MailReturned(t.Context(), m.Return, mailGone))
	w.ok(w.MailReturned(t.Context(), m.Return, mailGone))
	if got, _ := w.Settings(t.Context(), s.AccountID); !got.EmailBounced || len(told.bounces) != 0 {
		t.Errorf("%+v %+v", got, told.bounces)
	}
	if n := len(slices.DeleteFunc(w.inbox(s), func(i notify.Item) bool { return i.Ref != "email-bounced:" })); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// TestACarrierReportsLater: a number that takes no texts is marked, also one that was only
// asked; that a text arrived stands in the trail and stops nothing.
func TestACarrierReportsLater(t *testing.T) {
	w, s, told := written(t, reminder.StepSMS, reminder.StepPerson)
	number := "+14155550100"
	gone := notify.Late{Outcome: notify.Gone, Code: "30005"}
	w.ok(w.SetPhone(t.Context(), s.AccountID, number, true))
	w.ok(w.AskPhone(t.Context(), s.AccountID))
	asked := w.sms.take()[0].Payload.ID.String()
	w.ok(w.SMSReported(t.Context(), asked, "+14155550199", gone))
	if got, _ := w.Settings(t.Context(), s.AccountID); got.PhoneBounced {
		t.Error("a report of another number")
	}
	w.ok(w.SMSReported(t.Context(), asked, number, gone))
	if got, _ := w.Settings(t.Context(), s.AccountID); !got.PhoneBounced || len(told.bounces) != 0 {
		t.Errorf("%+v %+v", got, told.bounces)
	}
	w.clock.Move(time.Hour)
	_, err := w.Heard(t.Context(), number, notify.AnswerStart, w.clock.Now())
	w.ok(err)
	w.ok(w.SMSReported(t.Context(), asked, number, gone)) // it has answered since
	w.drain()                                             // what was said of the number
	w.sms.take()
	w.clock.Move(time.Minute)
	w.prompt(s, "1")
	texted := w.sms.take()
	want(t, "texts", len(texted), 1)
	id := texted[0].Payload.ID.String()
	w.ok(w.SMSReported(t.Context(), id, number, notify.Late{Outcome: notify.Accepted}))
	trail, err := w.TrailOf(t.Context(), s.AccountID, id)
	w.ok(err)
	if !slices.ContainsFunc(trail.Marks, func(m notify.Mark) bool { return m.What == notify.MarkDelivered && m.Channel == notify.ChannelSMS }) {
		t.Errorf("%+v", trail.Marks)
	}
	w.clock.Move(11 * time.Minute)
	w.drain()
	if !slices.ContainsFunc(told.tasks, func(u notify.Undelivered) bool { return u.ID == id }) {
		t.Error("a text that arrived at a phone stops what follows")
	}
	for range 2 {
		w.ok(w.SMSReported(t.Context(), id, number, gone))
	}
	w.ok(w.SMSReported(t.Context(), "nothing", number, gone))
	w.ok(w.SMSReported(t.Context(), "6b1f0f5e-0000-4000-8000-000000000000", number, gone))
	if got, _ := w.Settings(t.Context(), s.AccountID); !got.PhoneBounced || len(told.bounces) != 1 {
		t.Errorf("%+v %+v", got, told.bounces)
	}
}
