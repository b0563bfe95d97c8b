package signin

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// sign wraps bytes in a compact JWS under the newest signing key.
func (c *Service) sign(payload []byte) (string, error) {
	k := c.tokens.signer()
	key := jose.SigningKey{Algorithm: jose.EdDSA, Key: ed25519.NewKeyFromSeed(k.Seed)}
	signer, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithHeader("kid", k.ID).WithType("handrail-plan+json"))
	if err != nil {
		return "", err
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return jws.CompactSerialize()
}

// SignerOf is the name of the key that a compact JWS says it was signed with; "" where it
// says none.
func SignerOf(jws string) string {
	head, _, _ := strings.Cut(jws, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	var h struct {
		Kid string `json:"kid"`
	}
	if err != nil || json.Unmarshal(text, &h) != nil {
		return ""
	}
	return h.Kid
}

func (c *Service) accepts(kid string) bool {
	_, ok := c.tokens.keys.find(kid)
	return ok
}
