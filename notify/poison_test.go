package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store"
	"handrail/store/storetest"
)

// poisons are bodies that no worker can do anything with.
var poisons = map[string]func(body []byte) []byte{
	"no JSON":            func([]byte) []byte { return []byte("\x00not json") },
	"empty":              func([]byte) []byte { return []byte{} },
	"another type":       func([]byte) []byte { return []byte(`[1, 2]`) },
	"a number for text":  func(b []byte) []byte { return spoil(b, "accountId", 7) },
	"an id that is none": func(b []byte) []byte { return spoil(b, "id", "not-a-uuid") },
	"a kind that is none": func(b []byte) []byte {
		return spoil(b, "kind", "nobody-knows-this")
	},
	"a time that is none":   func(b []byte) []byte { return spoil(b, "nextAt", "yesterday") },
	"a step that is beyond": func(b []byte) []byte { return spoil(b, "at", -5) },
}

func spoil(body []byte, field string, value any) []byte {
	var v map[string]any
	if json.Unmarshal(body, &v) != nil {
		return body
	}
	v[field] = value
	out, _ := json.Marshal(v)
	return out
}

func (w *clinic) poison(collection, id string, how func([]byte) []byte) {
	w.t.Helper()
	d, err := w.store.Get(w.t.Context(), collection, id)
	w.ok(err)
	d.Body = how(d.Body)
	w.ok(w.store.Replace(w.t.Context(), collection, d))
}

// due lists what is planned for somebody.
func (w *clinic) due(accountID string) []store.Doc {
	w.t.Helper()
	page, err := w.store.Query(w.t.Context(), "notify_due", store.Query{Index: "account", Equal: []any{accountID}, Limit: 1000})
	w.ok(err)
	return page.Docs
}

// TestAnEntryThatCantBeReadIsADeadLetter, is told once, and starves nobody.
func TestAnEntryThatCantBeReadIsADeadLetter(t *testing.T) {
	for name, how := range poisons {
		t.Run(name, func(t *testing.T) {
			var count *storetest.Counting
			w := newClinic(t, func(c *notify.Config) {
				count = &storetest.Counting{Store: c.Store}
				c.Store = count
			})
			sick, well := w.patient(), w.patient()
			for _, s := range []struct{ account string }{{sick.AccountID}, {well.AccountID}} {
				w.ok(w.SetRules(t.Context(), s.account, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil)))
			}
			bad := w.due(sick.AccountID)[0]
			w.poison("notify_due", bad.ID, how)
			w.at(2, 12, 0)
			w.drain()
			want(t, "the other's reminder", w.fcm.sent(), 1)
			page, err := w.Dead(t.Context(), notify.Paging{})
			w.ok(err)
			if len(page.Items) != 1 || page.Items[0].ID != bad.ID || page.Items[0].Why != "unreadable" || page.Items[0].AccountID != sick.AccountID {
				t.Errorf("dead letters: %+v", page.Items)
			}
			lines, before, wrote := strings.Count(w.log.String(), "\n"), count.Asked.Load(), count.Wrote.Load()
			for range 20 {
				w.drain()
			}
			want(t, "lines of the log", strings.Count(w.log.String(), "\n"), lines)
			want(t, "writes", count.Wrote.Load(), wrote)
			if asked := (count.Asked.Load() - before) / 20; asked > 2*32*6 {
				t.Errorf("%d calls to the store for each look", asked)
			}
			w.at(3, 12, 0) // both are reminded on the next day
			w.drain()
			want(t, "the next day", w.fcm.sent(), 2)
			if items := w.inbox(sick); len(items) == 0 {
				t.Error("the inbox does not open")
			}
		})
	}
}

// TestOneEntryThatCantBeWrittenRests: it goes out once, makes no loop and hides nobody.
func TestOneEntryThatCantBeWrittenRests(t *testing.T) {
	var refuses *refusing
	w := newClinic(t, func(c *notify.Config) {
		refuses = &refusing{Store: c.Store}
		c.Store = refuses
	})
	sick, well := w.patient(), w.patient()
	for _, s := range []string{sick.AccountID, well.AccountID} {
		w.ok(w.SetRules(t.Context(), s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil)))
	}
	refuses.id = w.due(sick.AccountID)[0].ID
	w.at(2, 12, 0)
	for range 50 {
		w.drain()
	}
	want(t, "sent", w.fcm.sent(), 2)
	want(t, "tries", int(refuses.tries.Load()), 1)
	for i := range 5 {
		w.clock.Move(2*time.Minute + time.Second)
		for range 3 {
			w.drain()
		}
		want(t, "sent again", w.fcm.sent(), 0)
		want(t, "tries of lease by lease", int(refuses.tries.Load()) > i/2, true)
	}
	want(t, "tries in ten minutes", int(refuses.tries.Load()) <= 5, true)
	marks, err := w.Aside().Marks(t.Context())
	w.ok(err)
	if len(marks) != 1 || marks[0].Ref != refuses.id {
		t.Errorf("marks: %+v", marks)
	}
	for _, d := range w.Doctor(t.Context()) {
		if d.Part == "set aside" && d.Works {
			t.Error("the doctor sees nothing set aside")
		}
	}
}

type refusing struct {
	store.Store
	id    string
	tries atomic.Int64
}

func (r *refusing) Batch(ctx context.Context, ops ...store.Op) error {
	for i, op := range ops {
		if r.id != "" && op.Doc.ID == r.id {
			r.tries.Add(1)
			return &store.OpError{Index: i, Err: store.ErrInvalid}
		}
	}
	return r.Store.Batch(ctx, ops...)
}

func (r *refusing) Replace(ctx context.Context, collection string, d store.Doc) error {
	return errors.Unwrap(r.Batch(ctx, store.Replace(collection, d)))
}

// TestOnePersonWhoCantBePlannedStopsNobody: the planner, the walk after a new
// database of zones, the inbox.
func TestOnePersonWhoCantBePlannedStopsNobody(t *testing.T) {
	for name, how := range map[string]func([]byte) []byte{
		"no JSON":          func([]byte) []byte { return []byte("{") },
		"rules of no kind": func(b []byte) []byte { return spoil(b, "sources", map[string]any{"x": "y"}) },
		"a rule that panics": func(b []byte) []byte {
			return spoil(b, "sources", map[string]any{"x": []any{map[string]any{"policy": "every"}}})
		},
		"an unknown policy": func(b []byte) []byte {
			return spoil(b, "sources", map[string]any{"x": []any{map[string]any{"policy": "?", "kind": "?"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t)
			people := []string{}
			for range 5 {
				s := w.patient()
				w.ok(w.SetRules(t.Context(), s.AccountID, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil)))
				people = append(people, s.AccountID)
			}
			w.poison("notify_people", people[2], how)
			w.clock.Move(20 * 24 * time.Hour)
			w.fcm.take()
			for range 3 {
				if _, err := w.Roll(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.FollowZones(t.Context()); err != nil {
				t.Error(err)
			}
			for i, id := range people {
				ahead, err := w.Next14Days(t.Context(), id)
				if i != 2 && (err != nil || len(ahead.Items) == 0) {
					t.Errorf("person %d has %d reminders, %v", i, len(ahead.Items), err)
				}
			}
			if n := strings.Count(w.log.String(), "set something aside"); n > 1 {
				t.Errorf("told %d times", n)
			}
		})
	}
}

// TestAnOddZoneStopsNobodysReminders, not even its owner's.
func TestAnOddZoneStopsNobodysReminders(t *testing.T) {
	for _, zone := range []string{"posix/America/New_York", "right/America/New_York", "Local", "", "nowhere"} {
		w := newClinic(t, func(c *notify.Config) { c.Site.Zone = "America/New_York" })
		odd, well := w.patient(), w.patient()
		for _, id := range []string{odd.AccountID, well.AccountID} {
			w.ok(w.SetRules(t.Context(), id, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil)))
		}
		w.poison("notify_people", odd.AccountID, func(b []byte) []byte {
			return spoil(spoil(b, "Home", zone), "stays", []any{map[string]any{"from": start, "zone": zone}})
		})
		w.clock.Move(20 * 24 * time.Hour)
		if _, err := w.Roll(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{odd.AccountID, well.AccountID} {
			if ahead, err := w.Next14Days(t.Context(), id); err != nil || len(ahead.Items) < 14 {
				t.Errorf("%q: %d reminders, %v", zone, len(ahead.Items), err)
			}
		}
		if !strings.Contains(w.log.String(), "time zone is none of IANA's") {
			t.Errorf("%q: the operator is not told", zone)
		}
		if s, err := w.Settings(t.Context(), odd.AccountID); err != nil || s.Zone != "America/New_York" {
			t.Errorf("%q: %q, %v", zone, s.Zone, err)
		}
	}
}

// TestEveryDeviceGetsItsPushAndIsForgotten, beyond the twentieth too, and beside one
// that can't be read.
func TestEveryDeviceGetsItsPushAndIsForgotten(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	for i := range 24 {
		other := w.session()
		other.AccountID, other.PatientID = s.AccountID, s.PatientID
		w.register(other, "more-"+other.ID)
		if i == 7 {
			w.poison("notify_devices", other.ID, poisons["no JSON"])
		}
	}
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 12, 0)
	w.drain()
	want(t, "pushes", w.fcm.sent(), 24)
	w.ok(w.AccountEnded(t.Context(), s.AccountID))
	page, err := w.store.Query(t.Context(), "notify_devices", store.Query{Index: "id", Limit: 100})
	w.ok(err)
	want(t, "devices left", len(page.Docs), 0)
}

// TestAChannelThatPanicsOrNeverComesBack ends neither the program nor the lease.
func TestAChannelThatPanicsOrNeverComesBack(t *testing.T) {
	hang := make(chan struct{})
	defer close(hang)
	for name, do := range map[string]func(notify.Message) notify.Result{
		"panics": func(notify.Message) notify.Result { panic("of a provider") },
		"hangs": func(notify.Message) notify.Result {
			<-hang
			return notify.Result{Outcome: notify.Accepted}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t, func(c *notify.Config) {
				c.Limits = notify.Limits{Lease: 2 * time.Second}
				c.Log = slog.New(slog.DiscardHandler)
			})
			s := w.patient()
			w.fcm.answer = do
			w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
			w.at(2, 12, 0)
			w.drain()
			tr := w.trail(s, w.inbox(s)[0].ID)
			if !strings.Contains(tr, "failed:fcm(channel-") {
				t.Error(tr)
			}
		})
	}
}
