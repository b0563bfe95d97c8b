package webpush

import (
	"errors"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// nowhere are top-level names that are nobody's on the public internet (RFC 2606,
// RFC 6761, RFC 6762, RFC 8375, and ICANN's "internal").
var nowhere = []string{"localhost", "local", "internal", "lan", "home", "arpa", "test", "invalid", "localdomain", "intranet", "corp"}

// CheckSubject tells whether every known push service takes a contact (the "sub" of
// RFC 8292 section 2.1). Apple's refuses one that can't be reached from outside, and
// says so as if the key were wrong. The error is a sentence for the operator.
func CheckSubject(subject string) error {
	bad := errors.New("mailto: and an address, or https:// and a host, that the makers of browsers can reach from outside is needed")
	if strings.ContainsAny(subject, " \t\r\n<>,;") || len(subject) > 255 {
		return bad
	}
	u, err := url.Parse(subject)
	if err != nil {
		return bad
	}
	host := u.Hostname()
	switch u.Scheme {
	case "mailto":
		a, err := mail.ParseAddress(u.Opaque)
		if err != nil || a.Address != u.Opaque || u.RawQuery != "" {
			return bad
		}
		host = a.Address[strings.LastIndex(a.Address, "@")+1:]
	case "https":
		if u.User != nil {
			return bad
		}
	default:
		return bad
	}
	if !public(host) {
		return bad
	}
	return nil
}

// public tells whether a host can be meant for everybody: a name with a dot that
// does not end in one of the reserved ends, and no bare address.
func public(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return false
	}
	labels := strings.Split(host, ".")
	return len(labels) > 1 && !slices.Contains(labels, "") && !slices.Contains(nowhere, labels[len(labels)-1])
}
