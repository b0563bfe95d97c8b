package handlers

import (
	"math"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"handrail/video"
)

// videoCollector shows the figures of the media server. They have no labels: a
// label would be a visit or a person.
type videoCollector struct{ media Media }

func (a *API) videoMetrics() {
	if a.config.Video != nil {
		a.Measure(videoCollector{a.config.Video})
	}
}

type videoFigure struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	of   func(video.Metrics) float64
}

func videoDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("handrail_video_"+name, help, nil, nil)
}

var videoFigures = []videoFigure{
	{videoDesc("rooms", "Visits that run."), prometheus.GaugeValue, func(m video.Metrics) float64 { return float64(m.Rooms) }},
	{videoDesc("people", "People in all rooms and lobbies."), prometheus.GaugeValue, func(m video.Metrics) float64 { return float64(m.People) }},
	{videoDesc("connections", "Message connections."), prometheus.GaugeValue, func(m video.Metrics) float64 { return float64(m.Connections) }},
	{videoDesc("tickets_total", "Join tickets given."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Tickets) }},
	{videoDesc("joins_total", "Sessions that began or came back."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Joins) }},
	{videoDesc("resumes_total", "Sessions that came back."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Resumes) }},
	{videoDesc("refused_total", "Connections that were refused."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Refused) }},
	{videoDesc("packets_total", "Media packets sent on."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Packets) }},
	{videoDesc("bytes_total", "Media bytes sent on."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Bytes) }},
	{videoDesc("key_requests_total", "Key frames asked for."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.KeyRequests) }},
	{videoDesc("resent_total", "Packets sent again."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Resent) }},
	{videoDesc("replays_total", "Starts from kept packets, without waiting for a key frame."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Replays) }},
	{videoDesc("transports_total", "Media transports that connected."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Transports) }},
	{videoDesc("repairs_total", "Transports found connected and silent."), prometheus.CounterValue, func(m video.Metrics) float64 { return float64(m.Media.Repairs) }},
}

var (
	videoStart = videoDesc("start_seconds", "From being let in to the first packet of each source.")
	videoDelay = videoDesc("forward_seconds", "From reading a media packet until it was sent to all.")
)

// Describe is of prometheus.Collector.
func (c videoCollector) Describe(out chan<- *prometheus.Desc) {
	for _, f := range videoFigures {
		out <- f.desc
	}
	out <- videoStart
	out <- videoDelay
}

// Collect is of prometheus.Collector.
func (c videoCollector) Collect(out chan<- prometheus.Metric) {
	m := c.media.Metrics()
	for _, f := range videoFigures {
		out <- prometheus.MustNewConstMetric(f.desc, f.kind, f.of(m))
	}
	out <- videoHistogram(videoStart, m.Media.StartBounds, m.Media.Starts)
	out <- videoHistogram(videoDelay, m.Media.DelayBounds, m.Media.Delay)
}

// videoHistogram makes a histogram of counts by upper bound, with one more count for
// what lies above. The sum is not known: it would cost an addition for each packet.
func videoHistogram(desc *prometheus.Desc, bounds []time.Duration, counts []uint64) prometheus.Metric {
	buckets, total := make(map[float64]uint64, len(bounds)), uint64(0)
	for i, n := range counts {
		total += n
		if i < len(bounds) {
			buckets[bounds[i].Seconds()] = total
		}
	}
	return prometheus.MustNewConstHistogram(desc, total, math.NaN(), buckets)
}
