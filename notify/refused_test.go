package notify_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// mailing is a clinic that notes what administrators hear, with people who have mail alone.
func mailing(t *testing.T, people int) (w *clinic, all []models.Session, told *[]bool) {
	told = &[]bool{}
	w = newClinic(t, func(c *notify.Config) {
		c.Turned = func(_ context.Context, v notify.Verdict) error { *told = append(*told, v.Works); return nil }
	})
	for range people {
		all = append(all, w.byMailAlone())
	}
	w.ok(w.KeepVerdicts(t.Context()))
	return w, all, told
}

// writes has an instance send somebody a mail.
func (w *clinic) writes(by *notify.Notifier, to models.Session, key string) {
	w.t.Helper()
	w.ok(by.Tell(w.t.Context(), notify.Note{AccountID: to.AccountID, Kind: reminder.News, Key: key, Steps: []reminder.Step{reminder.StepEmail}}))
	_, err := by.Drain(w.t.Context())
	w.ok(err)
}

// TestAServerThatTakesTheSignInAndNoMailIsAtFault: once it refused three mails to different
// people, of several instances together. A look that signs in does not make it work; a mail that it takes does.
func TestAServerThatTakesTheSignInAndNoMailIsAtFault(t *testing.T) {
	w, all, told := mailing(t, 4)
	other := w.instance()
	w.mail.answers(notify.Result{Outcome: notify.Permanent, Code: "554"})
	for i := range 3 {
		w.writes(w.Notifier, all[0], fmt.Sprint("same", i))
	}
	want(t, "after three to one person", w.reached(all[1]), true)
	w.writes(other, all[1], "1")
	want(t, "after two people", w.reached(all[1]), true)
	w.writes(w.Notifier, all[2], "1")
	want(t, "after three", w.reached(all[1]), false)
	want(t, "told at once", slices.Equal(*told, []bool{false}), true)
	w.clock.Move(10 * time.Minute)
	w.ok(w.KeepVerdicts(t.Context()))
	_, err := w.CheckChannels(t.Context())
	w.ok(err)
	want(t, "after looks that sign in", w.reached(all[1]), false)
	verdicts, err := other.Verdicts(t.Context())
	w.ok(err)
	i := slices.IndexFunc(verdicts, func(v notify.Verdict) bool { return v.Channel == notify.ChannelEmail })
	if v := verdicts[i]; v.Works || !strings.Contains(v.Says, "554") || strings.Contains(v.Says, "@") {
		t.Errorf("the office reads %+v", v)
	}
	fresh := w.instance()
	w.ok(fresh.KeepVerdicts(t.Context()))
	for _, d := range fresh.Doctor(t.Context()) {
		if d.Part == notify.ChannelEmail && d.Works {
			t.Error("doctor says that it works")
		}
	}
	want(t, "told once", len(*told), 1)
	w.mail.answers(notify.Result{Outcome: notify.Accepted})
	w.writes(fresh, all[3], "1")
	w.clock.Move(10 * time.Second)
	want(t, "once it took one", w.reached(all[1]), true)
	want(t, "told that it works", slices.Equal(*told, []bool{false, true}), true)
}

// TestSomeRefusalsAreNoFault: with one taken between them, of addresses that died, a day apart, for now alone,
// of our own words, or of devices that are gone.
func TestSomeRefusalsAreNoFault(t *testing.T) {
	no := notify.Result{Outcome: notify.Permanent, Code: "550"}
	gone := notify.Result{Outcome: notify.Gone, Code: "550"}
	for name, tt := range map[string]struct {
		answers []notify.Result
		wait    time.Duration
		works   bool
	}{
		"all":                  {[]notify.Result{no, no, no}, 0, false},
		"one taken":            {[]notify.Result{no, no, {Outcome: notify.Accepted}, no, no}, 0, true},
		"four that died":       {[]notify.Result{gone, gone, gone, gone}, 0, true},
		"everybody died":       {[]notify.Result{gone, gone, gone, gone, gone}, 0, false},
		"a day apart":          {[]notify.Result{no, no, no, no}, 13 * time.Hour, true},
		"for now":              {slices.Repeat([]notify.Result{{Outcome: notify.Retry, Code: "451"}}, 5), 0, true},
		"our own word":         {slices.Repeat([]notify.Result{{Outcome: notify.Permanent, Code: "bad-address"}}, 5), 0, true},
		"before the first one": {[]notify.Result{{Outcome: notify.Accepted}, no, no, no}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			w, all, _ := mailing(t, len(tt.answers)+1)
			for i, r := range tt.answers {
				w.mail.answers(r)
				w.writes(w.Notifier, all[i], "1")
				w.clock.Move(tt.wait)
			}
			want(t, "works", w.reached(all[len(tt.answers)]), tt.works)
		})
	}
	w, all, _ := mailing(t, 1)
	for i := range 6 {
		s := w.patient()
		w.fcm.answers(notify.Result{Outcome: notify.Gone, Code: "UNREGISTERED"})
		w.prompt(s, fmt.Sprint(i))
	}
	s := w.patient()
	want(t, "devices that are gone", w.reached(s), true)
	w.fcm.answers(notify.Result{Outcome: notify.Unauthorized, Code: "401"})
	for range 3 {
		w.prompt(w.patient(), "1")
	}
	want(t, "devices that take nothing from us", w.reached(s), false)
	w.sms.answers(notify.Result{Outcome: notify.Permanent, Code: "403"})
	texts := func() bool {
		t.Helper()
		ways, err := w.Offer(t.Context(), all[0].AccountID)
		w.ok(err)
		return slices.Contains(ways.Ways, models.WaySMS)
	}
	for i := range 4 { // numbers that nobody has answered from
		w.ok(w.SetPhone(t.Context(), s.AccountID, fmt.Sprintf("+1415555010%d", i), true))
		_ = w.AskPhone(t.Context(), s.AccountID)
		w.clock.Move(3 * time.Minute)
	}
	w.ok(w.SetPhone(t.Context(), all[0].AccountID, "+14155550109", true))
	w.starts("+14155550109")
	want(t, "odd numbers that somebody gave", texts(), true)
	for i := range 3 {
		s := w.byMailAlone()
		number := fmt.Sprintf("+1415555020%d", i)
		w.ok(w.SetPhone(t.Context(), s.AccountID, number, true))
		w.starts(number)
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1", Steps: []reminder.Step{reminder.StepSMS}}))
		w.drain()
	}
	want(t, "a gateway that refuses each text", texts(), false)
}

// TestTriesThatAreAllGivenUpCount: a server that refuses each mail for now, for ever.
func TestTriesThatAreAllGivenUpCount(t *testing.T) {
	w, all, _ := mailing(t, 3)
	w.mail.answers(notify.Result{Outcome: notify.Retry, Code: "452"})
	for _, s := range all {
		w.writes(w.Notifier, s, "1")
	}
	want(t, "at first", w.reached(all[0]), true)
	for range 60 {
		w.clock.Move(time.Minute)
		w.drain()
	}
	want(t, "after all tries", w.reached(all[0]), false)
}

// TestAMailThatAnotherInstanceSentClears, also where it did not know of the refusals yet.
func TestAMailThatAnotherInstanceSentClears(t *testing.T) {
	w, all, told := mailing(t, 4)
	other := w.instance()
	w.ok(other.KeepVerdicts(t.Context()))
	_, err := other.Reachable(t.Context(), all[0].AccountID) // it knows that nothing was refused
	w.ok(err)
	w.mail.answers(notify.Result{Outcome: notify.Permanent, Code: "554"})
	for _, s := range all[:3] {
		w.writes(w.Notifier, s, "1")
	}
	w.clock.Move(time.Second)
	w.mail.answers(notify.Result{Outcome: notify.Accepted})
	w.writes(other, all[3], "1")
	w.clock.Move(time.Minute)
	w.ok(other.KeepVerdicts(t.Context()))
	want(t, "told", slices.Equal(*told, []bool{false, true}), true)
}

// ownServer is Web Push of which one endpoint is none of the known services.
type ownServer struct{ wire }

func (*ownServer) Reach(context.Context) []notify.ProviderCheck { return nil }

func (*ownServer) KnownService(a notify.Address) string {
	if strings.HasPrefix(a.To, "own") {
		return ""
	}
	return "Google"
}

// TestWhoeverHasAPushServerStopsNobodysPushes, nor makes one that refuses all look well.
func TestWhoeverHasAPushServerStopsNobodysPushes(t *testing.T) {
	push := &ownServer{wire{name: notify.ChannelFCM}}
	w := newClinic(t, func(c *notify.Config) { c.Channels = []notify.Channel{push} })
	refuses := func(token string) {
		t.Helper()
		for i := range 4 {
			s := w.session()
			w.ok(w.Enroll(t.Context(), notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "America/New_York", Language: "en"}))
			w.register(s, fmt.Sprint(token, i))
			w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1"}))
			w.drain()
		}
	}
	nurse := w.patient()
	push.answers(notify.Result{Outcome: notify.Unauthorized, Code: "401"})
	refuses("own")
	want(t, "after four servers of their own refused", w.reached(nurse), true)
	refuses("known")
	want(t, "after a known one did", w.reached(nurse), false)
	push.answers(notify.Result{Outcome: notify.Accepted})
	refuses("own-too")
	want(t, "after one of their own took all", w.reached(nurse), false)
}
