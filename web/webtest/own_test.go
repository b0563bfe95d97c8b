package webtest

import (
	"fmt"
	"net/http"
	"strings"

	"handrail/client"
)

// own calls the API as the person who is signed in on the phone. The phone's key can't
// be read out of it, so each call asks the page for a proof.
func (p *phone) own(c *clinic) caller {
	p.t.Helper()
	k, err := client.New(c.BaseURL, client.WithClock(client.Clock{Now: now}), client.WithHTTPClient(&http.Client{Transport: provenBy{p}}),
		client.WithSignIn(client.SignIn{AccessToken: module[string](p, "session", "await m.bearer()")}))
	if err != nil {
		p.t.Fatal(err)
	}
	return caller{k, c.t}
}

// provenBy sends what the page of a phone has proved.
type provenBy struct{ p *phone }

// RoundTrip tries again with the nonce that it is given, and more than once: a page that
// loads anew meanwhile has forgotten it.
func (by provenBy) RoundTrip(r *http.Request) (res *http.Response, err error) {
	for range 5 {
		if res, err = by.send(r); err != nil || res.StatusCode != http.StatusUnauthorized || res.Header.Get("DPoP-Nonce") == "" {
			return res, err
		}
		if err := res.Body.Close(); err != nil {
			return nil, err
		}
		module[bool](by.p, "proof", fmt.Sprintf(`m.heard(new Response('', { headers: { 'DPoP-Nonce': %q } }))`, res.Header.Get("DPoP-Nonce")))
	}
	return by.send(r)
}

// proofScript is the header that the page sends, or nothing from one that has no key.
const proofScript = `(async () => {
  const held = await m.signIn(), proof = await import('/app/proof.js');
  return held?.key ? proof.proof(held.key, %q, %q, %q) : '';
})()`

func (by provenBy) send(r *http.Request) (*http.Response, error) {
	again := r.Clone(r.Context())
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		again.Body = body
	}
	_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if made := module[string](by.p, "session", fmt.Sprintf(proofScript, r.Method, r.URL.String(), token)); made != "" {
		again.Header.Set("Authorization", "DPoP "+token)
		again.Header.Set("DPoP", made)
	}
	return http.DefaultTransport.RoundTrip(again)
}
