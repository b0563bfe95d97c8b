package edge

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

// secure sets the headers that every answer has. A handler that knows better,
// such as the page's, overwrites them.
func (e *Edge) secure(c *fiber.Ctx) {
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
	c.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	c.Set("Referrer-Policy", "no-referrer")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	// Camera and microphone are for the visit by video.
	c.Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()")
	c.Set("Cache-Control", "no-store")
	if e.config.Secure {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

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
