package caretest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"

	"handrail/care/signin"
)

// BaseURL is the address of a clinic with passkeys.
const BaseURL = "https://care.example.org"

// Authenticator makes passkeys and answers as one of ES256 does. Its fields are what
// a test bends.
type Authenticator struct {
	Origin   string // of the page
	RPID     string
	Verified bool   // it made sure that it is its person
	Synced   bool   // backup eligible, and backed up
	Counter  uint32 // of the next answer
	Alg      int64  // what it says of its key

	id, handle []byte
	key        *ecdsa.PrivateKey
	t          testing.TB
}

// NewAuthenticator is one of somebody at BaseURL.
func NewAuthenticator(t testing.TB) *Authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := &Authenticator{Origin: BaseURL, RPID: "care.example.org", Verified: true, Alg: int64(webauthncose.AlgES256), key: key, t: t, id: make([]byte, 32)}
	rand.Read(a.id)
	a.handle = make([]byte, 32) // until one is made: of nobody, and as long as anybody's
	rand.Read(a.handle)
	return a
}

const (
	flagPresent, flagVerified, flagEligible, flagBacked, flagAttested = 1, 4, 8, 16, 64
)

func (a *Authenticator) data(attested bool) []byte {
	hash := sha256.Sum256([]byte(a.RPID))
	flags := byte(flagPresent)
	if a.Verified {
		flags |= flagVerified
	}
	if a.Synced {
		flags |= flagEligible | flagBacked
	}
	if attested {
		flags |= flagAttested
	}
	out := append(hash[:], flags)
	return binary.BigEndian.AppendUint32(out, a.Counter)
}

func (a *Authenticator) client(kind string, challenge protocol.URLEncodedBase64) []byte {
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge.String(), "origin": a.Origin, "crossOrigin": false})
	if err != nil {
		a.t.Fatal(err)
	}
	return b
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Make makes a passkey.
func (a *Authenticator) Make(c signin.Creation) signin.Registered {
	a.t.Helper()
	a.handle = c.PublicKey.User.ID.(protocol.URLEncodedBase64)
	point, err := a.key.PublicKey.Bytes()
	if err != nil {
		a.t.Fatal(err)
	}
	cose, err := webauthncbor.Marshal(webauthncose.EC2PublicKeyData{PublicKeyData: webauthncose.PublicKeyData{KeyType: int64(webauthncose.EllipticKey), Algorithm: a.Alg},
		Curve: int64(webauthncose.P256), XCoord: point[1:33], YCoord: point[33:]})
	if err != nil {
		a.t.Fatal(err)
	}
	data := append(a.data(true), make([]byte, 16)...) // AAGUID of nobody
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(append(data, a.id...), cose...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		a.t.Fatal(err)
	}
	return signin.Registered{ID: text(a.id), ClientDataJSON: text(a.client("webauthn.create", c.PublicKey.Challenge)), AttestationObject: text(object), Transports: []string{"internal"}}
}

// Answer answers a request.
func (a *Authenticator) Answer(r signin.Request) signin.Asserted {
	a.t.Helper()
	client, data := a.client("webauthn.get", r.PublicKey.Challenge), a.data(false)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return signin.Asserted{ID: text(a.id), ClientDataJSON: text(client), AuthenticatorData: text(data), Signature: text(signature), UserHandle: text(a.handle)}
}
