package webpush

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"handrail/publicnet"
)

// guard keeps requests away from private networks: an endpoint is a URL that a
// client chose. It is asked at registration and again for each connection, at the
// address that is really dialled, because a name may resolve differently later.
type guard struct{ allowLoopback bool }

// public tells whether an address may be dialled.
func (g guard) public(a netip.Addr) bool {
	return publicnet.Contains(a) || g.allowLoopback && a.Unmap().IsLoopback()
}

// check looks at an endpoint when it is registered.
func (g guard) check(ctx context.Context, endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || len(endpoint) > 2048 {
		return errors.New("the endpoint is no URL of a push service")
	}
	if u.Scheme != "https" && !(g.allowLoopback && u.Scheme == "http") {
		return errors.New("the endpoint is not https")
	}
	if p := u.Port(); p != "" && p != "443" && !g.allowLoopback {
		return errors.New("the endpoint is not at port 443")
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		if !g.public(a) {
			return publicnet.ErrNotPublic
		}
		return nil
	}
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return errors.New("the endpoint's name can't be looked up")
	}
	for _, a := range addrs {
		if !g.public(a) {
			return publicnet.ErrNotPublic
		}
	}
	return nil
}

// client is an HTTP client that dials public addresses only, uses no proxy and
// follows no redirect.
func (g guard) client() *http.Client {
	d := &net.Dialer{Timeout: 10 * time.Second, Control: publicnet.Control(g.public)}
	return &http.Client{
		Transport: &http.Transport{DialContext: d.DialContext, ForceAttemptHTTP2: true, MaxIdleConns: 200, MaxIdleConnsPerHost: 100,
			IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
