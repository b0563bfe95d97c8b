package webpush

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// errForbidden says that an endpoint is at an address to which a server must not be
// led by what a browser sent.
var errForbidden = errors.New("the endpoint is not at a public address")

// guard keeps requests away from private networks: an endpoint is a URL that a
// client chose. It is asked at registration and again for each connection, at the
// address that is really dialled, because a name may resolve differently later.
type guard struct{ allowLoopback bool }

// special are the networks that are not public beyond what netip knows: IANA's
// special-purpose registries.
var special = func() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// public tells whether an address may be dialled.
func (g guard) public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if a.IsLoopback() {
		return g.allowLoopback
	}
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
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
			return errForbidden
		}
		return nil
	}
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return errors.New("the endpoint's name can't be looked up")
	}
	for _, a := range addrs {
		if !g.public(a) {
			return errForbidden
		}
	}
	return nil
}

// client is an HTTP client that dials public addresses only, uses no proxy and
// follows no redirect.
func (g guard) client() *http.Client {
	d := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		a, err := netip.ParseAddrPort(address)
		if err != nil || !g.public(a.Addr()) {
			return errForbidden
		}
		return nil
	}}
	return &http.Client{
		Transport: &http.Transport{DialContext: d.DialContext, ForceAttemptHTTP2: true, MaxIdleConns: 200, MaxIdleConnsPerHost: 100,
			IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
