// Package handlers is the HTTP edge: it parses a request, calls one use case and
// answers. It knows no rule and no store. What every operation needs (sign-in,
// problem documents, limits, versions, lists) lives in the files beside it; a
// resource is one file that registers its operations, like this:
//
//	func (a *API) goals() {
//		register(a, huma.Operation{
//			OperationID: "listGoals", Method: "GET", Path: "/v1/patients/{patientId}/goals",
//			Tags: []string{"Goals"}, Summary: "The goals of a patient",
//		}, func(ctx context.Context, in *struct {
//			PatientID string `path:"patientId" format:"uuid"`
//			Paging
//		}) (*Answer[List[models.Goal]], error) {
//			chart, err := a.care.Open(ctx, ActorFrom(ctx), in.PatientID, "")
//			if err != nil {
//				return nil, err // a *models.Error: problem.go knows its status
//			}
//			page, err := chart.Record.Goals(ctx, in.Cursor, in.Limit)
//			return list(page.Items, page.Next), err
//		})
//	}
//
// Every operation asks for a bearer token unless it says Security: public.
package handlers

import (
	"log/slog"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"handrail/care"
	"handrail/models"
	"handrail/notify"
	"handrail/store/aside"
)

// Config is what the edge needs from the program.
type Config struct {
	Care      *care.Care
	Auth      Authenticator // nil: Care
	Notify    *notify.Notifier
	Now       models.Clock   // nil: the wall clock
	Log       *slog.Logger   // nil: slog.Default
	Version   string         // of the program, shown in the OpenAPI document
	BaseURL   string         // the address that people use, "https://care.example.org"; empty: not known
	Secure    bool           // served over TLS, by itself or by a proxy: sends HSTS
	Origins   []string       // other origins whose pages may call the API; none: CORS is closed
	Proxies   []netip.Prefix // whose X-Forwarded-For is believed
	BodyLimit int            // bytes; 0: 1 MiB
	Page      Page
	Checks    []Check // what readiness asks
	Times     Times
	Video     Media         // nil: no video visits in this program
	SMSSecret []byte        // shared with the SMS gateway; none: nothing comes back from it
	Aside     []*aside.Book // what workers have set aside, for the metrics
}

// Times bound how long a connection may take for what. Zero values mean the
// defaults in fill.
type Times struct {
	Read    time.Duration // for a whole request; also what stops a slow sender
	Write   time.Duration // for writing an answer
	Idle    time.Duration // between two requests of a connection; longer than proxies keep theirs
	Request time.Duration // what a use case may take: a client that left does not stop it
	Ping    time.Duration // between two pings of a socket; proxies cut what was silent for a minute
}

func (c *Config) fill() {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Auth == nil && c.Care != nil {
		c.Auth = c.Care.Signin
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.BodyLimit == 0 {
		c.BodyLimit = 1 << 20
	}
	for _, t := range []struct {
		value *time.Duration
		def   time.Duration
	}{{&c.Times.Read, 10 * time.Second}, {&c.Times.Write, 30 * time.Second},
		{&c.Times.Idle, 150 * time.Second}, {&c.Times.Request, 15 * time.Second}, {&c.Times.Ping, 15 * time.Second}} {
		if *t.value == 0 {
			*t.value = t.def
		}
	}
}

// API is the program's HTTP face. Everything is registered before it listens:
// Fiber does not see later routes.
type API struct {
	config   Config
	care     *care.Care
	app      *fiber.App
	huma     huma.API
	metrics  *metrics
	listener atomic.Pointer[listener]
}

// New makes the face of the program.
func New(config Config) *API {
	config.fill()
	ownHumaErrors()
	a := &API{config: config, care: config.Care, metrics: newMetrics(config.Version)}
	a.app = a.newApp()
	a.app.Use(a.edge)
	a.cors()
	a.health()
	a.seen()
	a.bundle()
	a.socket()
	a.videoMetrics()
	a.asideMetrics()
	a.page()
	a.huma = humafiber.New(a.app, a.humaConfig())
	a.huma.UseMiddleware(a.route, a.signIn, a.onlyGoodJSON)
	a.resources()
	a.describeLocations()
	a.docs()
	return a
}

// resources registers every operation, one file each.
func (a *API) resources() {
	a.site()
	a.signingIn()
	a.accounts()
	a.patients()
	a.consents()
	a.breakGlass()
	a.emergency()
	a.checkIns()
	a.checkInForm()
	a.ownTimes()
	a.crisisPlan()
	a.planReviews()
	a.sync()
	a.goals()
	a.goalSteps()
	a.availability()
	a.visitTypes()
	a.slots()
	a.holds()
	a.appointments()
	a.series()
	a.waitlist()
	a.preference()
	a.conferences()
	a.calendars()
	a.videoVisits()
	a.visitMessages()
	a.notifications()
	a.inbox()
	a.pushDevices()
	a.mailSteps()
	a.smsInbound()
	a.busyCalendars()
	a.fhirMetadata()
	a.fhirAppointments()
	a.fhirSlots()
	a.fhirPeople()
	a.describeBundle()
}

// maxHead is how long the head of a request may be, in bytes.
const maxHead = 16 << 10

// App is the Fiber application, to listen with and to shut down.
func (a *API) App() *fiber.App { return a.app }

// newApp sets what was measured to matter: without Immutable a string that is
// kept after the handler is overwritten by the next request; without the time
// limits a slow sender holds its connection for ever and Huma's own deadline
// cuts keep-alive connections.
func (a *API) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:               "Handrail",
		DisableStartupMessage: true,
		Immutable:             true,
		CaseSensitive:         true,
		StrictRouting:         true,
		BodyLimit:             a.config.BodyLimit,
		ReadBufferSize:        maxHead,
		ReadTimeout:           a.config.Times.Read,
		WriteTimeout:          a.config.Times.Write,
		IdleTimeout:           a.config.Times.Idle,
		ErrorHandler:          a.unread,
		// No form is ever expected, so none is parsed ahead of the handlers.
		DisablePreParseMultipartForm: true,
	})
	a.refuseOddMethods(app)
	return app
}
