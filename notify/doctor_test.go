package notify_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"handrail/models/reminder"
	"handrail/notify"
)

// broken is a channel whose check fails.
type broken struct{ wire }

func (*broken) Name() string { return notify.ChannelEmail }

func (*broken) Check(context.Context) error { return errors.New("The mail server does not answer.") }

func says(list []notify.Diagnosis, part string) (bool, string) {
	for _, d := range list {
		if d.Part == part {
			return d.Works, d.Says
		}
	}
	return false, "not looked at"
}

func TestDoctorSaysWhatWorksAndWhyNot(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Channels = []notify.Channel{c.Channels[1], &broken{}} })
	list := w.Doctor(t.Context())
	for part, want := range map[string]string{"inbox": "The inbox works: it needs nothing but the store.", notify.ChannelWebPush: "The key and the contact that go with each push are right.",
		notify.ChannelEmail: "The mail server does not answer.", notify.ChannelSMS: "No SMS gateway is set. No SMS is sent.",
		"queue": "Nothing is overdue.", "dead letters": "There are none of the last day."} {
		if _, got := says(list, part); got != want {
			t.Errorf("%s: %q, want %q", part, got, want)
		}
	}
	if ok, _ := says(list, notify.ChannelFCM); ok {
		t.Error("FCM works without a project")
	}
}

func TestDoctorSeesAStandingQueueAndDeadLetters(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 12, 6)
	if ok, _ := says(w.Doctor(t.Context()), "queue"); ok {
		t.Error("six minutes overdue, and all is well")
	}
	w.fcm.answers(notify.Result{Outcome: notify.Permanent})
	w.drain()
	list := w.Doctor(t.Context())
	queue, _ := says(list, "queue")
	dead, _ := says(list, "dead letters")
	if !queue || dead {
		t.Errorf("queue works: %v, no dead letters: %v", queue, dead)
	}
}

func TestPruneKeepsTheLedgerForItsTime(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.prompt(s, "1")
	w.clock.Move(89 * 24 * time.Hour)
	_, err := w.Prune(t.Context())
	w.ok(err)
	want(t, "after 89 days", len(w.inbox(s)), 1)
	w.clock.Move(2 * 24 * time.Hour)
	_, err = w.Prune(t.Context())
	w.ok(err)
	want(t, "after 91 days", len(w.inbox(s)), 0)
}

func TestRunWorksUntilItIsStopped(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Limits.Poll = time.Millisecond })
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	arrived := make(chan struct{}, 1)
	w.fcm.answer = func(notify.Message) notify.Result {
		arrived <- struct{}{}
		return notify.Result{Outcome: notify.Accepted}
	}
	go func() { done <- w.Run(ctx) }()
	w.at(2, 12, 0)
	select {
	case <-arrived:
	case <-time.After(20 * time.Second):
		t.Error("nothing arrived")
	}
	cancel()
	w.ok(<-done)
	want(t, "end", w.inbox(s)[0].Why, "handed-over")
}

func TestKeysAreMadeOnceAndKept(t *testing.T) {
	w := newClinic(t)
	again := w.instance()
	want(t, "key", again.WebPushKey(), w.WebPushKey())
	k, err := notify.Keys(t.Context(), w.store)
	w.ok(err)
	w.ok(k.Check())
	want(t, "public key", k.Public, w.WebPushKey())
}
