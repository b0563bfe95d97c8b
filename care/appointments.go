package care

import (
	"context"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// visitOfChart loads a visit of this patient. A hold whose time is over is gone.
func (ch *Chart) visitOfChart(ctx context.Context, id string) (Versioned[Visit], error) {
	v, err := load[Visit](ctx, ch.care.store, colVisits, id)
	switch {
	case err != nil:
		return v, err
	case v.Value.PatientID != ch.patient || v.Value.WaitID != "" || !ch.sees(v.Value):
		return Versioned[Visit]{}, models.NotFound()
	case v.Value.expired(ch.care.now()):
		return Versioned[Visit]{}, holdOver()
	}
	return v, nil
}

// Visit reads one visit. Who has a right to the times only gets the times.
func (ch *Chart) Visit(ctx context.Context, id string) (Versioned[VisitView], error) {
	none := Versioned[VisitView]{}
	d, err := ch.may(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return none, err
	}
	v, err := ch.visitOfChart(ctx, id)
	if err != nil {
		return none, err
	}
	out, err := ch.viewVisit(ctx, d, v)
	if err != nil {
		return none, err
	}
	return out, ch.noteRead(ctx, d, "appointments.read", id, 1)
}

// VisitList says which visits of a patient are wanted.
type VisitList struct {
	From, To *time.Time // by start; nil: open
	Latest   bool       // the latest first
	Cursor   string
	Limit    int
}

// Visits lists the patient's visits by their start, without holds that are over.
func (ch *Chart) Visits(ctx context.Context, q VisitList) (Page[Versioned[VisitView]], error) {
	var out Page[Versioned[VisitView]]
	d, err := ch.may(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return out, err
	}
	query := store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: q.Latest, Limit: q.Limit, Cursor: q.Cursor}
	if q.From != nil {
		query.From = millis(*q.From)
	}
	if q.To != nil {
		query.To = millis(*q.To)
	}
	page, err := list[Visit](ctx, ch.care.store, colVisits, query)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		if v.Value.expired(ch.care.now()) || v.Value.WaitID != "" || !ch.sees(v.Value) {
			continue
		}
		view, err := ch.viewVisit(ctx, d, v)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, view)
	}
	return out, ch.noteRead(ctx, d, "appointments.read", "", len(out.Items))
}

// Book makes a visit of a hold. The same call twice is one booking; somebody
// else's hold is not there.
func (ch *Chart) Book(ctx context.Context, holdID string) (Versioned[VisitView], error) {
	return ch.changeVisit(ctx, holdID, nil, "appointment.booked", func(v *Visit, _ *step) (bool, error) {
		if v.Status == schedule.Booked || v.Status == schedule.Pending && v.HoldUntil == nil {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Appointment.Book(ch.care.now()))
	})
}

// CancelVisit calls a visit off and frees everybody's time. Reasons that are the
// clinic's are not the patient's to give.
func (ch *Chart) CancelVisit(ctx context.Context, id string, version int64, reason schedule.Reason) (Versioned[VisitView], error) {
	if err := ch.ownReason(reason); err != nil {
		return Versioned[VisitView]{}, err
	}
	return ch.changeVisit(ctx, id, &version, "appointment.cancelled", func(v *Visit, _ *step) (bool, error) {
		if v.Cancellation != nil && v.Cancellation.Reason == reason && v.Cancellation.By == ch.actor.AccountID {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Cancel(reason, ch.actor.AccountID, ch.care.now()))
	})
}

// MoveVisit notes how a visit went. Patients say that they are there; the rest is
// for who works here.
func (ch *Chart) MoveVisit(ctx context.Context, id string, version int64, to schedule.Status) (Versioned[VisitView], error) {
	if !slices.Contains(ch.visitMoves(), to) {
		return Versioned[VisitView]{}, models.E(models.KindForbidden, "not-your-move", "Your care team notes this.")
	}
	return ch.changeVisit(ctx, id, &version, "appointment."+string(to), func(v *Visit, _ *step) (bool, error) {
		if v.Status == to {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Move(to, ch.care.now()))
	})
}

// visitMoves are the states that the actor may note.
func (ch *Chart) visitMoves() []schedule.Status {
	if ch.actor.Role == models.RolePatient {
		return []schedule.Status{schedule.Arrived}
	}
	return []schedule.Status{schedule.Arrived, schedule.CheckedIn, schedule.Fulfilled, schedule.NoShow, schedule.EnteredInError}
}

// assign takes over the outcome of a step of an appointment.
func assign(into *schedule.Appointment) func(schedule.Appointment, error) error {
	return func(a schedule.Appointment, err error) error {
		if err == nil {
			*into = a
		}
		return err
	}
}

// changeVisit changes a visit, with the claims that follow from it, in one batch.
// A nil version takes whatever is the newest. change says false when an earlier
// call did it.
func (ch *Chart) changeVisit(ctx context.Context, id string, version *int64, kind string, change func(*Visit, *step) (bool, error)) (Versioned[VisitView], error) {
	none := Versioned[VisitView]{}
	d, err := ch.may(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	return ch.changeAs(ctx, d, id, version, kind, change)
}

// changeAs is changeVisit after the decision.
func (ch *Chart) changeAs(ctx context.Context, d models.Decision, id string, version *int64, kind string, change func(*Visit, *step) (bool, error)) (Versioned[VisitView], error) {
	find := func() (Versioned[Visit], error) { return ch.visitOfChart(ctx, id) }
	v, err := ch.care.change(ctx, find, ch.changed(d, kind, id), version, change)
	if err != nil {
		return Versioned[VisitView]{}, err
	}
	return ch.viewVisit(ctx, d, v)
}

// change changes the visit that find loads afresh, and leaves the line.
func (c *Care) change(ctx context.Context, find func() (Versioned[Visit], error), line models.AuditLine, version *int64,
	change func(*Visit, *step) (bool, error)) (Versioned[Visit], error) {
	var out Versioned[Visit]
	err := c.settle(ctx, func() (*step, error) {
		v, err := find()
		if err != nil {
			return nil, err
		}
		s, before := &step{ledgers: newLedgers(), line: line}, v.Value.Appointment
		todo, err := change(&v.Value, s)
		if err == nil && !todo {
			out, s.done = v, true
			return s, nil
		}
		if k := models.KindOf(err); k == models.KindUnavailable || k == models.KindUnknown {
			return nil, err
		}
		if version != nil && *version != v.Version {
			return nil, refusal(store.ErrConflict)
		}
		if err != nil {
			return nil, err
		}
		s.change(before, v.Value.Appointment)
		v.Value.noteMove(before, line.AccountID)
		v.Value.ChangedAt = c.now().UTC()
		op, err := visitOp(v)
		s.ops = append(s.ops, op)
		v.Version++
		out = v
		return s, err
	})
	return out, err
}
