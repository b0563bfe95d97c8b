package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

func (w *clinic) mailOnly() models.Session {
	w.t.Helper()
	s := w.patient()
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepEmail}}}})
	return s
}

func TestMailGoesToConfirmedAddressesOnly(t *testing.T) {
	w := newClinic(t)
	s := w.mailOnly()
	w.ok(w.SetEmail(t.Context(), s.AccountID, "ana@example.org"))
	ask := w.mail.take()
	want(t, "confirmation", len(ask), 1)
	w.prompt(s, "1")
	want(t, "before it is confirmed", w.mail.sent(), 0)
	_, token, _ := strings.Cut(ask[0].Links.Open, "#/confirm/")
	for _, bad := range []string{"", "x", "a.b.c", token + "x", strings.Replace(token, ".", ".1", 1)} {
		wantCode(t, w.ConfirmEmail(t.Context(), bad), models.KindGone, "link-ended")
	}
	w.ok(w.ConfirmEmail(t.Context(), token))
	w.ok(w.ConfirmEmail(t.Context(), token))
	w.prompt(s, "2")
	got := w.mail.take()
	want(t, "afterwards", len(got), 1)
	want(t, "to", got[0].To.To, "ana@example.org")

	_, token, _ = strings.Cut(got[0].Links.Unsubscribe, "/v1/unsubscribe/")
	wantCode(t, w.ConfirmEmail(t.Context(), token), models.KindGone, "link-ended") // made for something else
	w.ok(w.Unsubscribe(t.Context(), token))
	w.ok(w.Unsubscribe(t.Context(), token))
	_ = w.mail.take()
	w.prompt(s, "3")
	want(t, "by mail after STOP", w.mail.sent(), 0)
	want(t, "after unsubscribing", w.mail.sent(), 0)
	set, err := w.Settings(t.Context(), s.AccountID)
	w.ok(err)
	want(t, "settings", fmt.Sprint(set.Email, set.Confirmed), "a•••@example.orgfalse")
}

func TestConfirmationLinksEnd(t *testing.T) {
	w := newClinic(t)
	s := w.mailOnly()
	w.ok(w.SetEmail(t.Context(), s.AccountID, "ana@example.org"))
	_, token, _ := strings.Cut(w.mail.take()[0].Links.Open, "#/confirm/")
	wantCode(t, w.SetEmail(t.Context(), s.AccountID, "other@example.org"), models.KindTooMany, "too-soon")
	w.clock.Move(3 * time.Minute)
	w.ok(w.SetEmail(t.Context(), s.AccountID, "other@example.org"))
	wantCode(t, w.ConfirmEmail(t.Context(), token), models.KindGone, "link-ended") // of the address before
	_, token, _ = strings.Cut(w.mail.take()[0].Links.Open, "#/confirm/")
	w.clock.Move(25 * time.Hour)
	wantCode(t, w.ConfirmEmail(t.Context(), token), models.KindGone, "link-ended")
	w.ok(w.SetEmail(t.Context(), s.AccountID, ""))
}

func TestAddressesThatAreNone(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	for _, a := range []string{"x", "Ana <ana@example.org>", "a@b\r\nBcc: c@d", "@", strings.Repeat("a", 300) + "@example.org"} {
		wantCode(t, w.SetEmail(t.Context(), s.AccountID, a), models.KindInvalid, "invalid-input")
	}
	for _, p := range []string{"x", "0155", "+0123456789", "+1 415 555 0100 x5", "(415) 555-0100", "+1234567890123456"} {
		wantCode(t, w.SetPhone(t.Context(), s.AccountID, p, true), models.KindInvalid, "invalid-input")
	}
}

func TestAPastedNumberIsUnderstood(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	for _, p := range []string{"+1 (415) 555-0100", "tel:+1-415-555-0100", "\u202a+1\u200b415\u2060555\u22120100\u202c", "＋１ ４１５ ５５５ ０１００"} {
		w.ok(w.SetPhone(t.Context(), s.AccountID, p, true))
		got, err := w.Settings(t.Context(), s.AccountID)
		w.ok(err)
		if got.Phone != "•••0100" {
			t.Errorf("%q is %q", p, got.Phone)
		}
	}
	w.ok(w.StopSMS(t.Context(), "+1 415 555 0100"))
	if got, _ := w.Settings(t.Context(), s.AccountID); got.SMS {
		t.Error("STOP of the number was not heard")
	}
}

func TestSMSNeedsConsentAndHonoursStop(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.choose(s, reminder.Choices{Quiet: []reminder.Window{}, Kinds: map[reminder.Kind]reminder.KindChoice{reminder.News: {Steps: []reminder.Step{reminder.StepSMS}}}})
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", false))
	w.prompt(s, "1")
	want(t, "without consent", w.sms.sent(), 0)
	w.ok(w.SetPhone(t.Context(), s.AccountID, "+14155550100", true))
	w.prompt(s, "not-answered")
	want(t, "before it answered START", w.sms.sent(), 0)
	w.confirm(s, "maya@example.org")
	w.prompt(s, "by-mail")
	if got := w.mail.take(); len(got) != 1 || got[0].To.To != "maya@example.org" || got[0].Links.Unsubscribe == "" {
		t.Errorf("meanwhile no mail: %+v", got)
	}
	w.starts("+14155550100")
	w.prompt(s, "2")
	want(t, "by mail as well", w.mail.sent(), 0)
	got := w.sms.take()
	want(t, "with consent", len(got), 1)
	if !strings.Contains(got[0].More.Stop.Body(), "STOP") {
		t.Error("the SMS does not say how to stop it")
	}
	w.ok(w.StopSMS(t.Context(), "+14155550100"))
	w.ok(w.StopSMS(t.Context(), "+19999999999"))
	w.prompt(s, "3")
	want(t, "after STOP", w.sms.sent(), 0)
}

func TestForgetLeavesNothing(t *testing.T) {
	w := newClinic(t)
	s, other := w.reachable(), w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00", "15:00", "18:00", "20:00", "21:00", "11:00", "10:30", "13:00"}, nil))
	w.prompt(other, "1")
	w.ok(w.Forget(t.Context(), s.AccountID))
	w.ok(w.Forget(t.Context(), s.AccountID))
	for _, c := range notify.Collections()[:3] {
		page, err := w.store.Query(t.Context(), c.Name, allOf())
		w.ok(err)
		for _, d := range page.Docs {
			if strings.Contains(string(d.Body), s.AccountID) {
				t.Errorf("%s still has %s", c.Name, d.ID)
			}
		}
	}
	want(t, "the other's inbox", len(w.inbox(other)), 1)
}
