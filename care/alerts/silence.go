package alerts

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

// silence is what the program has said already of one silence of a patient: each rule is
// asked once, so that it ends.
type silence struct {
	Since time.Time `json:"since"`
	Fired []string  `json:"fired"`
}

// LineMissed is the line by which the patient is told, in kind words, that nobody is cross.
const LineMissed = "check-in.missed"

// LookForSilence asks the rules about check-ins that did not come (R-CI). A worker calls
// it when it looks at everybody. While the team has recorded another state than "here",
// or during the patient's own pause, nothing is missed.
func (c *Service) LookForSilence(ctx context.Context, patientID string) error {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return err
	}
	state, pause, err := c.states(ctx, patientID)
	if err != nil {
		return err
	}
	zone, now := c.base.Location(patientID, p.Value.Zone), c.now().UTC()
	q := risk.QuietAt(state, pause, zone, now)
	if q.CheckIns {
		return nil
	}
	s, ok, err := c.silenceOf(ctx, patientID, zone.String(), q.Ended, now)
	if err != nil || !ok {
		return err
	}
	said, err := c.said(ctx, patientID)
	if err != nil {
		return err
	}
	if !said.Value.Since.Equal(s.Since) {
		said.Value = silence{Since: s.Since}
	}
	around := risk.Around{Now: now, FollowUntil: state.FollowedUntil(zone)}
	if around.UrgentAt, err = c.urgentAt(ctx, patientID, now); err != nil {
		return err
	}
	signals := risk.SilenceRules(s, around)
	if len(signals) == 0 || slices.Contains(said.Value.Fired, signals[0].Rule) {
		return nil
	}
	said.Value.Fired = append(said.Value.Fired, signals[0].Rule)
	return c.missed(ctx, p.Value, said, signals, now)
}

// missed writes what follows, in one batch with the note that it was said.
func (c *Service) missed(ctx context.Context, p models.Patient, said chart.Versioned[silence], signals []checkin.Signal, now time.Time) error {
	doc, err := chart.Encode(p.ID, p.ID, said.Version, nil, said.Value)
	if err != nil {
		return err
	}
	ops := []store.Op{store.Replace(chart.ColSilences, doc)}
	if said.IsNew() {
		ops[0] = store.Insert(chart.ColSilences, doc)
	}
	if len(said.Value.Fired) == 1 { // the patient hears of it once
		e := c.base.AuditEvent(chart.SystemActor, LineMissed)
		e.PatientID, e.Section, e.Ref = p.ID, models.SectionCheckIns, p.ID
		op, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	more, err := c.fire(ctx, p.ID, p.Name, signals, risk.FromProgram, p.ID)
	if err != nil {
		return err
	}
	err = chart.Refusal(c.store.Batch(ctx, append(ops, more...)...))
	if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
		return nil // another instance was faster, or an alert moved: the next look does it
	}
	return err
}

// VisitMissed asks the rules about a visit that was missed (R-VI). missedBefore: the one
// before it was missed too. A worker calls it for the line that says so; the same visit
// again is done.
func (c *Service) VisitMissed(ctx context.Context, patientID, visitID string, missedBefore bool) error {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	state, _, err := c.states(ctx, patientID)
	if err != nil {
		return err
	}
	now := c.now().UTC()
	if risk.QuietAt(state, risk.Pause{}, c.base.Location(patientID, p.Value.Zone), now).All {
		return nil // who is in hospital has missed nothing
	}
	around := risk.Around{Now: now}
	if around.UrgentAt, err = c.urgentAt(ctx, patientID, now); err != nil {
		return err
	}
	for {
		stood, err := c.stood(ctx, patientID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(stood, func(v kept) bool {
			return slices.ContainsFunc(v.Value.Evidence, func(e risk.Evidence) bool { return e.Source == risk.FromProgram && e.Ref == visitID })
		}) {
			return nil
		}
		ops, err := c.fire(ctx, patientID, p.Value.Name, []checkin.Signal{risk.NoShowRules(missedBefore, around)}, risk.FromProgram, visitID)
		if err != nil || len(ops) == 0 {
			return err
		}
		err = chart.Refusal(c.store.Batch(ctx, ops...))
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		return err
	}
}

// states are what the team recorded and what the patient set.
func (c *Service) states(ctx context.Context, patientID string) (risk.ContactState, risk.Pause, error) {
	state, err := orNone[risk.ContactState](ctx, c, chart.ColContactStates, patientID)
	if err != nil {
		return state.Value, risk.Pause{}, err
	}
	pause, err := orNone[risk.Pause](ctx, c, chart.ColPauses, patientID)
	return state.Value, pause.Value, err
}

func (c *Service) said(ctx context.Context, patientID string) (chart.Versioned[silence], error) {
	return orNone[silence](ctx, c, chart.ColSilences, patientID)
}

// orNone loads a document that need not be there.
func orNone[T any](ctx context.Context, c *Service, collection, id string) (chart.Versioned[T], error) {
	v, err := chart.Load[T](ctx, c.store, collection, id)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[T]{}, nil
	}
	return v, err
}

// silenceOf counts what is missing of a patient since their last check-in, or since a
// state or a pause ended.
func (c *Service) silenceOf(ctx context.Context, patientID, zone string, ended, now time.Time) (risk.Silence, bool, error) {
	last, err := c.told(ctx, patientID, time.Time{}, now, 1)
	if err != nil || len(last) == 0 {
		return risk.Silence{}, false, err
	}
	newest := last[0].Moment()
	since := newest
	if ended.After(since) {
		since = ended
	}
	before, err := c.told(ctx, patientID, newest.Add(-risk.BaselineDays*24*time.Hour), now, maxBaseline)
	if err != nil {
		return risk.Silence{}, false, err
	}
	var answered []time.Time
	for _, b := range before {
		answered = append(answered, b.Moment())
	}
	times, err := orNone[checkin.Times](ctx, c, chart.ColCheckInTimes, patientID)
	if err != nil {
		return risk.Silence{}, false, err
	}
	s, ok := risk.Rhythm{Times: times.Value.Times, Days: times.Value.Days, Zone: zone}.Silence(answered, since.UTC(), now)
	return s, ok, nil
}

// urgentAt is when something urgent fired last, within the time that counts. That nothing
// came is not such a thing.
func (c *Service) urgentAt(ctx context.Context, patientID string, now time.Time) (time.Time, error) {
	var out time.Time
	err := chart.ThroughDocs(ctx, c.store, chart.ColAlerts, store.Query{Index: "patient", Equal: []any{patientID},
		From: chart.Millis(now.Add(-risk.AfterUrgent)), Unopened: true}, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[risk.Alert](d)
		if err != nil {
			return false, nil
		}
		for _, e := range v.Value.Evidence {
			if e.Source != risk.FromProgram && risk.Pages(e.Tier) && e.At.After(out) {
				out = e.At
			}
		}
		return false, nil
	})
	return out, err
}
