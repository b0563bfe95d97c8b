package notify_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models/reminder"
	"handrail/notify"
)

// TestWhoEndedASessionIsAskedOnceForAClaim, and one that nobody can tell of holds up only
// its own.
func TestWhoEndedASessionIsAskedOnceForAClaim(t *testing.T) {
	var questions int
	var broken, ended string
	w := newClinic(t, func(c *notify.Config) {
		c.Limits.Workers = 1
		c.Ended = func(_ context.Context, sessions []string) ([]string, error) {
			questions++
			if slices.Contains(sessions, broken) {
				return nil, errors.New("this one does not open")
			}
			return []string{ended}, nil
		}
	})
	var people []string
	for shard := int64(-1); len(people) < 4; { // all of one shard: they are in one claim
		s := w.session()
		if shard >= 0 && notify.ShardOf(s.AccountID) != shard {
			continue
		}
		shard = notify.ShardOf(s.AccountID)
		people = append(people, s.ID)
		w.ok(w.Enroll(t.Context(), notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "America/New_York", Language: "en"}))
		w.register(s, "token-"+s.ID)
		w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00", "13:00"}, nil))
	}
	ended = people[0]
	w.at(2, 12, 0)
	w.drain()
	want(t, "sent to those who have not ended theirs", w.fcm.sent(), 3)
	want(t, "questions", questions, 1)
	ended, broken = "", people[1]
	w.at(2, 13, 0)
	w.drain()
	want(t, "sent to all but the one that nobody can tell of", w.fcm.sent(), 3)
	broken = ""
	w.clock.Move(30 * time.Second)
	w.drain()
	want(t, "sent when it can be told", w.fcm.sent(), 1)
}

// TestACallWhosePhonesCantBeAskedForGoesByItsOtherWays at once.
func TestACallWhosePhonesCantBeAskedForGoesByItsOtherWays(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) {
		c.Ended = func(context.Context, []string) ([]string, error) { return nil, errors.New("this one does not open") }
	})
	nurse, id := w.called()
	w.fcm.take()
	w.mail.take()
	w.sms.take()
	w.drain()
	want(t, "by push, e-mail and SMS", [3]int{w.fcm.sent(), w.mail.sent(), w.sms.sent()}, [3]int{0, 1, 1})
	if trail := w.trail(nurse, id); !strings.Contains(trail, "failed:push(not-prepared)") || !strings.HasSuffix(trail, "= retry") {
		t.Error(trail)
	}
}
