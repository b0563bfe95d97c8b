package edge

import (
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics count by route template and class of status: never by a path, an
// account or anything else that has no fixed number of values.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	found    atomic.Pointer[map[counted]counters] // copied when one comes: finding them by their labels costs more than counting
	coming   sync.Mutex
}

type counted struct {
	method, route string
	class         int
}

type counters struct {
	requests prometheus.Counter
	seconds  prometheus.Observer
}

func newMetrics(version string) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "handrail_http_requests_total",
			Help: "Requests answered, by route and class of status."}, []string{"method", "route", "class"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "handrail_http_request_seconds",
			Help:    "Time from the routed request to its answer, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"route"}),
	}
	m.found.Store(&map[counted]counters{})
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "handrail_build_info",
		Help: "Always 1; the label is the version.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) count(rq *request, status int, took time.Duration) {
	key := counted{rq.method, rq.route, status / 100}
	c, ok := (*m.found.Load())[key]
	if !ok {
		c = m.come(key)
	}
	c.requests.Inc()
	c.seconds.Observe(took.Seconds())
}

// come finds counters for the first time.
func (m *metrics) come(key counted) counters {
	m.coming.Lock()
	defer m.coming.Unlock()
	c := counters{m.requests.WithLabelValues(key.method, key.route, strconv.Itoa(key.class)+"xx"), m.seconds.WithLabelValues(key.route)}
	more := maps.Clone(*m.found.Load())
	more[key] = c
	m.found.Store(&more)
	return c
}
