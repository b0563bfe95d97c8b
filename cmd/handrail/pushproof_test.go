package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/models"
	"handrail/notify/notifytest"
	"handrail/notify/webpush"
)

// loopbackClinic is the demo in a folder, which may let pushes go to this machine; with its
// administrator signed in, and its people.
func loopbackClinic(t *testing.T, data string, more ...string) (*running, *person, []demoAccount) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "demo.json")
	cmd, out, log := program(t, append([]string{"demo", "--port", "0", "--admin-listen", "off", "--data", data, "--loopback-pushes", "--json", file}, more...)...)
	for line := ""; !strings.Contains(line, "Handrail serves at"); {
		var err error
		if line, err = out.ReadString('\n'); err != nil {
			t.Fatalf("%v: %s", err, log)
		}
	}
	var demo struct {
		BaseURL  string        `json:"baseURL"`
		Accounts []demoAccount `json:"accounts"`
	}
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &demo)
	}
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, cmd: cmd, data: data, base: demo.BaseURL, log: log, out: out}
	i := slices.IndexFunc(demo.Accounts, func(a demoAccount) bool { return a.Role == models.RoleAdministrator })
	return r, r.enrol(demo.Accounts[i].EnrolmentCode), demo.Accounts
}

// takesPushes lets a browser of a push service be the person's device.
func (p *person) takesPushes(service *notifytest.Push, name string) {
	t := p.r.t
	t.Helper()
	a := service.Subscribe(name, got(p.PushKey(t.Context()))(t))
	got(p.SetPushDevice(t.Context(), client.NewPushDevice{Channel: "webpush", Token: a.To, P256DH: a.P256dh, Auth: a.Auth}))(t)
}

// TestDoctorProvesAPush: the whole program, an administrator's browser at a push service
// that is here, and doctor beside it.
func TestDoctorProvesAPush(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r, ada, _ := loopbackClinic(t, data)
	defer r.stop()
	service := notifytest.NewPush()
	defer service.Close()
	maker := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", instants.Now().UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusNotFound)
	}))
	defer maker.Close()
	reached := []webpush.Service{{Name: "Maker", Hosts: []string{"127.0.0.1"}, Asked: []string{maker.URL}}}
	doctor := func(services []webpush.Service, args ...string) (int, string) {
		var o strings.Builder
		c := &call{environ: []string{"HANDRAIL_DATA=" + data}, out: &o, errors: &o, now: instants.Now, services: services}
		code := c.run(t.Context(), append([]string{"doctor", "--push-wait", "0s"}, args...))
		return code, o.String()
	}
	wants := func(name string, wantCode, gotCode int, out string, says ...string) {
		t.Helper()
		for _, s := range says {
			if !strings.Contains(out, s) {
				t.Errorf("%s: no %q in\n%s", name, s, out)
			}
		}
		if gotCode != wantCode || strings.Contains(out, service.URL()) {
			t.Errorf("%s: exit code %d\n%s", name, gotCode, out)
		}
	}
	to := []string{"--push-to", ada.account}

	got, out := doctor(reached)
	wants("nobody named", exitFine, got, out, "push services  works  those of Maker answer", "That one arrives is not shown by this", "webpush        works  The key and the contact")
	got, out = doctor([]webpush.Service{{Name: "Maker", Asked: []string{"http://127.0.0.1:1/"}}})
	wants("no way out", exitFailed, got, out, "push services  FAILS  Maker is not reached: no connection")
	got, out = doctor(reached, to...)
	wants("no device", exitFailed, got, out, "push           FAILS  the account has no device")

	ada.takesPushes(service, "desk")
	got, out = doctor(reached, to...)
	wants("silent", exitFailed, got, out, "push 1 of 1    open   Maker took it. That is not yet that it arrived", "no device said")

	var acknowledged atomic.Int32
	service.Took = func(m notifytest.PushMessage) { // as the page's worker does
		var body struct{ Kind, ID string }
		if err := json.Unmarshal([]byte(m.Body), &body); err != nil || body.Kind != "look" {
			t.Errorf("the push is %s", m.Body)
		}
		if err := ada.ReminderDelivered(t.Context(), body.ID, "push"); err != nil {
			t.Error(err)
		}
		acknowledged.Add(1)
	}
	got, out = doctor(reached, to...)
	wants("shown", exitFine, got, out, "push 1 of 1    works  Maker took it, and the device says that it showed it")
	if acknowledged.Load() != 1 {
		t.Errorf("%d pushes", acknowledged.Load())
	}
	if inbox := all(t, ada.Reminders(t.Context())); inbox[0].Ref != "push-test" || inbox[0].Delivery != "delivered" {
		t.Errorf("the inbox has %v", inbox)
	}

	service.Answer = func(string) (int, string) { return http.StatusForbidden, "" }
	got, out = doctor(reached, to...)
	wants("refused", exitFailed, got, out, "push 1 of 1    FAILS  Maker refuses this site (403)", "--webpush-subject")
	service.Answer = func(string) (int, string) { return http.StatusGone, "" }
	got, out = doctor(reached, to...)
	wants("gone", exitFailed, got, out, "push 1 of 1    open   Maker answered (410), and does not have this device any more")
	got, out = doctor(reached, to...)
	wants("rests", exitFailed, got, out, "push 1 of 1    open   nothing was sent: the device is resting")

	sam := r.newPatient(ada)
	for _, other := range []string{sam.account, newID(), "x"} {
		got, out = doctor(reached, "--push-to", other)
		wants("somebody else", exitFailed, got, out, "--push-to takes the id of an account of somebody who works for the clinic")
	}
	for _, w := range service.Wrong() {
		t.Error(w)
	}
}

// TestDoctorAsksNoServiceOfASiteWithoutTLS: no browser subscribes to pushes of it.
func TestDoctorAsksNoServiceOfASiteWithoutTLS(t *testing.T) {
	if code, out := doctorAt(t, aClinic(t)); code != exitFine || !strings.Contains(out, "push services  off    --base-url is not https") {
		t.Errorf("%d\n%s", code, out)
	}
}
