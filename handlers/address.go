package handlers

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// address is where a request comes from. The header of a proxy counts only when
// the connection comes from a proxy that we trust; it is read from the right,
// because what stands left of the first unknown hop can be made up. Forwarded (RFC
// 7239) counts where there is no X-Forwarded-For: a proxy passes on what it does not
// set itself, and the older one is what nearly all of them set.
func (a *API) address(c *fiber.Ctx) netip.Addr {
	from := remote(c)
	if !a.trusted(from) {
		return from
	}
	for _, hop := range slices.Backward(hops(c)) {
		addr, ok := hopAddress(hop)
		if !ok {
			break
		}
		if from = addr; !a.trusted(from) {
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
func (a *API) fromProxy(c *fiber.Ctx) bool { return a.trusted(remote(c)) }

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
		for hop := range strings.SplitSeq(string(line), ",") {
			if strings.TrimSpace(hop) != "" {
				out = append(out, forwardedFor(hop))
			}
		}
	}
	return out
}

// forwardedFor is the node that an element of Forwarded names with for=; "" when none.
func forwardedFor(element string) string {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if strings.EqualFold(name, "for") {
			return strings.Trim(value, `"`)
		}
	}
	return ""
}

// hopAddress reads an address as proxies write it: alone, with a port, in brackets.
func hopAddress(hop string) (netip.Addr, bool) {
	addr, err := netip.ParseAddr(strings.Trim(hop, "[]"))
	if err != nil {
		with, portErr := netip.ParseAddrPort(hop)
		addr, err = with.Addr(), portErr
	}
	return addr.Unmap().WithZone(""), err == nil
}

func (a *API) trusted(addr netip.Addr) bool {
	return slices.ContainsFunc(a.config.Proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
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
