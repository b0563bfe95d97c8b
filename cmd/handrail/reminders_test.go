package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/store/storetest"
)

// doctorAt runs doctor with an environment of its own.
func doctorAt(t *testing.T, data string, environ ...string) (code int, out string) {
	t.Helper()
	var o strings.Builder
	c := &call{environ: append([]string{"HANDRAIL_DATA=" + data}, environ...), out: &o, errors: &o, now: instants.Now}
	code = c.run(t.Context(), []string{"doctor"})
	return code, o.String()
}

func aClinic(t *testing.T) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	if code, out := operator(t, data, "account", "create", "--role", "patient", "--name", "Sam"); code != exitFine {
		t.Fatal(out)
	}
	return data
}

func TestDoctorOfASiteWithoutCredentials(t *testing.T) {
	code, out := doctorAt(t, aClinic(t))
	for _, want := range []string{"inbox          works", "webpush        works", "fcm            off", "email          off", "sms            off", "queue          works"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != exitFine {
		t.Errorf("a channel that was never set is no fault: %d", code)
	}
}

func TestDoctorSaysWhyAndShowsNoSecret(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fcm.json")
	if err := os.WriteFile(file, []byte(`{"type":"hush-hush"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out := doctorAt(t, aClinic(t), "HANDRAIL_FCM_PROJECT=riverside", "HANDRAIL_FCM_CREDENTIALS="+file,
		"HANDRAIL_SMTP_HOST=127.0.0.1", "HANDRAIL_SMTP_PORT=1", "HANDRAIL_SMTP_FROM=no-reply@example.org",
		"HANDRAIL_SMTP_USER=u", "HANDRAIL_SMTP_PASSWORD=hush-hush",
		"HANDRAIL_SMS_URL=http://127.0.0.1:1/sms", "HANDRAIL_SMS_SECRET=hush-hush-hush-hush-hush-hush")
	for _, want := range []string{"fcm            FAILS  the Firebase credentials can't be used", "email          FAILS", "sms            FAILS", "webpush        works"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if code != exitFailed || strings.Contains(out, "hush") {
		t.Errorf("%d\n%s", code, out)
	}
}

// withNotifier opens the notifier of a data folder for a test.
func withNotifier(t *testing.T, data string, use func(context.Context, *instance, *notify.Notifier)) {
	t.Helper()
	s, _, err := readSettings([]string{"--data", data}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.now = instants.Now
	h, err := openInstance(t.Context(), s.storage, s.care(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	n, bad, err := s.notifier(t.Context(), h, quiet())
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	use(t.Context(), h, n)
}

// TestDeadLettersOfAQuietSite runs the operator commands on a store that has none:
// notify's own tests make them, and queue them again.
func TestDeadLettersOfAQuietSite(t *testing.T) {
	data := aClinic(t)
	if code, out := operator(t, data, "reminders", "dead"); code != exitFine || !strings.Contains(out, "0 dead letters.") {
		t.Errorf("%d %s", code, out)
	}
	if code, out := operator(t, data, "reminders", "requeue", newID()); code != exitFailed || !strings.Contains(out, "no dead letter") {
		t.Errorf("%d %s", code, out)
	}
}

// TestErasureForgetsReminders erases a patient whose reminders are planned: nothing
// of them is left in the queue, and the queue goes on.
func TestErasureForgetsReminders(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	r := runOn(t, data)
	p := r.newPatient(r.admin())
	r.stop()
	withNotifier(t, data, func(ctx context.Context, _ *instance, n *notify.Notifier) {
		who := notify.Person{AccountID: p.account, Owner: p.patient, Home: "UTC", Language: "en"}
		if err := n.Enroll(ctx, who); err != nil {
			t.Fatal(err)
		}
		if err := n.SetRules(ctx, p.account, "check-in", reminder.ForCheckIn([]string{"09:00"}, nil)); err != nil {
			t.Fatal(err)
		}
		if got, err := n.Next14Days(ctx, p.account); err != nil || len(got.Items) < 13 {
			t.Fatalf("%+v %v", got, err)
		}
	})
	if code, out := operator(t, data, "erase", "--patient", p.patient, "--really", p.patient); code != exitFine {
		t.Fatal(out)
	}
	withNotifier(t, data, func(ctx context.Context, _ *instance, n *notify.Notifier) {
		if _, err := n.Settings(ctx, p.account); err == nil {
			t.Error("the erased person is known still")
		}
		if got, err := n.Delivery(ctx, p.account, instants.Now(), instants.Now().AddDate(0, 0, 20)); err == nil && len(got) > 0 {
			t.Errorf("%d entries are left", len(got))
		}
		if _, err := n.Drain(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestKilledBetweenChangeAndPlan kills the program right after a patient's schedule
// is stored: what it means for their reminders is found by the next start.
func TestKilledBetweenChangeAndPlan(t *testing.T) {
	t.Parallel()
	data := filepath.Join(storetest.DiskDir(t), "data")
	r := runOn(t, data)
	p := r.newPatient(r.admin())
	path := "/v1/patients/" + p.patient + "/check-in-times"
	for i, clock := range []string{"08:15", "20:45"} {
		got(p.Do(t.Context(), client.Request{Method: http.MethodPut, Path: path, IfMatch: fmt.Sprintf("%q", strconv.Itoa(i+1)),
			Body: map[string]any{"times": []string{clock}, "days": []string{}}}))(t)
		r.kill()
		r = runOn(t, data)
		p.moveTo(r)
		giveUp := time.After(30 * time.Second) // a lease, and a turn
		for !p.remindedAt(clock) {
			select {
			case <-giveUp:
				t.Fatalf("no reminder at %s", clock)
			case <-time.After(200 * time.Millisecond):
			}
		}
	}
	r.stop()
}

// remindedAt tells whether check-ins come at a time of day, and at no other.
func (p *person) remindedAt(clock string) bool {
	p.r.t.Helper()
	items := got(p.ComingReminders(p.r.t.Context()))(p.r.t).Items
	for _, i := range items {
		if !strings.Contains(i.Reading, "T"+clock) {
			return false
		}
	}
	return len(items) > 0
}
