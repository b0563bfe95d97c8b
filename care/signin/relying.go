package signin

import (
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// relying is the site as authenticators know it (WebAuthn's relying party): the host of
// the address that people use.
type relying struct {
	*webauthn.WebAuthn
	like passkey // nobody's, of the size of somebody's
}

// newRelying is nil where browsers know no passkeys: at an address without a name, and
// without TLS anywhere but on this machine.
func newRelying(baseURL string) (*relying, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: u.Hostname(), RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation})
	if err != nil {
		return nil, err
	}
	return &relying{w, decoyPasskey()}, nil
}

// holder is a person as authenticators know them.
type holder struct {
	handle []byte
	name   string
	keys   []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.handle }
func (h holder) WebAuthnName() string                       { return h.name }
func (h holder) WebAuthnDisplayName() string                { return h.name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }
