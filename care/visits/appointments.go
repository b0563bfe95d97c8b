package visits

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// visitOfChart loads a visit of this patient. A hold whose time is over is gone.
func (ch *Part) visitOfChart(ctx context.Context, id string) (chart.Versioned[Visit], error) {
	v, err := chart.Load[Visit](ctx, ch.care.store, chart.ColVisits, id)
	switch {
	case err != nil:
		return v, err
	case v.Value.PatientID != ch.patient || v.Value.WaitID != "" || !ch.sees(v.Value):
		return chart.Versioned[Visit]{}, models.NotFound()
	case v.Value.expired(ch.care.now()):
		return chart.Versioned[Visit]{}, holdOver()
	}
	return v, nil
}

// Visit reads one visit. Who has a right to the times only gets the times.
func (ch *Part) Visit(ctx context.Context, id string) (chart.Versioned[VisitView], error) {
	none := chart.Versioned[VisitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
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
	return out, ch.chart.NoteRead(ctx, d, "appointments.read", id, 1)
}

// VisitList says which visits of a patient are wanted.
type VisitList struct {
	From, To *time.Time // by start; nil: open
	Latest   bool       // the latest first
	Cursor   string
	Limit    int
}

// Visits lists the patient's visits by their start, without holds that are over.
func (ch *Part) Visits(ctx context.Context, q VisitList) (chart.Page[chart.Versioned[VisitView]], error) {
	var out chart.Page[chart.Versioned[VisitView]]
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return out, err
	}
	query := store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: q.Latest, Limit: q.Limit, Cursor: q.Cursor}
	if q.From != nil {
		query.From = chart.Millis(*q.From)
	}
	if q.To != nil {
		query.To = chart.Millis(*q.To)
	}
	page, err := chart.List[Visit](ctx, ch.care.store, chart.ColVisits, query)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	ctx, ahead := chart.NewAhead(ctx)
	if err := errors.Join(ahead.Read(ctx, ch.care.store, chart.ColPatients, ch.patient), ch.care.readNames(ctx, ahead, page.Items)); err != nil {
		return out, err
	}
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
	return out, ch.chart.NoteRead(ctx, d, "appointments.read", "", len(out.Items))
}

// Book makes a visit of a hold. The same call twice is one booking; somebody
// else's hold is not there.
func (ch *Part) Book(ctx context.Context, holdID string) (chart.Versioned[VisitView], error) {
	return ch.changeVisit(ctx, holdID, nil, "appointment.booked", func(v *Visit, _ *step) (bool, error) {
		if v.Status == schedule.Booked || v.Status == schedule.Pending && v.HoldUntil == nil {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Appointment.Book(ch.care.now()))
	})
}

// CancelVisit calls a visit off and frees everybody's time. Reasons that are the
// clinic's are not the patient's to give.
func (ch *Part) CancelVisit(ctx context.Context, id string, version int64, reason schedule.Reason) (chart.Versioned[VisitView], error) {
	if err := ch.ownReason(reason); err != nil {
		return chart.Versioned[VisitView]{}, err
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
func (ch *Part) MoveVisit(ctx context.Context, id string, version int64, to schedule.Status) (chart.Versioned[VisitView], error) {
	if !slices.Contains(ch.visitMoves(), to) {
		return chart.Versioned[VisitView]{}, models.E(models.KindForbidden, "not-your-move", "Your care team notes this.")
	}
	return ch.changeVisit(ctx, id, &version, "appointment."+string(to), func(v *Visit, _ *step) (bool, error) {
		if v.Status == to {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Move(to, ch.care.now()))
	})
}

// visitMoves are the states that the actor may note.
func (ch *Part) visitMoves() []schedule.Status {
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
func (ch *Part) changeVisit(ctx context.Context, id string, version *int64, kind string, change func(*Visit, *step) (bool, error)) (chart.Versioned[VisitView], error) {
	none := chart.Versioned[VisitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	return ch.changeAs(ctx, d, id, version, kind, change)
}

// changeAs is changeVisit after the decision.
func (ch *Part) changeAs(ctx context.Context, d models.Decision, id string, version *int64, kind string, change func(*Visit, *step) (bool, error)) (chart.Versioned[VisitView], error) {
	find := func() (chart.Versioned[Visit], error) { return ch.visitOfChart(ctx, id) }
	v, err := ch.care.change(ctx, find, ch.changed(d, kind, id), version, change)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
	}
	return ch.viewVisit(ctx, d, v)
}

// change changes the visit that find loads afresh, and leaves the line.
func (c *Service) change(ctx context.Context, find func() (chart.Versioned[Visit], error), event models.AuditEvent, version *int64,
	change func(*Visit, *step) (bool, error)) (chart.Versioned[Visit], error) {
	var out chart.Versioned[Visit]
	err := c.settle(ctx, func() (*step, error) {
		v, err := find()
		if err != nil {
			return nil, err
		}
		s, before := &step{ledgers: newLedgers(), event: event}, v.Value.Appointment
		todo, err := change(&v.Value, s)
		if err == nil && !todo {
			out, s.done = v, true
			return s, nil
		}
		if k := models.KindOf(err); k == models.KindUnavailable || k == models.KindUnknown {
			return nil, err
		}
		if version != nil && *version != v.Version {
			return nil, chart.Refusal(store.ErrConflict)
		}
		if err != nil {
			return nil, err
		}
		s.change(before, v.Value.Appointment)
		v.Value.noteMove(before, event.AccountID, c.now())
		v.Value.ChangedAt = c.now().UTC()
		op, err := visitOp(v)
		s.ops = append(s.ops, op)
		v.Version++
		out = v
		return s, err
	})
	return out, err
}
