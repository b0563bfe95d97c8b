package handlers_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"handrail/handlers"
	"handrail/handlers/edge"
)

// TestWrongCodesOfOnePersonShutNobodyElseOut: behind a proxy that notes addresses with
// ports, each person has limits of their own, and a new port is the same person.
func TestWrongCodesOfOnePersonShutNobodyElseOut(t *testing.T) {
	c := openClinic(t)
	for name, note := range map[string]func(person, port int) (header, value string){
		"IPv4 and port": func(p, port int) (string, string) {
			return "X-Forwarded-For", fmt.Sprintf("203.0.113.%d:%d", p, port)
		},
		"Forwarded": func(p, port int) (string, string) {
			return "Forwarded", fmt.Sprintf(`for="[2001:db8:%d::7]:%d"`, p, port)
		},
		"made up in front": func(p, port int) (string, string) {
			return "X-Forwarded-For", fmt.Sprintf("198.51.100.%d, 203.0.113.%d:%d", port%250, p, port)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.api = handlers.New(handlers.Config{Care: c.Care, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")}}})
			enrol := func(person, port int) int {
				r := httptest.NewRequest(http.MethodPost, "/v1/auth/enrol", strings.NewReader(`{"code":"0000-000-000","device":{"id":"0197ffff-ffff-7fff-8fff-ffffffffffff","name":"Phone"}}`))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set(note(person, port))
				res, err := c.api.App().Test(r, -1)
				if err != nil {
					t.Fatal(err)
				}
				return res.StatusCode
			}
			last := 0
			for i := range handlers.EnrolPace.Burst + 1 {
				last = enrol(9, 51000+i)
			}
			if last != http.StatusTooManyRequests {
				t.Errorf("one person's codes, each from another port: %d", last)
			}
			if status := enrol(10, 51000); status != http.StatusUnprocessableEntity {
				t.Errorf("another person: %d", status)
			}
		})
	}
}

// TestASocketBehindAProxyThatChangesHost: what counts is the address that people use.
func TestASocketBehindAProxyThatChangesHost(t *testing.T) {
	const base = "https://care.example.org"
	hosts := []string{"care.example.org", "care.example.org:443", "CARE.example.org", "127.0.0.1:8080", "handrail.internal:8080", "handrail", "[::1]:8080", ""}
	for _, c := range []struct {
		base, origin string
		may          bool
	}{
		{base, base, true}, {base, base + ":443", true}, {base, "https://CARE.EXAMPLE.ORG", true}, {base, "", true}, // an app sends none
		{base + ":443", base, true}, {base + ":8443", base + ":8443", true}, {"http://localhost:8080", "http://localhost:8080", true},
		{base, "https://elsewhere.example", false}, {base, "https://care.example.org.elsewhere.example", false}, {base, "https://xcare.example.org", false},
		{base, base + ":8443", false}, {base, "null", false}, {base, "file://", false}, {base, "https://", false}, {base, "care.example.org", false},
		{base + ":8443", base, false},
	} {
		for _, host := range hosts {
			var rq fasthttp.RequestCtx
			rq.Request.Header.SetHost(host)
			if c.origin != "" {
				rq.Request.Header.Set("Origin", c.origin)
			}
			may := c.may || host != "" && c.origin == "https://"+strings.TrimSuffix(strings.ToLower(host), ":443") // people who come by another name
			if got := handlers.MayConnect(&rq, c.base, []string{"https://portal.example"}); got != may {
				t.Errorf("base %s, origin %q, Host %q: %v", c.base, c.origin, host, got)
			}
			rq.Request.Header.Set("Origin", "https://portal.example")
			if !handlers.MayConnect(&rq, c.base, []string{"https://portal.example"}) {
				t.Errorf("an origin that may call the API, Host %q", host)
			}
		}
	}
}
