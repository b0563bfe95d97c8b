package handlers_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"handrail/signon/signontest"
)

// TestIDTokensThatMustNotHold: each is as it should be but for one thing.
func TestIDTokensThatMustNotHold(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(h.main.RSA.Public())
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	p := h.main
	over := func(c signontest.Claims, name string, v any) signontest.Claims {
		if v == nil {
			delete(c, name)
		} else {
			c[name] = v
		}
		return c
	}
	claim := func(name string, v any) func(signontest.Claims) string {
		return func(c signontest.Claims) string { return p.Sign(over(c, name, v)) }
	}
	now := h.Clock.Now()
	at := func(name string, d time.Duration) func(signontest.Claims) string {
		return claim(name, now.Add(d).Unix())
	}
	head := func(name string, v any) func(signontest.Claims) string {
		return func(c signontest.Claims) string {
			return p.SignWith(jose.RS256, p.RSA, "rsa", map[string]any{name: v}, c)
		}
	}
	for name, mint := range map[string]func(signontest.Claims) string{
		"alg none":                   signontest.Unsigned,
		"HS256 under the public key": func(c signontest.Claims) string { return p.SignWith(jose.HS256, public, "rsa", nil, c) },
		"HS256 under the client secret": func(c signontest.Claims) string {
			return p.SignWith(jose.HS256, []byte(strings.Repeat(p.Secret, 2)), "rsa", nil, c)
		},
		"PS256":                      func(c signontest.Claims) string { return p.SignWith(jose.PS256, p.RSA, "rsa", nil, c) },
		"a stranger's key":           func(c signontest.Claims) string { return p.SignWith(jose.RS256, stranger, "rsa", nil, c) },
		"a stranger's Ed25519 key":   func(c signontest.Claims) string { return p.SignWith(jose.EdDSA, ed, "ed", nil, c) },
		"kid of another kind of key": func(c signontest.Claims) string { return p.SignWith(jose.EdDSA, p.Ed, "rsa", nil, c) },
		"kid is a path":              func(c signontest.Claims) string { return p.SignWith(jose.RS256, stranger, "../../dev/null", nil, c) },
		"kid is a query":             func(c signontest.Claims) string { return p.SignWith(jose.RS256, stranger, "x' OR '1'='1", nil, c) },
		"kid is huge": func(c signontest.Claims) string {
			return p.SignWith(jose.RS256, p.RSA, strings.Repeat("k", 600), nil, c)
		},
		"a key that it brings along":    head("jwk", jose.JSONWebKey{Key: stranger.Public(), KeyID: "rsa"}),
		"a key from an address":         head("jku", "https://evil.example/keys"),
		"a certificate from an address": head("x5u", "https://evil.example/cert"),
		"crit":                          head("crit", []string{"exp"}),
		"crit b64":                      head("crit", []string{"b64"}),
		"a logout token as an ID token": head("typ", "logout+jwt"),
		"an access token":               head("typ", "at+jwt"),
		"another audience":              claim("aud", "somebody-else"),
		"no audience":                   claim("aud", nil),
		"two audiences and no azp":      claim("aud", []string{p.ClientID, "somebody-else"}),
		"azp of another":                claim("azp", "somebody-else"),
		"another issuer":                claim("iss", h.second.Issuer()),
		"no issuer":                     claim("iss", nil),
		"no subject":                    claim("sub", nil),
		"a huge subject":                claim("sub", strings.Repeat("s", 300)),
		"another nonce":                 claim("nonce", rand.Text()),
		"no nonce":                      claim("nonce", nil),
		"ended minutes ago":             at("exp", -6*time.Minute),
		"ended days ago":                at("exp", -72*time.Hour),
		"issued in days":                at("iat", 72*time.Hour),
		"issued days ago":               at("iat", -72*time.Hour),
		"not valid for days":            at("nbf", 72*time.Hour),
		"another access token's":        claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
		"oversized":                     claim("name", strings.Repeat("n", 17<<10)),
		"no token":                      func(signontest.Claims) string { return "" },
		"no JWS":                        func(signontest.Claims) string { return "a.b.c" },
		"five parts":                    func(c signontest.Claims) string { return p.Sign(c) + ".x.y" },
		"a cut signature":               func(c signontest.Claims) string { s := p.Sign(c); return s[:len(s)-10] },
		"claims of another type":        claim("exp", map[string]any{}),
	} {
		t.Run(name, func(t *testing.T) {
			p.Mint = mint
			if code, body := h.come("hospital", p); code != "provider-token-not-valid" {
				t.Errorf("%q %v", code, body)
			}
		})
	}
	for name, mint := range map[string]func(signontest.Claims) string{
		"EdDSA": p.SignEd, "two audiences and azp": func(c signontest.Claims) string {
			return p.Sign(over(over(c, "aud", []string{"x", p.ClientID}), "azp", p.ClientID))
		},
		"a clock minutes ahead": at("iat", 4*time.Minute), "a clock minutes behind": at("exp", -4*time.Minute),
	} {
		p.Mint = mint
		if code, _ := h.come("hospital", p); code != "" {
			t.Errorf("%s: %s", name, code)
		}
	}
}
