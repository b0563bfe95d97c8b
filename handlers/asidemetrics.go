package handlers

import (
	"github.com/prometheus/client_golang/prometheus"

	"handrail/store/aside"
)

// asideCollector shows how many records each worker has set aside. The label is the
// worker's name, of which there are a handful; never a record.
type asideCollector struct{ books []*aside.Book }

func (a *API) asideMetrics() {
	if len(a.config.Aside) > 0 {
		a.Measure(asideCollector{a.config.Aside})
	}
}

var asideDesc = prometheus.NewDesc("handrail_set_aside", "Records that a worker can't do and goes on without; see handrail aside.", []string{"worker"}, nil)

// Describe is of prometheus.Collector.
func (c asideCollector) Describe(out chan<- *prometheus.Desc) { out <- asideDesc }

// Collect is of prometheus.Collector.
func (c asideCollector) Collect(out chan<- prometheus.Metric) {
	for _, b := range c.books {
		for worker, n := range b.Counts() {
			out <- prometheus.MustNewConstMetric(asideDesc, prometheus.GaugeValue, float64(n), worker)
		}
	}
}
