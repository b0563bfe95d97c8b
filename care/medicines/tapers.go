package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/taper"
	"handrail/store"
)

type keptTaper = chart.Versioned[taper.Plan]

// The lines of the log about plans of steps.
const (
	LineTaperDrafted = "taper.drafted"
	LineTaperAsked   = "taper.wish-asked" // drafted, and the patient is asked whether they want it
	LineTaperSigned  = "taper.signed"     // the first of two signatures
	LineTaperBegun   = "taper.begun"
	LineTaperWish    = "taper.wish"
	LineTaperNoWish  = "taper.wish-taken-back"
)

var lineOf = map[taper.Do]string{taper.Pause: "taper.paused", taper.StepBack: "taper.stepped-back", taper.Resume: "taper.resumed", taper.Hold: "taper.held", taper.Stop: "taper.stopped"}

// MaxTapers is how many plans one patient can have in all.
const MaxTapers = 1000

// zoneOf is where the patient's clock is.
func (c *Service) zoneOf(ctx context.Context, patientID string) (*time.Location, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return nil, err
	}
	return c.base.Location(patientID, p.Value.Zone), nil
}

// todayOf is the date on the patient's own clock.
func (c *Service) todayOf(ctx context.Context, patientID string) (string, error) {
	zone, err := c.zoneOf(ctx, patientID)
	if err != nil {
		return "", err
	}
	return c.now().In(zone).Format(time.DateOnly), nil
}

func (c *Service) tapers(ctx context.Context, patientID string) ([]keptTaper, error) {
	return chart.Every[taper.Plan](ctx, c.store, chart.ColTapers, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true})
}

// seen is a plan as the reader sees it: what the guard found is between prescribers.
func (ch *Part) seenTaper(p taper.Plan) taper.Plan {
	if !ch.actor.Role.Staff() {
		p.Pace = []taper.Pace{}
	}
	return p
}

// shows tells whether the reader sees a plan. A draft is the prescribers', unless the
// patient is asked about it.
func (ch *Part) showsTaper(p taper.Plan) bool {
	signed := len(p.Signatures) > 0 && p.Status != taper.Signed // one that waits for its second is a draft yet
	return ch.rights().sees(p.UseRelated) && (ch.actor.Role.Staff() || p.OpioidUse || signed)
}

// Tapers lists the plans of steps, newest first.
func (ch *Part) Tapers(ctx context.Context) ([]keptTaper, error) {
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return nil, err
	}
	all, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	out := []keptTaper{}
	for _, v := range all {
		if ch.showsTaper(v.Value) {
			v.Value = ch.seenTaper(v.Value)
			out = append(out, v)
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "tapers.read", "", len(out))
}

// Taper reads one.
func (ch *Part) Taper(ctx context.Context, id string) (keptTaper, error) {
	v, d, err := ch.taper(ctx, id, models.Read)
	if err != nil {
		return v, err
	}
	v.Value = ch.seenTaper(v.Value)
	return v, ch.chart.NoteRead(ctx, d, "tapers.read", id, 1)
}

// taper loads a plan that the actor may see. For anybody else there is none.
func (ch *Part) taper(ctx context.Context, id string, verb models.Verb) (keptTaper, models.Decision, error) {
	d, err := ch.read(ctx, verb)
	if err != nil {
		return keptTaper{}, d, err
	}
	v, err := chart.Load[taper.Plan](ctx, ch.care.store, chart.ColTapers, id)
	if err == nil && (v.Value.PatientID != ch.patient || !ch.showsTaper(v.Value)) {
		err = models.NotFound()
	}
	if err != nil {
		return keptTaper{}, d, err
	}
	d, err = ch.chart.May(ctx, section(v.Value.UseRelated), verb)
	return v, d, err
}

// PreviewTaper builds a plan, and writes nothing of it.
func (ch *Part) PreviewTaper(ctx context.Context, medicineID string, t taper.Terms) (taper.Plan, error) {
	d, v, err := ch.one(ctx, medicineID, models.Write)
	if err != nil {
		return taper.Plan{}, err
	}
	p, err := ch.buildTaper(ctx, v.Value, taper.Plan{MedicineID: medicineID, Terms: t})
	if err != nil {
		return p, err
	}
	p.Begin(p.StartsOn)
	p.Status = taper.Draft
	return p, ch.chart.NoteRead(ctx, d, "tapers.previewed", medicineID, 1)
}

// buildTaper makes a plan of its terms, out of the strengths that exist.
func (ch *Part) buildTaper(ctx context.Context, m medicine.Medicine, p taper.Plan) (taper.Plan, error) {
	if err := ch.asPrescriber(ctx); err != nil {
		return p, err
	}
	if m.Source != medicine.Here || m.Status != medicine.Taken {
		return p, models.E(models.KindConflict, "not-an-order", "Only an order of here that is taken can have a plan of steps.")
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return p, err
	}
	if p.Strengths, err = ch.care.strengthsOf(ctx, m); err != nil {
		return p, err
	}
	had, err := ch.knownBefore(ctx, m, &p, today)
	if err != nil {
		return p, err
	}
	if err := p.Check(p.Strengths, today); err != nil {
		return p, err
	}
	now := ch.care.today()
	p.PatientID, p.Name, p.UseRelated = ch.patient, m.Name, m.UseRelated
	p.Tablets, p.Pace = p.Terms.Tablets(p.Strengths), p.Guard(p.Strengths, had)
	p.OpioidUse = taper.ForOpioidUse(m) && p.Reduces()
	p.Status, p.ChangedAt, p.Signatures, p.Acts, p.Course = taper.Draft, now, []taper.Signature{}, []taper.Act{}, []taper.Span{}
	var c models.Checks
	c.Require(!taper.AsksReason(p.Pace) || len([]rune(p.Reason)) >= 3, "reason", "required", "This goes down fast. Please write why.")
	return p, c.Err()
}

// AddTaper writes a draft. The same call again is the same plan.
func (ch *Part) AddTaper(ctx context.Context, id, medicineID, replaces string, t taper.Terms) (taper.Plan, error) {
	d, line, err := ch.one(ctx, medicineID, models.Write)
	if err != nil {
		return taper.Plan{}, err
	}
	stands, err := chart.Load[taper.Plan](ctx, ch.care.store, chart.ColTapers, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.PatientID != ch.patient || stands.Value.MedicineID != medicineID || stands.Value.By.AccountID != ch.actor.AccountID) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	p, err := ch.buildTaper(ctx, line.Value, taper.Plan{ID: id, MedicineID: medicineID, Replaces: replaces, Terms: t})
	if err != nil {
		return p, err
	}
	all, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return p, err
	}
	var c models.Checks
	c.Require(replaces == "" || slices.ContainsFunc(all, func(v keptTaper) bool { return v.Value.ID == replaces && v.Value.MedicineID == medicineID }),
		"replaces", "not-on-list", "What this replaces is no plan of this medicine.")
	if err := c.Err(); err != nil {
		return p, err
	}
	if len(all) >= MaxTapers {
		return p, models.E(models.KindConflict, "too-many-plans", "There are too many plans of steps.")
	}
	p.By, p.At = models.AuthorOf(ch.actor), p.ChangedAt
	op, err := taperOp(keptTaper{Value: p})
	if err != nil {
		return p, err
	}
	return p, ch.chart.Commit(ctx, d, draftLine(p), id, op)
}

func draftLine(p taper.Plan) string {
	if p.OpioidUse {
		return LineTaperAsked
	}
	return LineTaperDrafted
}

// SetTaper writes a draft anew. Whoever signed it has not signed this; what the patient
// said was about the other plan.
func (ch *Part) SetTaper(ctx context.Context, id string, version int64, t taper.Terms) (keptTaper, error) {
	v, d, err := ch.taper(ctx, id, models.Write)
	if err != nil {
		return v, err
	}
	if v.Version != version {
		if chart.SameJSON(v.Value.Terms, t) {
			return v, nil
		}
		return keptTaper{}, chart.Refusal(store.ErrConflict)
	}
	if v.Value.Status != taper.Draft && v.Value.Status != taper.Signed {
		return keptTaper{}, models.E(models.KindConflict, "in-force", "This plan was signed. Please write a new one that takes its place.")
	}
	_, line, err := ch.one(ctx, v.Value.MedicineID, models.Write)
	if err != nil {
		return keptTaper{}, err
	}
	next := v.Value
	next.Terms, next.Wish = t, nil
	if next, err = ch.buildTaper(ctx, line.Value, next); err != nil {
		return keptTaper{}, err
	}
	return ch.putTaper(ctx, d, draftLine(next), keptTaper{Value: next, Version: v.Version})
}

// putTaper writes one plan, with what else changes in the same batch.
func (ch *Part) putTaper(ctx context.Context, d models.Decision, line string, v keptTaper, more ...store.Op) (keptTaper, error) {
	v.Value.ChangedAt = ch.care.today()
	op, err := taperOp(v)
	if err != nil {
		return keptTaper{}, err
	}
	if err := ch.chart.Commit(ctx, d, line, v.Value.ID, append(more, op)...); err != nil {
		return keptTaper{}, err
	}
	v.Version++
	v.Value = ch.seenTaper(v.Value)
	return v, nil
}

func taperOp(v keptTaper) (store.Op, error) {
	p := v.Value
	doc, err := chart.Encode(p.ID, p.PatientID, v.Version, store.Keys{"patientId": p.PatientID, "at": chart.Millis(p.At)}, p)
	if v.IsNew() {
		return store.Insert(chart.ColTapers, doc), err
	}
	return store.Replace(chart.ColTapers, doc), err
}
