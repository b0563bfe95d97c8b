package dpop

import (
	"net/url"
	"strings"
)

// at tells whether an htu names this call. Compared as RFC 9449, section 4.3 and RFC
// 3986, section 6.2 say: without query and fragment, scheme and host in any case, the
// port of the scheme left out, and escapes that need not be there undone.
func (c Call) at(htu string) bool {
	said, ok := address(htu)
	if !ok {
		return false
	}
	for _, origin := range c.Origins {
		if here, ok := address(strings.TrimSuffix(origin, "/") + c.Path); ok && here == said {
			return true
		}
	}
	return false
}

func address(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if u.Scheme != "http" && u.Scheme != "https" { // url.Parse has made it small
		return "", false
	}
	if port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + port
	}
	path, ok := plainPath(u.EscapedPath())
	return u.Scheme + "://" + host + path, ok
}

// plainPath undoes escapes of letters, digits, "-", ".", "_" and "~", and writes the
// others in capitals.
func plainPath(path string) (string, bool) {
	if path == "" {
		return "/", true
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' {
			b.WriteByte(path[i])
			continue
		}
		if i+2 >= len(path) {
			return "", false
		}
		raw, err := url.PathUnescape(path[i : i+3])
		if err != nil {
			return "", false
		}
		if unreserved(raw[0]) {
			b.WriteString(raw)
		} else {
			b.WriteString(strings.ToUpper(path[i : i+3]))
		}
		i += 2
	}
	return b.String(), true
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
