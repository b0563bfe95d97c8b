package edge

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

// around is around everything that is routed: it gives a request its id, its time
// limit and its headers, answers whatever went wrong with a problem document,
// and writes one line into the log. It never returns an error.
func (e *Edge) around(c *fiber.Ctx) error {
	rq := e.begin(c)
	defer rq.deadline.end()
	c.SetUserContext(rq)
	e.secure(c)
	if err := caught(c); err != nil {
		e.answerProblem(c, rq, ProblemOf(err))
	}
	e.end(rq, c.Response().StatusCode())
	return nil
}

// unread answers what was refused before it was routed: too large, too slow, not
// HTTP.
func (e *Edge) unread(c *fiber.Ctx, err error) error {
	rq := e.begin(c)
	rq.route, rq.method = routeUnread, ""
	e.secure(c)
	e.answerProblem(c, rq, ProblemOf(err))
	e.end(rq, c.Response().StatusCode())
	return nil
}

// refuseOddMethods stands before Fiber, which answers an unknown method in plain
// text.
func (e *Edge) refuseOddMethods(app *fiber.App) {
	inner := app.Server().Handler
	app.Server().Handler = func(fctx *fasthttp.RequestCtx) {
		if closes(fctx.Request.Header.Peek("Connection")) {
			fctx.SetConnectionClose()
		}
		noteSent(fctx)
		if err := e.beforeDialect(&fctx.Request); err != nil {
			c := app.AcquireCtx(fctx)
			defer app.ReleaseCtx(c)
			_ = e.unread(c, err)
			return
		}
		switch string(fctx.Method()) {
		case http.MethodHead: // RFC 9110, section 9.3.2: as GET, without the body
			fctx.Request.Header.SetMethod(http.MethodGet)
			fctx.Request.Header.Del("Upgrade")
			inner(fctx)
			e.compress(fctx)
			fctx.Response.SkipBody = true
		case http.MethodGet, http.MethodPost, http.MethodPut,
			http.MethodPatch, http.MethodDelete, http.MethodOptions:
			inner(fctx)
			e.compress(fctx)
		default:
			c := app.AcquireCtx(fctx)
			defer app.ReleaseCtx(c)
			_ = e.unread(c, fiber.ErrMethodNotAllowed)
		}
	}
}

func (e *Edge) beforeDialect(rq *fasthttp.Request) error {
	if d := e.config.Dialect; d.spoken(utils.UnsafeString(rq.URI().Path())) {
		return d.Before(rq)
	}
	return nil
}

// closes tells whether a Connection header asks for the end; the server underneath
// knows it only when it stands alone and in small letters.
func closes(value []byte) bool {
	for option := range strings.SplitSeq(string(value), ",") {
		if strings.EqualFold(strings.TrimSpace(option), "close") {
			return true
		}
	}
	return false
}

// caught runs the rest of the chain and turns a panic into an error.
func caught(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return c.Next()
}

// panicked names a panic by its type and the functions that led to it. Its value
// is left out: it may hold what somebody wrote.
func panicked(value any) error {
	callers := make([]uintptr, 12)
	frames := runtime.CallersFrames(callers[:runtime.Callers(4, callers)])
	var at []string
	for {
		f, more := frames.Next()
		at = append(at, fmt.Sprintf("%s:%d", f.Function, f.Line))
		if !more {
			break
		}
	}
	return fmt.Errorf("panic of %T at %s", value, strings.Join(at, " < "))
}
