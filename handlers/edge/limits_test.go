package edge

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge/edgetest"
)

func TestPace(t *testing.T) {
	w := newWorld(t)
	for i, c := range []struct {
		move   time.Duration
		token  string
		status int
		retry  string
	}{
		{0, "good", 200, ""}, {0, "good", 200, ""}, {0, "good", 429, "60"}, {20 * time.Second, "good", 429, "40"},
		{0, "other", 429, "40"}, // another account, but the same address
		{40 * time.Second, "other", 200, ""}, {0, "good", 429, "60"},
	} {
		w.now = w.now.Add(c.move)
		res := w.call(t, "POST", "/v1/slow", "", "Authorization", "Bearer "+c.token)
		if res.StatusCode != c.status || res.Header.Get("Retry-After") != c.retry {
			t.Errorf("step %d: %d, Retry-After %q", i, res.StatusCode, res.Header.Get("Retry-After"))
		}
		if c.status == 429 {
			edgetest.WantProblem(t, res, 429, "too-many-requests")
		}
	}
}

func TestALimitForgetsTheQuietest(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	l := newLimiter(Pace{time.Hour, 1}, 10, func() time.Time { return now })
	for i := range 1000 {
		if l.wait(fmt.Sprint(i)) != 0 {
			t.Fatalf("%d was never here", i)
		}
	}
	if n := l.seen.Len(); n != 10 {
		t.Errorf("%d callers are remembered", n)
	}
	if l.wait("999") == 0 || l.wait("0") != 0 {
		t.Error("the wrong ones were forgotten")
	}
}

func TestAddresses(t *testing.T) {
	for addr, want := range map[string][2]string{
		"203.0.113.77":             {"203.0.113.77/32", "203.0.113.0/24"},
		"2001:db8:1:2:3:4:5:6":     {"2001:db8:1:2::/64", "2001:db8:1::/48"},
		"2001:db8:1:2:ffff:4:5:60": {"2001:db8:1:2::/64", "2001:db8:1::/48"},
	} {
		a := netip.MustParseAddr(addr)
		if limitKey(a) != want[0] || logged(a) != want[1] {
			t.Errorf("%s: %s %s", addr, limitKey(a), logged(a))
		}
	}
	if limitKey(netip.Addr{}) != "" {
		t.Error("no address has a name")
	}
}

func TestOnlyProxiesAreBelieved(t *testing.T) {
	inner := netip.MustParsePrefix("10.0.0.0/8")
	test := netip.MustParsePrefix("0.0.0.0/32") // where Fiber's test connections come from
	for name, c := range map[string]struct {
		proxies []netip.Prefix
		header  string
		want    string
	}{
		"no proxies":            {nil, "198.51.100.7", "0.0.0.0/24"},
		"not from a proxy":      {[]netip.Prefix{inner}, "198.51.100.7", "0.0.0.0/24"},
		"one hop":               {[]netip.Prefix{test}, "198.51.100.7", "198.51.100.0/24"},
		"made up by the phone":  {[]netip.Prefix{test}, "192.0.2.1, 198.51.100.7", "198.51.100.0/24"},
		"two proxies":           {[]netip.Prefix{test, inner}, "192.0.2.1, 198.51.100.7, 10.1.2.3", "198.51.100.0/24"},
		"nonsense":              {[]netip.Prefix{test}, "198.51.100.7, " + secret, "0.0.0.0/24"},
		"IPv4 in IPv6":          {[]netip.Prefix{test}, "::ffff:198.51.100.7", "198.51.100.0/24"},
		"with a zone":           {[]netip.Prefix{test}, "fe80::1%eth0", "fe80::/48"},
		"all of ours":           {[]netip.Prefix{test, inner}, "10.9.9.9", "10.9.9.0/24"},
		"empty":                 {[]netip.Prefix{test}, "", "0.0.0.0/24"},
		"with a port":           {[]netip.Prefix{test}, "203.0.113.9:51000", "203.0.113.0/24"},
		"IPv6 with a port":      {[]netip.Prefix{test}, "[2001:db8:7::7]:443", "2001:db8:7::/48"},
		"in brackets":           {[]netip.Prefix{test}, "[2001:db8:7::7]", "2001:db8:7::/48"},
		"IPv4 in IPv6, port":    {[]netip.Prefix{test}, "[::ffff:203.0.113.9]:1", "203.0.113.0/24"},
		"ports on both":         {[]netip.Prefix{test, inner}, "198.51.100.7:80, 10.1.2.3:4000", "198.51.100.0/24"},
		"garbage in front":      {[]netip.Prefix{test}, secret + ", , 203.0.113.9:5 ,", "203.0.113.0/24"},
		"port too big":          {[]netip.Prefix{test}, "203.0.113.9:100000", "0.0.0.0/24"},
		"unknown":               {[]netip.Prefix{test}, "203.0.113.9, unknown", "0.0.0.0/24"},
		"unknown in front":      {[]netip.Prefix{test}, "unknown, 203.0.113.9", "203.0.113.0/24"},
		"port 0":                {[]netip.Prefix{test}, "203.0.113.9:0", "203.0.113.0/24"},
		"IPv6 bare, port":       {[]netip.Prefix{test}, "2001:db8:7::7", "2001:db8:7::/48"},
		"IPv6 zone, port":       {[]netip.Prefix{test}, "[fe80::1%25eth0]:80", "fe80::/48"},
		"in quotes":             {[]netip.Prefix{test}, `"203.0.113.9"`, "203.0.113.0/24"},
		"IPv6 in quotes":        {[]netip.Prefix{test}, `"[2001:db8:7::7]:443"`, "2001:db8:7::/48"},
		"tabs and spaces":       {[]netip.Prefix{test}, "192.0.2.1 ,\t203.0.113.9 ", "203.0.113.0/24"},
		"half a bracket":        {[]netip.Prefix{test}, "[2001:db8:7::7", "0.0.0.0/24"},
		"bracket behind":        {[]netip.Prefix{test}, "2001:db8:7::7]", "0.0.0.0/24"},
		"a name":                {[]netip.Prefix{test}, "phone.example.org", "0.0.0.0/24"},
		"an old number":         {[]netip.Prefix{test}, "0313.0.0161.011", "0.0.0.0/24"},
		"one number":            {[]netip.Prefix{test}, "3405803785", "0.0.0.0/24"},
		"a mask":                {[]netip.Prefix{test}, "203.0.113.9/32", "0.0.0.0/24"},
		"a list in Forwarded's": {[]netip.Prefix{test}, "for=203.0.113.9", "0.0.0.0/24"},
		"very long":             {[]netip.Prefix{test}, strings.Repeat("192.0.2.1, ", 300) + "203.0.113.9", "203.0.113.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, func(cfg *Config) { cfg.Proxies = c.proxies })
			w.call(t, "GET", "/v1/notes", "", "X-Forwarded-For", c.header)
			if got := w.lastLine(t)["from"]; got != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestForwarded(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")}
	for header, want := range map[string]string{
		"for=203.0.113.9": "203.0.113.0/24", `For="203.0.113.9:47011";proto=https;by=10.1.1.1`: "203.0.113.0/24",
		`for="[2001:db8:7::7]:443"`: "2001:db8:7::/48", `for="[2001:db8:7::7]"`: "2001:db8:7::/48",
		"for=192.0.2.1, for=203.0.113.9;host=h, for=10.1.2.3": "203.0.113.0/24",
		`FOR="203.0.113.9"`: "203.0.113.0/24", `proto=http;for=203.0.113.9`: "203.0.113.0/24", `proto=http ; for = "203.0.113.9" ; by=_x`: "203.0.113.0/24",
		`for="203.0.113.9:_port"`: "203.0.113.0/24", `for="[2001:db8:7::7]:_port"`: "2001:db8:7::/48", `for="[2001:db8:7:0:0:0:0:7]"`: "2001:db8:7::/48",
		`for="[::ffff:203.0.113.9]"`: "203.0.113.0/24", `for="203\.0\.113\.9"`: "203.0.113.0/24",
		`for=203.0.113.9;host="a,b;for=192.0.2.1"`: "203.0.113.0/24", `for=192.0.2.1,for=203.0.113.9;secret="x\",for=192.0.2.2"`: "203.0.113.0/24",
		"for=unknown, for=203.0.113.9": "203.0.113.0/24", "for=203.0.113.9, for=unknown, for=10.1.2.3": "10.1.2.0/24", "for=203.0.113.9, for=_hidden": "0.0.0.0/24",
		"for=_SEVKISEK, for=203.0.113.9": "203.0.113.0/24", "for=203.0.113.9, for=unknown:80": "0.0.0.0/24", "for=203.0.113.9;for=192.0.2.1": "0.0.0.0/24",
		`for="[2001:db8:7::7"`: "0.0.0.0/24", `for="203.0.113.9`: "0.0.0.0/24", `for=`: "0.0.0.0/24", `"for=203.0.113.9"`: "0.0.0.0/24", "203.0.113.9": "0.0.0.0/24",
		`, ,for=203.0.113.9,`: "203.0.113.0/24",
		"for=unknown":         "0.0.0.0/24", "for=_hidden": "0.0.0.0/24", "proto=https": "0.0.0.0/24", `for="`: "0.0.0.0/24", "for=192.0.2.1, proto=https": "0.0.0.0/24",
	} {
		w := newWorld(t, func(cfg *Config) { cfg.Proxies = proxies })
		w.call(t, "GET", "/v1/notes", "", "Forwarded", header)
		if got := w.lastLine(t)["from"]; got != want {
			t.Errorf("%s: got %v, want %s", header, got, want)
		}
		w.call(t, "GET", "/v1/notes", "", "Forwarded", header, "X-Forwarded-For", "198.51.100.7:1")
		if got := w.lastLine(t)["from"]; got != "198.51.100.0/24" {
			t.Errorf("%s beside X-Forwarded-For: got %v", header, got)
		}
		w = newWorld(t)
		w.call(t, "GET", "/v1/notes", "", "Forwarded", header)
		if got := w.lastLine(t)["from"]; got != "0.0.0.0/24" {
			t.Errorf("%s from nobody that is trusted: got %v", header, got)
		}
	}
}

func TestAccountsHaveTheirOwnPace(t *testing.T) {
	w := newWorld(t)
	Register(w.Edge, huma.Operation{OperationID: "own", Method: "POST", Path: "/v1/own",
		Middlewares: huma.Middlewares{w.PerAccount(Pace{time.Minute, 1})}},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	for i, c := range []struct {
		token  string
		status int
	}{{"good", 204}, {"good", 429}, {"other", 204}, {"other", 429}, {"wrong", 401}} {
		if res := w.call(t, "POST", "/v1/own", "", "Authorization", "Bearer "+c.token); res.StatusCode != c.status {
			t.Errorf("step %d: %d", i, res.StatusCode)
		}
	}
}
