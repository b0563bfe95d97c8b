package notify_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/fcm"
	"handrail/notify/notifytest"
	"handrail/notify/webpush"
)

// firebase is a world whose phones are reached through the real SDK and a strict
// endpoint.
func firebase(t testing.TB, change ...func(*notify.Config)) (*clinic, *notifytest.FCM) {
	t.Helper()
	f := notifytest.NewFCM("demo-handrail")
	w := newClinic(t, append([]func(*notify.Config){func(c *notify.Config) {
		ch, err := fcm.New(t.Context(), fcm.Config{ProjectID: "demo-handrail", Endpoint: f.Endpoint(), Now: c.Now})
		if err != nil {
			t.Fatal(err)
		}
		c.Channels = append([]notify.Channel{ch}, c.Channels[2:]...)
	}}, change...)...)
	t.Cleanup(func() {
		f.Close()
		for _, p := range f.Wrong() {
			t.Errorf("not as published: %s", p)
		}
	})
	return w, f
}

// dueAtNoon makes people who are all due at noon.
func (w *clinic) dueAtNoon(people int) {
	var wg sync.WaitGroup
	next := make(chan struct{})
	for range min(people, 64) {
		wg.Go(func() {
			for range next {
				s := w.session()
				ctx := w.t.Context()
				if err := w.Enroll(ctx, notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "America/New_York", Language: "en"}); err != nil {
					w.t.Error(err)
				}
				if _, err := w.Register(ctx, s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "token-" + s.ID}}); err != nil {
					w.t.Error(err)
				}
				if err := w.SetRules(ctx, s.AccountID, "check-in", []reminder.Rule{{ID: "c", Kind: reminder.CheckIn, Policy: reminder.Here, Time: "12:00",
					From: "2026-03-02", Until: "2026-03-02"}}); err != nil {
					w.t.Error(err)
				}
			}
		})
	}
	for range people {
		next <- struct{}{}
	}
	close(next)
	wg.Wait()
	w.at(2, 12, 0)
}

func TestRealSDKHandsOverEachReminderOnce(t *testing.T) {
	w, f := firebase(t)
	w.dueAtNoon(300)
	ended := w.drain()
	want(t, "handed over", ended["done handed-over"], 300)
	want(t, "arrived", f.Count(), 300)
	want(t, "different ones", len(f.Copies()), 300)
}

func TestRealSDKErrorsReachTheDevices(t *testing.T) {
	w, f := firebase(t)
	answers := map[string]notifytest.FCMAnswer{"gone": notifytest.Unregistered, "foreign": notifytest.SenderMismatch, "busy": notifytest.Unavailable}
	var mu sync.Mutex
	f.Answer = func(token string) *notifytest.FCMAnswer {
		mu.Lock()
		defer mu.Unlock()
		if a, ok := answers[token]; ok {
			return &a
		}
		return nil
	}
	state := func(token string) string {
		s := w.patient()
		w.register(s, token)
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1"}))
		w.drain()
		return w.states(s) + w.inbox(s)[0].Delivery
	}
	want(t, "unregistered", state("gone"), "resting not")
	want(t, "sender mismatch", state("foreign"), "set-aside not")
	want(t, "fine", state("fine"), "live handed")
	want(t, "busy", state("busy"), "live planned")
	mu.Lock()
	answers = nil
	mu.Unlock()
	w.clock.Move(time.Minute)
	want(t, "after it was busy", w.drain()["done handed-over"], 1)
}

// TestInstancesAreKilledWhileTheProviderAnswersSlowly: three instances, two of which
// are cut off in the middle. Nothing is lost; a device gets one copy more at most.
func TestInstancesAreKilledWhileTheProviderAnswersSlowly(t *testing.T) {
	w, f := firebase(t, func(c *notify.Config) { c.Limits.Batch, c.Limits.Workers = 20, 2 })
	const people = 400
	w.dueAtNoon(people)
	f.Latency = 5 * time.Millisecond
	var wg sync.WaitGroup
	for range 2 {
		ctx, kill := context.WithCancel(t.Context())
		n := w.dyingInstance(ctx)
		wg.Go(func() { _, _ = n.Drain(ctx) }) // ends with an error: it is killed
		wg.Go(func() {
			for f.Count() < people/4 && ctx.Err() == nil {
				time.Sleep(time.Millisecond) // waits for work that is under way, not for a time
			}
			kill()
		})
	}
	wg.Wait()
	for range 4 {
		w.drain()
		w.clock.Move(2 * time.Minute)
	}
	copies, twice := f.Copies(), 0
	for what, n := range copies {
		if n > 2 {
			t.Errorf("%s came %d times", what, n)
		}
		if n == 2 {
			twice++
		}
	}
	page, err := w.Dead(t.Context(), notify.Paging{})
	w.ok(err)
	if len(copies)+len(page.Items) < people {
		t.Errorf("%d of %d arrived, %d are dead letters", len(copies), people, len(page.Items))
	}
	t.Logf("%d arrived, %d of them twice", len(copies), twice)
}

// dyingInstance is an instance whose store is cut off together with it, so that it
// can't write down what it sent.
func (w *clinic) dyingInstance(ctx context.Context) *notify.Notifier {
	w.t.Helper()
	config := w.config
	config.Store = cutOff{w.store, ctx}
	n, err := notify.New(w.t.Context(), config)
	w.ok(err)
	return n
}

func TestWebPushFromTheQueueToTheBrowser(t *testing.T) {
	push := notifytest.NewPush()
	defer push.Close()
	w := newClinic(t)
	keys, err := notify.Keys(t.Context(), w.store)
	w.ok(err)
	ch, err := webpush.New(webpush.Config{Keys: keys, Subject: "mailto:ops@clinic.example", AllowLoopback: true, Now: w.clock.Now})
	w.ok(err)
	w.config.Channels = []notify.Channel{ch}
	w.Notifier = w.instance()
	s := w.patientWithoutPhone()
	register := func(a notify.Address) error {
		_, err := w.Register(t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelWebPush, Address: a})
		return err
	}
	bad := push.Subscribe("bad", keys.Public)
	bad.Auth = "x"
	wantCode(t, register(bad), models.KindInvalid, "invalid-input")
	w.ok(register(push.Subscribe("chromium", w.WebPushKey())))
	w.ok(w.Tell(t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: "1"}))
	w.drain()
	for _, p := range push.Wrong() {
		t.Errorf("not as the standards say: %s", p)
	}
	got := push.Got()
	want(t, "messages", len(got), 1)
	var body struct{ Kind, ID string }
	w.ok(json.Unmarshal([]byte(got[0].Body), &body))
	want(t, "body", body.Kind+" "+body.ID, "look "+w.inbox(s)[0].ID)
	want(t, "trail", strings.Contains(w.trail(s, body.ID), "accepted:webpush"), true)
}

func (w *clinic) patientWithoutPhone() models.Session {
	w.t.Helper()
	s := w.session()
	w.ok(w.Enroll(w.t.Context(), notify.Person{AccountID: s.AccountID, Owner: s.PatientID, Home: "America/New_York", Language: "en"}))
	return s
}
