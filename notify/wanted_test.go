package notify_test

import (
	"context"
	"errors"
	"testing"

	"handrail/models/reminder"
	"handrail/notify"
)

// What was answered after it was planned, and before it is handed over, is not said; where
// that can't be told, it is.
func TestWhatWasAnsweredIsNotSaid(t *testing.T) {
	answered, broken := map[string]bool{}, false
	w := newClinic(t, func(c *notify.Config) {
		c.Wanted = func(_ context.Context, _, ref string) (bool, error) {
			if broken {
				return false, errors.New("the store does not answer")
			}
			return !answered[ref], nil
		}
	})
	nurse := w.session()
	w.ok(w.Enroll(t.Context(), notify.Person{AccountID: nurse.AccountID, Owner: nurse.AccountID, Home: "UTC", Language: "en"}))
	w.register(nurse, "phone")
	tell := func(ref string) {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: ref, Ref: ref}))
	}
	tell("alert:1")
	tell("alert:2")
	answered["alert:1"] = true
	w.drain()
	want(t, "pushes", w.fcm.sent(), 1)
	want(t, "in the inbox", len(w.inbox(nurse)), 2)
	for _, i := range w.inbox(nurse) {
		if i.Ref == "alert:1" {
			want(t, "its state", w.trail(nurse, i.ID), "planned dropped(answered) = dropped")
		}
	}
	broken = true
	tell("alert:3")
	w.drain()
	want(t, "pushes while nobody can tell", w.fcm.sent(), 1)
}
