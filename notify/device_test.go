package notify_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// prompt tells something and hands it over; it gives what was sent.
func (w *clinic) prompt(s models.Session, key string) int {
	w.t.Helper()
	w.ok(w.Tell(w.t.Context(), notify.Note{AccountID: s.AccountID, Kind: reminder.News, Key: key}))
	w.drain()
	return w.fcm.sent()
}

func (w *clinic) states(s models.Session) (out string) {
	w.t.Helper()
	list, err := w.Devices(w.t.Context(), s.AccountID)
	w.ok(err)
	for _, d := range list {
		out += d.State + " "
	}
	return out
}

func (w *clinic) wanted(s models.Session) bool {
	w.t.Helper()
	list, err := w.Devices(w.t.Context(), s.AccountID)
	w.ok(err)
	return len(list) == 1 && list[0].WantFresh
}

func TestUnregisteredRestsFirstAndGoesAtTheSecondStrike(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Gone, Code: "UNREGISTERED"})
	w.prompt(s, "1")
	want(t, "after the first strike", w.states(s), "resting ")
	want(t, "a fresh token is asked for", w.wanted(s), true)
	asked := w.fcm.asked
	w.prompt(s, "2")
	want(t, "tries while it rests", w.fcm.asked, asked)
	w.register(s, "token-"+s.ID) // the same token is no fresh one
	want(t, "with the old token again", w.states(s), "resting ")
	w.clock.Move(24 * time.Hour)
	w.prompt(s, "3")
	want(t, "after the second strike", w.states(s), "")
}

func TestLiveTokenThatWasCalledUnregisteredComesBack(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Gone, Code: "UNREGISTERED"})
	w.prompt(s, "1")
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.clock.Move(24 * time.Hour)
	want(t, "sent after its rest", w.prompt(s, "2"), 1)
	want(t, "state", w.states(s), "live ")
	want(t, "a fresh token is asked for", w.wanted(s), false)
}

func TestFreshTokenEndsTheRest(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Gone})
	w.prompt(s, "1")
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.register(s, "fresh")
	want(t, "state", w.states(s), "live ")
	want(t, "sent", w.prompt(s, "2"), 1)
}

func TestSenderMismatchIsSetAside(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Mismatch})
	w.prompt(s, "1")
	want(t, "state", w.states(s), "set-aside ")
	asked := w.fcm.asked
	w.clock.Move(48 * time.Hour)
	w.prompt(s, "2")
	want(t, "tries afterwards", w.fcm.asked, asked)
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	w.register(s, "of the right project")
	want(t, "sent", w.prompt(s, "3"), 1)
}

// TestOneRefusalOfOurKeyEndsNothing: the site's own key, contact or clock may be wrong
// for a day. The device is asked for a fresh token and goes on being tried.
func TestOneRefusalOfOurKeyEndsNothing(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.fcm.answers(notify.Result{Outcome: notify.Unauthorized})
	w.prompt(s, "1")
	want(t, "state", w.states(s), "refused ")
	want(t, "a fresh token is asked for", w.wanted(s), true)
	d, err := w.Register(t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "token-" + s.ID}})
	w.ok(err)
	want(t, "the same token again", d.State, "refused")
	want(t, "the registration says that a fresh one is wanted", d.WantFresh, true)
	w.fcm.answers(notify.Result{Outcome: notify.Accepted})
	want(t, "sent when the key is right again", w.prompt(s, "2"), 1)
	want(t, "state", w.states(s), "live ")
	want(t, "a fresh token is asked for", w.wanted(s), false)
}

func TestSignOutEndsPushes(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	w.ok(w.SessionEnded(t.Context(), s.ID))
	w.ok(w.SessionEnded(t.Context(), s.ID)) // again is fine
	want(t, "sent", w.prompt(s, "1"), 0)
	want(t, "in the inbox", len(w.inbox(s)), 1)
	w.register(s, "token")
	w.ok(w.AccountEnded(t.Context(), s.AccountID))
	want(t, "devices", w.states(s), "")
}

// TestNoPushGoesToADeviceThatWasEndedElsewhere, before the news of it has come here.
func TestNoPushGoesToADeviceThatWasEndedElsewhere(t *testing.T) {
	var ended []string
	var failing error
	w := newClinic(t, func(c *notify.Config) {
		c.Ended = func(context.Context, []string) ([]string, error) { return ended, failing }
	})
	s := w.patient()
	want(t, "sent", w.prompt(s, "1"), 1)
	ended = []string{s.ID}
	want(t, "sent to an ended device", w.prompt(s, "2"), 0)
	ended, failing = nil, errors.New("no answer")
	want(t, "sent when nobody can tell", w.prompt(s, "3"), 0)
}

func TestTokenMovesWithThePhoneToAnotherAccount(t *testing.T) {
	w := newClinic(t)
	old, next := w.patient(), w.patient()
	next.Device = old.Device // the phone changed hands: same app, same device
	w.register(next, "token-"+old.ID)
	want(t, "the old owner's devices", w.states(old), "")
	want(t, "sent to the old owner", w.prompt(old, "1"), 0)
	want(t, "sent to the new one", w.prompt(next, "1"), 1)
}

// TestPeopleOfOneBrowserAllGetPushes: it has one token for all of them. Who is not named
// any more has left, and who leaves ends nobody else's.
func TestPeopleOfOneBrowserAllGetPushes(t *testing.T) {
	w := newClinic(t)
	ann, ben, cleo := w.patient(), w.patient(), w.patient()
	token := "token-" + ann.ID
	beside := func(s models.Session, others ...string) {
		t.Helper()
		_, err := w.Register(t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: token}, Beside: others})
		w.ok(err)
	}
	ben.Device, cleo.Device = ann.Device, ann.Device
	beside(ben, ann.ID, ben.ID)
	beside(cleo, ann.ID, ben.ID)
	beside(ann, ben.ID, cleo.ID) // at each start
	want(t, "sent", w.prompt(ann, "1")+w.prompt(ben, "1")+w.prompt(cleo, "1"), 3)
	w.ok(w.SessionEnded(t.Context(), ben.ID))
	want(t, "sent after one left", w.prompt(ann, "2")+w.prompt(ben, "2")+w.prompt(cleo, "2"), 2)
	beside(ann)
	want(t, "of who is not named", w.states(cleo), "")
	want(t, "of who names", w.states(ann), "live ")

	elsewhere := w.patient() // named, but on a phone of their own
	token = "token-" + elsewhere.ID
	_, err := w.Register(t.Context(), ann, notify.Registration{DeviceID: ann.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: token}, Beside: []string{elsewhere.ID}})
	wantCode(t, err, models.KindForbidden, "not-your-device")
	_, err = w.Register(t.Context(), ann, notify.Registration{DeviceID: ann.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "x"}, Beside: make([]string, notify.MaxBeside+1)})
	wantCode(t, err, models.KindInvalid, "invalid-input")
}

func TestTokenOfSomebodyElsesDeviceIsRefused(t *testing.T) {
	w := newClinic(t)
	victim, thief := w.patient(), w.patient()
	try := func(device, token string) error {
		_, err := w.Register(t.Context(), thief, notify.Registration{DeviceID: device, Channel: notify.ChannelFCM, Address: notify.Address{To: token}})
		return err
	}
	wantCode(t, try(thief.Device.ID, "token-"+victim.ID), models.KindForbidden, "not-your-device")
	wantCode(t, try(victim.Device.ID, "token-"+victim.ID), models.KindForbidden, "not-your-device")
	wantCode(t, try("", "x"), models.KindForbidden, "not-your-device")
	want(t, "sent to the victim", w.prompt(victim, "1"), 1)

	w.clock.Move(31 * 24 * time.Hour) // nobody has seen the device for a month
	w.ok(try(thief.Device.ID, "token-"+victim.ID))
}

func TestBadRegistrations(t *testing.T) {
	w := newClinic(t)
	s := w.patient()
	for name, r := range map[string]notify.Registration{
		"no channel":   {DeviceID: s.Device.ID, Address: notify.Address{To: "x"}},
		"no token":     {DeviceID: s.Device.ID, Channel: notify.ChannelFCM},
		"no such zone": {DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "x"}, Zone: "Local"},
		"not by hand":  {DeviceID: s.Device.ID, Channel: notify.ChannelEmail, Address: notify.Address{To: "x"}},
	} {
		if _, err := w.Register(t.Context(), s, r); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	bare, err := notify.New(t.Context(), notify.Config{Store: w.store, Now: w.clock.Now, Channels: []notify.Channel{&picky{}}})
	w.ok(err)
	_, err = bare.Register(t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: "x"}})
	wantCode(t, err, models.KindUnavailable, "channel-off")
	_, err = bare.Register(t.Context(), s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelWebPush, Address: notify.Address{To: "https://10.0.0.1/secret"}})
	wantCode(t, err, models.KindInvalid, "invalid-input")
}

// picky refuses every address.
type picky struct{ wire }

func (*picky) Name() string { return notify.ChannelWebPush }

func (*picky) CheckAddress(context.Context, notify.Address) error {
	return errors.New("the endpoint is not at a public address")
}

func TestStaleDevicesAreForgotten(t *testing.T) {
	w := newClinic(t)
	old, fresh := w.patient(), w.patient()
	w.clock.Move(20 * 24 * time.Hour)
	w.register(fresh, "token-"+fresh.ID)
	w.clock.Move(11 * 24 * time.Hour)
	n, err := w.Prune(t.Context())
	w.ok(err)
	want(t, "forgotten", n, 1)
	want(t, "the stale one", w.states(old), "")
	want(t, "the fresh one", w.states(fresh), "live ")
}

func TestEachDeviceGetsItOnce(t *testing.T) {
	w := newClinic(t)
	phone := w.patient()
	tablet := phone
	tablet.ID, tablet.Device.ID = "11111111-1111-4111-8111-111111111111", "tablet"
	w.register(tablet, "tablet")
	fail := true
	w.fcm.answer = func(m notify.Message) notify.Result {
		if m.To.To == "tablet" && fail {
			return notify.Result{Outcome: notify.Retry}
		}
		return notify.Result{Outcome: notify.Accepted}
	}
	want(t, "the phone", w.prompt(phone, "1"), 1)
	fail = false
	w.clock.Move(time.Minute)
	w.drain()
	got := w.fcm.take()
	want(t, "tried again", len(got), 1)
	want(t, "only the tablet", got[0].To.To, "tablet")
}

// TestTwoAnswersOfOneClaimAreOneStrike: a token that two messages of the same moment found gone
// rests, as after one, and nobody is told that it was forgotten.
func TestTwoAnswersOfOneClaimAreOneStrike(t *testing.T) {
	w := newClinic(t)
	nurse := w.patient()
	for _, key := range []string{"a", "b"} {
		w.ok(w.Tell(t.Context(), notify.Note{AccountID: nurse.AccountID, Kind: reminder.TeamAlarm, Key: key, Ref: "alert:" + key}))
	}
	w.fcm.answers(notify.Result{Outcome: notify.Gone})
	w.drain()
	want(t, "messages", w.fcm.asked, 2)
	want(t, "in the inbox, calls alone", len(w.inbox(nurse)), 2)
	devices, err := w.Devices(t.Context(), nurse.AccountID)
	w.ok(err)
	if len(devices) != 1 || devices[0].State != "resting" {
		t.Errorf("devices: %+v", devices)
	}
}
