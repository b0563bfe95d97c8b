package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// WaitAsk says what somebody waits for: an earlier time for a visit that they have,
// or any time for one that they don't have yet.
type WaitAsk struct {
	Visit   *VisitAsk  `json:"visit,omitempty"`
	Instead string     `json:"instead,omitempty"`
	From    *time.Time `json:"from,omitempty"`
	To      *time.Time `json:"to,omitempty"`
}

// Wait is somebody's place in the line.
type Wait struct {
	ID        string          `json:"id"`
	PatientID string          `json:"patientId"`
	Ask       WaitAsk         `json:"ask"`
	Visit     VisitAsk        `json:"visit"` // what is looked for
	Since     time.Time       `json:"since"`
	AskedBy   models.Author   `json:"askedBy"`
	Taken     string          `json:"taken,omitempty"` // the visit that came of it: kept for a second call only
	Offer     *Offer          `json:"offer,omitempty"`
	Passed    []schedule.Span `json:"passed,omitempty"` // what was offered and not taken
}

// Offer is a time that is kept for somebody who waits. When it is over it counts for
// nothing, and the next in line gets it.
type Offer struct {
	VisitID string    `json:"visitId"` // the hold
	Start   time.Time `json:"start"`
	End     time.Time `json:"end"`
	Until   time.Time `json:"until"`
}

// WaitView is a place in the line as the patient and their team see it.
type WaitView struct {
	ID        string     `json:"id"`
	PatientID string     `json:"patientId"`
	Visit     VisitAsk   `json:"visit"`
	Instead   string     `json:"instead,omitempty"`
	From      *time.Time `json:"from,omitempty"`
	To        *time.Time `json:"to,omitempty"`
	Since     time.Time  `json:"since"`
	Offer     *OfferView `json:"offer,omitempty"`
}

// OfferView is an offer on the patient's clock.
type OfferView struct {
	Start time.Time      `json:"start"`
	End   time.Time      `json:"end"`
	Until time.Time      `json:"until"`
	Local schedule.Local `json:"local"`
}

const (
	MaxWaits  = 10 // places in line of one patient at once
	maxPassed = 50 // remembered; the oldest go
)

// live is the offer, unless its time is over.
func (w Wait) live(now time.Time) *Offer {
	if w.Offer == nil || !now.Before(w.Offer.Until) {
		return nil
	}
	return w.Offer
}

func waitOp(v chart.Versioned[Wait]) (store.Op, error) {
	keys := store.Keys{"since": chart.Millis(v.Value.Since)}
	switch {
	case v.Value.Taken != "":
	case v.Value.Offer == nil:
		keys["patientId"], keys["line"] = v.Value.PatientID, "waiting"
	default:
		keys["patientId"], keys["due"] = v.Value.PatientID, chart.Millis(v.Value.Offer.Until)
	}
	doc, err := chart.Encode(v.Value.ID, v.Value.PatientID, v.Version, keys, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColWaits, doc), err
	}
	return store.Replace(chart.ColWaits, doc), err
}

// JoinWaitlist puts the patient in the line. The same call twice is one place.
//
// Errors: too-many-waits (conflict), invalid-input.
func (ch *Part) JoinWaitlist(ctx context.Context, id string, ask WaitAsk) (chart.Versioned[WaitView], error) {
	none := chart.Versioned[WaitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	first, err := chart.Load[Wait](ctx, ch.care.store, chart.ColWaits, id)
	switch {
	case err == nil && first.Value.PatientID == ch.patient && chart.SameJSON(first.Value.Ask, ask):
		return ch.viewWait(ctx, first)
	case err == nil:
		return none, chart.Refusal(store.ErrExists)
	case models.KindOf(err) != models.KindNotFound:
		return none, err
	}
	w := Wait{ID: id, PatientID: ch.patient, Ask: ask, Since: ch.care.now().UTC(), AskedBy: models.AuthorOf(ch.actor)}
	if w.Visit, err = ch.waitedFor(ctx, ask); err != nil {
		return none, err
	}
	mine, err := ch.waits(ctx)
	if err != nil {
		return none, err
	}
	if len(mine) >= MaxWaits {
		return none, models.E(models.KindConflict, "too-many-waits", "You wait for ten things already. Please leave one first.")
	}
	v := chart.Versioned[Wait]{Value: w}
	op, err := waitOp(v)
	if err != nil {
		return none, err
	}
	if err := ch.care.base.Commit(ctx, ch.changed(d, "waitlist.joined", id), op); err != nil {
		return none, err
	}
	v.Version = 1
	return ch.viewWait(ctx, v)
}

// waitedFor is the visit that is looked for; it must be one that could be booked.
func (ch *Part) waitedFor(ctx context.Context, ask WaitAsk) (VisitAsk, error) {
	var c models.Checks
	c.Require((ask.Visit == nil) != (ask.Instead == ""), "visit", "one-of", "Say either what visit, or which booked one is to be earlier.")
	now := ch.care.now()
	c.Require(ask.To == nil || now.Before(*ask.To), "to", "in-the-past", "This time has passed.")
	c.Require(ask.From == nil || ask.To == nil || ask.From.Before(*ask.To), "to", "before-start", "The end is not after the start.")
	if err := c.Err(); err != nil {
		return VisitAsk{}, err
	}
	visit := ask.Visit
	if ask.Instead != "" {
		v, err := ch.visitOfChart(ctx, ask.Instead)
		if err != nil {
			return VisitAsk{}, err
		}
		if v.Value.Status != schedule.Booked || !now.Before(v.Value.Start) {
			return VisitAsk{}, models.E(models.KindConflict, "appointment-move-not-allowed", "This visit can't be changed in this way any more. Please look at it again.")
		}
		visit = &v.Value.Ask
	}
	w, err := ch.candidates(ctx, *visit)
	if err != nil {
		return VisitAsk{}, err
	}
	_, _, err = w.find(ctx, w.request(now, now.Add(24*time.Hour))) // refuses what can't be asked for
	return *visit, err
}

// waits are the patient's places in the line.
func (ch *Part) waits(ctx context.Context) ([]chart.Versioned[Wait], error) {
	return chart.Every[Wait](ctx, ch.care.store, chart.ColWaits, store.Query{Index: "patient", Equal: []any{ch.patient}})
}

// Waitlist lists what the patient waits for, with what is offered to them.
func (ch *Part) Waitlist(ctx context.Context) ([]chart.Versioned[WaitView], error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return nil, err
	}
	out := []chart.Versioned[WaitView]{}
	if !d.Whole {
		return out, ch.chart.NoteRead(ctx, d, "waitlist.read", "", 0)
	}
	mine, err := ch.waits(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range mine {
		view, err := ch.viewWait(ctx, v)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, ch.chart.NoteRead(ctx, d, "waitlist.read", "", len(out))
}

func (ch *Part) viewWait(ctx context.Context, v chart.Versioned[Wait]) (chart.Versioned[WaitView], error) {
	out := WaitView{ID: v.Value.ID, PatientID: v.Value.PatientID, Visit: v.Value.Visit, Instead: v.Value.Ask.Instead, From: v.Value.Ask.From, To: v.Value.Ask.To, Since: v.Value.Since}
	if o := v.Value.live(ch.care.now()); o != nil {
		p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
		if err != nil {
			return chart.Versioned[WaitView]{}, err
		}
		out.Offer = &OfferView{o.Start, o.End, o.Until, localTime(ch.care.base.Zone(ch.patient, p.Value.Zone), o.Start, o.End)}
	}
	return chart.Versioned[WaitView]{Value: out, Version: v.Version}, nil
}
