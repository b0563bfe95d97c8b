// Package dpop reads proofs of possession (RFC 9449): a small JWS, made anew for each
// request with a key that never leaves the device. It is pure; who has seen which proof
// is kept by its caller.
package dpop

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
)

// Limits on what a device may send, in bytes. A browser's proof has about 550.
const (
	MaxProof = 2048
	maxID    = 128
)

// ErrProof is the one answer to a proof that does not hold, whatever is wrong with it.
var ErrProof = errors.New("the proof does not hold")

// Call is a request that a proof is made for.
type Call struct {
	Proof   string   // of the DPoP header; empty: none was sent
	Method  string   // as it was sent
	Origins []string // the addresses of this server, "https://care.example.org"
	Path    string   // as it was sent; a query does not count
}

// Proof is what a proof says, once its signature and its call are checked.
type Proof struct {
	ID         string // jti
	Thumbprint string // of the key (RFC 7638)
	TokenHash  string // ath: base64url of SHA-256 of the access token; empty: none
	Nonce      string
}

type header struct {
	Type     string          `json:"typ"`
	Alg      string          `json:"alg"`
	Key      json.RawMessage `json:"jwk"`
	Critical json.RawMessage `json:"crit"`
}

type claims struct {
	ID     string `json:"jti"`
	Method string `json:"htm"`
	URL    string `json:"htu"`
	At     *int64 `json:"iat"` // must be there; devices' clocks are not believed, the nonce carries time
	Hash   string `json:"ath"`
	Nonce  string `json:"nonce"`
}

// Read checks form, key, signature, method and address of a proof (RFC 9449, section
// 4.3). The nonce, the access token and whether the proof was seen before are for the
// caller. The only error is ErrProof.
func Read(c Call) (Proof, error) {
	if len(c.Proof) > MaxProof {
		return Proof{}, ErrProof
	}
	parts := strings.Split(c.Proof, ".")
	if len(parts) != 3 {
		return Proof{}, ErrProof
	}
	var h header
	var said claims
	if !open(parts[0], &h) || h.Type != "dpop+jwt" || h.Alg != "ES256" || h.Critical != nil || !open(parts[1], &said) {
		return Proof{}, ErrProof
	}
	key, thumbprint, ok := publicKey(h.Key)
	if !ok || !signed(key, parts) {
		return Proof{}, ErrProof
	}
	if said.ID == "" || len(said.ID) > maxID || said.At == nil || !sameMethod(said.Method, c.Method) || !c.at(said.URL) {
		return Proof{}, ErrProof
	}
	return Proof{said.ID, thumbprint, said.Hash, said.Nonce}, nil
}

// open reads one part: strict base64url of one JSON object.
func open(part string, into any) bool {
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil && len(text) > 0 && text[0] == '{'
}

// publicKey reads a JWK of P-256 (RFC 7518, section 6.2.1). One that shows its private
// part is no key any more.
func publicKey(raw json.RawMessage) (*ecdsa.PublicKey, string, bool) {
	var k struct {
		Type    string          `json:"kty"`
		Curve   string          `json:"crv"`
		X       string          `json:"x"`
		Y       string          `json:"y"`
		Private json.RawMessage `json:"d"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &k) != nil || k.Type != "EC" || k.Curve != "P-256" || k.Private != nil {
		return nil, "", false
	}
	x, errX := base64.RawURLEncoding.Strict().DecodeString(k.X)
	y, errY := base64.RawURLEncoding.Strict().DecodeString(k.Y)
	if errX != nil || errY != nil || len(x) != 32 || len(y) != 32 {
		return nil, "", false
	}
	point := bytes.Join([][]byte{{4}, x, y}, nil)
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point) // refuses points off the curve
	if err != nil {
		return nil, "", false
	}
	// RFC 7638, section 3.2: the required members in this order, with no space.
	sum := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + k.X + `","y":"` + k.Y + `"}`))
	return key, base64.RawURLEncoding.EncodeToString(sum[:]), true
}

// signed checks an ES256 signature: r and s, 32 bytes each (RFC 7518, section 3.4).
func signed(key *ecdsa.PublicKey, parts []string) bool {
	sig, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(sig) != 64 {
		return false
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	return ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:]))
}

// TokenHash is what a proof says as ath of an access token.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// sameMethod: HEAD is served as GET.
func sameMethod(said, sent string) bool {
	return said == sent || said == "HEAD" && sent == "GET"
}
