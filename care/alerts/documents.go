package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

type kept = chart.Versioned[risk.Alert]

// ops write an alert with the lines that tell whom it concerns now. before is the zero
// Alert for a new one; actor is who did it, and did what they did, "" for nothing but
// time.
func (c *Service) ops(v kept, before risk.Alert, actor models.Actor, did string) ([]store.Op, error) {
	a := v.Value
	keys, owner := store.Keys{"patientId": a.PatientID, "firedAt": chart.Millis(a.FiredAt), "ownerId": a.Owner, "status": string(a.Status), "raisedAt": chart.Millis(a.RaisedAt)}, a.PatientID
	if !a.Status.Ended() {
		keys["openOf"], keys["openOwner"], keys["due"] = a.PatientID, a.Owner, chart.Millis(a.Due())
	}
	if a.Drill { // it is the site's, and stands in no list of a patient
		delete(keys, "patientId")
		delete(keys, "openOf")
		keys["drill"], owner = chart.OwnerSite, chart.OwnerSite
	}
	doc, err := chart.Encode(a.ID, owner, v.Version, keys, a)
	if err != nil {
		return nil, err
	}
	out := []store.Op{store.Replace(chart.ColAlerts, doc)}
	if v.IsNew() {
		out[0] = store.Insert(chart.ColAlerts, doc)
	}
	for _, e := range c.lines(a, before, actor, did) {
		op, err := chart.AuditOp(e)
		if err != nil {
			return nil, err
		}
		out = append(out, op)
	}
	return out, nil
}

// The lines that a worker follows to call people, or to stop calling them.
const (
	LineCalled     = "alert.called"
	LineHole       = "alert.hole"
	LineUnanswered = "alert.unanswered"
	LineAnswered   = "alert.answered" // who was called need not be called again
)

func (c *Service) lines(a, before risk.Alert, actor models.Actor, did string) []models.AuditEvent {
	line := func(by models.Actor, action string) models.AuditEvent {
		e := c.base.AuditEvent(by, action)
		e.PatientID, e.Section, e.Ref, e.Whom = a.PatientID, models.SectionCheckIns, a.ID, a.Owner
		if a.Withheld() {
			e.PatientID = "" // the patient reads their log, and learns of no worry
		}
		return e
	}
	var out []models.AuditEvent
	if did != "" {
		out = append(out, line(actor, did))
	}
	if before.Calls() && (!a.Calls() || a.Owner != before.Owner) {
		e := line(chart.SystemActor, LineAnswered)
		e.Whom, e.PatientID = before.Owner, "" // the office's own business: the patient reads who did what, once
		out = append(out, e)
	}
	if a.Calls() && (!before.Calls() || a.Round() != before.Round() || risk.Rank(a.Tier) > risk.Rank(before.Tier)) {
		out = append(out, line(chart.SystemActor, LineCalled))
	}
	for _, s := range a.History[min(len(before.History), len(a.History)):] {
		e := line(chart.SystemActor, map[string]string{risk.DidHole: LineHole, risk.DidUnanswer: LineUnanswered}[s.What])
		if e.PatientID, e.Whom = "", s.Who; e.Action != "" {
			out = append(out, e)
		}
	}
	return out
}

// change loads an alert and changes it until nobody came between. ops may add what
// belongs to the same batch. Nothing changed is nothing written.
func (c *Service) change(ctx context.Context, id string, actor models.Actor, did string, edit func(kept) (risk.Alert, []store.Op, error)) (risk.Alert, error) {
	for {
		v, err := chart.Load[risk.Alert](ctx, c.store, chart.ColAlerts, id)
		if err != nil {
			return v.Value, err
		}
		next, more, err := edit(v)
		if err != nil || chart.SameJSON(v.Value, next) {
			return next, err
		}
		err = c.write(ctx, kept{Value: next, Version: v.Version}, v.Value, actor, did, more...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue // another instance or person was faster; or a mark of the same moment
		}
		return next, err
	}
}

func (c *Service) write(ctx context.Context, v kept, before risk.Alert, actor models.Actor, did string, more ...store.Op) error {
	ops, err := c.ops(v, before, actor, did)
	if err != nil {
		return err
	}
	return chart.Refusal(c.store.Batch(ctx, append(ops, more...)...))
}
