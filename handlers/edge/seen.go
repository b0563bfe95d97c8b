package edge

import (
	"github.com/gofiber/fiber/v2"
)

// Seen is what the program sees of a request: for the operator's doctor, who asks from
// outside in whether a proxy passes on what is needed. It tells callers about
// themselves and of nobody else.
type Seen struct {
	Address   string `json:"address"`   // the caller's, as limits count it before they round
	Forwarded string `json:"forwarded"` // none, trusted or untrusted: whether a proxy noted an address, and whether it is believed
	Host      string `json:"host"`
	Proto     string `json:"proto"` // of X-Forwarded-Proto; "" without
}

// SeenPath is where it is asked.
const SeenPath = "/livez/seen"

func (e *Edge) seen() {
	e.app.Get(SeenPath, func(c *fiber.Ctx) error {
		rq := requestOf(c.UserContext())
		rq.route = routeHealth
		s := Seen{Address: rq.from.String(), Forwarded: "none", Host: string(c.Context().Host()), Proto: c.Get(fiber.HeaderXForwardedProto)}
		if len(hops(c)) > 0 {
			s.Forwarded = "untrusted"
			if e.fromProxy(c) {
				s.Forwarded = "trusted"
			}
		}
		return c.JSON(s)
	})
}
