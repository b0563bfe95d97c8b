package edge

import (
	"strconv"
	"sync"
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
	found    sync.Map // of counted -> counters: finding them by their labels costs more than counting
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
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "handrail_build_info",
		Help: "Always 1; the label is the version.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) count(rq *request, status int, took time.Duration) {
	key := counted{rq.method, rq.route, status / 100}
	kept, ok := m.found.Load(key)
	if !ok {
		kept, _ = m.found.LoadOrStore(key, counters{m.requests.WithLabelValues(rq.method, rq.route, strconv.Itoa(status/100)+"xx"),
			m.seconds.WithLabelValues(rq.route)})
	}
	c := kept.(counters)
	c.requests.Inc()
	c.seconds.Observe(took.Seconds())
}
