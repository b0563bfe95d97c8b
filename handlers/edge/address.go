package edge

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// address is where a request comes from. The header of a proxy counts only when
// the connection comes from a proxy that we trust; it is read from the right,
// because what stands left of the first unknown hop can be made up. Forwarded (RFC
// 7239) counts where there is no X-Forwarded-For: a proxy passes on what it does not
// set itself, and the older one is what nearly all of them set.
func (e *Edge) address(c *fiber.Ctx) netip.Addr {
	from := remote(c)
	if !e.trusted(from) {
		return from
	}
	for _, hop := range slices.Backward(hops(c)) {
		addr, ok := hopAddress(hop)
		if !ok {
			break
		}
		if from = addr; !e.trusted(from) {
			break
		}
	}
	return from
}

// remote is the other end of the connection.
func remote(c *fiber.Ctx) netip.Addr {
	from, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	return from.Unmap()
}

// fromProxy tells whether the connection comes from a proxy that we trust.
func (e *Edge) fromProxy(c *fiber.Ctx) bool { return e.trusted(remote(c)) }

// hops are the addresses that proxies noted, the nearest last.
func hops(c *fiber.Ctx) (out []string) {
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		for hop := range strings.SplitSeq(string(line), ",") {
			out = append(out, strings.TrimSpace(hop))
		}
	}
	if out = slices.DeleteFunc(out, func(hop string) bool { return hop == "" }); len(out) > 0 {
		return out
	}
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderForwarded) {
		out = append(out, forwardedHops(string(line))...)
	}
	return out
}

// hopAddress reads an address as proxies write it: alone, with a port, in brackets, in
// quotes. The port may be hidden (RFC 7239, section 6.3).
func hopAddress(hop string) (netip.Addr, bool) {
	if n := len(hop); n > 1 && hop[0] == '"' && hop[n-1] == '"' {
		hop = hop[1 : n-1]
	}
	host, port := hop, ""
	if inner, ok := strings.CutPrefix(hop, "["); ok {
		var closed bool
		if host, port, closed = strings.Cut(inner, "]"); !closed {
			return netip.Addr{}, false
		}
	} else if strings.Count(hop, ":") == 1 {
		host, port, _ = strings.Cut(hop, ":")
		port = ":" + port
	}
	addr, err := netip.ParseAddr(host)
	return addr.Unmap().WithZone(""), err == nil && ports.MatchString(port)
}

var ports = regexp.MustCompile(`^(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?$`)

func (e *Edge) trusted(addr netip.Addr) bool {
	return slices.ContainsFunc(e.config.Proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// limitKey is what limits count by: an IPv4 address, or the /64 that an IPv6
// household or attacker has to itself.
func limitKey(addr netip.Addr) string { return masked(addr, 32, 64) }

// logged is as much of an address as a log may hold: enough to see a network
// misbehave, too little to point at a home.
func logged(addr netip.Addr) string { return masked(addr, 24, 48) }

func masked(addr netip.Addr, v4, v6 int) string {
	bits := v6
	if addr.Is4() {
		bits = v4
	}
	p, err := addr.Prefix(bits)
	if err != nil || !p.IsValid() { // a connection without an address
		return ""
	}
	return p.String()
}

// country is what a proxy that we trust says of where a request comes from.
func (e *Edge) country(c *fiber.Ctx) string {
	if e.config.Country != "" && e.fromProxy(c) {
		if said := c.Request().Header.PeekAll(e.config.Country); len(said) == 1 {
			return string(said[0])
		}
	}
	return ""
}
