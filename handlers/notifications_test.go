package handlers_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/mail"
	"handrail/notify/notifytest"
)

// says sends one request as somebody and reads the answer.
func (c *clinic) says(t *testing.T, token, method, path string, body any, header ...string) (*http.Response, map[string]any) {
	t.Helper()
	var b bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&b).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, &b)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := c.api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	raw, _ := io.ReadAll(res.Body)
	if len(raw) > 0 && json.Unmarshal(raw, &out) != nil {
		t.Fatalf("%s %s: %s", method, path, raw)
	}
	return res, out
}

// mailClinic is a clinic with a mail server, and a log that is kept.
func mailClinic(t *testing.T) (*clinic, *notifytest.Mail, *bytes.Buffer) {
	t.Helper()
	c, log := openClinic(t), &bytes.Buffer{}
	server, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	post, err := mail.New(mail.Config{Host: "127.0.0.1", Port: server.Port(), User: notifytest.MailUser, Password: notifytest.MailPassword,
		From: "no-reply@example.org", TLS: server.TLS()})
	if err != nil {
		t.Fatal(err)
	}
	c.notify = newNotifier(t, c.Clinic, post)
	c.api = handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{Now: c.Clock.Now, Version: "test", Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}})
	return c, server, log
}

// TestAMailIsConfirmedAndEndedWithOneClick goes the whole way of a mail: the address,
// the link that confirms it, a reminder, and the click of a mail program that ends
// it. The log holds neither address nor token.
func TestAMailIsConfirmedAndEndedWithOneClick(t *testing.T) {
	c, server, log := mailClinic(t)
	sam := c.callers[1].token
	if res, _ := c.says(t, sam, "PUT", "/v1/me/email", map[string]any{"email": "sam@example.org"}); res.StatusCode != 204 {
		t.Fatal(res.Status)
	}
	token := link(t, readable(t, server.Got()[0]), `https://clinic\.example/#/confirm/(\S+)`)
	if res, _ := c.says(t, "", "POST", "/v1/email-confirmations", map[string]any{"token": token}); res.StatusCode != 204 {
		t.Fatal(res.Status)
	}
	c.chose(t)
	res, s := c.says(t, sam, "PUT", "/v1/me/notification-settings", map[string]any{"quiet": []any{},
		"kinds": map[string]any{"something-new": map[string]any{"steps": []string{"email"}}}}, "If-Match", edge.ETag(c.reminders.version))
	if res.StatusCode != 200 || s["emailConfirmed"] != true || s["email"] != "s•••@example.org" || len(s["quiet"].([]any)) != 0 {
		t.Fatal(res.Status, s)
	}
	c.tell(t, "by mail")
	got := server.Got()
	if len(got) != 3 { // the confirmation, and what the matrix told
		t.Fatalf("%d mails", len(got))
	}
	token = link(t, got[2].Message.Header.Get("List-Unsubscribe"), `/v1/unsubscribe/([^>]+)>`)
	for _, form := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"} {
		if res := c.oneClick(t, token, form); res.StatusCode != 204 {
			t.Errorf("%s: %s", form, res.Status)
		}
	}
	c.tell(t, "after the click")
	if n := len(server.Got()); n != 3 {
		t.Errorf("%d mails after the click", n)
	}
	for _, secret := range []string{token, "sam@example.org"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
	if !strings.Contains(log.String(), `"route":"/v1/unsubscribe/{token}"`) {
		t.Error(log.String())
	}
}

// oneClick sends what RFC 8058, section 3.2 has.
func (c *clinic) oneClick(t *testing.T, token, form string) *http.Response {
	t.Helper()
	body := "List-Unsubscribe=One-Click"
	if strings.HasPrefix(form, "multipart") {
		body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
	}
	r := httptest.NewRequest(http.MethodPost, "/v1/unsubscribe/"+token, strings.NewReader(body))
	r.Header.Set("Content-Type", form)
	res, err := c.api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// tell says something new to the patient and hands it over.
func (c *clinic) tell(t *testing.T, what string) {
	t.Helper()
	c.Clock.Move(time.Minute)
	err := c.notify.Tell(t.Context(), notify.Note{AccountID: c.patient.AccountID, Kind: reminder.News, Key: strings.ReplaceAll(what, " ", "-")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.notify.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// readable is a mail's text as a mail program shows it.
func readable(t *testing.T, m notifytest.MailMessage) string {
	t.Helper()
	if m.Message.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
		return m.Body
	}
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(m.Body)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func link(t *testing.T, text, pattern string) string {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in %s", text)
	}
	return found[1]
}

// TestSettingsHaveVersions: somebody who changes them on two devices loses nothing
// without being told.
func TestSettingsHaveVersions(t *testing.T) {
	c := openClinic(t)
	sam := c.callers[1].token
	res, _ := c.says(t, sam, "GET", "/v1/me/notification-settings", nil)
	tag := res.Header.Get("ETag")
	if res, _ := c.says(t, sam, "GET", "/v1/me/notification-settings", nil, "If-None-Match", tag); res.StatusCode != 304 {
		t.Error(res.Status)
	}
	first, _ := c.says(t, sam, "PUT", "/v1/me/notification-settings", map[string]any{"digest": "18:00"}, "If-Match", tag)
	second, p := c.says(t, sam, "PUT", "/v1/me/notification-settings", map[string]any{"digest": "19:00"}, "If-Match", tag)
	none, _ := c.says(t, sam, "PUT", "/v1/me/notification-settings", map[string]any{})
	if first.StatusCode != 200 || second.StatusCode != 412 || p["code"] != "version-not-newest" || none.StatusCode != 428 {
		t.Error(first.Status, second.Status, p, none.Status)
	}
	for field, body := range map[string]any{
		"quiet[0].to":                  map[string]any{"quiet": []any{map[string]any{"from": "10:00", "to": "10:00"}}},
		"digest":                       map[string]any{"digest": "25:00"},
		"pausedUntil":                  map[string]any{"pausedUntil": c.Clock.Now().AddDate(1, 0, 0)},
		"kinds":                        map[string]any{"kinds": map[string]any{"party": map[string]any{"off": true}}},
		"kinds.something-new.steps[1]": map[string]any{"kinds": map[string]any{"something-new": map[string]any{"steps": []string{"email", "push"}}}},
		"kinds.team-alarm":             map[string]any{"kinds": map[string]any{"team-alarm": map[string]any{"off": true}}},
		"quiet":                        map[string]any{"quiet": []any{map[string]any{"from": "00:00", "to": "23:00"}}},
	} {
		res, p := c.says(t, sam, "PUT", "/v1/me/notification-settings", body, "If-Match", first.Header.Get("ETag"))
		if text, _ := json.Marshal(p); res.StatusCode != 422 || !strings.Contains(string(text), `"`+field+`"`) {
			t.Errorf("%s: %s %s", field, res.Status, text)
		}
	}
}

// TestWherePushesMayGo: a page can't make us connect to private addresses, nor take
// over the token of somebody else, and a token is nowhere to be read.
func TestWherePushesMayGo(t *testing.T) {
	c := openClinic(t)
	sam, other := c.callers[1].token, c.callers[2].token
	browser := map[string]any{"channel": "webpush", "p256dh": strings.Repeat("A", 87), "auth": strings.Repeat("A", 22)}
	for _, endpoint := range []string{"https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest", "https://[::1]/x", "http://push.example.org/x", "nothing"} {
		browser["token"] = endpoint
		res, p := c.says(t, sam, "PUT", "/v1/me/push-device", browser)
		if text, _ := json.Marshal(p); res.StatusCode != 422 || strings.Contains(string(text), endpoint) {
			t.Errorf("%s: %s %s", endpoint, res.Status, text)
		}
	}
	phone := map[string]any{"channel": "fcm", "token": "secret-token-" + care.NewID()}
	if res, d := c.says(t, sam, "PUT", "/v1/me/push-device", phone); res.StatusCode != 200 || d["state"] != "live" || d["token"] != nil {
		t.Fatal(res.Status, d)
	}
	if res, p := c.says(t, other, "PUT", "/v1/me/push-device", phone); res.StatusCode != 403 || p["code"] != "not-your-device" {
		t.Error(res.Status, p)
	}
	if _, d := c.says(t, sam, "GET", "/v1/me/push-device", nil); d["registered"] != true || d["channel"] != "fcm" || d["token"] != nil {
		t.Error(d)
	}
	if _, d := c.says(t, other, "GET", "/v1/me/push-device", nil); d["registered"] != false {
		t.Error(d)
	}
	if res, _ := c.says(t, sam, "DELETE", "/v1/me/push-device", nil); res.StatusCode != 204 {
		t.Error(res.Status)
	}
	if _, d := c.says(t, sam, "GET", "/v1/me/push-device", nil); d["registered"] != false {
		t.Error(d)
	}
}

// TestTheTeamSeesWhatWasDelivered: whoever may read check-ins sees that the patient was
// told something; a receipt of the phone turns "planned" into "opened".
func TestTheTeamSeesWhatWasDelivered(t *testing.T) {
	c := openClinic(t)
	window := "?from=" + c.Clock.Now().Add(-time.Hour).UTC().Format(time.RFC3339) + "&to=" + c.Clock.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	path := "/v1/patients/" + c.patient.PatientID + "/reached" + window
	clinician := c.callers[5].token
	reach := func(token string) []any {
		_, out := c.says(t, token, "GET", path, nil)
		var all []any
		for _, i := range out["items"].([]any) {
			all = append(all, i.(map[string]any)["reach"])
		}
		return all
	}
	if got := reach(clinician); len(got) != 1 || got[0] != notify.ReachPlanned {
		t.Errorf("before: %v", got)
	}
	if res, _ := c.says(t, c.callers[1].token, "POST", "/v1/me/reminders/"+c.reminders.id+"/opened", nil); res.StatusCode != 204 {
		t.Fatal(res.Status)
	}
	if got := reach(clinician); len(got) != 1 || got[0] != notify.ReachOpened {
		t.Errorf("after: %v", got)
	}
	arranger := c.First(models.RoleCoordinator, "")
	if _, err := c.Chart(c.admin, c.patient.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, arranger.AccountID, false); err != nil {
		t.Fatal(err)
	}
	if got := reach(c.SignIn(arranger.AccountID).AccessToken); len(got) != 0 {
		t.Errorf("who arranges visits learns of more than visits: %v", got)
	}
	if res, p := c.says(t, clinician, "GET", strings.Split(path, "?")[0]+"?from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z", nil); res.StatusCode != 422 {
		t.Error(res.Status, p)
	}
}

// TestAnAccountThatNobodyPlannedForHasSettings: the first look makes it known.
func TestAnAccountThatNobodyPlannedForHasSettings(t *testing.T) {
	c := openClinic(t)
	token := c.SignIn(c.newcomer.AccountID).AccessToken
	res, s := c.says(t, token, "GET", "/v1/me/notification-settings", nil)
	if res.StatusCode != 200 || s["zone"] == "" || len(s["kinds"].([]any)) != len(reminder.Offered(models.RoleClinician)) {
		t.Error(res.Status, s)
	}
}
