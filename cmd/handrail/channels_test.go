package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"handrail/client"
	"handrail/notify/notifytest"
)

// TestAnAdministratorHearsThatMailIsBroken: a mail server whose certificate nobody vouches
// for. An administrator has it tested, the others hear of it once, the list says what to do
// after a new start too, and nothing of it holds the password.
func TestAnAdministratorHearsThatMailIsBroken(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	server, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	port := strconv.Itoa(server.Port())
	run := func() *running {
		return runOn(t, data, "--smtp-host", "localhost", "--smtp-port", port, "--smtp-from", "no-reply@example.org", "--smtp-user", notifytest.MailUser, "--smtp-password", notifytest.MailPassword)
	}
	r := run()
	ada := r.admin()
	other := got(ada.CreateAccount(t.Context(), client.NewAccount{Role: "administrator", Name: "Bo Lind"}))(t)
	bo := r.enrol(got(ada.NewEnrolmentCode(t.Context(), other.ID))(t).Code)

	mail := func(p *person, method, path string) (v struct {
		Channel, Says string
		Set, Works    bool
		At, Since     string
	}) {
		t.Helper()
		a := got(p.Do(t.Context(), client.Request{Method: method, Path: path}))(t)
		if strings.Contains(string(a.Body), notifytest.MailPassword) || strings.Contains(string(a.Body), port) {
			t.Errorf("%s", a.Body)
		}
		var list struct{ Items []json.RawMessage }
		if err := json.Unmarshal(a.Body, &list); err != nil || len(list.Items) != 4 {
			t.Fatal(err, string(a.Body))
		}
		if err := json.Unmarshal(list.Items[2], &v); err != nil || v.Channel != "email" {
			t.Fatal(err, v)
		}
		return v
	}
	if v := mail(bo, http.MethodGet, "/v1/channels"); !v.Set || v.Works || v.At != "" {
		t.Errorf("nobody has looked: %+v", v)
	}
	for range 2 {
		if v := mail(ada, http.MethodPost, "/v1/channels/check"); v.Works || !strings.Contains(v.Says, "certificate") || v.At == "" || v.Since == "" {
			t.Errorf("looked: %+v", v)
		}
	}
	told := 0
	for _, item := range all(t, bo.Reminders(t.Context())) {
		if item.Ref == "channel-bad:email" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the other administrator heard of it %d times", told)
	}
	r.stop()
	r = run()
	bo.moveTo(r)
	if v := mail(bo, http.MethodGet, "/v1/channels"); !v.Set || v.Works || v.At == "" || !strings.Contains(v.Says, "certificate") {
		t.Errorf("after a new start: %+v", v)
	}
	r.stop()
}
