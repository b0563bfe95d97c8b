package handlers

import (
	"log/slog"
	"net/netip"
	"time"

	"handrail/models"
)

// EdgeConfig is what the edge needs from the program.
type EdgeConfig struct {
	Auth      Authenticator  // who a bearer token stands for
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

func (c *EdgeConfig) fill() {
	if c.Now == nil {
		c.Now = time.Now
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
