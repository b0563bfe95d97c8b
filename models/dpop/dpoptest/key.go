// Package dpoptest is a device that proves a key, for tests.
package dpoptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"testing"

	"handrail/models/dpop"
)

// Key is a device's key.
type Key struct {
	t       testing.TB
	private *ecdsa.PrivateKey
	JWK     map[string]any
}

// New makes a key.
func New(t testing.TB) *Key {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := k.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return &Key{t, k, map[string]any{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}}
}

// Claims are those of a proof; token may be empty.
func Claims(method, url, nonce, token string) map[string]any {
	c := map[string]any{"jti": rand.Text(), "htm": method, "htu": url, "iat": 1, "nonce": nonce}
	if token != "" {
		c["ath"] = dpop.TokenHash(token)
	}
	return c
}

// Sign makes a proof of claims. header changes its head.
func (k *Key) Sign(claims, header map[string]any) string {
	k.t.Helper()
	head := map[string]any{"typ": "dpop+jwt", "alg": "ES256", "jwk": k.JWK}
	maps.Copy(head, header)
	text := k.part(head) + "." + k.part(claims)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, sum[:])
	if err != nil {
		k.t.Fatal(err)
	}
	return text + "." + b64(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
}

func (k *Key) part(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		k.t.Fatal(err)
	}
	return b64(text)
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
