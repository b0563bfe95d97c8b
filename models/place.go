package models

import (
	"context"
	"net/netip"
)

// Place is roughly where a device is, as far as its network tells: one of the three. It
// is never an address as a whole, and no database of places is asked.
type Place struct {
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2, as a proxy of the site said
	Private bool   `json:"private,omitempty"` // a network of its own (RFC 1918, RFC 4193), or this machine
	Network string `json:"network,omitempty"` // CIDR: /24 of IPv4, /48 of IPv6
}

// RoughPlace shortens an address. country is what a proxy said that is trusted; "" for
// nothing. What is no country and no address is the zero Place.
func RoughPlace(from netip.Addr, country string) Place {
	bits := 48
	if from = from.Unmap(); from.Is4() {
		bits = 24
	}
	switch {
	case isCountry(country):
		return Place{Country: country}
	case !from.IsValid():
		return Place{}
	case from.IsPrivate() || from.IsLoopback() || from.IsLinkLocalUnicast():
		return Place{Private: true}
	}
	network, err := from.WithZone("").Prefix(bits)
	if err != nil {
		return Place{}
	}
	return Place{Network: network.String()}
}

// isCountry: XX (not known) and ZZ are none.
func isCountry(code string) bool {
	if len(code) != 2 || code == "XX" || code == "ZZ" {
		return false
	}
	return code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}

// PlaceKey is under which the context of a request tells a Place: where it comes from. The
// edge finds that out when it is asked for, which only a sign-in does.
type PlaceKey struct{}

// PlaceFrom is where a request comes from; outside of one it is nowhere.
func PlaceFrom(ctx context.Context) Place {
	p, _ := ctx.Value(PlaceKey{}).(Place)
	return p
}
