package crisis

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
)

// ReviewPlan takes in that the plan was looked at together. The same review under
// the same id is one.
func (ch *Part) ReviewPlan(ctx context.Context, id string, terms crisisplan.ReviewTerms) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.reviewed", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		old, err := chart.Load[crisisplan.Review](ctx, ch.care.store, chart.ColPlanReviews, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		if err == nil && old.Value.PatientID == ch.patient && old.Value.ReviewTerms == terms {
			return nil, nil
		}
		r, err := p.Review(id, terms, ch.actor, today, ch.care.now())
		if err != nil {
			return nil, err
		}
		doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "at": chart.Millis(r.At)}, r)
		return []store.Op{store.Insert(chart.ColPlanReviews, doc)}, err
	})
}

// NotePlanTrigger notes that something happened that asks for a review.
func (ch *Part) NotePlanTrigger(ctx context.Context, trigger crisisplan.Trigger, on string) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.trigger-noted", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		if on == "" {
			on = today
		}
		return nil, p.NoteTrigger(trigger, on)
	})
}

// CheckPlanNumbers takes in what came of trying numbers of the plan.
func (ch *Part) CheckPlanNumbers(ctx context.Context, reports []crisisplan.NumberReport) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.numbers-checked", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		return nil, p.CheckNumbers(reports, ch.actor, today)
	})
}

// RehearsePlan takes in a practice of opening the plan: that it opened and how long
// that took, not what was read.
func (ch *Part) RehearsePlan(ctx context.Context, id string, terms crisisplan.RehearsalTerms) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.rehearsed", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		old, err := chart.Load[crisisplan.Rehearsal](ctx, ch.care.store, chart.ColPlanRehearsals, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		if err == nil && old.Value.PatientID == ch.patient && old.Value.RehearsalTerms == terms {
			return nil, nil
		}
		r, err := p.Rehearse(id, terms, ch.actor, today, ch.care.now())
		if err != nil {
			return nil, err
		}
		doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "at": chart.Millis(r.At)}, r)
		if err != nil {
			return nil, err
		}
		together, err := ch.together(ctx, terms, today)
		return append(together, store.Insert(chart.ColPlanRehearsals, doc)), err
	})
}

// together notes at the place of somebody of the circle that they practised with the
// patient: both read the day.
func (ch *Part) together(ctx context.Context, terms crisisplan.RehearsalTerms, today string) ([]store.Op, error) {
	if terms.With == "" {
		return nil, nil
	}
	r, err := chart.Load[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, chart.MembershipID(ch.patient, terms.With))
	if models.KindOf(err) == models.KindNotFound {
		var c models.Checks
		c.Fail("with", "not-in-the-circle", "Choose somebody of your family and friends.")
		return nil, c.Err()
	}
	if err != nil || !terms.Opened || r.Value.RehearsedOn >= today {
		return nil, err
	}
	r.Value.RehearsedOn = today
	doc, err := chart.RelatedDoc(r.Value, r.Version)
	return []store.Op{store.Replace(chart.ColRelated, doc)}, err
}

// PlanReviews lists when the plan was looked at together, newest first.
func (ch *Part) PlanReviews(ctx context.Context, cursor string, limit int) (chart.Page[crisisplan.Review], error) {
	return planReviews[crisisplan.Review](ctx, ch, chart.ColPlanReviews, cursor, limit)
}

// PlanRehearsals lists the practices of opening the plan, newest first.
func (ch *Part) PlanRehearsals(ctx context.Context, cursor string, limit int) (chart.Page[crisisplan.Rehearsal], error) {
	return planReviews[crisisplan.Rehearsal](ctx, ch, chart.ColPlanRehearsals, cursor, limit)
}

func planReviews[T any](ctx context.Context, ch *Part, collection, cursor string, limit int) (chart.Page[T], error) {
	var out chart.Page[T]
	d, err := ch.mayPlanWhole(ctx)
	if err != nil {
		return out, err
	}
	page, err := chart.List[T](ctx, ch.care.store, collection, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "crisis-plan.read", "", len(page.Items))
}

// PlanVersions lists every version, newest first.
func (ch *Part) PlanVersions(ctx context.Context, cursor string, limit int) (chart.Page[crisisplan.Version], error) {
	var out chart.Page[crisisplan.Version]
	d, err := ch.mayPlanWhole(ctx)
	if err != nil {
		return out, err
	}
	page, err := chart.List[crisisplan.Version](ctx, ch.care.store, chart.ColPlanVersions, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "crisis-plan.read", "", len(page.Items))
}

// PlanVersion reads one version.
func (ch *Part) PlanVersion(ctx context.Context, number int64) (crisisplan.Version, error) {
	d, err := ch.mayPlanWhole(ctx)
	if err != nil {
		return crisisplan.Version{}, err
	}
	v, err := ch.care.planVersion(ctx, ch.patient, number)
	if err == nil && v.Version == 0 {
		err = models.NotFound()
	}
	if err != nil {
		return crisisplan.Version{}, err
	}
	return v.Value, ch.chart.NoteRead(ctx, d, "crisis-plan.read", v.Value.PatientID, 1)
}

// mayPlanWhole: older versions and phones are for those who may see all of it.
func (ch *Part) mayPlanWhole(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCrisisPlan, models.Read)
	if err == nil && !d.Whole {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	return d, err
}

// ReceivePlan takes in which version the patient's device holds. It knows the
// device by its session.
func (ch *Part) ReceivePlan(ctx context.Context, version int64) error {
	d, err := ch.chart.May(ctx, models.SectionCrisisPlan, models.Write)
	if err != nil {
		return err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "own-phone-only"
		return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "own-phone-only", "Only the patient's own phone tells this."))
	}
	s, err := chart.Load[models.Session](ctx, ch.care.store, chart.ColSessions, ch.actor.SessionID)
	if err != nil {
		return err
	}
	p, err := ch.care.plan(ctx, ch.patient)
	if err != nil {
		return err
	}
	id := ch.patient + ":" + s.Value.Device.ID
	last, err := chart.Load[crisisplan.Receipt](ctx, ch.care.store, chart.ColPlanReceipts, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	r, err := p.Value.Receive(last.Value, s.Value.Device, version, ch.care.now())
	if err != nil {
		return err
	}
	doc, err := chart.Encode(id, ch.patient, last.Version, store.Keys{"patientId": ch.patient, "at": chart.Millis(r.At)}, r)
	if err != nil {
		return err
	}
	op := store.Insert(chart.ColPlanReceipts, doc)
	if last.Version > 0 {
		op = store.Replace(chart.ColPlanReceipts, doc)
	}
	err = ch.chart.Commit(ctx, d, "crisis-plan.received", s.Value.Device.ID, op)
	if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
		return nil // the same phone told it at the same moment
	}
	return err
}

// PlanPhones tells which version each of the patient's devices holds, the stalest
// first. Devices that signed out are left out.
func (ch *Part) PlanPhones(ctx context.Context) ([]crisisplan.Holding, error) {
	d, err := ch.mayPlanWhole(ctx)
	if err != nil {
		return nil, err
	}
	out, err := ch.care.holdings(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	return out, ch.chart.NoteRead(ctx, d, "crisis-plan.read", "devices", len(out))
}

func (c *Service) holdings(ctx context.Context, patientID string) ([]crisisplan.Holding, error) {
	p, err := c.plan(ctx, patientID)
	if err != nil {
		return nil, err
	}
	receipts, err := chart.Every[crisisplan.Receipt](ctx, c.store, chart.ColPlanReceipts,
		store.Query{Index: "patient", Equal: []any{patientID}, Desc: true})
	if err != nil {
		return nil, err
	}
	live, err := c.liveDevices(ctx, patientID)
	if err != nil {
		return nil, err
	}
	var held []crisisplan.Receipt
	for _, r := range receipts {
		if live[r.Value.DeviceID] {
			held = append(held, r.Value)
		}
	}
	return crisisplan.PhoneHolds(p.Value, held), nil
}

func (c *Service) liveDevices(ctx context.Context, patientID string) (map[string]bool, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return nil, err
	}
	sessions, err := c.signin.Sessions(ctx, models.Actor{AccountID: p.Value.AccountID})
	live := map[string]bool{}
	for _, s := range sessions {
		live[s.Device.ID] = true
	}
	return live, err
}

// OldOnPhones names the newest version of a plan that a phone of the patient has not
// fetched, days after it became active; 0 where every phone has it.
func (i *Inside) OldOnPhones(ctx context.Context, patientID string) (newest int64, err error) {
	found, err := i.service.holdings(ctx, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return 0, nil // no plan
	}
	for _, h := range found {
		if h.StaleSince != nil && i.service.now().Sub(*h.StaleSince) >= staleAfter {
			newest = h.Newest
		}
	}
	return newest, err
}

// staleAfter is how long a phone may lie in a drawer before the team hears of it.
const staleAfter = 72 * time.Hour

// PlanPin names the newest plan for a phone, in every sync.
type PlanPin struct {
	Version int64     `json:"version"`
	ETag    string    `json:"etag"`
	Href    string    `json:"href"`
	Since   time.Time `json:"since"`
}

// PlanPin reads the pin. It is for the patient; everybody else gets none.
func (ch *Part) PlanPin(ctx context.Context) (*PlanPin, error) {
	if ch.actor.Role != models.RolePatient {
		return nil, nil
	}
	v, ok := ch.care.copies.get(ctx, ch.patient)
	if !ok || v.JWS == "" || v.Data != ch.care.planData() {
		var err error
		if v, err = ch.care.changePlanCopy(ctx, ch.patient, func(v *planCopy) error { return ch.care.rebuild(ctx, v) }); err != nil {
			return nil, err
		}
	}
	return &PlanPin{v.Version, v.ETag, "/v1/patients/" + ch.patient + "/crisis-plan/bundle", v.UpdatedAt}, nil
}
