package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// SlotQuestion asks for times of a visit.
type SlotQuestion struct {
	Ask      VisitAsk
	From, To time.Time
	Zone     string // IANA: the reader's; "" takes the patient's
	Suiting  bool   // only times that the patient would rather have
	Instead  string // a visit of the patient that is to be moved: its time counts as free
	Limit    int
	Cursor   string
}

// Slots answers the times at which the visit can be, the best first. Who may not
// book for the patient may not ask: the answer tells when people are free.
func (ch *Part) Slots(ctx context.Context, q SlotQuestion) (chart.Page[schedule.Slot], error) {
	var out chart.Page[schedule.Slot]
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return out, err
	}
	w, err := ch.candidates(ctx, q.Ask)
	if err != nil {
		return out, err
	}
	if q.Suiting {
		if err := w.preferred(ctx, ch); err != nil {
			return out, err
		}
	}
	req := w.request(q.From, q.To)
	req.Limit, req.Cursor = q.Limit, q.Cursor
	if req.Ignore, err = ch.ownTime(ctx, q); err != nil {
		return out, err
	}
	if q.Zone != "" {
		req.Reader = q.Zone
	}
	if out.Items, out.Next, err = w.find(ctx, req); err != nil {
		return out, err
	}
	return out, ch.chart.NoteRead(ctx, d, "slots.read", "", len(out.Items))
}

// ownTime is the visit whose time counts as free in a search: the one that is to be
// moved, or else the hold that a new one would take the place of.
func (ch *Part) ownTime(ctx context.Context, q SlotQuestion) (string, error) {
	if q.Instead != "" {
		v, err := ch.visitOfChart(ctx, q.Instead)
		return v.Value.ID, err
	}
	old, err := ch.heldBefore(ctx, q.Ask.VisitType)
	return old.Value.ID, err
}

// find looks at the part of the window in which a visit can be at all, so that a
// far window does not read ledgers in vain.
func (w *candidates) find(ctx context.Context, req schedule.Request) ([]schedule.Slot, string, error) {
	from, to := req.From, req.To
	if from.Before(req.Now) {
		from = req.Now
	}
	if end := req.Now.AddDate(0, 0, w.visit.HorizonDays+1); to.After(end) {
		to = end
	}
	if !from.Before(to) { // nothing to find; the engine says what is wrong, if something is
		to = from.Add(time.Second)
	}
	l := newLedgers()
	for _, days := range w.reaches() {
		near := from.AddDate(0, 0, days)
		if !near.Before(to) {
			break
		}
		slots, next, err := w.findWithin(ctx, l, req, from, near)
		if err != nil || next != "" {
			return slots, next, err
		}
	}
	return w.findWithin(ctx, l, req, from, to)
}

// reaches are the days after which a search looks whether it has enough. Where
// people are chosen among, those whom the patient knows come first however late
// they are free, so the whole window counts at once.
func (w *candidates) reaches() []int {
	if w.choice() {
		return nil
	}
	return []int{8, 32}
}

// findWithin reads the ledgers of a part of the window into l, and looks there.
func (w *candidates) findWithin(ctx context.Context, l ledgers, req schedule.Request, from, to time.Time) ([]schedule.Slot, string, error) {
	people, err := w.more(ctx, l, from, to)
	if err != nil {
		return nil, "", err
	}
	if to.Before(req.To) {
		req.To = to
	}
	return schedule.Find(req, people)
}

// alternativeDays is how far around a time that is not possible others are looked
// for, in steps: what lies in a step is nearer than all that lies outside it, so the
// next is taken only when the times are too few.
var alternativeDays = []int{2, 7, 21}

// seat finds out whether the visit can begin at a time. It answers with the slot
// and the ledgers that say so, or with a *NotPossible that has everything that is
// in the way and the nearest other times. ignore are visits whose claims do not
// count.
func (w *candidates) seat(ctx context.Context, start time.Time, ignore string) (schedule.Slot, ledgers, error) {
	req := w.request(start, start.Add(time.Second))
	req.Ignore = ignore
	people, l, err := w.at(ctx, start, start.Add(time.Duration(w.visit.Minutes)*time.Minute))
	if err != nil {
		return schedule.Slot{}, l, err
	}
	e, err := schedule.Explain(req, people, start)
	if err != nil {
		return schedule.Slot{}, l, err
	}
	if e.Slot != nil {
		return *e.Slot, l, nil
	}
	if e.Alternatives, err = w.near(ctx, start, ignore); err != nil {
		return schedule.Slot{}, l, err
	}
	return schedule.Slot{}, l, notPossible(e)
}

// near finds the nearest other times.
func (w *candidates) near(ctx context.Context, start time.Time, ignore string) ([]schedule.Slot, error) {
	var out []schedule.Slot
	for _, days := range alternativeDays {
		var err error
		if out, err = w.nearWithin(ctx, start, days, ignore); err != nil || len(out) >= schedule.Alternatives {
			return out, err
		}
	}
	return out, nil
}

func (w *candidates) nearWithin(ctx context.Context, start time.Time, days int, ignore string) ([]schedule.Slot, error) {
	now := w.care.now()
	from, to := start.AddDate(0, 0, -days), start.AddDate(0, 0, days)
	if from.Before(now) {
		from = now
	}
	if !from.Before(to) {
		from, to = now, now.AddDate(0, 0, days)
	}
	people, _, err := w.at(ctx, from, to)
	if err != nil {
		return nil, err
	}
	req := w.request(from, to)
	req.Ignore = ignore
	e, err := schedule.Explain(req, people, start)
	return e.Alternatives, err
}

// perDay are the ledgers that count the visits of a date (decision 0010).
func (w *candidates) perDay(slot schedule.Slot) []schedule.LedgerKey {
	var keys []schedule.LedgerKey
	if w.visit.PerDay == 0 {
		return nil
	}
	for _, s := range slot.Seats {
		if p := w.people[s.Who]; p != nil && s.Kind == schedule.Clinician {
			keys = append(keys, p.PerDayLedgers(s.Start.Unix())...)
		}
	}
	return keys
}
