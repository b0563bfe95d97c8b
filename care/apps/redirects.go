package apps

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var privateScheme = regexp.MustCompile(`^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/`) // RFC 8252, section 7.1

// notSchemes are of a browser's own, whatever stands behind them.
var notSchemes = []string{"javascript", "data", "vbscript", "file", "blob", "about"}

// ours are what an answer adds to the address.
var ours = []string{"code", "state", "iss", "error", "error_description", "error_uri"}

// isRedirect tells whether an app may have answers sent there: an address that every
// program reads alike. https; this machine (RFC 8252, section 7.3); a scheme of a phone's
// app, whose name is a domain of its maker.
func isRedirect(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > 500 || !printable(text) || u.User != nil || !plainPath(u) || !plainQuery(u) {
		return false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return false
		}
	}
	switch host := u.Hostname(); u.Scheme {
	case "https":
		return host != ""
	case "http":
		return host == "localhost" || host == "127.0.0.1" || host == "::1"
	}
	first, _, _ := strings.Cut(u.Scheme, ".")
	return privateScheme.MatchString(text) && !slices.Contains(notSchemes, first)
}

// printable: ASCII (a host of other letters has its xn-- form), without what is read in
// two ways.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`#*\`, r) })
}

// plainPath: without steps up or in place, written out or not.
func plainPath(u *url.URL) bool {
	return !slices.ContainsFunc(strings.Split(u.Path, "/"), func(step string) bool { return step == "." || step == ".." }) && u.Opaque == ""
}

// plainQuery: readable, and none of the names that an answer has.
func plainQuery(u *url.URL) bool {
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return false
	}
	for name := range q {
		if slices.Contains(ours, strings.ToLower(name)) {
			return false
		}
	}
	return true
}
