package icalendar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

func code(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAddressesThatAreNotTaken(t *testing.T) {
	f := &Fetcher{}
	for text, want := range map[string]string{
		"https://cal.example/a.ics?key=1#x": "https://cal.example/a.ics?key=1", "webcal://cal.example/a.ics": "https://cal.example/a.ics",
		" https://cal.example/a.ics ": "https://cal.example/a.ics", "http://cal.example/a.ics": "", "ftp://cal.example/": "", "file:///etc/passwd": "",
		"https://me:secret@cal.example/": "", "cal.example/a.ics": "", "": "", "https://": "", "https:cal.example": "", "https://cal.example/" + strings.Repeat("x", 2000): "",
	} {
		got, err := f.CheckURL(text)
		if (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("%.60s gives %.60s, %v", text, got, err)
		}
		if err != nil && strings.Contains(fmt.Sprint(err), "secret") {
			t.Error("the error holds what was sent")
		}
	}
	if got, err := (&Fetcher{HTTP: true}).CheckURL("http://cal.example/a.ics"); err != nil || got != "http://cal.example/a.ics" {
		t.Error(got, err)
	}
}

// served is a calendar's server on the loopback interface and a fetcher that may
// connect to it.
func served(t *testing.T, answer http.HandlerFunc) (*httptest.Server, *Fetcher) {
	t.Helper()
	s := httptest.NewTLSServer(answer)
	t.Cleanup(s.Close)
	return s, &Fetcher{Public: netip.Addr.IsLoopback, Transport: s.Client().Transport.(*http.Transport)}
}

// takeAll keeps the lines of a calendar as they pass.
func takeAll(to *[]byte) func(context.Context, io.Reader) error {
	return func(_ context.Context, r io.Reader) error {
		*to = nil
		for in := newLines(r); ; {
			line, _, err := in.next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			*to = append(*to, line...)
		}
	}
}

func TestAFetchIsBounded(t *testing.T) {
	var body []byte
	s, f := served(t, func(w http.ResponseWriter, r *http.Request) {
		if ref := r.Header.Get("Referer"); ref != "" {
			t.Error("the secret address is told on:", ref)
		}
		switch r.URL.Path {
		case "/ok":
			w.Header().Set("ETag", `"a"`)
			w.Header().Set("Last-Modified", "Mon, 02 Mar 2026 15:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"a"` && r.Header.Get("If-Modified-Since") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = io.WriteString(w, "calendar")
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("x", MaxBytes+1))
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/down":
			w.WriteHeader(http.StatusBadGateway)
		case "/once", "/twice", "/thrice":
			http.Redirect(w, r, map[string]string{"/once": "/ok", "/twice": "/once", "/thrice": "/twice"}[r.URL.Path], http.StatusFound)
		case "/four":
			http.Redirect(w, r, "/thrice", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/plain":
			http.Redirect(w, r, "http://"+r.Host+"/ok", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}
	})
	for path, want := range map[string]string{"/ok": "", "/once": "", "/twice": "", "/thrice": "", "/large": "calendar-too-much", "/gone": "calendar-not-there",
		"/down": "calendar-not-reached", "/four": "calendar-moves-on", "/round": "calendar-moves-on", "/plain": "calendar-moves-on", "/file": "calendar-moves-on"} {
		got, err := f.Fetch(t.Context(), s.URL+path, "", "", takeAll(&body))
		if code(err) != want || err == nil && (string(body) != "calendar" || got.ETag != `"a"` || got.Same) {
			t.Errorf("%s: %+v %v, want %q", path, got, err, want)
		}
	}
	got, err := f.Fetch(t.Context(), s.URL+"/ok", `"a"`, "Mon, 02 Mar 2026 15:00:00 GMT", takeAll(&body))
	if err != nil || !got.Same || got.ETag != `"a"` {
		t.Errorf("%+v %v", got, err)
	}
}

// A name that leads to a private address is refused at the connection, after it was
// looked up: it does not matter what it said when somebody asked before.
func TestPrivateAddressesAreRefusedWhenConnecting(t *testing.T) {
	reached := false
	s, f := served(t, func(http.ResponseWriter, *http.Request) { reached = true })
	f.Public = nil
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"} {
		_, err := f.Fetch(t.Context(), "https://"+host+port+"/", "", "", takeAll(new([]byte)))
		if c := code(err); c != "calendar-not-public" && c != "calendar-not-reached" {
			t.Errorf("%s: %v", host, err)
		}
	}
	if reached {
		t.Error("a private address was connected to")
	}
	if _, err := f.Fetch(t.Context(), s.URL, "", "", takeAll(new([]byte))); code(err) != "calendar-not-public" {
		t.Error(err)
	}
}

func TestARedirectIntoAPrivateNetworkIsRefused(t *testing.T) {
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the inside was reached") }))
	defer inside.Close()
	s, f := served(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inside.URL, http.StatusFound) })
	first := true
	f.Public = func(netip.Addr) bool { defer func() { first = false }(); return first }
	if _, err := f.Fetch(t.Context(), s.URL, "", "", takeAll(new([]byte))); code(err) != "calendar-not-public" {
		t.Error(err)
	}
}

func TestASlowServerIsLeft(t *testing.T) {
	done := make(chan struct{})
	s, f := served(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "BEGIN:")
		w.(http.Flusher).Flush()
		<-done
	})
	defer close(done)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond) // sooner than the fetcher's own limit
	defer cancel()
	if _, err := f.Fetch(ctx, s.URL, "", "", takeAll(new([]byte))); code(err) != "calendar-too-slow" || models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
}
