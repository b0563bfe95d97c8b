package sideeffects

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/sideeffect"
	"handrail/store"
)

// Choice is a medicine of the list, with the effects that are offered for it. ID is empty
// for "I don't know which one".
type Choice struct {
	MedicineID string              `json:"medicineId,omitempty"`
	Name       string              `json:"name,omitempty"`
	Effects    []sideeffect.Effect `json:"effects"`
}

// shown is a report as the reader sees it: what is work of the clinic is not the patient's.
func (ch *Part) shown(r sideeffect.Report) sideeffect.Report {
	if !ch.actor.Role.Staff() {
		r.TaskID, r.Alerted = "", false
		if r.Answer != nil {
			a := *r.Answer
			a.Criteria = []string{}
			r.Answer = &a
		}
	}
	return r
}

func (ch *Part) read(ctx context.Context) (models.Decision, error) {
	if d := ch.chart.Decide(models.SectionUseMedicines, models.Read); d.Allowed && d.Whole && !ch.sees(false) {
		return d, nil
	}
	d, err := ch.chart.May(ctx, models.SectionMedicines, models.Read)
	if err == nil && !d.Whole {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	return d, err
}

// Choices are what can be told of: what is taken, or was stopped not long ago.
func (ch *Part) Choices(ctx context.Context) ([]Choice, error) {
	d, err := ch.read(ctx)
	if err != nil {
		return nil, err
	}
	since := ch.care.now().AddDate(0, -3, 0)
	lines, err := ch.care.list.Lines(ctx, ch.patient, since)
	if err != nil {
		return nil, err
	}
	out := []Choice{}
	for _, m := range lines {
		recent := m.Status == medicine.Taken || m.Status == medicine.Ended && m.Stop != nil && m.Stop.At.After(since)
		if recent && ch.sees(m.UseRelated) {
			out = append(out, Choice{m.ID, m.Name, sideeffect.Offered(m)})
		}
	}
	out = append(out, Choice{Effects: sideeffect.Offered(medicine.Medicine{})})
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "side-effects", len(out))
}

// Reports lists what was told, the newest first. A page may hold fewer than limit: what
// the reader may not see is left out.
func (ch *Part) Reports(ctx context.Context, cursor string, limit int) (chart.Page[sideeffect.Report], error) {
	var out chart.Page[sideeffect.Report]
	d, err := ch.read(ctx)
	if err != nil {
		return out, err
	}
	page, err := chart.List[sideeffect.Report](ctx, ch.care.store, chart.ColSideEffects, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Cursor: cursor, Limit: limit})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		if ch.sees(v.Value.UseRelated) {
			out.Items = append(out.Items, ch.shown(v.Value))
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "side-effects.read", "", len(out.Items))
}

// one loads a report that the actor may see.
func (ch *Part) one(ctx context.Context, id string, verb models.Verb) (models.Decision, kept, error) {
	d, err := ch.read(ctx)
	if err != nil {
		return d, kept{}, err
	}
	v, err := chart.Load[sideeffect.Report](ctx, ch.care.store, chart.ColSideEffects, id)
	if err == nil && (v.Value.PatientID != ch.patient || !ch.sees(v.Value.UseRelated)) {
		err = models.NotFound()
	}
	if err != nil {
		return d, kept{}, err
	}
	d, err = ch.chart.May(ctx, section(v.Value.UseRelated), verb)
	return d, v, err
}

// Report reads one.
func (ch *Part) Report(ctx context.Context, id string) (kept, error) {
	d, v, err := ch.one(ctx, id, models.Read)
	if err != nil {
		return v, err
	}
	v.Value = ch.shown(v.Value)
	return v, ch.chart.NoteRead(ctx, d, "side-effects.read", id, 1)
}

// asClinician refuses who does not treat the patient here.
func (ch *Part) asClinician(ctx context.Context, d models.Decision) error {
	if ch.actor.Role == models.RoleClinician && d.Basis == models.BasisTeam && ch.actor.App == nil {
		return nil
	}
	d.Rule = "told-by-the-team"
	return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Somebody who treats this patient here does this."))
}

// Answer writes what a clinician made of it, and ends its task. The same again is no
// change; a later answer takes the place of an earlier one.
func (ch *Part) Answer(ctx context.Context, id string, a sideeffect.Answer) (sideeffect.Report, error) {
	for {
		d, v, err := ch.one(ctx, id, models.Write)
		if err != nil {
			return v.Value, err
		}
		if err := ch.asClinician(ctx, d); err != nil {
			return sideeffect.Report{}, err
		}
		if err := a.Check(); err != nil {
			return sideeffect.Report{}, err
		}
		a.Criteria, a.By, a.At = append([]string{}, a.Criteria...), models.AuthorOf(ch.actor), ch.care.now().UTC()
		if was := v.Value.Answer; was != nil {
			again := *was
			if again.At = a.At; chart.SameJSON(again, a) {
				return v.Value, nil
			}
		}
		v.Value.Answer = &a
		var ops []store.Op
		if v.Value.TaskID != "" {
			if ops, err = ch.care.tasks.EndOps(ctx, ch.actor, v.Value.TaskID); err != nil && models.KindOf(err) != models.KindNotFound {
				return v.Value, err
			}
		}
		op, err := reportOp(v)
		if err != nil {
			return v.Value, err
		}
		err = ch.chart.Commit(ctx, d, "side-effect.answered", id, append(ops, op)...)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue
		}
		return v.Value, err
	}
}

// ForAuthority writes a report for the pharmacovigilance authority. It names no person;
// medicines beside it that tell of substance use are left out, and it says so. It leaves the
// clinic, so it is given to who has shown a factor of late.
func (ch *Part) ForAuthority(ctx context.Context, id string) (sideeffect.ForAuthority, error) {
	d, v, err := ch.one(ctx, id, models.Read)
	if err != nil {
		return sideeffect.ForAuthority{}, err
	}
	if err := ch.asClinician(ctx, d); err != nil {
		return sideeffect.ForAuthority{}, err
	}
	if err := ch.care.stepUp(ctx, ch.actor); err != nil {
		return sideeffect.ForAuthority{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return sideeffect.ForAuthority{}, err
	}
	lines, err := ch.care.list.Lines(ctx, ch.patient, ch.care.now())
	if err != nil {
		return sideeffect.ForAuthority{}, err
	}
	var suspect *medicine.Medicine
	if told, err := ch.care.list.Line(ctx, ch.patient, v.Value.MedicineID); err == nil {
		suspect = &told
	} else if models.KindOf(err) != models.KindNotFound {
		return sideeffect.ForAuthority{}, err
	}
	var others []medicine.Medicine
	for _, m := range slices.Backward(lines) {
		switch {
		case m.ID == v.Value.MedicineID:
		case m.Status == medicine.Taken && ch.sees(m.UseRelated):
			others = append(others, m)
		}
	}
	out := v.Value.Authority(suspect, others, ageOn(p.Value.BirthDate, v.Value), p.Value.Language, ch.care.now().UTC())
	return out, ch.chart.NoteRead(ctx, d, "side-effect.exported", id, 1)
}
