package handlers

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// address is where a request comes from. The header of a proxy counts only when
// the connection comes from a proxy that we trust; it is read from the right,
// because what stands left of the first unknown hop can be made up.
func (a *API) address(c *fiber.Ctx) netip.Addr {
	from, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	from = from.Unmap()
	if len(a.config.Proxies) == 0 || !a.trusted(from) {
		return from
	}
	var hops []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		hops = append(hops, strings.Split(string(line), ",")...)
	}
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		if from = addr.Unmap().WithZone(""); !a.trusted(from) {
			break
		}
	}
	return from
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
