// Package publicnet tells which addresses are on the public internet. Some addresses
// that this program connects to are chosen by people outside: the endpoint that a
// browser names for its pushes, the calendar that a clinician keeps elsewhere. Such a
// connection must lead neither to this machine nor into the network of the clinic.
package publicnet

import (
	"errors"
	"net/netip"
	"syscall"
)

// ErrNotPublic says that a connection would have left the public internet.
var ErrNotPublic = errors.New("publicnet: the address is not public")

// special are the networks of IANA's registries of special-purpose addresses
// (RFC 6890 and its updates, as of 2026) within what is unicast: not reachable from
// everywhere, for services of the network itself, or hiding another address.
var special = networks(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
	"192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24", // protocols, AS112, AMT, 6to4 relays, AS112
	"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", // examples and benchmarks
	"224.0.0.0/3",                                 // multicast, reserved, broadcast
	"2001::/23", "2002::/16", "2620:4f:8000::/48", // protocols with Teredo, AMT and ORCHID; 6to4; AS112
	"2001:db8::/32", "3fff::/20", "3ffe::/16", "5f00::/16", // examples, the former 6bone, segment routing
)

// unicast is the part of IPv6 that is given out (RFC 4291, section 2.4). It leaves out
// loopback, link-local, unique local, multicast, and all that carries an address of
// IPv4 in its last bits: compatible (::127.0.0.1), mapped, translated (NAT64).
var unicast = netip.MustParsePrefix("2000::/3")

func networks(texts ...string) (out []netip.Prefix) {
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// Contains tells whether an address is somebody's on the public internet. A mapped
// address (::ffff:8.8.8.8) counts as what it maps, for the machine connects to that.
func Contains(a netip.Addr) bool {
	if a = a.Unmap(); !a.IsValid() || a.Zone() != "" || a.Is6() && !unicast.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Control is for a net.Dialer: it is asked after the name was looked up, for the very
// address that is connected to, so that a name that answers differently the second
// time gains nothing; and once more for each redirect. allowed is Contains, or what a
// test puts in its place. The error is ErrNotPublic.
func Control(allowed func(netip.Addr) bool) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); err != nil || !allowed(at.Addr().Unmap()) {
			return ErrNotPublic
		}
		return nil
	}
}
