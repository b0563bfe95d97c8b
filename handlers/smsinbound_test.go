package handlers_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/notify/webhook"
)

var smsSecret = []byte("0123456789abcdef01234567")

// TestSTOPComesIn the whole way: the gateway's signed request, the person's settings,
// their inbox, START again. The log holds neither number nor text.
func TestSTOPComesIn(t *testing.T) {
	c := openClinic(t)
	var log bytes.Buffer
	c.api = handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, SMSSecret: smsSecret, Edge: edge.Config{Now: c.Clock.Now, Version: "test", Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}})
	sam := c.callers[1].token
	if res, out := c.says(t, sam, "PUT", "/v1/me/phone", map[string]any{"phone": "+14155550100", "sms": true}); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.StatusCode, out)
	}
	n := 0
	hear := func(text string, change func(map[string]string)) (int, map[string]any) {
		t.Helper()
		n++
		raw, _ := json.Marshal(map[string]string{"from": "+14155550100", "text": text})
		h := map[string]string{"webhook-id": "m" + strconv.Itoa(n), "webhook-timestamp": strconv.FormatInt(c.Clock.Now().Unix(), 10)}
		if change != nil {
			change(h)
		}
		if h["webhook-signature"] == "" {
			h["webhook-signature"] = "v1,AAAA " + webhook.Sign(smsSecret, h["webhook-id"], h["webhook-timestamp"], append(raw, '\n'))
		}
		res, out := c.says(t, "", "POST", "/v1/sms/inbound", map[string]string{"from": "+14155550100", "text": text},
			"webhook-id", h["webhook-id"], "webhook-timestamp", h["webhook-timestamp"], "webhook-signature", h["webhook-signature"])
		return res.StatusCode, out
	}
	settings := func() (on, stopped bool) {
		t.Helper()
		_, out := c.says(t, sam, "GET", "/v1/me/notification-settings", nil)
		return out["sms"] == true, out["smsStopped"] == true
	}
	for name, change := range map[string]func(map[string]string){
		"another's signature": func(h map[string]string) { h["webhook-signature"] = "v1,bm90IHNpZ25lZA==" },
		"too old": func(h map[string]string) {
			h["webhook-timestamp"] = strconv.FormatInt(c.Clock.Now().Add(-6*time.Minute).Unix(), 10)
		},
		"too far ahead": func(h map[string]string) {
			h["webhook-timestamp"] = strconv.FormatInt(c.Clock.Now().Add(6*time.Minute).Unix(), 10)
		},
		"no time": func(h map[string]string) { h["webhook-timestamp"] = "now" },
	} {
		if status, out := hear("STOP", change); status != http.StatusUnauthorized || out["code"] != "signature-not-valid" {
			t.Errorf("%s: %d %v", name, status, out)
		}
	}
	if on, stopped := settings(); !on || stopped {
		t.Fatal("a request that is not signed did something")
	}
	if status, out := hear(" stop! ", nil); status != http.StatusOK || out["action"] != "stop" || !strings.Contains(out["reply"].(string), "START") {
		t.Fatal(status, out)
	}
	if on, stopped := settings(); on || !stopped {
		t.Error("the settings do not show the stop")
	}
	if res, _ := c.says(t, sam, "PUT", "/v1/me/phone", map[string]any{"phone": "+14155550100", "sms": true}); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.StatusCode)
	}
	if on, stopped := settings(); on || !stopped {
		t.Error("a form undid what the number said")
	}
	if _, out := c.says(t, sam, "GET", "/v1/me/reminders", nil); !strings.Contains(toJSON(out), `"sms-stopped:"`) {
		t.Errorf("the inbox does not tell: %v", out)
	}
	if status, out := hear("are you there", nil); status != http.StatusOK || out["action"] != "other" || !strings.Contains(out["reply"].(string), "Nobody reads") {
		t.Error(status, out)
	}
	c.Clock.Move(time.Minute)
	if _, out := hear("unstop", nil); out["action"] != "start" {
		t.Error(out)
	}
	if on, stopped := settings(); !on || stopped {
		t.Error("START does not start")
	}
	old := c.Clock.Now().Add(-time.Minute)
	if status, _ := hear("STOP", func(h map[string]string) { h["webhook-timestamp"] = strconv.FormatInt(old.Unix(), 10) }); status != http.StatusOK {
		t.Error(status)
	}
	if on, _ := settings(); !on {
		t.Error("an older STOP that came again beats a newer START")
	}
	if text := log.String(); strings.Contains(text, "4155550100") || strings.Contains(text, "there") {
		t.Error("the log tells who wrote what")
	}
}

func TestWithoutAGatewayNothingComesIn(t *testing.T) {
	c := openClinic(t)
	if res, _ := c.says(t, "", "POST", "/v1/sms/inbound", map[string]string{"from": "+14155550100", "text": "STOP"}); res.StatusCode != http.StatusNotFound {
		t.Error(res.StatusCode)
	}
}

func toJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
