package handlers_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"handrail/care/caretest"
	"handrail/handlers"
	"handrail/handlers/edge"
)

// fetch reads an address as a calendar program does, without signing in.
func fetch(t *testing.T, api *handlers.API, path, tag string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	res, err := api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// loudClinic is a clinic whose log is kept in full.
func loudClinic(t *testing.T) (*clinic, *bytes.Buffer) {
	t.Helper()
	c, log := openClinic(t), &bytes.Buffer{}
	c.api = handlers.New(handlers.Config{Care: c.Care, Edge: edge.Config{Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: c.Clock.Now, Version: "test"}})
	return c, log
}

func TestAFeedIsServedToACalendarProgram(t *testing.T) {
	c, log := loudClinic(t)
	path := "/calendar/" + c.visits.feed + ".ics"
	res, body := fetch(t, c.api, path, "")
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatal(res.Status, res.Header, body)
	}
	got, err := ical.NewDecoder(strings.NewReader(body)).Decode()
	if err != nil || len(got.Events()) != 3 { // one visit, and a series of two
		t.Fatal(err, body)
	}
	start, err := got.Events()[0].DateTimeStart(time.UTC)
	if err != nil || !start.Equal(caretest.At(4, 10, 0)) {
		t.Error(start, err)
	}
	for _, word := range []string{c.patient.Name, c.therapist.Name, "herap", caretest.Site.Name, caretest.Talk.Name} {
		if strings.Contains(body, word) {
			t.Errorf("the feed says %q", word)
		}
	}
	if res, body := fetch(t, c.api, path, res.Header.Get("ETag")); res.StatusCode != 304 || body != "" {
		t.Error(res.Status, body)
	}
	if s := log.String(); strings.Contains(s, c.visits.feed) || !strings.Contains(s, `"route":"/calendar/{token}.ics"`) {
		t.Error("the log holds the secret, or not the route:", s)
	}
}

func TestAWrongSecretLooksLikeAnEndedOne(t *testing.T) {
	c, log := loudClinic(t)
	old := c.visits.feed
	c.subscribe(t)
	wrong := strings.Repeat("A", len(old))
	res1, _ := fetch(t, c.api, "/calendar/"+old+".ics", "")
	res2, _ := fetch(t, c.api, "/calendar/"+wrong+".ics", "")
	if res1.StatusCode != 404 || res2.StatusCode != 404 || len(res1.Header) != len(res2.Header) {
		t.Error(res1.Status, res2.Status)
	}
	for _, path := range []string{"/calendar/" + wrong, "/calendar/" + wrong + ".ICS", "/calendar/" + wrong + "/x.ics", "/calendar/" + strings.Repeat(wrong, 3) + ".ics"} {
		if res, body := fetch(t, c.api, path, ""); res.StatusCode != 404 && res.StatusCode != 422 || strings.Contains(body, wrong) {
			t.Error(path, res.Status, body)
		}
	}
	if s := log.String(); strings.Contains(s, old) || strings.Contains(s, wrong) {
		t.Error("the log holds a secret:", s)
	}
}

func TestWhoGuessesSecretsIsSlowedDown(t *testing.T) {
	c := openClinic(t)
	for n := range handlers.FeedPace.Burst + 1 {
		res, _ := fetch(t, c.api, "/calendar/guess.ics", "")
		if want := map[bool]int{true: 404, false: 429}[n < handlers.FeedPace.Burst]; res.StatusCode != want {
			t.Fatalf("guess %d: %s", n+1, res.Status)
		}
	}
}

func TestAnInviteIsUpdatedAndCalledOff(t *testing.T) {
	c := openClinic(t)
	token := c.callers[1].token
	for _, op := range operations() {
		if op.OperationID != "readInvite" {
			continue
		}
		read := func() string {
			res := c.call(t, op, c.visitFor(t, "readInvite"), token)
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Disposition") != `attachment; filename="appointment.ics"` {
				t.Fatal(res.Status, err, string(body))
			}
			return string(body)
		}
		if s := read(); !strings.Contains(s, "METHOD:REQUEST\r\n") || !strings.Contains(s, "SEQUENCE:0\r\n") || !strings.Contains(s, "UID:"+c.visits.id+"@handrail\r\n") {
			t.Error(s)
		}
		own := c.Chart(c.patient, c.patient.PatientID)
		if _, err := own.Visits.CancelVisit(t.Context(), c.visits.id, c.visits.version, "pat"); err != nil {
			t.Fatal(err)
		}
		if s := read(); !strings.Contains(s, "METHOD:CANCEL\r\n") || !strings.Contains(s, "SEQUENCE:1\r\n") || !strings.Contains(s, "UID:"+c.visits.id+"@handrail\r\n") {
			t.Error(s)
		}
	}
}
