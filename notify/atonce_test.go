package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
)

// called is a nurse with a phone, a confirmed address and a number, who is called.
func (w *clinic) called() (models.Session, string) {
	w.t.Helper()
	nurse := w.patient()
	w.confirm(nurse, "ada@clinic.example")
	w.ok(w.SetPhone(w.t.Context(), nurse.AccountID, "+14155550100", true))
	w.starts("+14155550100")
	w.ok(w.Tell(w.t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: "a"}))
	return nurse, w.inbox(nurse)[0].ID
}

// TestACallGoesByAllWaysAtOnce: who has five minutes to answer is not asked by the second way
// after ten.
func TestACallGoesByAllWaysAtOnce(t *testing.T) {
	w := newClinic(t)
	nurse, id := w.called()
	want(t, "ended", w.drain()["done handed-over"], 1)
	want(t, "by push, e-mail and SMS", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{1, 1, 1})
	want(t, "trail", w.trail(nurse, id), "planned claimed:push claimed:email claimed:sms handed-over:push handed-over:email handed-over:sms accepted:email accepted:fcm accepted:sms = done")
	w.clock.Move(time.Hour)
	w.drain()
	want(t, "again", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{0, 0, 0})
}

// TestAWayOfACallThatFailsHoldsNoOther: what went is not sent again with the second try of
// what did not.
func TestAWayOfACallThatFailsHoldsNoOther(t *testing.T) {
	ways := []string{notify.ChannelEmail, notify.ChannelFCM, notify.ChannelSMS}
	for at, fails := range ways {
		t.Run(fails, func(t *testing.T) {
			w := newClinic(t)
			wires := []*wire{w.mail, w.fcm, w.sms}
			nurse, id := w.called()
			wires[at].answers(notify.Result{Outcome: notify.Retry, Code: "500"})
			w.drain()
			for i, one := range wires {
				want(t, ways[i]+" at first", one.sent(), map[bool]int{true: 0, false: 1}[i == at])
			}
			wires[at].answers(notify.Result{Outcome: notify.Accepted})
			w.clock.Move(30 * time.Second)
			want(t, "ended", w.drain()["done handed-over"], 1)
			for i, one := range wires {
				want(t, ways[i]+" at the second try", one.sent(), map[bool]int{true: 1, false: 0}[i == at])
			}
			if trail := w.trail(nurse, id); strings.Count(trail, "failed:"+fails+"(500)") != 1 || strings.Count(trail, "accepted:") != 3 {
				t.Error(trail)
			}
		})
	}
}

// TestACallByTheWaysThatAreThere: those that are not are told in the trail, and a call that
// nothing can carry is at its end.
func TestACallByTheWaysThatAreThere(t *testing.T) {
	w := newClinic(t)
	nurse := w.patient()
	for key, trail := range map[string]string{
		"a": "planned claimed:push claimed:email claimed:sms handed-over:push skipped:email(no-address) skipped:sms(no-address) accepted:fcm = done",
		"b": "planned claimed:push claimed:email claimed:sms skipped:push(no-device) skipped:email(no-address) skipped:sms(no-address) = done",
	} {
		if key == "b" {
			w.ok(w.SessionEnded(t.Context(), nurse.ID))
		} else {
			w.register(nurse, "token-"+nurse.ID)
		}
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: key}))
		w.drain()
		want(t, key, w.trail(nurse, w.inbox(nurse)[0].ID), trail)
		w.clock.Move(time.Minute)
	}
}

// TestACallWhoseWorkerDiesComesTwiceAtMost, by each way.
func TestACallWhoseWorkerDiesComesTwiceAtMost(t *testing.T) {
	w := newClinic(t)
	w.called()
	for range 4 {
		w.ok(w.ClaimAndSend(t.Context())) // and its worker died
		w.clock.Move(3 * time.Minute)
	}
	w.drain()
	want(t, "by push, e-mail and SMS", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{2, 2, 2})
}

// blind is a store in which people can't be read while it is told so.
type blind struct {
	store.Store
	now bool
}

func (b *blind) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if b.now && collection == "notify_people" {
		return store.Doc{}, errors.New("a bad page")
	}
	return b.Store.Get(ctx, collection, id)
}

// TestAWayThatCantBePreparedIsTriedAgain, and the others do not wait for it.
func TestAWayThatCantBePreparedIsTriedAgain(t *testing.T) {
	b := &blind{}
	w := newClinic(t, func(c *notify.Config) { b.Store = c.Store; c.Store = b })
	w.called()
	b.now = true
	w.drain()
	want(t, "at first", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{1, 0, 0})
	b.now = false
	w.clock.Move(30 * time.Second)
	want(t, "ended", w.drain()["done handed-over"], 1)
	want(t, "at the second try", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{0, 1, 1})
}
