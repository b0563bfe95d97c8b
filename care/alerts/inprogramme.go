package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// programmeOf is the one that a patient is in. One that is gone, is untried, has ended or can't be
// read is the clinic's: an alert waits for no document.
func (c *Service) programmeOf(ctx context.Context, patientID string) (risk.Programme, error) {
	in, err := c.inProgramme(ctx, patientID)
	if err != nil && aside.Stops(err) {
		return risk.Programme{}, err
	}
	id := in.Value.Programme
	if err == nil && id != risk.ClinicProgramme {
		v, err := c.programme(ctx, id)
		if err == nil && v.Value.Asked() {
			return v.Value, nil
		}
		if err != nil && models.KindOf(err) != models.KindNotFound && aside.Stops(err) {
			return risk.Programme{}, err
		}
	}
	v, err := c.programme(ctx, risk.ClinicProgramme)
	if err != nil && !aside.Stops(err) {
		return risk.Programme{ID: risk.ClinicProgramme}, nil
	}
	return v.Value, err
}

func (c *Service) inProgramme(ctx context.Context, patientID string) (chart.Versioned[risk.InProgramme], error) {
	v, err := orNone[risk.InProgramme](ctx, c, chart.ColInProgramme, patientID)
	if v.Value.Programme == "" {
		v.Value.Programme = risk.ClinicProgramme
	}
	return v, err
}

// Programme reads which one the patient is in: for who works at the clinic.
func (ch *Part) Programme(ctx context.Context) (chart.Versioned[risk.InProgramme], error) {
	d, v, err := ch.programme(ctx, models.Read)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "care-team.read", "programme", 1)
}

func (ch *Part) programme(ctx context.Context, verb models.Verb) (models.Decision, chart.Versioned[risk.InProgramme], error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, verb)
	if err != nil {
		return d, chart.Versioned[risk.InProgramme]{}, err
	}
	if !ch.actor.Role.Staff() {
		d.Rule = "role"
		return d, chart.Versioned[risk.InProgramme]{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	v, err := ch.care.inProgramme(ctx, ch.patient)
	if err != nil {
		return d, v, err
	}
	v.Version++
	in, err := ch.care.programme(ctx, v.Value.Programme)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	v.Value.Name = in.Value.Name
	return d, v, err
}

// SetProgramme puts the patient into a programme: for who arranges teams. Open alerts
// whose owner is none of it any more move on.
func (ch *Part) SetProgramme(ctx context.Context, version int64, to risk.InProgramme) (chart.Versioned[risk.InProgramme], error) {
	none := chart.Versioned[risk.InProgramme]{}
	d, old, err := ch.programme(ctx, models.Write)
	if err != nil {
		return none, err
	}
	if old.Value.Programme == to.Programme {
		return old, nil
	}
	if old.Version != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	in, err := ch.care.programme(ctx, to.Programme)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	var checks models.Checks
	checks.Require(err == nil && in.Value.EndedAt.IsZero(), "programme", "not-a-choice", "Choose one of those that are offered.")
	if err := checks.Err(); err != nil {
		return none, err
	}
	to = risk.InProgramme{Programme: to.Programme, ByName: ch.actor.Name, At: ch.care.now().UTC()}
	doc, err := chart.Encode(ch.patient, ch.patient, old.Version-1, nil, to)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColInProgramme, doc)
	if old.Version == 1 {
		op = store.Insert(chart.ColInProgramme, doc)
	}
	err = ch.chart.Commit(ctx, d, "patient-programme.changed", ch.patient, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	to.Name = in.Value.Name
	return chart.Versioned[risk.InProgramme]{Value: to, Version: old.Version + 1}, err
}
