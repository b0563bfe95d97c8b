package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// LineDischarged is the action of a line that says that a patient is back from a hospital.
const LineDischarged = "contact-state.discharged"

var pauses = ownTimes[risk.Pause]{chart.ColPauses, "check-in-pause.changed", "pause",
	func() risk.Pause { return risk.Pause{} }, func(risk.Pause) error { return nil }}

// Pause reads the patient's own break from check-ins. One that is over stands with its day.
func (ch *Part) Pause(ctx context.Context) (chart.Versioned[risk.Pause], error) {
	return pauses.read(ctx, ch)
}

// SetPause sets or ends it: for the patient alone.
func (ch *Part) SetPause(ctx context.Context, version int64, p risk.Pause) (chart.Versioned[risk.Pause], error) {
	today, err := ch.care.today(ctx, ch.patient)
	if err != nil {
		return chart.Versioned[risk.Pause]{}, err
	}
	own := pauses
	own.check = func(p risk.Pause) error { return risk.CheckPause(p, today) }
	return own.set(ctx, ch, version, p)
}

// today is the patient's local day.
func (c *Service) today(ctx context.Context, patientID string) (string, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	return models.LocalDay(c.now(), c.base.Location(patientID, p.Value.Zone)), err
}

// contactState reads it; Here, of version 0, where nobody recorded any.
func (c *Service) contactState(ctx context.Context, patientID string) (chart.Versioned[risk.ContactState], error) {
	v, err := chart.Load[risk.ContactState](ctx, c.store, chart.ColContactStates, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[risk.ContactState]{Value: risk.ContactState{State: risk.Here}}, nil
	}
	return v, err
}

// mayState lets the team and the patient pass. Nobody else learns of a state: family is
// told by a person.
func (ch *Part) mayState(ctx context.Context, v models.Verb) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, v)
	if err != nil {
		return d, err
	}
	staff := ch.actor.Role.Staff() && d.Whole
	if !staff && (v == models.Write || d.Basis != models.BasisSelf) {
		d.Rule = "role"
		return d, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	return d, nil
}

// ContactState reads where the patient is, as the team recorded it. The version is one
// more than the stored one.
func (ch *Part) ContactState(ctx context.Context) (chart.Versioned[risk.ContactState], error) {
	d, err := ch.mayState(ctx, models.Read)
	if err != nil {
		return chart.Versioned[risk.ContactState]{}, err
	}
	v, err := ch.care.contactState(ctx, ch.patient)
	if err != nil {
		return v, err
	}
	v.Version++
	return v, ch.chart.NoteRead(ctx, d, "check-ins.read", "contact-state", 1)
}

// SetContactState records it: for who works at the clinic. Reminders follow; the same
// again is done.
func (ch *Part) SetContactState(ctx context.Context, version int64, s risk.ContactState) (chart.Versioned[risk.ContactState], error) {
	none := chart.Versioned[risk.ContactState]{}
	d, err := ch.mayState(ctx, models.Write)
	if err != nil {
		return none, err
	}
	today, err := ch.care.today(ctx, ch.patient)
	if err != nil {
		return none, err
	}
	old, err := ch.care.contactState(ctx, ch.patient)
	if err != nil {
		return none, err
	}
	if o := old.Value; !old.IsNew() && o.State == s.State && o.Until == s.Until && o.FollowUntil == s.FollowUntil {
		old.Version++
		return old, nil
	}
	if err := risk.CheckState(s, today); err != nil {
		return none, err
	}
	if old.Version+1 != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	s.ByName, s.At, s.BackAt = ch.actor.Name, ch.care.now().UTC(), old.Value.BackAt
	if risk.Confined(old.Value.State) && s.State == risk.Here {
		s.BackAt = s.At
	}
	doc, err := chart.Encode(ch.patient, ch.patient, old.Version, nil, s)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColContactStates, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColContactStates, doc)
	}
	kind := "contact-state.changed"
	if old.Value.State == risk.InHospital && s.State == risk.Here {
		kind = LineDischarged
	}
	err = ch.chart.Commit(ctx, d, kind, ch.patient, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[risk.ContactState]{Value: s, Version: old.Version + 2}, err
}

// quiet is what the state and the pause of a patient make of now.
func (c *Service) quiet(ctx context.Context, patientID, zone string) (risk.Quiet, error) {
	s, err := c.contactState(ctx, patientID)
	if err != nil {
		return risk.Quiet{}, err
	}
	p, err := pauses.stored(ctx, c, patientID)
	return risk.QuietAt(s.Value, p.Value, c.base.Location(patientID, zone), c.now()), err
}
