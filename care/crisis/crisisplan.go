package crisis

import (
	"context"
	"fmt"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
)

// PlanView is a crisis plan as its reader may see it.
type PlanView struct {
	Newest        int64                             `json:"newest"`
	Active        *crisisplan.Version               `json:"active,omitempty"`
	Draft         *crisisplan.Version               `json:"draft,omitempty"`
	Change        *crisisplan.Difference            `json:"difference,omitempty"`
	Due           []crisisplan.Due                  `json:"reviewsDue,omitempty"`
	Next          string                            `json:"nextRehearsalOn,omitempty"`
	Sharing       map[string][]crisisplan.Section   `json:"sharing,omitempty"`
	Numbers       map[string]crisisplan.NumberState `json:"numbers,omitempty"`
	ClinicNumbers []string                          `json:"clinicNumbers,omitempty"`
	Shared        *crisisplan.Shared                `json:"shared,omitempty"`

	sharedTimes int64
}

// Tag names what an author had before them: the newest version and, once something was
// shared, how often that changed: "3" or "3.2".
func (v PlanView) Tag() string {
	if v.sharedTimes == 0 {
		return strconv.FormatInt(v.Newest, 10)
	}
	return fmt.Sprintf("%d.%d", v.Newest, v.sharedTimes)
}

// AnyPlan says that a change holds whatever the plan was before.
const AnyPlan = "*"

func planVersionID(patientID string, n int64) string { return fmt.Sprintf("%s:%08d", patientID, n) }

// plan loads the plan; a patient without one has an empty one of version 0.
func (c *Service) plan(ctx context.Context, patientID string) (chart.Versioned[crisisplan.Plan], error) {
	p, err := chart.Load[crisisplan.Plan](ctx, c.store, chart.ColPlans, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[crisisplan.Plan]{Value: crisisplan.Plan{PatientID: patientID}}, nil
	}
	return p, err
}

// planVersion loads a version; number 0 is the zero value.
func (c *Service) planVersion(ctx context.Context, patientID string, n int64) (chart.Versioned[crisisplan.Version], error) {
	if n == 0 {
		return chart.Versioned[crisisplan.Version]{}, nil
	}
	return chart.Load[crisisplan.Version](ctx, c.store, chart.ColPlanVersions, planVersionID(patientID, n))
}

// planOp writes the plan.
func planOp(p chart.Versioned[crisisplan.Plan]) (store.Op, error) {
	doc, err := chart.Encode(p.Value.PatientID, p.Value.PatientID, p.Version, nil, p.Value)
	if p.Version == 0 {
		return store.Insert(chart.ColPlans, doc), err
	}
	return store.Replace(chart.ColPlans, doc), err
}

// planVersionOp writes a version: its state and who confirmed it change, what it
// says never does.
func planVersionOp(v chart.Versioned[crisisplan.Version]) (store.Op, error) {
	doc, err := chart.Encode(planVersionID(v.Value.PatientID, v.Value.Version), v.Value.PatientID, v.Version,
		store.Keys{"patientId": v.Value.PatientID, "number": v.Value.Version}, v.Value)
	if v.Version == 0 {
		return store.Insert(chart.ColPlanVersions, doc), err
	}
	return store.Replace(chart.ColPlanVersions, doc), err
}

// today is the patient's local day.
func (ch *Part) today(ctx context.Context) (string, error) {
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return "", err
	}
	return models.LocalDay(ch.care.now(), ch.care.base.Location(ch.patient, p.Value.Zone)), nil
}

// CrisisPlan reads the plan: whole for the patient and the team, the shared part of
// the version that holds for a supporter.
func (ch *Part) CrisisPlan(ctx context.Context) (PlanView, error) {
	d, err := ch.chart.May(ctx, models.SectionCrisisPlan, models.Read)
	if err != nil {
		return PlanView{}, err
	}
	v, err := ch.viewPlan(ctx, d)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "crisis-plan.read", "", 1)
}

func (ch *Part) viewPlan(ctx context.Context, d models.Decision) (PlanView, error) {
	p, err := ch.care.plan(ctx, ch.patient)
	if err != nil {
		return PlanView{}, err
	}
	active, err := ch.care.planVersion(ctx, ch.patient, p.Value.Active)
	if err != nil {
		return PlanView{}, err
	}
	if !d.Whole {
		if ch.sections != nil {
			p.Value.Sharing = map[string][]crisisplan.Section{ch.actor.AccountID: crisisplan.InPlanOrder(ch.sections)}
		}
		shared := p.Value.SharedView(ch.actor.AccountID, active.Value)
		return PlanView{Shared: &shared}, nil
	}
	today, err := ch.today(ctx)
	if err != nil {
		return PlanView{}, err
	}
	v := PlanView{Newest: p.Value.Newest, sharedTimes: p.Value.Shared, Due: p.Value.Reviews.Due(active.Value.Content),
		Next: p.Value.Rehearsals.NextOn(), Numbers: map[string]crisisplan.NumberState{}}
	for n := range p.Value.Numbers {
		v.Numbers[n] = p.Value.NumberState(n, today)
	}
	if p.Value.Active > 0 {
		v.ClinicNumbers = p.Value.ClinicNumbers(active.Value.Content, ch.care.site.Name)
		shown := active.Value
		shown.Content = p.Value.Renewed(shown.Content)
		v.Active = &shown
	}
	if p.Value.Newest > p.Value.Active {
		draft, err := ch.care.planVersion(ctx, ch.patient, p.Value.Newest)
		if err != nil {
			return v, err
		}
		if draft.Value.State == crisisplan.StateDraft {
			change := crisisplan.DifferenceOf(active.Value.Content, draft.Value.Content)
			draft.Value.Content = p.Value.Renewed(draft.Value.Content)
			v.Draft, v.Change = &draft.Value, &change
		}
	}
	if d.Basis == models.BasisSelf {
		v.Sharing = p.Value.Sharing
	}
	return v, nil
}

// changePlan changes the plan with what belongs to it, all or nothing. A racing
// change is met by asking change again with the newest.
func (ch *Part) changePlan(ctx context.Context, kind string, change func(p *crisisplan.Plan, today string) ([]store.Op, error)) (PlanView, error) {
	d, err := ch.chart.May(ctx, models.SectionCrisisPlan, models.Write)
	if err != nil {
		return PlanView{}, err
	}
	today, err := ch.today(ctx)
	if err != nil {
		return PlanView{}, err
	}
	for {
		p, err := ch.care.plan(ctx, ch.patient)
		if err != nil {
			return PlanView{}, err
		}
		before := p.Value
		ops, err := change(&p.Value, today)
		if err != nil {
			return PlanView{}, err
		}
		if len(ops) == 0 && chart.SameJSON(before, p.Value) {
			return ch.viewPlan(ctx, d) // a repeated call whose answer was lost
		}
		op, err := planOp(p)
		if err != nil {
			return PlanView{}, err
		}
		copy, shelfOps, err := ch.newCopy(ctx, before, p.Value, ops)
		if err != nil {
			return PlanView{}, err
		}
		err = ch.chart.Commit(ctx, d, kind, ch.patient, append(append(ops, op), shelfOps...)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil && !ch.taken(ctx, ops) {
			continue
		}
		if err != nil {
			return PlanView{}, err
		}
		if copy != nil {
			if err := ch.care.copies.put(ctx, *copy); err != nil {
				return PlanView{}, err
			}
		}
		return ch.viewPlan(ctx, d)
	}
}

// taken tells whether a conflict is about a client's own id, which trying again
// would not change.
func (ch *Part) taken(ctx context.Context, ops []store.Op) bool {
	for _, op := range ops {
		if op.Kind == store.OpInsert && op.Collection != chart.ColPlanVersions {
			if _, err := ch.care.store.Get(ctx, op.Collection, op.Doc.ID); err == nil {
				return true
			}
		}
	}
	return false
}

// SavePlan writes the next version as a draft. from is the version that the author
// had before them (0: none); what others saved since is merged in, section by
// section, and refused by name where both changed the same.
func (ch *Part) SavePlan(ctx context.Context, from int64, content crisisplan.Content, why string) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.saved", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		if from > p.Newest {
			return nil, chart.Refusal(store.ErrConflict)
		}
		base, err := ch.care.planVersion(ctx, ch.patient, from)
		if err != nil {
			return nil, err
		}
		newest, err := ch.care.planVersion(ctx, ch.patient, p.Newest)
		if err != nil {
			return nil, err
		}
		active, err := ch.care.planVersion(ctx, ch.patient, p.Active)
		if err != nil {
			return nil, err
		}
		now := ch.care.now()
		for _, v := range []*chart.Versioned[crisisplan.Version]{&base, &newest} {
			if v.Value.State == crisisplan.StateDeclined { // what the patient said no to does not come back with the next edit
				v.Value.Content, v.Value.Written = active.Value.Content, active.Value.Written
			}
		}
		v, changed, err := p.Save(crisisplan.Edit{Content: content, Why: why, From: base.Value, Newest: newest.Value, Active: active.Value},
			ch.actor, today, now)
		if err != nil || !changed {
			return nil, err
		}
		op, err := planVersionOp(chart.Versioned[crisisplan.Version]{Value: v})
		if err != nil || newest.Value.State != crisisplan.StateDraft {
			return []store.Op{op}, err
		}
		newest.Value.Supersede(now)
		end, err := planVersionOp(newest)
		return []store.Op{op, end}, err
	})
}

// ActivatePlan makes the newest draft the plan that holds, by the patient's word, and
// puts it on the plan copies that phones are served from, in the same batch.
func (ch *Part) ActivatePlan(ctx context.Context, number int64, said crisisplan.Assent) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.activated", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		draft, err := ch.care.planVersion(ctx, ch.patient, number)
		if err != nil {
			return nil, err
		}
		active, err := ch.care.planVersion(ctx, ch.patient, p.Active)
		if err != nil {
			return nil, err
		}
		held := &active.Value
		if p.Active == 0 {
			held = nil
		}
		before := draft.Value
		if err := p.Activate(&draft.Value, held, ch.actor, said, today, ch.care.now()); err != nil || chart.SameJSON(before, draft.Value) {
			return nil, err
		}
		op, err := planVersionOp(draft)
		if err != nil || held == nil {
			return []store.Op{op}, err
		}
		end, err := planVersionOp(active)
		return []store.Op{op, end}, err
	})
}

// ConfirmPlan notes that the actor stands by a version.
func (ch *Part) ConfirmPlan(ctx context.Context, number int64, said crisisplan.Assent) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.confirmed", func(p *crisisplan.Plan, _ string) ([]store.Op, error) {
		v, err := ch.care.planVersion(ctx, ch.patient, number)
		if err != nil {
			return nil, err
		}
		held, err := ch.held(ctx, p)
		if err != nil {
			return nil, err
		}
		before := v.Value
		if err := p.Confirm(&v.Value, held, ch.actor, said, ch.care.now()); err != nil || chart.SameJSON(before, v.Value) {
			return nil, err
		}
		op, err := planVersionOp(v)
		return []store.Op{op}, err
	})
}

// held is the version that holds, or nil.
func (ch *Part) held(ctx context.Context, p *crisisplan.Plan) (*crisisplan.Version, error) {
	if p.Active == 0 {
		return nil, nil
	}
	v, err := ch.care.planVersion(ctx, ch.patient, p.Active)
	return &v.Value, err
}

// DeclinePlan is the patient's no to the newest draft. The plan in force stays.
func (ch *Part) DeclinePlan(ctx context.Context, number int64) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.declined", func(p *crisisplan.Plan, _ string) ([]store.Op, error) {
		v, err := ch.care.planVersion(ctx, ch.patient, number)
		if err != nil {
			return nil, err
		}
		before := v.Value
		if err := p.Decline(&v.Value, ch.actor, ch.care.now()); err != nil || chart.SameJSON(before, v.Value) {
			return nil, err
		}
		op, err := planVersionOp(v)
		return []store.Op{op}, err
	})
}

// RenewClinicNumber takes in a new number, or new hours, of the clinic itself. Phones
// get it with their next sync; the patient is told.
func (ch *Part) RenewClinicNumber(ctx context.Context, terms crisisplan.RenewalTerms) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.clinic-renewed", func(p *crisisplan.Plan, today string) ([]store.Op, error) {
		held, err := ch.held(ctx, p)
		if err != nil {
			return nil, err
		}
		if held == nil {
			held = &crisisplan.Version{}
		}
		return nil, p.Renew(held.Content, terms, ch.care.site.Name, ch.actor, today, ch.care.now())
	})
}

// SharePlan sets which sections a supporter may see; none takes all back.
//
// tag is that of the plan which the patient had before them, or AnyPlan: of two devices
// none undoes what the other did. The same thing again is done. Errors: KindStale too.
func (ch *Part) SharePlan(ctx context.Context, tag, supporterID string, sections []crisisplan.Section) (PlanView, error) {
	return ch.changePlan(ctx, "crisis-plan.shared", func(p *crisisplan.Plan, _ string) ([]store.Op, error) {
		related, err := ch.care.base.IsRelated(ctx, ch.patient, supporterID)
		if err != nil {
			return nil, err
		}
		if !related && len(sections) > 0 {
			return nil, models.NotFound()
		}
		had := PlanView{Newest: p.Newest, sharedTimes: p.Shared}.Tag()
		before := p.Shared
		if err := p.Share(supporterID, sections, ch.actor); err != nil {
			return nil, err
		}
		if tag != AnyPlan && tag != had && p.Shared != before {
			return nil, chart.Refusal(store.ErrConflict)
		}
		return nil, nil
	})
}
