package models_test

import (
	"net/netip"
	"testing"

	"handrail/models"
)

// TestAPlaceIsRough: never an address as a whole, and only a country that can be one.
func TestAPlaceIsRough(t *testing.T) {
	for _, c := range []struct {
		from, country string
		want          models.Place
	}{
		{"203.0.113.77", "", models.Place{Network: "203.0.113.0/24"}},
		{"::ffff:203.0.113.77", "", models.Place{Network: "203.0.113.0/24"}},
		{"2001:db8:1:2:3::4", "", models.Place{Network: "2001:db8:1::/48"}},
		{"10.1.2.3", "", models.Place{Private: true}}, {"fd00::1", "", models.Place{Private: true}},
		{"127.0.0.1", "", models.Place{Private: true}}, {"fe80::1%eth0", "", models.Place{Private: true}},
		{"203.0.113.77", "DE", models.Place{Country: "DE"}},
		{"203.0.113.77", "XX", models.Place{Network: "203.0.113.0/24"}},
		{"203.0.113.77", "T1", models.Place{Network: "203.0.113.0/24"}}, // Tor, as one proxy says it
		{"203.0.113.77", "de", models.Place{Network: "203.0.113.0/24"}},
		{"203.0.113.77", "<b>", models.Place{Network: "203.0.113.0/24"}},
		{"", "", models.Place{}},
	} {
		from, _ := netip.ParseAddr(c.from)
		if got := models.RoughPlace(from, c.country); got != c.want {
			t.Errorf("%s %q: %+v", c.from, c.country, got)
		}
	}
}
