package signin

import (
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"
)

// TestThereIsADecoyOfEachAlgorithm: each that passkeys are asked for has one, whose key
// can be read; else an answer would be refused sooner where nobody has that passkey.
func TestThereIsADecoyOfEachAlgorithm(t *testing.T) {
	for _, asked := range webauthn.CredentialParametersRecommendedL3() {
		decoy, ok := decoys[int64(asked.Algorithm)]
		if !ok {
			t.Errorf("none of %d", asked.Algorithm)
			continue
		}
		if _, err := webauthncose.ParsePublicKey(decoy.PublicKey); err != nil {
			t.Errorf("%d: %v", asked.Algorithm, err)
		}
		if got := algorithmOf(decoy); got != int64(asked.Algorithm) {
			t.Errorf("%d is read as %d", asked.Algorithm, got)
		}
	}
}
