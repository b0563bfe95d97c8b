package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// proxyBefore is a proxy that does with the headers what note does.
func proxyBefore(t *testing.T, base string, note func(in, out http.Header)) string {
	t.Helper()
	to, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	p := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = to.Scheme, to.Host
		note(r.In.Header, r.Out.Header)
	}})
	t.Cleanup(p.Close)
	return p.URL
}

// TestDoctorAsksFromOutside: a program that runs, with nothing, a good and three bad
// proxies before it.
func TestDoctorAsksFromOutside(t *testing.T) {
	t.Parallel()
	data, turn := aClinic(t), strconv.Itoa(freePort(t))
	r := runOn(t, data, "--turn-port", turn, "--trusted-proxies", "127.0.0.1")
	defer r.stop()
	const person = "203.0.113.5"
	good := func(_, out http.Header) { out.Set("X-Forwarded-For", person+":4711") }
	for name, c := range map[string]struct {
		base, trusted, proxy, socket string
		code                         int
	}{
		"no proxy": {r.base, "127.0.0.1", "works  no proxy is on the way", "works", exitFine},
		"good":     {proxyBefore(t, r.base, good), "127.0.0.1", "works  addresses and Host arrive", "works", exitFine},
		"passes on what is made up": {proxyBefore(t, r.base, func(in, out http.Header) {
			if out["X-Forwarded-For"] = in["X-Forwarded-For"]; len(in["X-Forwarded-For"]) == 0 {
				out.Set("X-Forwarded-For", person)
			}
		}), "127.0.0.1", "FAILS  the proxy passes on an address", "works", exitFailed},
		"passes on Forwarded": {proxyBefore(t, r.base, func(in, out http.Header) {
			out.Del("X-Forwarded-For")
			if out["Forwarded"] = in["Forwarded"]; len(in["Forwarded"]) == 0 {
				out.Set("Forwarded", "for="+person)
			}
		}), "127.0.0.1", "FAILS  the proxy passes on an address", "works", exitFailed},
		"another scheme": {proxyBefore(t, r.base, func(_, out http.Header) {
			out.Set("X-Forwarded-For", person)
			out.Set("X-Forwarded-Proto", "https")
		}), "127.0.0.1", "FAILS  X-Forwarded-Proto", "works", exitFailed},
		"no WebSocket": {proxyBefore(t, r.base, func(in, out http.Header) {
			good(in, out)
			out.Del("Upgrade")
			out.Del("Connection")
		}), "127.0.0.1", "works", "FAILS  the proxy or the program refuses a WebSocket", exitFailed},
		"nobody": {"http://127.0.0.1:1", "", "FAILS  --base-url does not answer", "FAILS", exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			code, out := doctorAt(t, data, "HANDRAIL_BASE_URL="+c.base, "HANDRAIL_TURN_PORT="+turn, "HANDRAIL_TRUSTED_PROXIES="+c.trusted)
			for _, want := range []string{"proxy          " + c.proxy, "socket         " + c.socket, "turn           works  answers on 2 ways"} {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			if code != c.code {
				t.Errorf("exit code %d\n%s", code, out)
			}
		})
	}
	t.Run("TURN is not there", func(t *testing.T) {
		code, out := doctorAt(t, data, "HANDRAIL_BASE_URL="+r.base, "HANDRAIL_TURN_PORT="+strconv.Itoa(freePort(t)))
		if code != exitFailed || !strings.Contains(out, "turn           FAILS  TURN over udp") {
			t.Errorf("%d\n%s", code, out)
		}
	})
}

func TestDoctorSaysWhichProxyIsNotTrusted(t *testing.T) {
	data := aClinic(t)
	r := runOn(t, data)
	defer r.stop()
	base := proxyBefore(t, r.base, func(_, out http.Header) { out.Set("X-Forwarded-For", "203.0.113.5") })
	if code, out := doctorAt(t, data, "HANDRAIL_BASE_URL="+base, "HANDRAIL_TURN_PORT=off"); code != exitFailed || !strings.Contains(out, "is not in --trusted-proxies") ||
		!strings.Contains(out, "turn           off") {
		t.Errorf("%d\n%s", code, out)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}
