package notify_test

import (
	"strconv"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// relies tells somebody of what others rely on, hands it over, and gives by which ways it went.
func (w *clinic) relies(s models.Session, key string) [3]int {
	w.t.Helper()
	w.ok(w.Tell(w.t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: key, Relied: true}))
	return w.went()
}

func (w *clinic) went() [3]int {
	w.t.Helper()
	for range 4 { // a step that can't be taken is followed by the next at once
		w.drain()
	}
	return [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}
}

var (
	byPush = [3]int{1, 0, 0}
	byMail = [3]int{0, 1, 0}
	bySMS  = [3]int{0, 0, 1}
	noWay  = [3]int{}
)

// TestWhatOthersRelyOnComesByTheWayThatReaches: at once, and by one of them.
func TestWhatOthersRelyOnComesByTheWayThatReaches(t *testing.T) {
	w := newClinic(t)
	nurse := w.byMailAlone()
	want(t, "by mail alone", w.relies(nurse, "1"), byMail)
	w.ok(w.SetPhone(t.Context(), nurse.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	want(t, "with a number too", w.relies(nurse, "2"), byMail)
	w.mail.answers(notify.Result{Outcome: notify.Permanent, Code: "554"})
	want(t, "when the mail is refused", w.relies(nurse, "3"), bySMS)
	w.mail.answers(notify.Result{Outcome: notify.Accepted})
	w.register(nurse, "token")
	want(t, "with a phone", w.relies(nurse, "4"), byPush)
	w.clock.Move(time.Hour)
	want(t, "and not again", w.went(), noWay)
	want(t, "other news without a phone", func() [3]int {
		w.ok(w.SessionEnded(t.Context(), nurse.ID))
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.News, Key: "5"}))
		return w.went()
	}(), noWay)
}

// TestWhatOthersRelyOnWaitsForNoChannelAtFault: its tries would take a quarter of an hour.
func TestWhatOthersRelyOnWaitsForNoChannelAtFault(t *testing.T) {
	w := newClinic(t)
	nurse := w.patient()
	w.confirm(nurse, "ada@clinic.example")
	w.mail.take()
	w.fcm.breaks(errRefused)
	w.fcm.answers(notify.Result{Outcome: notify.Retry, Code: "503"})
	w.ok(w.KeepVerdicts(t.Context()))
	want(t, "by the other way at once", w.relies(nurse, "1"), byMail)
	want(t, "trail", w.trail(nurse, w.inbox(nurse)[0].ID), "planned claimed:push skipped:push(channel-at-fault) claimed:email handed-over:email accepted:email = done")
	w.mail.breaks(errRefused)
	w.clock.Move(10 * time.Minute)
	w.ok(w.KeepVerdicts(t.Context()))
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	want(t, "where no way works, in their order", w.relies(nurse, "2"), byPush)
}

// TestNoChoiceKeepsBackForGoodWhatOthersRelyOn: quiet hours do, until they end.
func TestNoChoiceKeepsBackForGoodWhatOthersRelyOn(t *testing.T) {
	until := start.AddDate(0, 0, 3)
	for what, ch := range map[string]reminder.Choices{
		"off":    {Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Off: true}}},
		"no way": {Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{}}}},
		"pause":  {PausedUntil: &until},
		"cap":    {PerDay: new(0)},
		"digest": {Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Digest: new(true)}}},
	} {
		w := newClinic(t)
		nurse := w.patient()
		w.choose(nurse, ch)
		want(t, what, w.relies(nurse, "1"), byPush)
	}
	for _, rule := range []reminder.QuietRule{"", reminder.QuietSkip} {
		w := newClinic(t)
		nurse := w.byMailAlone()
		w.choose(nurse, reminder.Choices{Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Quiet: rule}}})
		w.at(2, 23, 0)
		want(t, "at night", w.relies(nurse, "1"), noWay)
		w.at(3, 8, 0)
		want(t, "in the morning", w.went(), byMail)
	}
}

// TestAMailThatComesBackIsFollowedByTheOtherWay, also hours later.
func TestAMailThatComesBackIsFollowedByTheOtherWay(t *testing.T) {
	w := newClinic(t)
	nurse := w.byMailAlone()
	w.ok(w.SetPhone(t.Context(), nurse.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.News, Key: "1", Relied: true}))
	for range 3 {
		w.drain()
	}
	sent := w.mail.take()
	w.clock.Move(3 * time.Hour)
	w.ok(w.MailReturned(t.Context(), sent[0].Return, notify.Late{Outcome: notify.Permanent, Code: "4.4.7"}))
	want(t, "by SMS", w.went(), bySMS)
	w.clock.Move(time.Hour)
	want(t, "once", w.went(), noWay)
}

// TestNewsMakesRoomBeforeWhatOthersRelyOn.
func TestNewsMakesRoomBeforeWhatOthersRelyOn(t *testing.T) {
	w := newClinic(t)
	nurse := w.byMailAlone()
	w.at(2, 23, 0)
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.News, Key: "first", Relied: true}))
	for i := range 60 {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.News, Key: strconv.Itoa(i)}))
	}
	w.at(3, 8, 0)
	want(t, "in the morning", w.went(), byMail)
}
