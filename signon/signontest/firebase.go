package signontest

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Firebase is where Firebase's SDK finds the certificates of ID tokens, on loopback,
// with a key of the test's own. Start it before the SDK's client is made.
type Firebase struct {
	*Provider
	Project string
	keys    *httptest.Server
}

// NewFirebase starts it: whatever connection the SDK opens ends here.
func NewFirebase(t testing.TB, project string) *Firebase {
	t.Helper()
	f := &Firebase{Project: project}
	f.keys = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "www.googleapis.com" || r.URL.Path != "/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com" {
			t.Errorf("the SDK asks %s %s", r.Host, r.URL)
		}
		w.Header().Set("Cache-Control", "public, max-age=3600")
		f.write(w, map[string]string{"rsa": f.certificate(t)})
	}))
	base := http.DefaultTransport.(*http.Transport)
	dial, proxy := base.DialTLSContext, base.Proxy
	base.Proxy = nil
	base.DialTLSContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, f.keys.Listener.Addr().String())
	}
	t.Cleanup(func() {
		base.DialTLSContext, base.Proxy = dial, proxy
		f.keys.Close()
	})
	f.Provider = &Provider{t: t, now: func() time.Time { return f.Now(t) }, RSA: newRSA(t)}
	return f
}

// Stop takes the certificates off the network.
func (f *Firebase) Stop() { f.keys.Close() }

func (f *Firebase) certificate(t testing.TB) string {
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1)}, &x509.Certificate{SerialNumber: big.NewInt(1)}, f.RSA.Public(), f.RSA)
	if err != nil {
		t.Error(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// Now is the hour of the machine, which the SDK judges tokens by, as a server of it
// tells it.
func (f *Firebase) Now(t testing.TB) time.Time {
	t.Helper()
	clock := httptest.NewServer(http.NotFoundHandler())
	defer clock.Close()
	res, err := http.Get(clock.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	at, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// IDToken is one as Firebase makes it for whoever proved a phone number, with claims
// laid over.
func (f *Firebase) IDToken(now time.Time, over Claims) string { return f.Sign(f.Claims(now, over)) }

// Claims are those of IDToken.
func (f *Firebase) Claims(now time.Time, over Claims) Claims {
	c := Claims{"iss": "https://securetoken.google.com/" + f.Project, "aud": f.Project, "sub": "uid-1", "user_id": "uid-1",
		"iat": now.Unix(), "auth_time": now.Unix(), "exp": now.Add(time.Hour).Unix(), "phone_number": "+14155550100",
		"firebase": map[string]any{"sign_in_provider": "phone", "identities": map[string]any{"phone": []string{"+14155550100"}}}, "more": rand.Text()}
	for name, v := range over {
		if c[name] = v; v == nil {
			delete(c, name)
		}
	}
	return c
}

// SignedWith is a token under another algorithm or key.
func (f *Firebase) SignedWith(alg jose.SignatureAlgorithm, key any, kid string, c Claims) string {
	return f.SignWith(alg, key, kid, nil, c)
}
