package notify_test

import (
	"slices"
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
	w := newClinic(t)
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
}
