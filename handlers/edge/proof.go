package edge

import (
	"context"
	"net"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"handrail/models/dpop"
)

// CallOf is what a proof of a key must be for, and the proof that was sent, if any. Two
// proofs are none (RFC 9449, section 4.3).
func CallOf(ctx context.Context) dpop.Call { return requestOf(ctx).call }

type sentKey struct{}

// noteSent keeps method and path as they were sent: a dialect may change them before
// they are routed.
func noteSent(fctx *fasthttp.RequestCtx) {
	if len(fctx.Request.Header.Peek("DPoP")) == 0 {
		return
	}
	path, _, _ := strings.Cut(string(fctx.RequestURI()), "?")
	call := dpop.Call{Method: string(fctx.Method()), Path: path}
	if proofs := fctx.Request.Header.PeekAll("DPoP"); len(proofs) == 1 {
		call.Proof = string(proofs[0])
	} else {
		call.Proof = "-" // none that holds
	}
	fctx.SetUserValue(sentKey{}, call)
}

func (e *Edge) callOf(c *fiber.Ctx) dpop.Call {
	call, sent := c.Context().UserValue(sentKey{}).(dpop.Call)
	if sent {
		call.Origins = e.origins(c)
	}
	return call
}

// origins are the addresses by which a device may know this server: the one that the
// site says, whatever a proxy in between makes of the request. A machine that calls
// itself by one of its own names may be called by the others. A server that knows no
// address of itself believes the request.
func (e *Edge) origins(c *fiber.Ctx) []string {
	base, err := url.Parse(e.config.BaseURL)
	if err != nil || base.Host == "" {
		host := string(c.Request().Host())
		return []string{"http://" + host, "https://" + host}
	}
	all := []string{e.config.BaseURL}
	if ip := net.ParseIP(base.Hostname()); base.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
			all = append(all, base.Scheme+"://"+name+":"+base.Port())
		}
	}
	return all
}
