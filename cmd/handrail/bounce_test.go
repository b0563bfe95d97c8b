package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"handrail/care/caretest/instants"
	"handrail/notify/mail"
	"handrail/notify/webhook"
)

// TestBounceHandsAMailOn: what the mail host gives is signed and sent as it is; where the
// server does not take it, the exit code lets the mail host keep the mail.
func TestBounceHandsAMailOn(t *testing.T) {
	secret := "shared with the server, 24 bytes"
	status := http.StatusOK
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if _, err := webhook.Verify([]byte(secret), r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), r.Header.Get("webhook-signature"), body, instants.Now()); err != nil || r.URL.Path != "/v1/mail/returns" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		var in struct{ Message []byte }
		if err := json.Unmarshal(body, &in); err != nil {
			t.Error(err)
		}
		got = append(got, r.Header.Get("webhook-id")+" "+string(in.Message))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"outcome":"gone"}`)
	}))
	bounce := func(text string, environ ...string) (int, string) {
		var out strings.Builder
		c := &call{environ: environ, in: strings.NewReader(text), out: &out, errors: &out, now: instants.Now}
		return c.run(t.Context(), []string{"bounce"}), out.String()
	}
	set := []string{"HANDRAIL_BASE_URL=" + server.URL, "HANDRAIL_SMTP_BOUNCE_SECRET=" + secret}
	for range 2 {
		if code, out := bounce("To: a\r\n\r\nb\xff", set...); code != exitFine || !strings.Contains(out, "gone") {
			t.Errorf("%d %s", code, out)
		}
	}
	if len(got) != 2 || got[0] != got[1] || !strings.HasSuffix(got[0], " To: a\r\n\r\nb\xff") {
		t.Errorf("the server got %q", got)
	}
	for answer, want := range map[int]int{401: exitAgain, 404: exitAgain, 429: exitAgain, 500: exitAgain, 503: exitAgain, 422: exitFailed} {
		status = answer
		if code, out := bounce("To: a\r\n\r\n", set...); code != want || strings.Contains(out, secret) {
			t.Errorf("%d: %d %s", answer, code, out)
		}
	}
	if code, _ := bounce(strings.Repeat("x", mail.MaxReport+1), set...); code != exitFailed {
		t.Errorf("too long: %d", code)
	}
	if code, out := bounce("To: a\r\n\r\n", set[0]); code != exitUsage || !strings.Contains(out, "SMTP_BOUNCE_SECRET") {
		t.Errorf("no secret: %d %s", code, out)
	}
	server.Close()
	if code, _ := bounce("To: a\r\n\r\n", set...); code != exitAgain {
		t.Errorf("no server: %d", code)
	}
}
