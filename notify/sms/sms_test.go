package sms

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"handrail/notify"
	"handrail/notify/texts"
	"handrail/notify/webhook"
)

var secret = []byte("0123456789abcdef01234567")

// gateway checks signatures as a real one must.
func gateway(t *testing.T, status int) (*httptest.Server, *[]map[string]string) {
	t.Helper()
	var got []map[string]string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		id, stamp := r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp")
		if r.Header.Get("webhook-signature") != webhook.Sign(secret, id, stamp, body) || id == "" || stamp != "1772463600" {
			t.Error("the request is not signed")
		}
		m := map[string]string{"id": id}
		if err := json.Unmarshal(body, &m); err != nil {
			t.Error(err)
		}
		got = append(got, m)
		w.Header().Set("Retry-After", "9")
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s, &got
}

func channel(t *testing.T, url string) *Channel {
	t.Helper()
	c, err := New(Config{URL: url, Secret: secret, Now: func() time.Time { return time.Unix(1772463600, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSignedRequest(t *testing.T) {
	s, got := gateway(t, 202)
	c := channel(t, s.URL)
	list, _ := texts.Load()
	text, _ := list.Find("en", texts.Time)
	stop, _ := list.Find("en", texts.Stop)
	m := notify.Message{Payload: notify.Payload{ID: uuid.New()}, To: notify.Address{To: "+14155550100"}, Text: text, More: notify.Words{Stop: stop}}
	if r := c.Send(t.Context(), []notify.Message{m})[0]; r.Outcome != notify.Accepted {
		t.Fatalf("%+v", r)
	}
	g := (*got)[0]
	if g["id"] != m.Payload.ID.String() || g["type"] != "sms" || g["to"] != "+14155550100" || g["text"] != text.Body()+" "+stop.Body() {
		t.Errorf("%v", g)
	}
	if err := c.Check(t.Context()); err != nil || (*got)[1]["type"] != "ping" || (*got)[1]["to"] != "" {
		t.Error(err, (*got)[1])
	}
}

func TestEveryStatus(t *testing.T) {
	for status, want := range map[int]notify.Outcome{200: notify.Accepted, 400: notify.Permanent, 401: notify.Retry, 410: notify.Gone, 429: notify.Retry, 500: notify.Retry, 302: notify.Permanent} {
		s, _ := gateway(t, status)
		r := channel(t, s.URL).Send(t.Context(), make([]notify.Message, 1))[0]
		if r.Outcome != want || want == notify.Retry && r.After != 9*time.Second {
			t.Errorf("%d: %+v", status, r)
		}
	}
	s, _ := gateway(t, 200)
	s.Close()
	if r := channel(t, s.URL).Send(t.Context(), make([]notify.Message, 1))[0]; r.Outcome != notify.Retry {
		t.Errorf("closed: %+v", r)
	}
}

func TestSettings(t *testing.T) {
	for says, c := range map[string]Config{"must be https": {URL: "http://gateway.example", Secret: secret}, "24 bytes": {URL: "https://gateway.example", Secret: []byte("short")}} {
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}
