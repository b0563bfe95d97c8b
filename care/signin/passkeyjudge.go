package signin

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"maps"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"

	"handrail/care/internal/chart"
)

// decoys are keys that nobody has, one of each algorithm that passkeys are asked for
// (webauthn.CredentialParametersRecommendedL3).
var decoys = newDecoys()

// judge holds an answer against a challenge and a passkey; handle is what the person is
// to be called. An answer is tried with a key of each algorithm, of which the passkey's
// is one: it takes as long whether there is a passkey, and whichever its algorithm is.
func (r *relying) judge(ch challenge, ok bool, handle []byte, key chart.Versioned[passkey], parsed *protocol.ParsedCredentialAssertionData) (used webauthn.Credential, proven bool) {
	shown := key.Value.Credential
	if key.IsNew() {
		shown = r.like.Credential
	}
	own, tries := algorithmOf(shown), maps.Clone(decoys)
	tries[own] = shown
	for alg, try := range tries {
		try.ID = parsed.RawID
		made, err := r.validate(ch, ok, holder{handle, "", []webauthn.Credential{try}}, parsed)
		if err == nil && ok && alg == own && !key.IsNew() {
			used, proven = *made, true
		}
	}
	return used, proven
}

func (r *relying) validate(ch challenge, ok bool, who holder, parsed *protocol.ParsedCredentialAssertionData) (made *webauthn.Credential, err error) {
	if ch.For == toStepUp && ok {
		return r.ValidateLogin(who, ch.Ceremony, parsed)
	}
	_, made, err = r.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return who, nil }, ch.Ceremony, parsed)
	return made, err
}

// algorithmOf is the COSE algorithm of a key (RFC 9053), 0 where it says none.
func algorithmOf(c webauthn.Credential) int64 {
	var key webauthncose.PublicKeyData
	if len(c.PublicKey) == 0 || webauthncbor.Unmarshal(c.PublicKey, &key) != nil {
		return 0
	}
	return key.Algorithm
}

// decoyPasskey is nobody's, with all that somebody's has.
func decoyPasskey() passkey {
	id, then := chart.NewID(), time.Unix(0, 0).UTC()
	p := passkey{ID: id, AccountID: id, Owner: id, Name: "Phone", CreatedAt: then, UsedAt: then, Asked: id, Credential: decoys[int64(webauthncose.AlgES256)]}
	p.Credential.ID = make([]byte, 32)
	p.Credential.Transport = []protocol.AuthenticatorTransport{protocol.Internal, protocol.Hybrid}
	p.Credential.Authenticator.AAGUID = make([]byte, 16)
	return p
}

func newDecoys() map[int64]webauthn.Credential {
	out := map[int64]webauthn.Credential{}
	keep := func(alg webauthncose.COSEAlgorithmIdentifier, kind webauthncose.COSEKeyType, key func(webauthncose.PublicKeyData) any) {
		cose, err := webauthncbor.Marshal(key(webauthncose.PublicKeyData{KeyType: int64(kind), Algorithm: int64(alg)}))
		if err != nil {
			panic(err) // a structure of this library's own
		}
		out[int64(alg)] = webauthn.Credential{PublicKey: cose}
	}
	keep(webauthncose.AlgES256, webauthncose.EllipticKey, func(d webauthncose.PublicKeyData) any {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			panic(err) // of a curve that is there
		}
		point, _ := key.PublicKey.Bytes() // of a point on it
		return webauthncose.EC2PublicKeyData{PublicKeyData: d, Curve: int64(webauthncose.P256), XCoord: point[1:33], YCoord: point[33:]}
	})
	keep(webauthncose.AlgEdDSA, webauthncose.OctetKey, func(d webauthncose.PublicKeyData) any {
		key, _, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			panic(err) // the chance of the system does not fail
		}
		return webauthncose.OKPPublicKeyData{PublicKeyData: d, Curve: int64(webauthncose.Ed25519), XCoord: key}
	})
	keep(webauthncose.AlgRS256, webauthncose.RSAKey, func(d webauthncose.PublicKeyData) any {
		modulus := make([]byte, 256) // no two primes: whoever can factor it has nothing, for no decoy counts
		rand.Read(modulus)
		modulus[0] |= 0x80
		modulus[255] |= 1
		return webauthncose.RSAPublicKeyData{PublicKeyData: d, Modulus: modulus, Exponent: []byte{1, 0, 1}}
	})
	return out
}
