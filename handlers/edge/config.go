package edge

import (
	"log/slog"
	"net/netip"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/valyala/fasthttp"

	"handrail/models"
)

// Config is what the edge needs from the program.
type Config struct {
	Auth      Authenticator  // who a bearer token stands for
	Apps      Apps           // who an app's token stands for, where the dialect is spoken; nil: there are none
	Now       models.Clock   // nil: the wall clock
	Log       *slog.Logger   // nil: slog.Default
	Version   string         // of the program, shown in the OpenAPI document
	BaseURL   string         // the address that people use, "https://care.example.org"; empty: not known
	Secure    bool           // served over TLS, by itself or by a proxy: sends HSTS
	Origins   []string       // other origins whose pages may call the API; none: CORS is closed
	Proxies   []netip.Prefix // whose X-Forwarded-For is believed
	BodyLimit int            // bytes; 0: 1 MiB
	Country   string         // header in which those proxies say the country of who asks; empty: none
	Page      Page           // the web client at "/"
	Checks    []Check        // what readiness asks
	Times     Times          // how long a connection may take for what

	Dialect      Dialect           // none: all of the API is spoken to in its own JSON
	Uncompressed []string          // beginnings of addresses whose answers are never compressed
	Explain      func(error) error // what an operation's error tells beside itself; nil: nothing
	Locations    map[string]string // by operation: where what it makes can be read, as LocationOf says

	Info       *huma.Info                               // of the OpenAPI document, without the version; nil: one that says nothing
	Tags       []*huma.Tag                              // the parts of the API, in the order in which somebody meets them
	SchemaName func(t reflect.Type, hint string) string // nil: huma.DefaultSchemaNamer
}

// Dialect is how a part of the API is spoken to that takes and answers another sort of
// JSON. Whoever comes in by it acts by a program of somebody else (models.Actor.Outside).
type Dialect struct {
	Of          func(path string) bool           // tells whether it is spoken there; nil: nowhere
	ContentType string                           // of bodies and answers; bodies may be application/json too
	Before      func(rq *fasthttp.Request) error // what must happen to a request before it is routed; nil error: go on
	Refusal     func(p *Problem) any             // a problem as the dialect has it
}

// spoken tells whether a dialect is spoken at a path.
func (d Dialect) spoken(path string) bool { return d.Of != nil && d.Of(path) }

// Times bound how long a connection may take for what. Zero means 10 s to read, 30 s to
// write, 150 s idle, 15 s for a request and 15 s between pings.
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
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Info == nil {
		c.Info = &huma.Info{Title: "An API"}
	}
	if c.SchemaName == nil {
		c.SchemaName = huma.DefaultSchemaNamer
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
