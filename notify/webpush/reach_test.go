package webpush

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"handrail/notify"
	"handrail/notify/notifytest"
)

// answering is a service that says a status, by a clock that is ahead of ours.
func answering(t *testing.T, status int, ahead time.Duration) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", now().Add(ahead).Format(http.TimeFormat))
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/"
}

// TestWhichServicesAreReached: an answer of any kind over the way that pushes take is
// one; all else is told apart.
func TestWhichServicesAreReached(t *testing.T) {
	keys, err := notify.NewVAPID()
	if err != nil {
		t.Fatal(err)
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	inspected := httptest.NewTLSServer(http.NotFoundHandler()) // a firewall that opens TLS
	defer inspected.Close()
	silent, stop, err := notifytest.Silent()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for name, c := range map[string]struct {
		asked    []string
		says     string
		ahead    time.Duration
		loopback bool
	}{
		"answers":                {[]string{answering(t, 200, 0)}, "", 0, true},
		"answers 404":            {[]string{answering(t, 404, 0)}, "", 0, true},
		"another clock":          {[]string{answering(t, 404, -13*time.Hour)}, "", 13 * time.Hour, true},
		"the second place does":  {[]string{"http://" + closed.Addr().String(), answering(t, 404, 0)}, "", 0, true},
		"nobody there":           {[]string{"http://" + closed.Addr().String()}, "no connection", 0, true},
		"no such name":           {[]string{"https://push.invalid/"}, "DNS", 0, true},
		"another's certificate":  {[]string{inspected.URL}, "another certificate", 0, true},
		"silent":                 {[]string{"http://" + silent}, "no answer", 0, true},
		"a name that leads here": {[]string{answering(t, 200, 0)}, "private network", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := New(Config{Keys: keys, Subject: "mailto:ops@clinic.example", AllowLoopback: c.loopback, Now: now, Services: []Service{{Name: "Maker", Asked: c.asked}}})
			if err != nil {
				t.Fatal(err)
			}
			patience := time.Minute // a machine may be busy
			if name == "silent" {
				patience = 300 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			r := ch.Reach(ctx)[0]
			if (r.Err == nil) != (c.says == "") || r.Err != nil && !strings.Contains(r.Err.Error(), c.says) || r.Ahead != c.ahead || r.Service != "Maker" {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestKnownServicesHaveNames, and nobody's own server has one.
func TestKnownServicesHaveNames(t *testing.T) {
	_, c, _ := open(t)
	for endpoint, want := range map[string]string{
		"https://fcm.googleapis.com/fcm/send/abc":                  "Google",
		"https://updates.push.services.mozilla.com/wpush/v2/gAAA":  "Mozilla",
		"https://web.push.apple.com/QGuQyavXutnMH":                 "Apple",
		"https://api.push.apple.com/3/device/x":                    "Apple",
		"https://wns2-pn1p.notify.windows.com/w/?token=BQYAAA":     "Microsoft",
		"https://WNS2-PN1P.notify.windows.com:443/w/?token=BQYAAA": "Microsoft",
		"https://notify.windows.com.example.org/":                  "",
		"https://evilnotify.windows.com/":                          "",
		"https://push.alex-rivera.example/":                        "",
		"https://fcm.googleapis.com@push.example/":                 "",
		"::": "",
	} {
		if got := c.KnownService(notify.Address{To: endpoint}); got != want {
			t.Errorf("%s: %q, want %q", endpoint, got, want)
		}
	}
}

// TestTheListOfServicesIsAskable: what is asked of a service is one of its own hosts.
func TestTheListOfServicesIsAskable(t *testing.T) {
	_, c, _ := open(t)
	for _, s := range Services {
		for _, at := range s.Asked {
			if c.KnownService(notify.Address{To: at}) != s.Name || !strings.HasPrefix(at, "https://") {
				t.Errorf("%s is not of %s", at, s.Name)
			}
		}
	}
}
