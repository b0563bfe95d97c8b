package notify_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/notifytest"
	"handrail/notify/webpush"
)

// browsers is a world whose devices are browsers of a real push service.
func browsers(t *testing.T) (*clinic, *notifytest.Push) {
	t.Helper()
	p := notifytest.NewPush()
	t.Cleanup(p.Close)
	w := newClinic(t, func(c *notify.Config) {
		keys, err := notify.Keys(t.Context(), c.Store)
		if err != nil {
			t.Fatal(err)
		}
		ch, err := webpush.New(webpush.Config{Keys: keys, Subject: "mailto:ops@clinic.example", AllowLoopback: true, Now: c.Now})
		if err != nil {
			t.Fatal(err)
		}
		c.Channels = []notify.Channel{ch}
	})
	return w, p
}

// browser signs one more session of an account in, on a browser that takes pushes.
func (w *clinic) browser(p *notifytest.Push, account, name string) models.Session {
	w.t.Helper()
	s := w.session()
	s.AccountID, s.PatientID, s.Role = account, "", models.RoleAdministrator
	_, err := w.Register(w.t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelWebPush, Address: p.Subscribe(name, w.WebPushKey())})
	w.ok(err)
	return s
}

// TestATestPushIsFollowedToTheDevice: one that shows it, one that never says so, one
// that unsubscribed, and one whose service refuses the site.
func TestATestPushIsFollowedToTheDevice(t *testing.T) {
	w, p := browsers(t)
	account := w.session().AccountID
	want := map[string]notify.Outcome{"shows": notify.Accepted, "off": notify.Accepted, "gone": notify.Gone, "refused": notify.Unauthorized}
	names := map[string]string{}
	for name := range want {
		names[w.browser(p, account, name).ID] = name
	}
	p.Answer = func(name string) (int, string) { return map[string]int{"gone": 410, "refused": 403}[name], "" }
	p.Took = func(m notifytest.PushMessage) { // the page says so before the service's answer is here
		var body map[string]any
		if err := json.Unmarshal([]byte(m.Body), &body); err != nil || len(body) != 3 || body["kind"] != "look" {
			t.Errorf("it says %s", m.Body)
		}
		if m.Browser == "shows" {
			w.ok(w.Delivered(t.Context(), account, body["id"].(string), "push"))
		}
	}
	tried, err := w.TryPush(t.Context(), account)
	w.ok(err)
	if len(tried) != len(want) {
		t.Fatalf("%d devices", len(tried))
	}
	for _, d := range tried {
		name := names[d.Device.SessionID]
		shown, err := w.Received(t.Context(), account, d.ID)
		w.ok(err)
		if d.Outcome != want[name] || shown != (name == "shows") {
			t.Errorf("%s: %+v, shown %v", name, d, shown)
		}
		trail, err := w.TrailOf(t.Context(), account, d.ID)
		w.ok(err)
		reach := map[string]string{"shows": notify.ReachDelivered, "off": notify.ReachHanded}[name]
		if trail.Ref != notify.RefPushTest || trail.Delivery != cmp.Or(reach, notify.ReachNot) {
			t.Errorf("%s: %+v", name, trail)
		}
	}
	for _, m := range p.Got() {
		if m.TTL > 600 || m.Urgency != "high" {
			t.Errorf("%+v", m)
		}
	}
	// What was learned of the devices counts, and nobody sends it again.
	states := map[string]int{}
	devices, err := w.Devices(t.Context(), account)
	w.ok(err)
	for _, d := range devices {
		states[d.State]++
	}
	if states["live"] != 2 || states["resting"] != 1 || states["refused"] != 1 {
		t.Errorf("%v", states)
	}
	w.clock.Move(time.Hour)
	if ended := w.drain(); len(ended) != 0 || len(p.Got()) != 2 {
		t.Errorf("a worker takes it up: %v, %d sent", ended, len(p.Got()))
	}
	if again, err := w.TryPush(t.Context(), account); err != nil || len(again) != 4 {
		t.Errorf("%v %v", again, err)
	} else if i := slices.IndexFunc(again, func(d notify.Tried) bool { return d.ID == "" }); i < 0 || again[i].Device.State != "resting" {
		t.Errorf("the one that rests is tried: %+v", again)
	}
	if _, err := w.Received(t.Context(), w.session().AccountID, tried[0].ID); models.KindOf(err) != models.KindNotFound {
		t.Errorf("somebody else's: %v", err)
	}
}

// TestATestPushOfSomebodyWithAPlan: the plan of somebody who is reminded is not touched
// by it, nor the push by the plan.
func TestATestPushOfSomebodyWithAPlan(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	tried, err := w.TryPush(t.Context(), s.AccountID)
	w.ok(err)
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00", "18:00"}, nil)) // plans anew
	w.at(2, 12, 1)
	want(t, "check-in", w.drain()["done handed-over"], 1)
	want(t, "sent in all", w.fcm.sent(), 2)
	items := w.inbox(s)
	if len(items) != 2 || items[1].ID != tried[0].ID || items[1].Ref != notify.RefPushTest {
		t.Errorf("%+v", items)
	}
}

// reached is a channel that knows its services.
type reached struct {
	wire
	list []notify.ProviderCheck
}

func (r *reached) Reach(context.Context) []notify.ProviderCheck { return r.list }

func (*reached) KnownService(notify.Address) string { return "" }

func TestDoctorSaysWhichPushServicesAreReached(t *testing.T) {
	for name, c := range map[string]struct {
		list  []notify.ProviderCheck
		works bool
		says  []string
	}{
		"all":            {[]notify.ProviderCheck{{Service: "A"}, {Service: "B", Ahead: time.Minute}}, true, []string{"A, B answer", "That one arrives is not shown"}},
		"one is not":     {[]notify.ProviderCheck{{Service: "A"}, {Service: "B", Err: errors.New("no answer")}}, false, []string{"B is not reached: no answer", "port 443"}},
		"clock is early": {[]notify.ProviderCheck{{Service: "A", Ahead: -13 * time.Hour}}, false, []string{"the clock here is off by 13h"}},
		"clock is late":  {[]notify.ProviderCheck{{Service: "A", Ahead: 12 * time.Hour}}, false, []string{"the clock here is off by 12h"}},
	} {
		w := newClinic(t, func(cfg *notify.Config) {
			cfg.Channels = []notify.Channel{&reached{wire{name: notify.ChannelWebPush}, c.list}}
		})
		d := w.DoctorReach(t.Context(), "push services")
		for _, says := range c.says {
			if d.Works != c.works || !strings.Contains(d.Says, says) {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
}
