package notify_test

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
)

// seen is a store that tells what is written in batches, before it is.
type seen struct {
	store.Store
	tell func(ops []store.Op)
}

func (s *seen) Batch(ctx context.Context, ops ...store.Op) error {
	if s.tell != nil {
		s.tell(ops)
	}
	return s.Store.Batch(ctx, ops...)
}

// seenClinic is a clinic whose batches are told.
func seenClinic(t *testing.T) (*clinic, *seen) {
	s := &seen{}
	w := newClinic(t, func(c *notify.Config) {
		s.Store, c.Store = c.Store, s
		c.Limits.Workers = 1
	})
	return w, s
}

// neighbours enrolls people of one shard who are reminded at noon.
func (w *clinic) neighbours(count int) (list []models.Session) {
	w.t.Helper()
	for len(list) < count {
		of := w.session()
		if len(list) > 0 {
			of = list[0]
		}
		list = append(list, w.neighbour(of))
	}
	return list
}

// neighbour enrolls somebody of another's shard who is reminded at noon.
func (w *clinic) neighbour(of models.Session) models.Session {
	w.t.Helper()
	s := w.session()
	for notify.ShardOf(s.AccountID) != notify.ShardOf(of.AccountID) {
		s = w.session()
	}
	w.enrol(s)
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	return s
}

func claims(op store.Op) bool { return op.Collection == notify.ColHolds }

func hasClaims(ops []store.Op) bool {
	return len(ops) > 0 && claims(ops[0])
}

// TestAClaimIsOneDocument whatever its size, and what became of it stands beside each entry.
func TestAClaimIsOneDocument(t *testing.T) {
	w, s := seenClinic(t)
	w.neighbours(7)
	w.at(2, 12, 0)
	var batches []int
	s.tell = func(ops []store.Op) { batches = append(batches, len(ops)) }
	want(t, "ended", w.drain()["done handed-over"], 7)
	want(t, "batches", len(batches), 2)
	want(t, "ops of the claim", batches[0], 1)
	want(t, "ops of its end", batches[1], 1+7)
}

// TestAClaimIsMadeAgainWhereSomebodyCameBetween: what others took is left to them, and the
// rest is sent.
func TestAClaimIsMadeAgainWhereSomebodyCameBetween(t *testing.T) {
	w, s := seenClinic(t)
	w.neighbours(3)
	w.config.Store, w.config.Limits.Batch = w.store, 2
	other := w.instance()
	w.at(2, 12, 0)
	s.tell = func(ops []store.Op) {
		if hasClaims(ops) {
			s.tell = nil
			_, err := other.ClaimAll(t.Context()) // two of the three
			w.ok(err)
		}
	}
	w.drain()
	want(t, "sent", w.fcm.sent(), 1)
	w.clock.Move(2 * time.Minute)
	w.drain()
	want(t, "sent when the others' lease had ended", w.fcm.sent(), 2)
}

// TestWhatIsLaidDownElsewhereIsTakenInItsTime, not when the lease that this instance knows of
// would have ended.
func TestWhatIsLaidDownElsewhereIsTakenInItsTime(t *testing.T) {
	w := newClinic(t)
	w.neighbours(1)
	other := w.instance()
	w.at(2, 12, 0)
	meets := true
	w.fcm.answer = func(notify.Message) notify.Result {
		if meets {
			meets = false
			found, err := w.Pass(t.Context()) // and learns that the other has it
			w.ok(err)
			want(t, "found while it is under way", found, 0)
		}
		return notify.Result{Outcome: notify.Retry}
	}
	_, err := other.Drain(t.Context())
	w.ok(err)
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.clock.Move(30 * time.Second)
	_, err = w.Pass(t.Context())
	w.ok(err)
	want(t, "second tries", w.fcm.sent(), 1)
}

// TestAnEditWhileAPushIsUnderWay does not take away what was said, nor say it again.
func TestAnEditWhileAPushIsUnderWay(t *testing.T) {
	for name, rules := range map[string][]reminder.Rule{
		"taken away": nil,
		"moved":      reminder.ForCheckIn([]string{"12:30"}, nil),
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t)
			s := w.neighbours(1)[0]
			w.at(2, 12, 0)
			w.fcm.answer = func(notify.Message) notify.Result {
				w.rules(s, "check-in", rules)
				return notify.Result{Outcome: notify.Accepted}
			}
			w.drain()
			w.fcm.answer = nil
			items := w.inbox(s)
			want(t, "trail", w.trail(s, items[len(items)-1].ID), "planned claimed:push handed-over:push accepted:fcm = done")
			want(t, "sent", w.fcm.sent(), 1)
			w.clock.Move(2 * time.Minute)
			w.drain()
			want(t, "sent again", w.fcm.sent(), 0)
		})
	}
}

// TestAPlanSeesAClaimThatCameBetween its look and its write.
func TestAPlanSeesAClaimThatCameBetween(t *testing.T) {
	w, s := seenClinic(t)
	who := w.neighbours(1)[0]
	w.config.Store = w.store
	other := w.instance()
	w.at(2, 12, 0)
	s.tell = func(ops []store.Op) {
		s.tell = nil
		w.ok(other.ClaimAndSend(t.Context())) // and dies
	}
	w.rules(who, "check-in", nil)
	want(t, "sent", w.fcm.sent(), 1)
	want(t, "in the inbox, for who opens the push", len(w.inbox(who)), 1)
}

// TestClaimsThatCantBeRead stop nobody: they are as good as ended.
func TestClaimsThatCantBeRead(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON": "\x00not json", "empty": "", "another type": "[1, 2]", "null": "null",
		"a time that is none":  `[{"id":"a","holder":"b","until":"soon","entries":["c"]}]`,
		"of what is not there": `[{"id":"a","holder":"b","until":"2026-03-01T00:00:00Z","entries":["c","","` + strings.Repeat("d", 5000) + `"]}]`,
		"of nothing":           `[{"id":"a","holder":"b","until":"2026-03-01T00:00:00Z","entries":[]},{}]`,
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t)
			list := w.neighbours(2)
			w.at(2, 12, 0)
			crash(w)
			before := w.poisonClaims(list[0], func([]byte) []byte { return []byte(body) })
			want(t, "sent", w.drain()["done handed-over"], 2)
			told := strings.Count(w.log.String(), "claims of a shard can't be read")
			if told > 1 || name == "no JSON" && told == 0 {
				t.Errorf("told %d times", told)
			}
			if d, err := w.store.Get(t.Context(), notify.ColHolds, before.ID); err != nil || d.Version == before.Version || string(d.Body) != "[]" {
				t.Errorf("left: %s %v", d.Body, err)
			}
		})
	}
}

// poisonClaims spoils the claims of somebody's shard, and gives what they are then.
func (w *clinic) poisonClaims(of models.Session, how func([]byte) []byte) store.Doc {
	w.t.Helper()
	w.poison(notify.ColHolds, notify.HoldsID(of.AccountID), how)
	d, err := w.store.Get(w.t.Context(), notify.ColHolds, notify.HoldsID(of.AccountID))
	w.ok(err)
	return d
}

// TestHowClaimsAreMadeCantBeRead: the program starts all the same, and sends.
func TestHowClaimsAreMadeCantBeRead(t *testing.T) {
	for _, name := range []string{"no JSON", "empty", "another type"} {
		w := newClinic(t)
		w.neighbours(1)
		w.poison(notify.ColSite, "claims", poisons[name])
		w.at(2, 12, 0)
		_, err := w.instance().Drain(t.Context())
		w.ok(err)
		want(t, name, w.fcm.sent(), 1)
	}
}

// TestACallIsTakenHoweverMuchIsInHands: what is held of a shard is bounded, and a call does not
// wait for that either.
func TestACallIsTakenHoweverMuchIsInHands(t *testing.T) {
	w := newClinic(t)
	nurse := w.neighbours(2)[0]
	w.at(2, 12, 0)
	crash(w)
	w.poisonClaims(nurse, func(body []byte) []byte { // as many live workers would leave it
		return bytes.Replace(body, []byte(`"entries":[`), []byte(`"entries":["a"`+strings.Repeat(`,"a"`, 10_000)+`,`), 1)
	})
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	w.ok(w.HandCallsOf(t.Context(), nurse.AccountID))
	want(t, "calls sent", w.fcm.sent(), 1)
}

// TestClaimsStandInEachEntryWhileAnOlderProgramMayRun: it would not see those of a shard. A store
// that an older one began has them after an hour.
func TestClaimsStandInEachEntryWhileAnOlderProgramMayRun(t *testing.T) {
	w := newClinic(t)
	s := w.neighbours(1)[0]
	w.at(2, 11, 30)
	d, err := w.store.Get(t.Context(), notify.ColSite, "claims")
	w.ok(err)
	w.ok(w.store.Delete(t.Context(), notify.ColSite, "claims", d.Version)) // as it was before
	w.instance()                                                           // a command, days before
	_, err = w.store.Get(t.Context(), notify.ColSite, "claims")
	want(t, "begun by a command", errors.Is(err, store.ErrNotFound), true)
	n := w.instance()
	w.works(n)
	states := func() string {
		if _, err := n.ClaimAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		items := w.inbox(s)
		return w.trail(s, items[0].ID)
	}
	w.at(2, 12, 0)
	want(t, "within the hour", states(), "planned claimed:push = claimed")
	w.at(3, 12, 0)
	want(t, "after it", states(), "planned = planned")
	n = w.instance()
	w.at(4, 12, 0)
	want(t, "at the next start", states(), "planned = planned")
}

// works lets an instance begin to work, until it has said how claims are made.
func (w *clinic) works(n *notify.Notifier) {
	ctx, stop := context.WithCancel(w.t.Context())
	done := make(chan error)
	go func() { done <- n.Run(ctx) }()
	for _, err := w.store.Get(ctx, notify.ColSite, "claims"); errors.Is(err, store.ErrNotFound); _, err = w.store.Get(ctx, notify.ColSite, "claims") {
		runtime.Gosched()
	}
	stop()
	w.ok(<-done)
}

// TestWhatIsInHandsIsNotOverdue: a worker that took what was late has taken it, and hides
// nothing behind it; one that never came back has not.
func TestWhatIsInHandsIsNotOverdue(t *testing.T) {
	w := newClinic(t)
	list := w.neighbours(1)
	w.at(2, 12, 10)
	ok, _ := says(w.Doctor(t.Context()), "queue")
	want(t, "before", ok, false)
	crash(w)
	ok, text := says(w.Doctor(t.Context()), "queue")
	want(t, text, ok, true)
	w.clock.Move(7*time.Minute - time.Second)
	ok, text = says(w.Doctor(t.Context()), "queue")
	want(t, text, ok, true)
	w.clock.Move(2 * time.Second)
	ok, _ = says(w.Doctor(t.Context()), "queue")
	want(t, "five minutes after its lease", ok, false)
	w.drain()

	for len(list) < 102 { // more than one look takes in
		list = append(list, w.neighbour(list[0]))
	}
	w.at(3, 12, 10)
	w.config.Limits.Batch = 101
	crash(w)
	ok, _ = says(w.Doctor(t.Context()), "queue")
	want(t, "one that nobody took, behind many", ok, false)
}

// TestWhatCantBePreparedIsTriedAgain soon, not when its lease would have ended, and holds up
// nobody; what never can be is a dead letter.
func TestWhatCantBePreparedIsTriedAgain(t *testing.T) {
	var broken string
	w := newClinic(t, func(c *notify.Config) {
		c.Stands = func(_ context.Context, account, _ string) (bool, error) {
			if account == broken {
				return false, store.ErrUnavailable
			}
			return true, nil
		}
	})
	list := w.neighbours(3)
	broken = list[1].AccountID
	w.at(2, 12, 0)
	w.drain()
	want(t, "sent to the others", w.fcm.sent(), 2)
	w.clock.Move(29 * time.Second)
	w.drain()
	broken = ""
	w.clock.Move(time.Second)
	w.drain()
	want(t, "sent half a minute later", w.fcm.sent(), 1)

	broken = list[2].AccountID
	w.at(3, 12, 0)
	for range 20 {
		w.drain()
		w.clock.Move(time.Minute)
	}
	want(t, "sent on the next day", w.fcm.sent(), 2)
	page, err := w.Dead(t.Context(), notify.Paging{})
	w.ok(err)
	want(t, "dead letters", len(page.Items), 1)
}
