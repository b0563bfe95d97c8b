package care

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// checkInTimes loads a patient's own schedule. Who has not said any has the usual
// one, of version 0.
func (c *Care) checkInTimes(ctx context.Context, patientID string) (Versioned[models.CheckInTimes], error) {
	v, err := load[models.CheckInTimes](ctx, c.store, colCheckInTimes, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return Versioned[models.CheckInTimes]{Value: models.CheckInTimes{Times: []string{}, Days: []string{}}}, nil
	}
	return v, err
}

// CheckInTimes reads when the patient wants to check in. What was never said is
// version 1: what is stored is one version later.
func (ch *Chart) CheckInTimes(ctx context.Context) (Versioned[models.CheckInTimes], error) {
	d, err := ch.may(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return Versioned[models.CheckInTimes]{}, err
	}
	v, err := ch.care.checkInTimes(ctx, ch.patient)
	if err != nil {
		return v, err
	}
	v.Version++
	return v, ch.noteRead(ctx, d, "check-ins.read", "times", 1)
}

// SetCheckInTimes replaces the schedule. It is the patient's own: nobody else says
// when somebody is asked how they are.
func (ch *Chart) SetCheckInTimes(ctx context.Context, version int64, t models.CheckInTimes) (Versioned[models.CheckInTimes], error) {
	none := Versioned[models.CheckInTimes]{}
	d, err := ch.may(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "patient-chooses-times"
		return none, ch.refuse(ctx, d, models.E(models.KindForbidden, "patient-chooses-times", "The patient chooses these times."))
	}
	if err := models.CheckCheckInTimes(t); err != nil {
		return none, err
	}
	v, err := ch.care.checkInTimes(ctx, ch.patient)
	if err != nil {
		return none, err
	}
	if v.Version+1 != version {
		if sameJSON(v.Value, t) { // an answer that was lost
			return Versioned[models.CheckInTimes]{Value: t, Version: v.Version + 1}, nil
		}
		return none, refusal(store.ErrConflict)
	}
	doc, err := encode(ch.patient, ch.patient, v.Version, nil, t)
	if err != nil {
		return none, err
	}
	op := store.Replace(colCheckInTimes, doc)
	if v.isNew() {
		op = store.Insert(colCheckInTimes, doc)
	}
	if err := ch.commit(ctx, d, "check-in-times.changed", ch.patient, op); err != nil {
		if models.KindOf(err) == models.KindConflict { // somebody was first to say any
			err = refusal(store.ErrConflict)
		}
		return none, err
	}
	return Versioned[models.CheckInTimes]{Value: t, Version: v.Version + 2}, nil
}
