package handlers_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/notify/mail"
	"handrail/notify/notifytest"
	"handrail/notify/webhook"
)

// returned is a report as a mail host sends it to an envelope sender.
func returned(to, action, status string) []byte {
	return []byte(strings.ReplaceAll("To: "+to+"\nSubject: Undelivered\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"+
		"--b\n\nsam@example.org is not here.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"+
		"Final-Recipient: rfc822; sam@example.org\nAction: "+action+"\nStatus: "+status+"\n\n--b--\n", "\n", "\r\n"))
}

// handsOn signs a body as the programs beside this one do, and posts it.
func (c *clinic) handsOn(t *testing.T, secret []byte, path string, body any, at time.Time) (int, map[string]any) {
	t.Helper()
	id, stamp := care.NewID(), strconv.FormatInt(at.Unix(), 10)
	res, out := c.says(t, "", "POST", path, body, "webhook-id", id, "webhook-timestamp", stamp, "webhook-signature", webhook.Sign(secret, id, stamp, append([]byte(toJSON(body)), '\n')))
	return res.StatusCode, out
}

// TestAMailComesBackByTheMailHost goes the whole way: each mail has a sender of its own that
// says nothing of anybody, a signed report of it marks the address, and nothing else does.
func TestAMailComesBackByTheMailHost(t *testing.T) {
	c, log := openClinic(t), &bytes.Buffer{}
	server, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	post, err := mail.New(mail.Config{Host: "127.0.0.1", Port: server.Port(), User: notifytest.MailUser, Password: notifytest.MailPassword,
		From: "no-reply@example.org", Bounces: "bounces@example.org", TLS: server.TLS()})
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("of the mail host, 24 bytes")
	c.notify = newNotifier(t, c.Clinic, post)
	c.api = handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, ReturnSecret: secret, Edge: edge.Config{Now: c.Clock.Now, Version: "test", Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}})
	sam := c.callers[1].token
	bounced := func() bool {
		_, s := c.says(t, sam, "GET", "/v1/me/notification-settings", nil)
		return s["emailBounced"] == true
	}
	if res, _ := c.says(t, sam, "PUT", "/v1/me/email", map[string]any{"email": "sam@example.org"}); res.StatusCode != 204 {
		t.Fatal(res.Status)
	}
	sender := server.Got()[0].From
	if local, _, _ := strings.Cut(sender, "@"); !strings.HasPrefix(sender, "bounces+") || len(local) > 64 || strings.Contains(sender, "sam") || server.Got()[0].Message.Header.Get("From") != "<no-reply@example.org>" {
		t.Fatalf("the envelope sender is %s, From is %s", sender, server.Got()[0].Message.Header.Get("From"))
	}
	now := c.Clock.Now()
	report := map[string]any{"message": returned(sender, "failed", "5.1.1")}
	for name, refused := range map[string]struct {
		secret []byte
		at     time.Time
	}{"another secret": {[]byte("of somebody else, 24 bytes"), now}, "too old": {secret, now.Add(-6 * time.Minute)}, "ahead": {secret, now.Add(6 * time.Minute)}} {
		if status, out := c.handsOn(t, refused.secret, "/v1/mail/returns", report, refused.at); status != http.StatusUnauthorized || out["code"] != "signature-not-valid" {
			t.Errorf("%s: %d %v", name, status, out)
		}
	}
	stranger := "bounces+" + strings.Repeat("a", 42) + "@example.org"
	for name, r := range map[string]struct {
		message []byte
		want    string
	}{"a delay": {returned(sender, "delayed", "4.4.1"), "none"}, "an answer": {[]byte("To: " + sender + "\r\n\r\nI am away"), "none"}, "of no mail of ours": {returned(stranger, "failed", "5.1.1"), "gone"},
		"a full mailbox": {returned(sender, "failed", "5.2.2"), "failed"}} {
		if status, out := c.handsOn(t, secret, "/v1/mail/returns", map[string]any{"message": r.message}, now); status != http.StatusOK || out["outcome"] != r.want {
			t.Errorf("%s: %d %v", name, status, out)
		}
	}
	for _, wrong := range [][]byte{{0, 1}, bytes.Repeat([]byte("x"), mail.MaxReport+1)} {
		if status, out := c.handsOn(t, secret, "/v1/mail/returns", map[string]any{"message": wrong}, now); status != http.StatusUnprocessableEntity || !strings.Contains(fmt.Sprint(out), "no-mail") {
			t.Errorf("%d bytes: %d %v", len(wrong), status, out)
		}
	}
	if bounced() {
		t.Fatal("marked by what says nothing of it")
	}
	for range 2 {
		if status, out := c.handsOn(t, secret, "/v1/mail/returns", report, now); status != http.StatusOK || out["outcome"] != "gone" {
			t.Errorf("%d %v", status, out)
		}
	}
	if !bounced() {
		t.Error("the address is not marked")
	}
	if _, out := c.says(t, sam, "GET", "/v1/me/reminders", nil); strings.Count(toJSON(out), `"email-bounced:"`) != 1 {
		t.Errorf("the inbox: %v", out)
	}
	if text := log.String(); strings.Contains(text, "sam@example.org") || strings.Contains(text, sender) {
		t.Error("the log tells of an address")
	}
}

// TestACarrierReportComesIn: only signed, only of the number that the text was for; without
// a gateway the door is not there.
func TestACarrierReportComesIn(t *testing.T) {
	c := openClinic(t)
	report := map[string]any{"id": c.reminders.id, "to": "+14155550100", "status": "gone", "code": "30005"}
	for _, path := range []string{"/v1/sms/reports", "/v1/mail/returns"} {
		body := report
		if path == "/v1/mail/returns" {
			body = map[string]any{"message": returned("a@example.org", "failed", "5.1.1")}
		}
		if status, _ := c.handsOn(t, smsSecret, path, body, c.Clock.Now()); status != http.StatusNotFound {
			t.Errorf("%s without a secret: %d", path, status)
		}
	}
	c.api = handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, SMSSecret: smsSecret, Edge: edge.Config{Now: c.Clock.Now, Version: "test", Log: slog.New(slog.DiscardHandler)}})
	if status, _ := c.handsOn(t, []byte("somebody else's, 24 bytes"), "/v1/sms/reports", report, c.Clock.Now()); status != http.StatusUnauthorized {
		t.Error(status)
	}
	for _, id := range []string{c.reminders.id, care.NewID()} { // one that no text went of, one that is not there
		report["id"] = id
		if status, out := c.handsOn(t, smsSecret, "/v1/sms/reports", report, c.Clock.Now()); status != http.StatusNoContent {
			t.Errorf("%d %v", status, out)
		}
	}
	report["status"] = "queued"
	if status, out := c.handsOn(t, smsSecret, "/v1/sms/reports", report, c.Clock.Now()); status != http.StatusUnprocessableEntity {
		t.Errorf("%d %v", status, out)
	}
}
