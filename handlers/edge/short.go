package edge

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
)

// ShortKey is where in the metadata of an operation its short way is left, a Short.
const ShortKey = "short"

// Short does what the handler of an operation does, for a request of the usual form, without
// Huma's walk over the types of what comes in and goes out. Sign-in, limits and what is
// looked at in JSON lie before both ways. id is what the path names, as it is kept; body is
// valid until it returns. An operation with one answers 201.
type Short func(ctx context.Context, id string, body []byte) (Shortly, error)

// Shortly is an answer that can write itself as encoding/json would, with nothing in it that
// would have to be escaped or taken out; false: it is one of the others.
type Shortly interface {
	AppendJSON(b []byte) ([]byte, bool)
}

// short goes the short way where there is one and the request is of the usual form: no
// query, no key, one id in the path. All others are Huma's to take or to refuse.
func (e *Edge) short(ctx huma.Context, next func(huma.Context)) {
	do, ok := ctx.Operation().Metadata[ShortKey].(Short)
	if !ok || len(ctx.Operation().Middlewares) > 0 { // its own limits lie behind this
		next(ctx)
		return
	}
	c := humafiber.Unwrap(ctx)
	id, body := c.Params(c.Route().Params[0]), c.Request().Body()
	if !usual(c) || !isSmallID(id) || len(body) == 0 || len(body) > e.config.BodyLimit {
		next(ctx)
		return
	}
	v, err := do(ctx.Context(), id, body)
	if err != nil {
		if e.config.Explain != nil {
			err = e.config.Explain(err)
		}
		e.refuse(ctx, err)
		return
	}
	e.locate(ctx, v)
	ctx.SetStatus(http.StatusCreated)
	ctx.SetHeader("Content-Type", "application/json")
	if out, ok := v.AppendJSON(make([]byte, 0, 1024)); ok {
		c.Response().SetBodyRaw(append(out, '\n'))
		return
	}
	if err := shownJSON.Marshal(ctx.BodyWriter(), v); err != nil {
		panic(err) // as Huma does; around answers it
	}
}

// usual tells whether nothing but path, body and who calls says what is asked for.
func usual(c *fiber.Ctx) bool {
	accept := c.Request().Header.Peek(fiber.HeaderAccept)
	return len(c.Request().URI().QueryString()) == 0 && len(c.Request().Header.Peek("Idempotency-Key")) == 0 &&
		(len(accept) == 0 || string(accept) == "*/*" || string(accept) == "application/json")
}

// isSmallID tells whether a text is a UUID in the form in which it is kept.
func isSmallID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if c := s[i]; dash != (c == '-') || !dash && (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
