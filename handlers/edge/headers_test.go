package edge

import "testing"

func TestHeaders(t *testing.T) {
	const friend, foe = "https://app.example.org", "https://foe.example.org"
	closed := newWorld(t)
	open := newWorld(t, func(c *Config) { c.Origins, c.Secure = []string{friend}, true })
	for name, c := range map[string]struct {
		w      *world
		method string
		origin string
		header string
		want   string
	}{
		"no TLS":            {closed, "GET", "", "Strict-Transport-Security", ""},
		"TLS":               {open, "GET", "", "Strict-Transport-Security", "max-age=31536000"},
		"policy":            {closed, "GET", "", "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		"referrer":          {closed, "GET", "", "Referrer-Policy", "no-referrer"},
		"camera":            {closed, "GET", "", "Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"},
		"cache":             {closed, "GET", "", "Cache-Control", "no-store"},
		"closed":            {closed, "GET", friend, "Access-Control-Allow-Origin", ""},
		"friend":            {open, "GET", friend, "Access-Control-Allow-Origin", friend},
		"foe":               {open, "GET", foe, "Access-Control-Allow-Origin", ""},
		"null":              {open, "GET", "null", "Access-Control-Allow-Origin", ""},
		"friend asks first": {open, "OPTIONS", friend, "Access-Control-Allow-Origin", friend},
		"what it may send":  {open, "OPTIONS", friend, "Access-Control-Allow-Headers", "Authorization,Content-Type,Accept-Language,If-Match,If-None-Match,Idempotency-Key,DPoP"},
		"foe asks first":    {open, "OPTIONS", foe, "Access-Control-Allow-Origin", ""},
		"no cookies":        {open, "OPTIONS", friend, "Access-Control-Allow-Credentials", ""},
		"varies":            {open, "GET", friend, "Vary", "Origin"},
	} {
		t.Run(name, func(t *testing.T) {
			res := c.w.call(t, c.method, "/v1/notes", "", "Origin", c.origin, "Access-Control-Request-Method", "POST")
			if got := res.Header.Get(c.header); got != c.want {
				t.Errorf("%s: %q, want %q", c.header, got, c.want)
			}
		})
	}
}
