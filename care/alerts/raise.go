package alerts

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// workCheckIns is the worker that brings along what a check-in could not.
const workCheckIns = "alerts-of-check-ins"

// CheckInOps are what a check-in brings along, for its own batch: the alerts that its
// signals raise, its place in the list of each person who reads for this patient, and
// what later ones are compared with.
// The batch begins with same. One that is refused as stale, or since something was
// inserted meanwhile, is to be made anew; kept is called when it is durable. No record
// that can't be read keeps the check-in from being taken: it is set aside, and Follow
// comes back to it. An error is the store's.
func (i *Inside) CheckInOps(ctx context.Context, in checkin.CheckIn) (same, ops []store.Op, kept func(), err error) {
	c := i.service
	h, err := c.held(ctx, in.PatientID)
	if err != nil {
		return nil, nil, nil, err
	}
	err = aside.Safely(func() error {
		told, err := c.compare(ctx, &h, in)
		if err != nil {
			return err
		}
		var known about
		if known, same, err = c.about(ctx, in.PatientID); err == nil {
			ops, err = c.checkInOps(ctx, in, told, known)
		}
		return err
	})
	if err != nil && (ctx.Err() != nil || aside.Stops(err)) {
		return nil, nil, nil, err
	}
	keep := h.add(in, c.now())
	kept = func() { c.pasts.Put(in.PatientID, h) }
	if err == nil {
		return same, append(ops, keep...), kept, nil
	}
	round, failed := c.aside.Round(ctx, workCheckIns)
	if failed != nil {
		return nil, nil, nil, chart.Refusal(failed)
	}
	return nil, keep, kept, chart.Refusal(round.Fail(ctx, in.ID, err))
}

// bringLate does for check-ins that were set aside what could not be done in their own
// batch. One that was never stored, or is brought along meanwhile, is done.
func (c *Service) bringLate(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workCheckIns)
	if err != nil {
		return chart.Refusal(err)
	}
	for _, id := range round.Due() {
		err := round.Do(ctx, id, func() error {
			in, err := chart.Load[checkin.CheckIn](ctx, c.store, chart.ColCheckIns, id)
			if models.KindOf(err) == models.KindNotFound {
				return nil
			}
			if err != nil {
				return aside.Unreadable(err)
			}
			told, err := c.compareAgain(ctx, in.Value) // the document may have it already
			if err != nil {
				return err
			}
			known, _, err := c.readAbout(ctx, in.Value.PatientID)
			if err != nil {
				return err
			}
			ops, err := c.checkInOps(ctx, in.Value, told, known)
			if err != nil || len(ops) == 0 {
				return err
			}
			err = chart.Refusal(c.store.Batch(ctx, ops...))
			if models.KindOf(err) == models.KindConflict { // another instance has brought it
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Service) checkInOps(ctx context.Context, in checkin.CheckIn, told comparison, known about) ([]store.Op, error) {
	in.Signals = append(slices.Clip(in.Signals), told.signals...)
	if !known.settings.On || len(in.Signals) == 0 {
		return c.unreadOps(in, known.name, told.trends, known.readers)
	}
	n, err := c.moment(ctx, in.PatientID, known.settings)
	if err != nil {
		return nil, err
	}
	ops, err := c.unreadOps(in, known.name, told.trends, n.Chain.Readers())
	if err != nil {
		return ops, err
	}
	more, err := c.fireOps(ctx, in.PatientID, known.name, in.Signals, risk.FromCheckIn, in.ID, n, true)
	return append(ops, more...), err
}

// fire is fireOps at this moment.
func (c *Service) fire(ctx context.Context, patientID, name string, signals []checkin.Signal, source, ref string) ([]store.Op, error) {
	s, err := c.settings(ctx)
	if err != nil {
		return nil, err
	}
	n, err := c.moment(ctx, patientID, s.Value)
	if err != nil {
		return nil, err
	}
	return c.fireOps(ctx, patientID, name, signals, source, ref, n, s.Value.On)
}

// fireOps are the alerts that signals raise or add to; none where alerts are off. The
// turn makes two of one patient meet.
func (c *Service) fireOps(ctx context.Context, patientID, name string, signals []checkin.Signal, source, ref string, n risk.Now, on bool) ([]store.Op, error) {
	if !on || len(signals) == 0 {
		return nil, nil
	}
	var fired []risk.Evidence
	for _, g := range signals {
		fired = append(fired, risk.Evidence{At: n.At, Rule: g.Rule, Version: g.Version, Tier: g.Tier, Inputs: g.Inputs, Source: source, Ref: ref})
	}
	return c.firedOps(ctx, models.Patient{ID: patientID, Name: name}, fired, n)
}

// firedOps are the alerts of what fired at one moment about a patient, and their lines.
func (c *Service) firedOps(ctx context.Context, p models.Patient, fired []risk.Evidence, n risk.Now) ([]store.Op, error) {
	turn, err := c.base.Turn(ctx, "alerts:"+p.ID, p.ID)
	if err != nil {
		return nil, err
	}
	stood, err := c.stood(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{turn}
	for _, t := range risk.Take(plain(stood), fired, p.ID, p.Name, n, chart.NewID) {
		v, before, did := kept{Value: t.Alert}, risk.Alert{}, "alert.raised"
		if t.Index >= 0 {
			v.Version, before, did = stood[t.Index].Version, stood[t.Index].Value, "alert.fired-again"
		}
		more, err := c.ops(v, before, chart.SystemActor, did)
		if err != nil {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}

func plain(all []kept) []risk.Alert {
	out := make([]risk.Alert, 0, len(all))
	for _, v := range all {
		out = append(out, v.Value)
	}
	return out
}

// stood are the patient's open alerts and those of the last days. One that can't be
// read is left out: it must not keep a check-in from being taken.
func (c *Service) stood(ctx context.Context, patientID string) ([]kept, error) {
	var out []kept
	seen := map[string]bool{}
	for _, q := range []store.Query{
		{Index: "openOf", Equal: []any{patientID}, Unopened: true},
		{Index: "patient", Equal: []any{patientID}, From: chart.Millis(c.now().Add(-risk.Remembered)), Unopened: true},
	} {
		err := chart.ThroughDocs(ctx, c.store, chart.ColAlerts, q, func(d store.Doc) (bool, error) {
			if v, err := chart.Readable[risk.Alert](d); err == nil && !seen[d.ID] {
				seen[d.ID] = true
				out = append(out, v)
			}
			return false, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ByHand is what a person says who raises an alert.
type ByHand struct {
	Tier  checkin.Tier
	Words string
}

// Raise makes an alert that somebody of the clinic asks for. It is always one of its
// own. The same id again is the same alert.
func (ch *Part) Raise(ctx context.Context, id string, b ByHand) (View, error) {
	c := ch.care
	if !ch.actor.Role.Staff() {
		d := ch.chart.Decide(models.SectionCheckIns, models.Read)
		d.Rule = "role"
		return View{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	var checks models.Checks
	checks.Text("words", b.Words, 1, 2000)
	checks.Require(b.Tier == checkin.Elevated || b.Tier == checkin.Urgent || b.Tier == checkin.Emergent, "tier", "not-a-choice", "Choose one of those that are offered.")
	if err := checks.Err(); err != nil {
		return View{}, err
	}
	s, err := c.settings(ctx)
	if err != nil {
		return View{}, err
	}
	if !s.Value.On {
		return View{}, models.E(models.KindConflict, "alerts-are-off", "Alerts are not set up at this clinic yet, so nobody would be called. Please speak to a person.")
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, ch.patient)
	if err != nil {
		return View{}, err
	}
	n, err := c.moment(ctx, ch.patient, s.Value)
	if err != nil {
		return View{}, err
	}
	e := risk.Evidence{At: n.At, Rule: risk.HandRule, Version: "1", Tier: b.Tier, Source: risk.FromPerson, Ref: ch.actor.AccountID, Words: b.Words}
	a := risk.Begin(id, ch.patient, p.Value.Name, e, n)
	err = c.write(ctx, kept{Value: a}, risk.Alert{}, ch.actor, "alert.raised")
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.First[risk.Alert](ctx, c.store, chart.ColAlerts, id, err)
		if err != nil {
			return View{}, err
		}
		if !sameByHand(stands.Value, a) {
			return View{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
		a = stands.Value
	} else if err != nil {
		return View{}, err
	}
	return c.view(ch.chart, a), nil
}

func sameByHand(stands, again risk.Alert) bool {
	if stands.PatientID != again.PatientID || stands.Rule != risk.HandRule || len(stands.Evidence) == 0 {
		return false
	}
	a, b := stands.Evidence[0], again.Evidence[0]
	return a.Ref == b.Ref && a.Words == b.Words && a.Tier == b.Tier
}
