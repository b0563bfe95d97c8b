package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// Open lists the open alerts about the patient, for people who work here and may read
// the check-ins whole; for anybody else there are none. One that can't be read is shown as
// somebody who needs attention.
func (ch *Part) Open(ctx context.Context) ([]View, error) {
	d := ch.chart.Decide(models.SectionCheckIns, models.Read)
	if !d.Allowed || !d.Whole || !ch.actor.Role.Staff() {
		return nil, nil
	}
	found, bad, err := chart.ReadableOnes[risk.Alert](ctx, ch.care.store, chart.ColAlerts, store.Query{Index: "openOf", Equal: []any{ch.patient}, Desc: true}, 0)
	if err != nil {
		return nil, err
	}
	for _, doc := range bad {
		found = append(found, unreadableAlert(doc, ""))
	}
	out := make([]View, 0, len(found))
	for _, a := range found {
		out = append(out, ch.care.view(ch.chart, a.Value))
	}
	return out, ch.care.noteLooks(ctx, ch.actor, "alerts.listed", patientsOf(out))
}
