package visits

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// SeriesAsk says which visit is to recur, and when: "weekly for 8 weeks" is
// FREQ=WEEKLY;COUNT=8 from the first. It recurs on a wall clock, so nine stays nine
// when the clocks change.
type SeriesAsk struct {
	Visit   VisitAsk       `json:"visit"`
	Start   time.Time      `json:"start"`
	Zone    string         `json:"zone,omitempty"`
	RRule   string         `json:"rrule"`
	Changes []SeriesChange `json:"changes,omitempty"`
}

// SeriesChange is what one visit of a series is instead.
type SeriesChange struct {
	RecurrenceID string     `json:"recurrenceId"`
	Start        *time.Time `json:"start,omitempty"`
}

// VisitSeries is a series as it is stored. Its visits stand for themselves, under
// ids that follow from the series and the RECURRENCE-ID; Rest tells what was changed
// of them together.
type VisitSeries struct {
	schedule.Series
	PatientID string        `json:"patientId"`
	Ask       SeriesAsk     `json:"ask"`
	BookedBy  models.Author `json:"bookedBy"`
	CreatedAt time.Time     `json:"createdAt"`
	ChangedAt time.Time     `json:"changedAt"`
}

// visitID names a visit of the series. The same series booked twice, as after an
// answer that got lost, is the same visits.
func (s VisitSeries) visitID(recurrenceID string) string {
	return uuid.NewSHA1(uuid.MustParse(s.ID), []byte(recurrenceID)).String()
}

// series makes the series that is asked for, with what is changed of single visits.
func (ch *Part) series(id string, ask SeriesAsk, minutes int) (VisitSeries, []schedule.Occurrence, error) {
	none := VisitSeries{}
	if ask.Zone == "" {
		ask.Zone = ch.care.site.Zone
	}
	zone, err := schedule.LoadZone(ask.Zone)
	if err != nil {
		var c models.Checks
		c.Fail("zone", "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
		return none, nil, c.Err()
	}
	s := VisitSeries{PatientID: ch.patient, Ask: ask, Series: schedule.Series{ID: id, Zone: ask.Zone,
		Start: zone.Wall(ask.Start.Unix()).String(), Minutes: minutes, RRule: ask.RRule}}
	with := s.Series
	for _, change := range ask.Changes {
		e := schedule.Edit{Cancelled: change.Start == nil}
		if change.Start != nil {
			e.Start = zone.Wall(change.Start.Unix()).String()
		}
		if with, err = with.EditOne(change.RecurrenceID, e); err != nil {
			return none, nil, err
		}
	}
	all, err := with.Expand()
	if err != nil {
		return none, nil, err
	}
	all = slices.DeleteFunc(all, func(o schedule.Occurrence) bool { return o.Cancelled })
	var c models.Checks
	c.Require(len(all) > 0, "changes", "nothing-left", "No visit is left.")
	return s, all, errOr(c.Err(), onePerDate(all))
}

func errOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// onePerDate refuses two visits of a series on one date: the caps of a day are
// counted for each visit by itself.
func onePerDate(all []schedule.Occurrence) error {
	dates := map[string]bool{}
	for _, o := range all {
		date := o.Start[:len("2006-01-02")]
		if dates[date] {
			var c models.Checks
			c.Fail("changes", "twice-a-day", "Two visits of a series can't be on one day.")
			return c.Err()
		}
		dates[date] = true
	}
	return nil
}

// SeriesVisit is one visit of a series that is being planned.
type SeriesVisit struct {
	RecurrenceID string              `json:"recurrenceId"`
	Start        time.Time           `json:"start"`
	Local        schedule.Local      `json:"local"`
	Conflicts    []schedule.Conflict `json:"conflicts,omitempty"`
	Alternatives []schedule.Slot     `json:"alternatives,omitempty"`
}

// seated are the visits of a series with the slots that they would take.
type seated struct {
	slots   map[string]schedule.Slot // by RecurrenceID
	ledgers ledgers
	same    []schedule.LedgerKey
	visits  []SeriesVisit
	refused bool
}

// seatAll finds a slot for each visit, or what is in the way of each.
func (w *candidates) seatAll(ctx context.Context, all []schedule.Occurrence, ignore string) (seated, error) {
	out := seated{slots: map[string]schedule.Slot{}, ledgers: newLedgers()}
	for _, o := range all {
		start := o.Span.Start()
		v := SeriesVisit{RecurrenceID: o.RecurrenceID, Start: start, Local: localTime(w.patient.Zone, start, o.Span.End())}
		slot, l, err := w.seat(ctx, start, ignore)
		why, refused := errors.AsType[*NotPossible](err)
		switch {
		case refused:
			v.Conflicts, v.Alternatives, out.refused = why.Conflicts, why.Alternatives, true
		case err != nil:
			return out, err
		default:
			out.slots[o.RecurrenceID] = slot
			out.ledgers.add(l)
			out.same = append(out.same, w.perDay(slot)...)
		}
		out.visits = append(out.visits, v)
	}
	return out, nil
}

// seriesOp writes a series.
func seriesOp(v chart.Versioned[VisitSeries]) (store.Op, error) {
	doc, err := chart.Encode(v.Value.ID, v.Value.PatientID, v.Version, nil, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColSeries, doc), err
	}
	return store.Replace(chart.ColSeries, doc), err
}
