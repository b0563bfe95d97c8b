package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fasthttp/websocket"

	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/notify"
	"handrail/video/relay"
)

// What doctor asks from outside in, by the address that people use. A firewall that
// lets this machine through and nobody else is not seen: run it once elsewhere, with
// the same settings.
const (
	partProxy  = "proxy"
	partSocket = "socket"
	partTURN   = "turn"
)

// Addresses that nobody has (RFC 5737): what is made up with them must not be believed.
const (
	madeUp      = "192.0.2.77"
	madeUpToo   = "192.0.2.78"
	outsideWait = 15 * time.Second // also of a machine that is busy: slow is not gone
)

func (s settings) fromOutside(ctx context.Context, h *instance) []notify.Diagnosis {
	parts := []notify.Diagnosis{{Part: partProxy}, {Part: partSocket}, {Part: partTURN}}
	if s.baseURL == "" {
		for i := range parts {
			parts[i].Says = "--base-url is not set: there is no address to ask from outside"
		}
		return parts
	}
	checks := []func(context.Context, *instance) (string, error){s.proxyWorks, s.socketWorks, s.turnWorks}
	for i, check := range checks {
		says, err := check(ctx, h)
		if err != nil {
			says = err.Error()
		}
		parts[i].Says, parts[i].Works = says, err == nil && !strings.HasPrefix(says, "off")
	}
	return parts
}

// proxyWorks asks what arrives of us, then with addresses that are made up.
func (s settings) proxyWorks(ctx context.Context, _ *instance) (string, error) {
	seen, err := s.askSeen(ctx)
	if err != nil {
		return "", err
	}
	forged, err := s.askSeen(ctx, "X-Forwarded-For", madeUp, "Forwarded", "for="+madeUpToo)
	switch {
	case err != nil:
		return "", err
	case seen.Forwarded == "untrusted":
		return "", fmt.Errorf("a proxy notes addresses, and is not in --trusted-proxies: all people share its limits")
	case seen.Forwarded == "none" && s.secure():
		return "", fmt.Errorf("the proxy notes no address (X-Forwarded-For): all people share its limits")
	case seen.Proto != "" && s.secure() != (seen.Proto == "https"):
		return "", fmt.Errorf("X-Forwarded-Proto says another scheme than --base-url")
	case seen.Forwarded == "none":
		return "no proxy is on the way, or one that notes no address", nil
	case s.trusts(seen.Address):
		return "addresses arrive; asked from a trusted proxy, it can't be told whether made up ones do", nil
	case forged.Address == madeUp || forged.Address == madeUpToo:
		return "", fmt.Errorf("the proxy passes on an address that a phone made up: let it throw away X-Forwarded-For and Forwarded (docs/network.md)")
	}
	if u, err := url.Parse(s.baseURL); err == nil && !strings.EqualFold(u.Hostname(), hostAlone(seen.Host)) {
		return "addresses arrive; Host is changed on the way, which does no harm", nil
	}
	return "addresses and Host arrive, and made up ones do not", nil
}

// trusts tells whether an address is that of a trusted proxy, whose word counts.
func (s settings) trusts(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

func hostAlone(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

func (s settings) askSeen(ctx context.Context, headers ...string) (seen edge.Seen, err error) {
	ctx, cancel := context.WithTimeout(ctx, outsideWait)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address()+edge.SeenPath, nil)
	if err != nil {
		return seen, err
	}
	for i := 0; i+1 < len(headers); i += 2 {
		rq.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(rq)
	if err != nil {
		return seen, fmt.Errorf("--base-url does not answer: %w", err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(io.LimitReader(res.Body, 4<<10)).Decode(&seen); res.StatusCode != http.StatusOK || err != nil {
		return seen, fmt.Errorf("something else answers at --base-url (status %d)", res.StatusCode)
	}
	return seen, nil
}

// socketWorks opens the message connection of a visit as a page does, and says nothing.
func (s settings) socketWorks(ctx context.Context, _ *instance) (string, error) {
	if s.video.off {
		return "off: --video is off", nil
	}
	dialer := websocket.Dialer{HandshakeTimeout: outsideWait, Proxy: http.ProxyFromEnvironment}
	ws, res, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(s.address(), "http")+handlers.SocketPath, http.Header{"Origin": {s.address()}})
	if err != nil {
		if res != nil {
			return "", fmt.Errorf("the proxy or the program refuses a WebSocket (status %d): pass on Upgrade and Connection (docs/network.md)", res.StatusCode)
		}
		return "", fmt.Errorf("a WebSocket does not open: %w", err)
	}
	_ = res.Body.Close()
	return "a page of the site may connect", ws.Close()
}

// turnWorks opens an allocation over each port of TURN, by the name that people get.
func (s settings) turnWorks(ctx context.Context, h *instance) (string, error) {
	if s.video.off || s.video.turnPort < 0 {
		return "off: --video or --turn-port is off", nil
	}
	secret := []byte(s.video.turnSecret)
	if len(secret) == 0 {
		var err error
		if secret, err = h.care.Video.VideoSecret(ctx, "turn"); err != nil {
			return "", err
		}
	}
	config := relay.Config{Host: s.turnHost(), Secret: secret, Now: s.now}
	type port struct {
		kind   string
		number int
	}
	ports := []port{{"udp", s.video.turnPort}, {"tcp", s.video.turnPort}}
	if s.video.turnCert != "" {
		ports = append(ports, port{"tls", s.video.turnTLSPort})
	}
	for _, p := range ports {
		if err := relay.Probe(ctx, config, p.kind, net.JoinHostPort(config.Host, strconv.Itoa(p.number))); err != nil {
			return "", fmt.Errorf("TURN over %s at port %d does not answer: people behind strict firewalls stay out (%w)", p.kind, p.number, err)
		}
	}
	return fmt.Sprintf("answers on %d ways", len(ports)), nil
}
