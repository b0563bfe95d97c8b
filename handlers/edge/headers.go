package edge

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

// secure sets the headers that every answer has. A handler that knows better,
// such as the page's, overwrites them.
func (e *Edge) secure(c *fiber.Ctx) {
	h := &c.Response().Header
	for i := range secureHeaders {
		h.SetCanonical(secureHeaders[i][0], secureHeaders[i][1])
	}
	if e.config.Secure {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

var secureHeaders = func() (out [][2][]byte) {
	for _, h := range [][2]string{
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"}, // for browsers that do not know frame-ancestors
		{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		// Camera and microphone are for the visit by video.
		{"Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"},
		{"Cache-Control", "no-store"},
	} {
		out = append(out, [2][]byte{[]byte(h[0]), []byte(h[1])})
	}
	return out
}()

// cors lets the pages of the origins that the site names call the API. Without
// any, browsers let no other page read an answer.
func (e *Edge) cors() {
	if len(e.config.Origins) == 0 {
		return
	}
	e.app.Use(cors.New(cors.Config{
		AllowOrigins:  strings.Join(e.config.Origins, ","),
		AllowMethods:  "GET,POST,PUT,PATCH,DELETE",
		AllowHeaders:  "Authorization,Content-Type,Accept-Language,If-Match,If-None-Match,Idempotency-Key,DPoP",
		ExposeHeaders: "ETag,X-Request-Id,Retry-After,DPoP-Nonce",
		MaxAge:        600,
	}))
}
