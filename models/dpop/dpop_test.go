package dpop

import (
	"testing"
	"time"
)

func TestAddressesComparedAsTheyMeanTheSame(t *testing.T) {
	c := Call{Origins: []string{"https://care.example.org", "http://localhost:8080"}, Path: "/v1/patients/a%2fb/goals"}
	for htu, want := range map[string]bool{
		"https://care.example.org/v1/patients/a%2Fb/goals":         true,
		"HTTPS://CARE.example.org:443/v1/p%61tients/a%2fb/goals":   true,
		"https://care.example.org/v1/patients/a%2Fb/goals?x=1#y":   true,
		"http://localhost:8080/v1/patients/a%2Fb/goals":            true,
		"http://localhost/v1/patients/a%2Fb/goals":                 false,
		"http://care.example.org/v1/patients/a%2Fb/goals":          false,
		"https://care.example.org:8443/v1/patients/a%2Fb/goals":    false,
		"https://care.example.org/v1/patients/a/b/goals":           false,
		"https://care.example.org/v1/patients/a%2Fb/goals/":        false,
		"https://care.example.org@evil/v1/patients/a%2Fb/goals":    false,
		"https://x@care.example.org/v1/patients/a%2Fb/goals":       false,
		"https://care.example.org.evil/v1/patients/a%2Fb/goals":    false,
		"/v1/patients/a%2Fb/goals":                                 false,
		"":                                                         false,
		"https://care.example.org/v1/../v1/patients/a%2Fb/goals":   false,
		"ftp://care.example.org/v1/patients/a%2Fb/goals":           false,
		"https://care.example.org/v1/patients/a%2Fb/goals%00":      false,
		"https://care.example.org/v1/patients/a%2Fb%2fgoals":       false,
		"https:care.example.org/v1/patients/a%2Fb/goals":           false,
		"https://care.example.org:99999999/v1/patients/a%2Fb/goal": false,
	} {
		if got := c.at(htu); got != want {
			t.Errorf("%s: %t", htu, got)
		}
	}
}

func TestANonceCarriesTheTimeOfTheServer(t *testing.T) {
	now := time.Date(2026, 11, 28, 3, 0, 0, 0, time.UTC)
	secret := []byte("a secret of the site")
	n := Nonce(secret, now)
	for after, want := range map[time.Duration]bool{0: true, NonceLife - time.Second: true, NonceLife: false,
		-30 * time.Second: true, -2 * time.Minute: false, 72 * time.Hour: false} {
		if _, ok := NonceAt(secret, n, now.Add(after)); ok != want {
			t.Errorf("after %s: %t", after, ok)
		}
	}
	if _, ok := NonceAt([]byte("another"), n, now); ok {
		t.Error("a nonce of another site holds")
	}
	for _, odd := range []string{"", "x", n[1:], n + "A", n + "=", "A" + n[1:]} {
		if _, ok := NonceAt(secret, odd, now); ok && odd != n {
			t.Errorf("%q holds", odd)
		}
	}
}
