package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// rest is what a change of the rest of a series touches.
type rest struct {
	visits  []chart.Versioned[Visit]
	slots   map[string]schedule.Slot // new ones, by RecurrenceID; none when they are called off
	ledgers ledgers
	same    []schedule.LedgerKey
}

// planRest works out which visits change, and where they go. The series takes over
// the change.
func (ch *Part) planRest(ctx context.Context, series *VisitSeries, visits []chart.Versioned[Visit], from string, e schedule.Edit) (rest, error) {
	out := rest{ledgers: newLedgers()}
	now, alone, err := aloneOf(series.Series, visits, from)
	if err != nil {
		return out, err
	}
	if series.Series, err = series.EditRest(from, e); err != nil {
		return out, err
	}
	if now, err = now.EditRest(from, e); err != nil {
		return out, err
	}
	all, err := now.Expand()
	if err != nil {
		return out, err
	}
	to := map[string]schedule.Occurrence{}
	for _, o := range all {
		to[o.RecurrenceID] = o
	}
	var moves, stay []schedule.Occurrence
	for _, v := range visits {
		o, id := to[v.Value.RecurrenceID], v.Value.RecurrenceID
		switch {
		case !v.Value.Status.May(schedule.Cancelled) || !ch.care.now().Before(v.Value.Start):
			continue // over, or called off
		case id < from || alone[id] && !e.Cancelled || !e.Cancelled && v.Value.Start.Equal(o.Span.Start()):
			stay = append(stay, o)
			continue
		}
		out.visits, moves = append(out.visits, v), append(moves, o)
	}
	if len(moves) == 0 {
		return out, models.E(models.KindConflict, "nothing-to-change", "No visit of this series is left that this would change.")
	}
	if e.Cancelled {
		return out, nil
	}
	if err := onePerDate(append(stay, moves...)); err != nil {
		return out, err
	}
	return out, ch.seatRest(ctx, &out, series.Ask.Visit, moves)
}

// aloneOf tells which visits were moved for themselves since they were booked, and
// gives the series with these changes in it.
func aloneOf(s schedule.Series, visits []chart.Versioned[Visit], from string) (schedule.Series, map[string]bool, error) {
	alone := map[string]bool{}
	all, err := s.Expand()
	if err != nil {
		return s, nil, err
	}
	zone, err := schedule.LoadZone(s.Zone)
	if err != nil {
		return s, nil, err
	}
	byRule := map[string]schedule.Occurrence{}
	for _, o := range all {
		byRule[o.RecurrenceID] = o
	}
	for _, v := range visits {
		id := v.Value.RecurrenceID
		if id == from || v.Value.Start.Equal(byRule[id].Span.Start()) {
			continue
		}
		alone[id] = true
		if s, err = s.EditOne(id, schedule.Edit{Start: zone.Wall(v.Value.Start.Unix()).String()}); err != nil {
			return s, nil, err
		}
	}
	return s, alone, nil
}

// seatRest finds the new slots. The visits that move do not stand in each other's way.
func (ch *Part) seatRest(ctx context.Context, out *rest, ask VisitAsk, moves []schedule.Occurrence) error {
	w, err := ch.candidates(ctx, ask)
	if err != nil {
		return err
	}
	w.leaving = map[string]bool{}
	for _, v := range out.visits {
		w.leaving[v.Value.ID] = true
	}
	got, err := w.seatAll(ctx, moves, "")
	if err != nil {
		return err
	}
	if got.refused {
		return seriesNotPossible(got.visits)
	}
	out.slots, out.ledgers, out.same = got.slots, got.ledgers, got.same
	return nil
}

// ownReason refuses reasons that are the clinic's to a patient.
func (ch *Part) ownReason(reason schedule.Reason) error {
	var c models.Checks
	c.Require(ch.actor.Role != models.RolePatient || !reason.Valid() || reason.ByPatient(), "reason", "not-yours", "Choose one of your own reasons.")
	return c.Err()
}
