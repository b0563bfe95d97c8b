package main

import (
	"errors"
	"flag"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of settings into the README")

func TestDefaultsAreFine(t *testing.T) {
	s, rest, err := readSettings(nil, nil, nil)
	if err != nil || len(rest) != 0 {
		t.Fatal(err)
	}
	if s.port != 8080 || s.storage.engine != "sqlite" || s.tokenMinutes != 10 || s.logLevel != slog.LevelInfo || s.secure() ||
		s.address() != "http://127.0.0.1:8080" || len(s.origins)+len(s.proxies) != 0 || s.site.Monitoring.Hours != "" {
		t.Errorf("%+v", s)
	}
}

func TestFlagsWinOverVariablesOverDefaults(t *testing.T) {
	environ := []string{"HANDRAIL_PORT=1", "HANDRAIL_ZONE=Europe/Berlin", "HANDRAIL_SITE_NAME=", "PATH=/bin", "HANDRAIL_TEST_MONGODB_URI=x"}
	s, rest, err := readSettings([]string{"one", "--port", "2", "two", "-country=DE"}, environ, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.port != 2 || s.site.Zone != "Europe/Berlin" || s.site.Name != "Handrail" || s.site.Country != "DE" {
		t.Errorf("%+v", s)
	}
	if !slices.Equal(rest, []string{"one", "two"}) {
		t.Errorf("rest %v", rest)
	}
}

func TestGoodValues(t *testing.T) {
	s, _, err := readSettings([]string{"--listen", "::1", "--port", "0", "--admin-listen", "off", "--base-url", "https://care.example.org/",
		"--cors-origins", "https://a.example, http://localhost:3000", "--trusted-proxies", "10.1.2.3/8,::1", "--log-level", "debug",
		"--monitoring-hours", "Monday to Friday, 9 to 5", "--monitoring-reviewed-on", "2026-02-28", "--language", "pt-BR"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.address() != "https://care.example.org" || !s.secure() || s.adminListen != "" || s.logLevel != slog.LevelDebug ||
		!slices.Equal(s.origins, []string{"https://a.example", "http://localhost:3000"}) ||
		len(s.proxies) != 2 || s.proxies[0].String() != "10.0.0.0/8" || s.proxies[1].String() != "::1/128" {
		t.Errorf("%+v", s)
	}
	s.baseURL = ""
	if s.address() != "http://[::1]:0" {
		t.Errorf("%s", s.address())
	}
	if c := s.care(); c.AccessTokenMinutes != 10 || c.EnrolmentHours != 72 || c.Site.Monitoring.ReviewedOn != "2026-02-28" {
		t.Errorf("%+v", c)
	}
}

// TestWrongValuesAreRefused gives each setting what it must not take.
func TestWrongValuesAreRefused(t *testing.T) {
	wrong := map[string][]string{
		"listen":                 {"localhost", "", "1.2.3", "127.0.0.1:80"},
		"port":                   {"65536", "-1", "x", "", "80.0"},
		"admin-listen":           {"9090", ":9090", "127.0.0.1", "localhost:9090", ""},
		"base-url":               {"care.example.org", "ftp://a", "https://", "https://a/b", "https://a?x", "https://u:p@a", "https://*.a"},
		"data":                   {""},
		"key-file":               {strings.Repeat("x", 4097)},
		"ends-file":              {strings.Repeat("x", 4097)},
		"store":                  {"mysql", ""},
		"mongodb-uri":            {"localhost:27017"},
		"mongodb-database":       {"", "a.b", "a b", strings.Repeat("x", 64)},
		"site-name":              {"", strings.Repeat("x", 101), "\xff"},
		"country":                {"us", "USA", ""},
		"zone":                   {"", "Local", "Mars/Olympus", "../etc/passwd"},
		"language":               {"", "English!", "EN"},
		"monitoring-hours":       {strings.Repeat("x", 201)},
		"monitoring-who":         {strings.Repeat("x", 101)},
		"library-url":            {"http://library.example.org", "library.example.org", "https://u:p@library.example.org", "https://library.example.org/#a", "https://", "https://" + strings.Repeat("x", 400)},
		"monitoring-reviewed-on": {"2026-02-30", "today"},
		"cors-origins":           {"*", "https://a/b", "null"},
		"trusted-proxies":        {"10.0.0.0/33", "proxy", "all"},
		"country-header":         {"CF IPCountry", "X", "Country:", "1st", "Länd"},
		"body-limit":             {"0", "100", "1GB"},
		"access-token-minutes":   {"0", "11"},
		"patient-session-days":   {"0", "401"},
		"staff-session-hours":    {"0", "1000"},
		"jurisdiction":           {"California", "US", "us-ca", "US-XX"},
		"medicine-rules":         {strings.Repeat("x", 4097)},
		"staff-lock-minutes":     {"-1", "121", "ten", ""},
		"enrolment-hours":        {"0", "1000"},
		"oidc-providers":         {strings.Repeat("x", 4097)},
		"firebase-project":       {"Upper", "a/b", "x"},
		"firebase-emulator":      {strings.Repeat("x", 101)},
		"fcm-project":            {"Upper", "a/b", "x"},
		"fcm-credentials":        {strings.Repeat("x", 4097)},
		"smtp-host":              {"https://mail", "a b", ".x", strings.Repeat("x", 254)},
		"smtp-port":              {"0", "65536", "smtp"},
		"smtp-user":              {strings.Repeat("x", 321)},
		"smtp-password":          {strings.Repeat("x", 1025)},
		"smtp-from":              {"Clinic <a@example.org>", "nobody", "@"},
		"smtp-bounces":           {"Clinic <a@example.org>", "nobody", "a+b@example.org", "twenty-two-letters-it-is@example.org"},
		"smtp-bounce-secret":     {"too-short-to-be-secret", strings.Repeat("x", 1025)},
		"sms-url":                {"http://sms.example.org", "ftp://a", "https://u:p@a"},
		"sms-secret":             {"too-short-to-be-secret", strings.Repeat("x", 1025)},
		"webpush-subject":        {"operator@example.org", "http://a.example", "mailto:", "mailto:ops@localhost", "mailto:ops@clinic.local", "https://localhost", "https://10.0.0.1", "mailto:<ops@clinic.example>"},
		"second-factor-from":     {"tomorrow", "2026-02-30"},
		"reminders-per-day":      {"0", "51"},
		"video":                  {"yes", ""},
		"video-listen":           {"localhost"},
		"video-port":             {"65536", ""},
		"video-public-ips":       {"clinic.example.org", "0.0.0.0", "192.0.2.1,x"},
		"turn-port":              {"65536", "", "none"},
		"turn-tls-port":          {"65536", ""},
		"turn-host":              {strings.Repeat("x", 254)},
		"turn-cert-file":         {strings.Repeat("x", 4097)},
		"turn-key-file":          {strings.Repeat("x", 4097)},
		"turn-servers":           {"turn.example.org", "stun:turn.example.org", "https://a"},
		"turn-secret":            {"hush"},
		"busy-calendars":         {"", "ftp", "on"},
		"log-level":              {"loud", "", "INFO+1"},
	}
	for _, one := range table {
		if len(wrong[one.name]) == 0 {
			t.Errorf("%s takes anything", one.name)
		}
		for _, v := range wrong[one.name] {
			_, _, err := readSettings([]string{"--" + one.name + "=" + v}, nil, nil)
			if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), "--"+one.name) || !strings.Contains(err.Error(), "needed") {
				t.Errorf("%s=%q: %v", one.name, v, err)
			}
			if v == "" { // an empty variable is one that is not set
				continue
			}
			_, _, err = readSettings(nil, []string{one.variable() + "=" + v}, nil)
			if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), one.variable()) {
				t.Errorf("%s=%q: %v", one.variable(), v, err)
			}
			if one.secret && strings.Contains(err.Error(), v) {
				t.Errorf("a secret is shown: %v", err)
			}
		}
	}
}

func TestSettingsMustAgree(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--store", "mongodb"}, "needs HANDRAIL_MONGODB_URI"},
		{[]string{"--mongodb-uri", "mongodb://u:hush@h"}, "the store is sqlite"},
		{[]string{"--monitoring-hours", "always"}, "belong together"},
		{[]string{"--monitoring-reviewed-on", "2026-01-01"}, "belong together"},
		{[]string{"--fcm-project", "riverside"}, "belong together"},
		{[]string{"--smtp-host", "mail.example.org"}, "--smtp-from"},
		{[]string{"--smtp-password", "hush"}, "--smtp-user"},
		{[]string{"--smtp-host", "mail.example.org", "--smtp-from", "a@example.org", "--smtp-bounces", "bounces@example.org"}, "SMTP_BOUNCE_SECRET"},
		{[]string{"--sms-url", "https://sms.example.org"}, "SMS_SECRET"},
		{[]string{"--turn-key-file", "key.pem"}, "belong together"},
		{[]string{"--turn-servers", "turn:turn.example.org"}, "need --turn-secret"},
		{[]string{"--turn-servers", "turn:a", "--turn-secret", strings.Repeat("s", 32), "--turn-port", "off"}, "need --turn-secret"},
	} {
		_, _, err := readSettings(c.args, nil, nil)
		if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%v: %v", c.args, err)
		}
	}
	if _, _, err := readSettings([]string{"--store", "mongodb", "--mongodb-uri", "mongodb://h"}, nil, nil); err != nil {
		t.Error(err)
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	_, _, err := readSettings([]string{"--port", "x", "--zone", "Local"},
		[]string{"HANDRAIL_PROT=1", "HANDRAIL_COUNTRY=usa", "HANDRAIL_MONGO_URI=mongodb://u:hush@h"}, nil)
	for _, want := range []string{"--port", "--zone", "HANDRAIL_COUNTRY",
		"HANDRAIL_PROT is no setting; do you mean HANDRAIL_PORT?", "HANDRAIL_MONGO_URI is no setting; do you mean HANDRAIL_MONGODB_URI?"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "hush") {
		t.Error(err)
	}
	_, _, err = readSettings([]string{"--admin-port", "1"}, nil, nil)
	if !strings.Contains(err.Error(), "--admin-port is no flag of this command; do you mean --") {
		t.Error(err)
	}
}

func TestNearest(t *testing.T) {
	for name, want := range map[string]string{"zone": "zone", "zoen": "zone", "prt": "port", "sitename": "site-name", "": "data", "contry": "country"} {
		var names []string
		for _, one := range table {
			names = append(names, one.name)
		}
		if got := nearest(name, slices.Values(names)); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		n    int
	}{{"", "", 0}, {"abc", "", 3}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}} {
		if got := changes(c.a, c.b); got != c.n {
			t.Errorf("%s %s: %d", c.a, c.b, got)
		}
	}
}

// TestREADMEHasTheTable holds the README to the settings that there are.
func TestREADMEHasTheTable(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- settings -->\n", "<!-- /settings -->"
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(readme), begin)
	had, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("README.md has no %s … %s", strings.TrimSpace(begin), end)
	}
	if had == settingsTable() {
		return
	}
	if !*update {
		t.Fatal("README.md has another table of settings: go test ./cmd/handrail -run README -update")
	}
	if err := os.WriteFile(file, []byte(before+begin+settingsTable()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
