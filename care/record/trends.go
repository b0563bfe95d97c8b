package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// Trend is one measure over days, between the least and the most that can be answered.
type Trend struct {
	Measure string                `json:"measure"`
	Min     float64               `json:"min"`
	Max     float64               `json:"max"`
	Points  []checkin.SeriesPoint `json:"points"`
}

// Trends are several measures over the same local days (YYYY-MM-DD), with one query and one look for the patient
// to read of.
func (ch *Part) Trends(ctx context.Context, measures []string, from, to string) ([]Trend, error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return nil, err
	}
	out := make([]Trend, 0, len(measures))
	first, last := daysAround(from, to)
	found, err := chart.AtMost[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, store.Query{Index: "patient",
		Equal: []any{ch.patient}, From: chart.Millis(first), To: chart.Millis(last)}, ch.care.MaxSeries)
	if err != nil {
		return nil, err
	}
	checkIns := make([]checkin.CheckIn, 0, len(found))
	for _, c := range found {
		checkIns = append(checkIns, c.Value)
	}
	for _, measure := range measures {
		q, err := checkin.CheckSeries(measure, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, Trend{measure, q.Min, q.Max, checkin.Series(q, from, to, checkIns)})
	}
	return out, ch.chart.NoteRead(ctx, d, "check-ins.read", "trends", len(checkIns))
}
