// Package signontest is a provider of OpenID Connect for tests, on loopback, with real
// keys: one that does as it is told, also what no honest provider does.
package signontest

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Claims are those of a token.
type Claims map[string]any

// Provider is a provider that a test controls.
type Provider struct {
	t        testing.TB
	server   *httptest.Server
	now      func() time.Time
	RSA      *rsa.PrivateKey
	Ed       ed25519.PrivateKey
	ClientID string
	Secret   string

	mu          sync.Mutex
	NamesIssuer bool                      // RFC 9207
	Person      Claims                    // of who signs in there, laid over the usual ones
	Mint        func(Claims) string       // nil: RS256
	Token       func(http.ResponseWriter) // nil: a proper answer
	Says        func(map[string]any)      // changes what it says of itself
	Keys        func(http.ResponseWriter) // nil: a proper answer
	codes       map[string]url.Values     // code -> what was asked for
	Exchanges   int                       // how often a code was traded
	KeyLooks    int
}

// New starts one. ClientID is "handrail".
func New(t testing.TB, now func() time.Time) *Provider {
	t.Helper()
	p := &Provider{t: t, now: now, RSA: newRSA(t), ClientID: "handrail", Secret: "a secret of the client", codes: map[string]url.Values{}}
	var err error
	if _, p.Ed, err = ed25519.GenerateKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) { // a browser whose person is signed in there
		http.Redirect(w, r, p.Authorize(p.Issuer()+r.URL.RequestURI()).String(), http.StatusFound)
	})
	mux.HandleFunc("POST /token", p.token)
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
	return p
}

// Issuer is its address.
func (p *Provider) Issuer() string { return p.server.URL }

// Stop takes it off the network.
func (p *Provider) Stop() { p.server.Close() }

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	says := map[string]any{"issuer": p.Issuer(), "authorization_endpoint": p.Issuer() + "/authorize", "token_endpoint": p.Issuer() + "/token",
		"jwks_uri": p.Issuer() + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "EdDSA", "HS256", "none"},
		"authorization_response_iss_parameter_supported": p.NamesIssuer}
	if p.Says != nil {
		p.Says(says)
	}
	p.write(w, says)
}

func (p *Provider) write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	text, err := json.Marshal(v)
	if err != nil {
		p.t.Error(err)
	}
	_, _ = w.Write(text) // a client that gives up on a huge answer is no fault of it
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	p.KeyLooks++
	other := p.Keys
	p.mu.Unlock()
	if other != nil {
		other(w)
		return
	}
	p.write(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: p.RSA.Public(), KeyID: "rsa", Algorithm: "RS256", Use: "sig"}, {Key: p.Ed.Public(), KeyID: "ed", Algorithm: "EdDSA", Use: "sig"}}})
}

// Authorize is somebody who signs in there: it takes the address that the browser was
// sent to and gives the one that it is sent back to.
func (p *Provider) Authorize(authorizeURL string) *url.URL {
	p.t.Helper()
	u, err := url.Parse(authorizeURL)
	if err != nil {
		p.t.Fatal(err)
	}
	q := u.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("response_type") != "code" || q.Get("nonce") == "" || q.Get("state") == "" || q.Get("client_id") != p.ClientID {
		p.t.Errorf("asked as nobody should: %v", q)
	}
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		p.t.Fatal(err)
	}
	code := rand.Text()
	p.mu.Lock()
	p.codes[code] = q
	p.mu.Unlock()
	answer := url.Values{"code": {code}, "state": {q.Get("state")}}
	if p.NamesIssuer {
		answer.Set("iss", p.Issuer())
	}
	back.RawQuery = answer.Encode()
	return back
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Exchanges++
	if p.Token != nil {
		p.Token(w)
		return
	}
	if err := r.ParseForm(); err != nil {
		p.t.Error(err)
	}
	asked, known := p.codes[r.PostForm.Get("code")]
	delete(p.codes, r.PostForm.Get("code"))
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	if plain, err := url.QueryUnescape(secret); err == nil {
		secret = plain
	}
	if !known || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") ||
		r.PostForm.Get("redirect_uri") != asked.Get("redirect_uri") || id != p.ClientID || secret != p.Secret {
		w.WriteHeader(http.StatusBadRequest)
		p.write(w, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := p.IDClaims(asked.Get("nonce"))
	mint := p.Mint
	if mint == nil {
		mint = p.Sign
	}
	p.mu.Unlock() // what a test does meanwhile may ask for keys
	said := mint(claims)
	p.mu.Lock()
	p.write(w, map[string]any{"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": said})
}

// IDClaims are those of an ID token that is as it should be.
func (p *Provider) IDClaims(nonce string) Claims {
	now := p.now()
	c := Claims{"iss": p.Issuer(), "aud": p.ClientID, "sub": "subject-1", "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "nonce": nonce,
		"email": "ada@hospital.example", "email_verified": true, "name": "Ada Park"}
	maps.Copy(c, p.Person)
	for name, v := range c {
		if v == nil {
			delete(c, name)
		}
	}
	return c
}

// LogoutClaims are those of a logout token that is as it should be, but for whom.
func (p *Provider) LogoutClaims(over Claims) Claims {
	now := p.now()
	c := Claims{"iss": p.Issuer(), "aud": p.ClientID, "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": rand.Text(),
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}}
	maps.Copy(c, over)
	for name, v := range c {
		if v == nil {
			delete(c, name)
		}
	}
	return c
}

// Sign signs with RS256.
func (p *Provider) Sign(c Claims) string { return p.SignWith(jose.RS256, p.RSA, "rsa", nil, c) }

// SignEd signs with EdDSA.
func (p *Provider) SignEd(c Claims) string { return p.SignWith(jose.EdDSA, p.Ed, "ed", nil, c) }

// SignWith signs with whatever key, and more in the header.
func (p *Provider) SignWith(alg jose.SignatureAlgorithm, key any, kid string, header map[string]any, c Claims) string {
	opts := (&jose.SignerOptions{}).WithHeader("kid", kid)
	for name, v := range header {
		opts.WithHeader(jose.HeaderKey(name), v)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, opts)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	body, err := json.Marshal(c)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	jws, err := signer.Sign(body)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	text, err := jws.CompactSerialize()
	if err != nil {
		p.t.Error(err)
	}
	return text
}

// Unsigned is a token whose header says alg "none".
func Unsigned(c Claims) string {
	body, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + enc.EncodeToString(body) + "."
}
