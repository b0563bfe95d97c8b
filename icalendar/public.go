package icalendar

import "net/netip"

// special are the networks of IANA's registries of special-purpose addresses
// (RFC 6890 and its updates) that are not reachable from everywhere, or that hide
// another address.
var special = func() []netip.Prefix {
	var out []netip.Prefix
	for _, text := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"224.0.0.0/3",                                          // multicast and reserved
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", // Teredo and others, examples, 6to4, examples
	} {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}()

// global is the part of IPv6 that is given out (RFC 4291, section 2.4): it leaves
// out loopback, link-local, unique local, mapped and translated addresses.
var global = netip.MustParsePrefix("2000::/3")

// IsPublic tells whether an address is somebody's on the public internet.
func IsPublic(a netip.Addr) bool {
	if a = a.Unmap(); !a.IsValid() || a.Is6() && !global.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
