package handlers_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
)

// TestASessionSaysRoughlyWhere: by the country that a trusted proxy says, else by a
// shortened address; as of its last use, and not any more when it has ended.
func TestASessionSaysRoughlyWhere(t *testing.T) {
	h := caretest.New(t)
	api := func(proxies ...netip.Prefix) *handlers.API {
		return handlers.New(handlers.Config{Care: h.Care, Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now,
			Version: "test", Proxies: proxies, Country: "CF-IPCountry"}})
	}
	behind, bare := api(netip.MustParsePrefix("0.0.0.0/32")), api() // where httptest comes from
	refresh := ""
	send := func(a *handlers.API, path string, body map[string]any, from string, country ...string) map[string]any {
		t.Helper()
		r := knockWith(path, body)
		r.Header.Set("X-Forwarded-For", from)
		for _, c := range country {
			r.Header.Add("CF-IPCountry", c)
		}
		return answerOf(t, a, r)
	}
	place := func(in map[string]any) models.Place {
		t.Helper()
		refresh = in["refreshToken"].(string)
		all, err := h.Care.Signin.SessionsOf(t.Context(), h.Admin, in["session"].(map[string]any)["accountId"].(string))
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		return all[0].Place
	}
	who := h.NewPatient()
	again := func(a *handlers.API, from string, country ...string) models.Place {
		return place(send(a, "/v1/auth/refresh", map[string]any{"refreshToken": refresh}, from, country...))
	}
	if got := place(send(behind, "/v1/auth/enrol", map[string]any{"code": h.CodeFor(who.ID), "device": caretest.Phone()}, "203.0.113.77", "DE")); got != (models.Place{Country: "DE"}) {
		t.Errorf("by a country: %+v", got)
	}
	for _, c := range []struct {
		name    string
		api     *handlers.API
		from    string
		country []string
		want    models.Place
	}{
		{"no country", behind, "203.0.113.77", nil, models.Place{Network: "203.0.113.0/24"}},
		{"IPv6", behind, "2001:db8:1:2::3", nil, models.Place{Network: "2001:db8:1::/48"}},
		{"two countries", behind, "203.0.113.77", []string{"DE", "FR"}, models.Place{Network: "203.0.113.0/24"}},
		{"something else", behind, "10.0.0.9", []string{strings.Repeat("D", 5000)}, models.Place{Private: true}},
		{"nobody's proxy", bare, "203.0.113.77", []string{"FR"}, models.Place{Network: "0.0.0.0/24"}},
	} {
		if got := again(c.api, c.from, c.country...); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, who.ID, true); err != nil {
		t.Fatal(err)
	}
	all, err := h.Care.Signin.SessionsOf(t.Context(), h.Admin, who.ID)
	if err != nil || len(all) != 1 || all[0].EndedAt == nil || all[0].Place != (models.Place{}) {
		t.Errorf("after its end: %+v %v", all, err)
	}
}

func answerOf(t *testing.T, a *handlers.API, r *http.Request) map[string]any {
	t.Helper()
	res, err := a.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil || res.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s %v %v", res.Status, out, err)
	}
	return out
}
