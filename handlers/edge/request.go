package edge

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/dpop"
	"handrail/store/turns"
)

// request is what is known about one request while it runs, and the context of what runs for
// it. Nothing of it but id, route and actor may be logged.
type request struct {
	deadline
	id      string // UUIDv7, in X-Request-Id, the log and the problem's instance
	started time.Time
	method  string
	target  string // the path as it was sent, for idempotency only
	route   string // its template, "/v1/patients/{patientId}"
	from    netip.Addr
	country string    // that it comes from, as far as a proxy said
	call    dpop.Call // what a proof of a key must be for
	actor   models.Actor
	code    string // of the problem that was answered
}

type requestKey struct{}

var requestIDHeader = []byte("X-Request-Id")

// routes of what is no operation of the API.
const (
	routeUnread = "(unread)" // refused before it could be parsed
	routeNone   = "(none)"   // no such path
)

func (e *Edge) begin(c *fiber.Ctx) *request {
	rq := &request{id: uuid.Must(uuid.NewV7FromReader(quick{})).String(), started: e.config.Now(), route: routeNone,
		method: c.Method(), target: SmallIDs(c.Path()), from: e.address(c), country: e.country(c), call: e.callOf(c)}
	turns.Half.Asked()
	rq.at = time.Now().Add(e.config.Times.Request)
	c.Response().Header.SetCanonical(requestIDHeader, utils.UnsafeBytes(rq.id)) // Set looks at each letter of the name
	return rq
}

// quick gives the random part of a request's id, which has to be its own and is no secret.
type quick struct{}

func (quick) Read(p []byte) (int, error) {
	var eight [8]byte
	for at := 0; at < len(p); at += len(eight) {
		binary.NativeEndian.PutUint64(eight[:], rand.Uint64())
		copy(p[at:], eight[:])
	}
	return len(p), nil
}

// Value makes a request the context of what runs for it.
func (rq *request) Value(key any) any {
	switch key.(type) {
	case requestKey:
		return rq
	case models.PlaceKey:
		return models.RoughPlace(rq.from, rq.country)
	}
	return rq.deadline.Value(key)
}

// requestOf finds the request that a context belongs to; outside of any it is an
// empty one, so that a test may call a handler directly.
func requestOf(ctx context.Context) *request {
	if rq, ok := ctx.Value(requestKey{}).(*request); ok {
		return rq
	}
	return &request{}
}

// route notes which operation was matched.
func (e *Edge) route(ctx huma.Context, next func(huma.Context)) {
	requestOf(ctx.Context()).route = ctx.Operation().Path
	next(ctx)
}

// SetRoute names the route of a request that is no operation of the API, for the log and
// the metrics: a template, never an address.
func SetRoute(ctx context.Context, route string) { requestOf(ctx).route = route }

// ActorFrom tells who makes the call: the zero Actor in a public operation.
func ActorFrom(ctx context.Context) models.Actor { return requestOf(ctx).actor }

// AddressFrom is the network address that guesses are counted by.
func AddressFrom(ctx context.Context) string { return limitKey(requestOf(ctx).from) }
