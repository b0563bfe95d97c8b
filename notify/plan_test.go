package notify_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

func (w *clinic) ahead(s models.Session) []string {
	w.t.Helper()
	a, err := w.Next14Days(w.t.Context(), s.AccountID)
	w.ok(err)
	var out []string
	for _, i := range a.Items {
		out = append(out, i.At.Format("02T15:04"))
	}
	return out
}

func TestPlanIsFourteenDaysAheadAndRolls(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	want(t, "days", len(w.ahead(s)), 14)
	w.at(1, 13, 0)
	for range 30 {
		w.clock.Move(24 * time.Hour)
		_, err := w.Roll(t.Context())
		w.ok(err)
		w.drain()
		want(t, "days", len(w.ahead(s)), 14)
	}
	want(t, "sent in 30 days", w.fcm.sent(), 30)
	n, err := w.Roll(t.Context())
	w.ok(err)
	want(t, "planned again at once", n, 0)
}

func TestEditingTouchesOnePersonOnly(t *testing.T) {
	w := newClinic(t)
	a, b := w.patient(), w.patient()
	w.rules(a, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.rules(b, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	before, err := w.Next14Days(t.Context(), b.AccountID)
	w.ok(err)
	w.rules(a, "check-in", reminder.ForCheckIn([]string{"13:00"}, []string{"MO"}))
	after, err := w.Next14Days(t.Context(), b.AccountID)
	w.ok(err)
	want(t, "the other's plan", fmt.Sprint(after), fmt.Sprint(before))
	want(t, "the edited plan", strings.Join(w.ahead(a), " "), "02T18:00 09T17:00")
	w.rules(a, "check-in", nil)
	want(t, "days left", len(w.ahead(a)), 0)
}

func TestEpochTellsThePhoneToFetchAgain(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	first, err := w.Next14Days(t.Context(), s.AccountID)
	w.ok(err)
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil)) // the same again
	same, _ := w.Next14Days(t.Context(), s.AccountID)
	want(t, "epoch", same.Epoch, first.Epoch)
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:30"}, nil))
	next, _ := w.Next14Days(t.Context(), s.AccountID)
	want(t, "epoch", next.Epoch, first.Epoch+1)
	w.at(2, 12, 30)
	w.drain()
	want(t, "epoch in the push", w.fcm.take()[0].Payload.Epoch, next.Epoch)
}

// TestCapHoldsOverAllSources, also those that come during the day, from many sides
// at once.
func TestCapHoldsOverAllSources(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Site.PerDay = 4 })
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"11:00", "14:00", "17:00"}, nil))
	w.at(2, 11, 0)
	w.drain()
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			err := w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: fmt.Sprint("n", i)})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for h := 11; h < 24; h++ {
		w.at(2, h, 1)
		w.drain()
	}
	want(t, "prompts of the day", w.fcm.sent(), 4)
	want(t, "in the inbox", len(w.inbox(s)), 13)
}

func TestToldTwiceIsSaidOnce(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	note := notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "message-1", Ref: "m1"}
	for range 3 {
		w.ok(w.Tell(t.Context(), note))
		w.drain()
		w.clock.Move(time.Hour)
	}
	want(t, "sent", w.fcm.sent(), 1)
	want(t, "ref in the inbox", w.inbox(s)[0].Ref, "m1")
	for range 10 { // long after the note was forgotten from the plan
		w.clock.Move(24 * time.Hour)
		_, err := w.Roll(t.Context())
		w.ok(err)
		w.drain()
	}
	want(t, "sent again", w.fcm.sent(), 0)
}

func TestVisitThatMovesIsRemindedOfAnew(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	visit := reminder.Visit{ID: "v", Revision: 1, BookedAt: start, Start: start.Add(3 * time.Hour)}
	w.rules(s, "visit:v", reminder.ForVisit(visit))
	w.drain()
	want(t, "confirmation", w.fcm.sent(), 1)
	w.clock.Move(2 * time.Hour)
	w.drain()
	want(t, "an hour before", w.fcm.sent(), 1)
	visit.Revision, visit.BookedAt, visit.Start = 2, w.clock.Now(), visit.Start.Add(4*time.Hour)
	w.rules(s, "visit:v", reminder.ForVisit(visit))
	w.drain()
	want(t, "confirmation of the new time", w.fcm.sent(), 1)
	w.clock.Set(visit.Start.Add(-time.Hour))
	w.drain()
	want(t, "an hour before the new time", w.fcm.sent(), 1)
	w.rules(s, "visit:v", nil) // cancelled
	w.clock.Set(visit.Start)
	w.drain()
	want(t, "after it was cancelled", w.fcm.sent(), 0)
}

func TestTravellerIsRemindedByTheClockOfTheDevice(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	reg := notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "token-" + s.ID}, Zone: "Europe/Berlin"}
	w.clock.Set(time.Date(2026, 3, 3, 11, 30, 0, 0, time.UTC)) // 12:30 in Berlin: the flight jumped over noon
	_, err := w.Register(t.Context(), s, reg)
	w.ok(err)
	w.drain()
	want(t, "on arrival", w.fcm.sent(), 1)
	w.clock.Set(time.Date(2026, 3, 4, 11, 0, 0, 0, time.UTC))
	w.drain()
	want(t, "at noon of Berlin", w.fcm.sent(), 1)
	w.clock.Set(time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)) // 18:00 in Manila: noon is long over
	w.ok(w.SetZone(t.Context(), s.AccountID, "Asia/Manila"))
	w.drain()
	want(t, "hours too late", w.fcm.sent(), 0)
	want(t, "in the inbox", w.inbox(s)[0].Why, "jumped")
	wantCode(t, w.SetZone(t.Context(), s.AccountID, "Mars/Olympus"), models.KindInvalid, "unknown-zone")
}

func TestNewTimeZoneDatabasePlansAgainWhatItMoves(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	other := w.patient()
	w.ok(w.Enroll(t.Context(), notify.Person{AccountID: other.AccountID, Owner: other.PatientID, Home: "Asia/Tokyo", Language: "en"}))
	for _, p := range []models.Session{s, other} {
		w.rules(p, "check-in", reminder.ForCheckIn([]string{"12:00"}, []string{"FR"}))
	}
	w.ok(w.FollowZones(t.Context()))
	want(t, "before", w.ahead(s)[0], "06T17:00")
	w.config.Zones = func(name string) (*time.Location, error) {
		if name == "America/New_York" {
			return time.FixedZone("new law", -4*3600), nil
		}
		return reminder.LoadZone(name)
	}
	epoch, _ := w.Next14Days(t.Context(), other.AccountID)
	w.Notifier = w.instance() // a new version of the program
	w.ok(w.FollowZones(t.Context()))
	want(t, "after", w.ahead(s)[0], "06T16:00")
	same, _ := w.Next14Days(t.Context(), other.AccountID)
	want(t, "the other's epoch", same.Epoch, epoch.Epoch)
}

func TestChoicesOfAPerson(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "medicine", reminder.ForMedicine(reminder.Medicine{ID: "m", Policy: reminder.Here, Times: []string{"12:00"}}))
	set, err := w.Settings(t.Context(), s.AccountID)
	w.ok(err)
	want(t, "prompts a day", set.PerDay, 8)
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1"})) // the planner's own change is in nobody's way
	until := start.Add(26 * time.Hour)
	next, err := w.SetChoices(t.Context(), s.AccountID, set.Version, reminder.Choices{Language: "es", PausedUntil: &until})
	w.ok(err)
	_, err = w.SetChoices(t.Context(), s.AccountID, set.Version, reminder.Choices{})
	wantCode(t, err, models.KindStale, "version-not-newest")
	again, err := w.SetChoices(t.Context(), s.AccountID, set.Version, reminder.Choices{Language: "es", PausedUntil: &until})
	w.ok(err) // its answer was lost
	want(t, "the same again", again.Version, next.Version)
	_, err = w.SetChoices(t.Context(), s.AccountID, next.Version, reminder.Choices{Digest: "99:99"})
	wantCode(t, err, models.KindInvalid, "invalid-input")
	w.at(2, 12, 0)
	w.drain()
	want(t, "during the pause", w.fcm.sent(), 0)
	item := w.inbox(s)[0]
	want(t, "in the inbox all the same", item.Title+"/"+item.Why, "Es la hora/paused")
	w.at(3, 12, 1)
	w.drain()
	want(t, "after the pause", w.fcm.sent(), 1)
}

func TestMissingTranslationFallsBackAndSaysSo(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.choose(s, reminder.Choices{Language: "tlh"})
	for i := range 3 {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: fmt.Sprint(i)}))
	}
	w.drain()
	want(t, "text", w.fcm.take()[0].Text.Title(), "Something new")
	want(t, "lines in the log", strings.Count(w.log.String(), "no translation"), 1)
}

func TestBadRulesAreRefused(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	never := []reminder.Rule{{ID: "x", Kind: reminder.CheckIn, Policy: reminder.Here, Time: "09:00", From: "2026-03-03", Until: "2026-03-02"}}
	wantCode(t, w.SetRules(t.Context(), s.AccountID, "x", never), models.KindInvalid, "invalid-input")
	wantCode(t, w.SetRules(t.Context(), "nobody", "x", nil), models.KindNotFound, "not-found")
	wantCode(t, w.Enroll(t.Context(), notify.Person{AccountID: "a", Owner: "a", Home: "Local"}), models.KindInvalid, "invalid-input")
	w.rules(s, "a", reminder.ForCheckIn([]string{"12:00"}, nil))
	wantCode(t, w.SetRules(t.Context(), s.AccountID, "b", reminder.ForCheckIn([]string{"13:00"}, nil)), models.KindInvalid, "invalid-input") // the id is another source's
}

// TestPlanOfManyBatches: more entries than one batch holds, and a crash between two
// batches, end in the same plan.
func TestPlanOfManyBatches(t *testing.T) {
	w := newClinic(t, func(c *notify.Config) { c.Site.PerDay = 100 })
	s := w.patient()
	var times []string
	for h := 8; h < 22; h++ {
		times = append(times, fmt.Sprintf("%02d:00", h))
	}
	w.rules(s, "check-in", reminder.ForCheckIn(times, nil))
	want(t, "planned", len(w.ahead(s)), 14*14+1) // the clocks change within: 14 days later it is 11:00
}
