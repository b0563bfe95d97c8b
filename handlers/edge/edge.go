// Package edge is where HTTP comes in and goes out: what every request and every
// operation needs, whatever the API is about. A request gets an id, limits and a caller,
// and what it sends takes the form in which it is kept; every refusal is a problem
// document; what is read has versions and pages; the API describes itself. It knows the
// errors and the people of models, and no use case: who a token stands for is asked of an
// Authenticator.
package edge

import (
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// Edge is where HTTP comes in and goes out. What is built on it registers its
// operations before it listens: Fiber does not see later routes.
type Edge struct {
	config   Config
	app      *fiber.App
	huma     huma.API
	metrics  *metrics
	listener atomic.Pointer[listener]
	files    sync.Map // of the page: address -> pageFile
	rules    Rules
	texts    map[reflect.Type]map[string]string // by type and field: see Keep

	operations []*operation
	reads      map[string]bool       // the paths that can be read: see LocationOf
	located    sync.Map              // by operation: what LocationOf found once all were there
	described  []func(*huma.OpenAPI) // see Describe
}

// New makes an edge with the probes, the page and the description of the API.
func New(config Config) *Edge {
	config.fill()
	ownHumaErrors()
	e := &Edge{config: config, metrics: newMetrics(config.Version), reads: map[string]bool{}}
	e.app = e.newApp()
	e.app.Use(e.around)
	e.cors()
	e.health()
	e.seen()
	e.page()
	e.huma = humafiber.New(e.app, e.humaConfig())
	e.docs()
	return e
}

// App is the Fiber application, for routes that are no operations of the API.
func (e *Edge) App() *fiber.App { return e.app }

// Config is what the edge was made from, with the defaults filled in.
func (e *Edge) Config() Config { return e.config }

// Measure adds figures to the metrics. Panics when one is there already.
func (e *Edge) Measure(c prometheus.Collector) { e.metrics.registry.MustRegister(c) }

// maxHead is how long the head of a request may be, in bytes.
const maxHead = 16 << 10

// oneWrite is up to which length, in bytes, an answer with its head leaves in one write:
// most plans and pages of lists do. A second write costs as much as all that we do for a plan.
const oneWrite = 8 << 10

// newApp sets what was measured to matter: without Immutable a string that is
// kept after the handler is overwritten by the next request; without the time
// limits a slow sender holds its connection for ever and Huma's own deadline
// cuts keep-alive connections.
func (e *Edge) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:               e.config.Info.Title,
		DisableStartupMessage: true,
		Immutable:             true,
		CaseSensitive:         true,
		StrictRouting:         true,
		BodyLimit:             e.config.BodyLimit,
		ReadBufferSize:        maxHead,
		WriteBufferSize:       oneWrite,
		ReadTimeout:           e.config.Times.Read,
		WriteTimeout:          e.config.Times.Write,
		IdleTimeout:           e.config.Times.Idle,
		ErrorHandler:          e.unread,
		// No form is ever expected, so none is parsed ahead of the handlers.
		DisablePreParseMultipartForm: true,
	})
	e.refuseOddMethods(app)
	return app
}
