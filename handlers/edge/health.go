package edge

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check is one thing that must work before requests should come here.
type Check struct {
	Name string // for the log only
	Do   func(context.Context) error
}

const (
	routeHealth = "(health)"
	readyWithin = 2 * time.Second // for all checks together
)

// health answers /livez (the process runs) and /readyz (it can serve) on the
// address of the API, for load balancers that see no other.
func (e *Edge) health() {
	e.app.Get("/livez", func(c *fiber.Ctx) error {
		requestOf(c.UserContext()).route = routeHealth
		return c.SendString("live\n")
	})
	e.app.Get("/readyz", func(c *fiber.Ctx) error {
		requestOf(c.UserContext()).route = routeHealth
		if !e.ready(c.UserContext()) {
			return problem(http.StatusServiceUnavailable, "not-ready", "Not ready. The log says why.")
		}
		return c.SendString("ready\n")
	})
}

// ready asks every check. Why one fails is for the log, not for strangers.
func (e *Edge) ready(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for _, check := range e.config.Checks {
		if err := inTime(ctx, check.Do); err != nil {
			e.config.Log.LogAttrs(ctx, slog.LevelWarn, "not ready",
				slog.String("check", check.Name), slog.String("cause", scrubbed(err.Error())))
			return false
		}
	}
	return true
}

// inTime comes back when the context ends, whatever a check does with it: a probe must
// not hang with a database that does.
func inTime(ctx context.Context, do func(context.Context) error) error {
	came := make(chan error, 1)
	go func() { came <- do(ctx) }()
	select {
	case err := <-came:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Admin serves /metrics, /livez and /readyz. It belongs on a listener of its own
// that only the operator reaches.
func (e *Edge) Admin() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(e.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("live\n"))
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if !e.ready(r.Context()) {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	return mux
}
