package notify_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// TestACallGoesBeforeAllThatIsDue: a nurse who is called at noon does not wait until everybody
// is reminded; a try that waits for its time is not made before it.
func TestACallGoesBeforeAllThatIsDue(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Limits = notify.Limits{Workers: 1, Batch: 2} })
	nurse := w.patient()
	for range 5 {
		s := w.session()
		for notify.ShardOf(s.AccountID) != notify.ShardOf(nurse.AccountID) {
			s = w.session()
		}
		w.enrol(s)
		w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	}
	w.at(2, 12, 1)
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	if ok, says := says(w.Doctor(t.Context()), "queue"); !ok {
		t.Errorf("a call of this moment counts as overdue: %s", says)
	}
	pass := func() (to []string) {
		_, err := w.Pass(t.Context())
		w.ok(err)
		for _, m := range w.fcm.take() {
			to = append(to, m.To.To)
		}
		return to
	}
	w.fcm.answer = func(m notify.Message) notify.Result {
		if m.To.To == "token-"+nurse.ID {
			return notify.Result{Outcome: notify.Retry}
		}
		return notify.Result{Outcome: notify.Accepted}
	}
	want(t, "reminders beside the call in the first batch of two", len(pass()), 1)
	w.fcm.answer = nil
	w.clock.Move(29 * time.Second)
	want(t, "the call, before its second try is due", slices.Contains(pass(), "token-"+nurse.ID), false)
	w.clock.Move(time.Second)
	pass() // the last two reminders: who tries again stands where it is due
	want(t, "the call, in its time", slices.Contains(pass(), "token-"+nurse.ID), true)
}

// TestACallThatNobodyTakesIsOverdue: the doctor sees it as it sees a reminder.
func TestACallThatNobodyTakesIsOverdue(t *testing.T) {
	w := newClinic(t)
	nurse := w.patient()
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	w.clock.Move(6 * time.Minute)
	if ok, _ := says(w.Doctor(t.Context()), "queue"); ok {
		t.Error("nobody took a call for six minutes, and all is well")
	}
}

// TestACallWaitsForNoSlowProvider: the only worker has a reminder at a provider that does not
// answer, and the call goes all the same.
func TestACallWaitsForNoSlowProvider(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Limits = notify.Limits{Workers: 1, Poll: time.Millisecond} })
	s, nurse := w.patient(), w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	slow := &slowWire{reminder: "token-" + s.ID, holds: make(chan struct{}), free: make(chan struct{}), got: make(chan string, 1)}
	w.config.Channels = []notify.Channel{slow}
	n := w.instance()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- n.Run(ctx) }()
	w.at(2, 12, 0)
	for _, step := range []struct {
		what  string
		after func()
		comes func() bool
	}{
		{"the reminder is under way", func() {}, func() bool { <-slow.holds; return true }},
		{"the call", func() {
			w.ok(n.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
		}, func() bool { return <-slow.got == "token-"+nurse.ID }},
	} {
		step.after()
		came := make(chan bool, 1)
		go func() { came <- step.comes() }()
		select {
		case right := <-came:
			want(t, step.what, right, true)
		case <-time.After(20 * time.Second):
			t.Errorf("%s: it did not come", step.what)
		}
	}
	close(slow.free)
	cancel()
	w.ok(<-done)
}

// slowWire is a channel that answers for a reminder when it is let.
type slowWire struct {
	wire
	reminder    string // its token
	holds, free chan struct{}
	got         chan string // tokens of others
}

func (*slowWire) Name() string { return notify.ChannelFCM }

func (s *slowWire) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	for _, m := range batch {
		if m.To.To == s.reminder {
			s.holds <- struct{}{}
			<-s.free
		} else {
			s.got <- m.To.To
		}
	}
	return s.wire.Send(ctx, batch)
}

// TestCallsWaitForNoOtherCall: the mail server does not answer, and each of many who are called
// by push and mail has the push at once.
func TestCallsWaitForNoOtherCall(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Limits = notify.Limits{Workers: 1, Poll: time.Hour} })
	var nurses []models.Session
	in := map[int64]bool{}
	for len(nurses) < 8 { // each in a shard of their own
		s := w.session()
		if shard := notify.ShardOf(s.AccountID); !in[shard] {
			in[shard] = true
			w.enrol(s)
			w.confirm(s, s.ID+"@clinic.example")
			w.clock.Move(2 * time.Minute)
			nurses = append(nurses, s)
		}
	}
	mail := &hungMail{free: make(chan struct{})}
	push := &told{got: make(chan string, len(nurses))}
	w.config.Channels = []notify.Channel{mail, push}
	n := w.instance()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- n.Run(ctx) }()
	for _, s := range nurses {
		w.ok(n.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	}
	late := time.After(20 * time.Second)
	for i := range nurses {
		select {
		case <-push.got:
			continue
		case <-late:
		}
		t.Errorf("%d of %d were called", i, len(nurses))
		break
	}
	close(mail.free)
	cancel()
	w.ok(<-done)
}

// hungMail is a mail server that answers when it is let.
type hungMail struct {
	wire
	free chan struct{}
}

func (*hungMail) Name() string { return notify.ChannelEmail }

func (h *hungMail) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	<-h.free
	return h.wire.Send(ctx, batch)
}

// told is a channel to phones that tells whom it took a push for.
type told struct {
	wire
	got chan string
}

func (*told) Name() string { return notify.ChannelFCM }

func (p *told) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	for _, m := range batch {
		p.got <- m.To.To
	}
	return p.wire.Send(ctx, batch)
}

// TestACallMakesRoomForNoNews: what waits to be handed over, while the clock has just jumped, is
// not forgotten for 60 other notes, nor is news for 60 calls.
func TestACallMakesRoomForNoNews(t *testing.T) {
	for one, many := range map[reminder.Kind]reminder.Kind{reminder.TeamAlarm: reminder.News, reminder.News: reminder.TeamAlarm} {
		w := newClinic(t)
		nurse := w.patient()
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: one, Key: "first", Ref: "first:"}))
		for i := range 60 {
			w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: many, Key: strconv.Itoa(i)}))
		}
		w.drain()
		if !slices.ContainsFunc(w.inbox(nurse), func(i notify.Item) bool { return i.Ref == "first:" }) {
			t.Errorf("%s was forgotten for %s", one, many)
		}
	}
}

// TestACallThatIsMadeAnewIsNotTakenBack with those of before the answer.
func TestACallThatIsMadeAnewIsNotTakenBack(t *testing.T) {
	for what, answered := range map[string]bool{"the call of before the answer": true, "the call of after it": false} {
		w := newClinic(t)
		nurse := w.patient()
		call := func(key string) {
			w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: key, Ref: "alert:1"}))
		}
		if answered {
			call("1")
		}
		asked := w.clock.Now()
		w.clock.Move(time.Millisecond)
		if !answered {
			call("2")
		}
		w.ok(w.Unsay(t.Context(), nurse.AccountID, "alert:1", asked))
		w.drain()
		want(t, what, w.fcm.sent(), map[bool]int{true: 0, false: 1}[answered])
	}
}

// TestACallUnderWayThatIsMadeAnew: its second try is still made.
func TestACallUnderWayThatIsMadeAnew(t *testing.T) {
	w := newClinic(t)
	nurse := w.patient()
	asked := w.clock.Now()
	w.clock.Move(time.Millisecond)
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "2", Ref: "alert:1"}))
	w.fcm.answers(notify.Result{Outcome: notify.Retry})
	w.drain()
	w.ok(w.Unsay(t.Context(), nurse.AccountID, "alert:1", asked))
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.clock.Move(time.Minute)
	w.drain()
	want(t, "sent", w.fcm.sent(), 1)
}

// TestACallDoesNotWaitForWhatADeadWorkerLeft: that is for the other workers.
func TestACallDoesNotWaitForWhatADeadWorkerLeft(t *testing.T) {
	w := newClinic(t)
	nurse := w.neighbours(3)[0]
	w.at(2, 12, 0)
	crash(w)
	w.clock.Move(2 * time.Minute)
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	w.ok(w.HandCallsOf(t.Context(), nurse.AccountID))
	want(t, "sent by who has calls to do", w.fcm.sent(), 1)
	w.drain()
	want(t, "sent by the others", w.fcm.sent(), 3)
}
