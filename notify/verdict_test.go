package notify_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"handrail/notify"
)

// TestAVerdictIsKeptAndTellsWhenItTurnsBad: a look at the list asks nobody; one that fails is
// told of once, with what to do; a channel that can't be built says why at once; and after
// ten minutes the channels are looked at by themselves.
func TestAVerdictIsKeptAndTellsWhenItTurnsBad(t *testing.T) {
	var told []notify.Verdict
	mail := &broken{}
	failed := errors.New("no answer")
	w := newClinic(t, func(c *notify.Config) {
		c.Channels, c.Left = []notify.Channel{mail}, map[string]string{notify.ChannelWebPush: "Apple refuses a subject on localhost."}
		c.Turned = func(_ context.Context, v notify.Verdict) error {
			if failed != nil {
				return failed
			}
			told = append(told, v)
			return nil
		}
	})
	of := func(all []notify.Verdict, channel string) notify.Verdict {
		for _, v := range all {
			if v.Channel == channel {
				return v
			}
		}
		t.Fatalf("no %s in %+v", channel, all)
		return notify.Verdict{}
	}
	all, err := w.Verdicts(t.Context())
	w.ok(err)
	if v := of(all, notify.ChannelEmail); !v.Set || v.Works || !v.At.IsZero() || v.Says != "" {
		t.Errorf("never looked at: %+v", v)
	}
	if v := of(all, notify.ChannelWebPush); !v.Set || v.Works || v.Says != "Apple refuses a subject on localhost." {
		t.Errorf("can't be built: %+v", v)
	}
	if v := of(all, notify.ChannelSMS); v.Set {
		t.Errorf("not set: %+v", v)
	}
	if _, err := w.CheckChannels(t.Context()); !errors.Is(err, failed) {
		t.Fatalf("nobody was told, and it is no error: %v", err)
	}
	all, err = w.Verdicts(t.Context())
	w.ok(err)
	if v := of(all, notify.ChannelEmail); v.At.IsZero() {
		t.Error("what was found is not kept where nobody could be told: others rely on it")
	}
	failed = nil
	for range 2 {
		_, err = w.CheckChannels(t.Context())
		w.ok(err)
	}
	if len(told) != 2 { // the mail server and Web Push, each once
		t.Errorf("told %+v", told)
	}
	all, err = w.Verdicts(t.Context())
	w.ok(err)
	if v := of(all, notify.ChannelEmail); v.Works || v.Says != "The mail server does not answer." || v.At.IsZero() {
		t.Errorf("kept: %+v", v)
	}
	w.clock.Move(time.Hour)
	looked := func(n *notify.Notifier) (time.Time, time.Time) {
		t.Helper()
		w.ok(n.KeepVerdicts(t.Context()))
		all, err := n.Verdicts(t.Context())
		w.ok(err)
		return of(all, notify.ChannelEmail).At, of(all, notify.ChannelEmail).Since
	}
	first, since := looked(w.Notifier) // this instance has just begun: its settings may be new
	if !first.After(since) {
		t.Errorf("looked at %v, so since %v", first, since)
	}
	w.clock.Move(9 * time.Minute)
	if again, _ := looked(w.Notifier); !again.Equal(first) {
		t.Error("looked at before ten minutes were over")
	}
	w.clock.Move(time.Minute)
	if again, same := looked(w.Notifier); !again.After(first) || !same.Equal(since) || len(told) != 2 {
		t.Errorf("after ten minutes: %v, since %v, told %d", again, same, len(told))
	}
	// Somebody set the mail server right and began anew; and broke it, by settings that
	// can't be used, the day after.
	w.config.Channels, w.config.Left = []notify.Channel{w.mail}, nil
	looked(w.instance())
	all, err = w.Verdicts(t.Context())
	w.ok(err)
	if v := of(all, notify.ChannelEmail); !v.Works || v.Says != "" {
		t.Errorf("mended: %+v", v)
	}
	if again := told[len(told)-1]; len(told) != 3 || !again.Works || again.Channel != notify.ChannelEmail {
		t.Errorf("that it works again: told %+v", told)
	}
	w.config.Channels, w.config.Left = nil, map[string]string{notify.ChannelEmail: "the sender of mails is no e-mail address"}
	next := w.instance()
	looked(next)
	all, err = next.Verdicts(t.Context())
	w.ok(err)
	if v := of(all, notify.ChannelEmail); v.Works || v.Says != "the sender of mails is no e-mail address" || len(told) != 4 || told[3].Turn() == told[0].Turn() {
		t.Errorf("broken by its settings: %+v, told %d", v, len(told))
	}
}

// TestWhoWentAwayLeavesNoVerdict: an administrator who closes the page in the midst of a
// look leaves what was known: no answer to them is no fault of the mail server.
func TestWhoWentAwayLeavesNoVerdict(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Channels = []notify.Channel{&broken{}} })
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := w.CheckChannels(ctx); err == nil {
		t.Error("somebody who is gone got an answer")
	}
	all, err := w.Verdicts(t.Context())
	w.ok(err)
	for _, v := range all {
		if !v.At.IsZero() {
			t.Errorf("kept %+v", v)
		}
	}
}
