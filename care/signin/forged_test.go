package signin_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"handrail/care/caretest"
	"handrail/models"
)

// TestForgedAccessTokensOpenNothing: another algorithm, a key that is named in odd ways,
// headers that must be understood, and lengths that nobody makes.
func TestForgedAccessTokensOpenNothing(t *testing.T) {
	h := caretest.New(t)
	real := h.SignIn(h.NewPatient().ID).AccessToken
	parts := strings.Split(real, ".")
	var keys struct{ Keys []struct{ Kid, X string } }
	if err := json.Unmarshal(h.Care.Signin.JWKS(), &keys); err != nil || len(keys.Keys) == 0 {
		t.Fatal(err)
	}
	kid, public := keys.Keys[0].Kid, keys.Keys[0].X
	secret, err := base64.RawURLEncoding.DecodeString(public)
	if err != nil {
		t.Fatal(err)
	}
	forge := func(header map[string]any, with []byte) string {
		head, _ := json.Marshal(header) // maps of texts marshal
		text := base64.RawURLEncoding.EncodeToString(head) + "." + parts[1]
		m := hmac.New(sha256.New, with)
		m.Write([]byte(text))
		return text + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
	}
	type m = map[string]any
	for what, token := range map[string]string{
		"none": forge(m{"alg": "none", "kid": kid}, nil), "the public key as a secret": forge(m{"alg": "HS256", "kid": kid}, secret),
		"its text as a secret": forge(m{"alg": "HS256", "kid": kid}, []byte(public)), "RS256": forge(m{"alg": "RS256", "kid": kid}, secret),
		"another type of alg": forge(m{"alg": 7, "kid": kid}, secret), "a path for a kid": forge(m{"alg": "EdDSA", "kid": "../../../dev/null"}, nil),
		"a long kid": forge(m{"alg": "EdDSA", "kid": strings.Repeat("k", 9000)}, nil), "no kid": forge(m{"alg": "EdDSA"}, nil),
		"its own key": forge(m{"alg": "EdDSA", "jwk": m{"kty": "OKP", "crv": "Ed25519", "x": public}}, nil), "an address of keys": forge(m{"alg": "EdDSA", "jku": "https://evil.example"}, nil),
		"crit": forge(m{"alg": "EdDSA", "kid": kid, "crit": []string{"exp"}}, nil), "unsigned": parts[0] + "." + parts[1] + ".",
		"oversized": real + strings.Repeat("A", 1<<20), "dots": strings.Repeat(".", 1<<16), "empty": "",
	} {
		_, err := h.Care.Signin.Authenticate(t.Context(), token)
		if models.KindOf(err) != models.KindUnsigned {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// BenchmarkAuthenticate is a request's token: seen before, and seen for the first time.
func BenchmarkAuthenticate(b *testing.B) {
	h := caretest.New(b)
	token := h.SignIn(h.NewPatient().ID).AccessToken
	b.Run("seen", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Care.Signin.Authenticate(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("each time", func(b *testing.B) {
		for b.Loop() {
			h.Care.Signin.ForgetVerified()
			if _, err := h.Care.Signin.Authenticate(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
}
