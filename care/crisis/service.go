// Package crisis holds the use cases of the crisis plan: writing it together, its
// reviews and rehearsals, and the signed copies that phones keep.
package crisis

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of the crisis plan.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	site   models.Site
	log    *slog.Logger
	aside  *aside.Book
	signin *signin.Inside

	copies   *planCopies
	watch    shelfWatch
	accesses accessCounts
	patience patience
	data     func() string // see planData
}

// Config is what a site decides.
type Config struct {
	Dir      string            // where this machine keeps its sealed copies of crisis plans
	Sealer   chart.LocalSealer // seals them
	Patience time.Duration     // how long a plan waits for a store that does not answer; 0: usualPatience
}

// New opens this machine's copies. The Inside is for other parts of care alone.
func New(base *chart.Base, in *signin.Inside, config Config) (*Service, *Inside, error) {
	c := &Service{base: base, store: base.Store, now: base.Now, site: base.Site, log: base.Log, aside: base.Aside, signin: in,
		patience: patience{renew: cmp.Or(config.Patience, usualPatience.renew), plan: cmp.Or(config.Patience, usualPatience.plan)}}
	statement, err := json.Marshal(base.Site.Monitoring)
	if err != nil {
		return nil, nil, err
	}
	own := base64.RawURLEncoding.EncodeToString(chart.Hash(statement)[:9])
	c.data = sync.OnceValue(func() string { return crisisplan.Data() + ":" + own })
	c.copies, err = newPlanCopies(config.Dir, base.Life.ID, config.Sealer)
	return c, &Inside{c}, err
}

// Inside is what erasing a person and their reminders ask of the crisis plan. Nothing
// outside of care gets one.
type Inside struct{ service *Service }

// GoneOp leaves the word that takes an erased person's plan off every machine.
func (i *Inside) GoneOp(patientID string) (store.Op, error) { return i.service.goneOp(patientID) }

// Drop takes a plan off this machine.
func (i *Inside) Drop(patientID string) error { return i.service.copies.drop(patientID) }

// PlanDates are when a plan wants to be looked at. Without a plan there are none.
func (i *Inside) PlanDates(ctx context.Context, patientID string) (PlanDates, error) {
	return i.service.planDates(ctx, patientID)
}

// OverdosePlan tells whether the crisis plan in force says where a naloxone kit is.
func (i *Inside) OverdosePlan(ctx context.Context, patientID string) (bool, error) {
	p, err := i.service.plan(ctx, patientID)
	if err != nil || p.Value.Active == 0 {
		return false, err
	}
	v, err := i.service.planVersion(ctx, patientID, p.Value.Active)
	n := v.Value.Content.Naloxone
	return err == nil && n != nil && len(n.Kits) > 0, err
}

// ShareAsSigned shares sections of the plan with an account, as the patient signed it
// when they invited that person.
func (i *Inside) ShareAsSigned(ctx context.Context, patient models.Actor, accountID string, sections []crisisplan.Section) error {
	ch := i.service.Part(i.service.base.Unopened(patient, patient.PatientID, models.PurposeSelf))
	_, err := ch.SharePlan(ctx, AnyPlan, accountID, sections)
	return err
}

// Unshare takes back what an account may see of the plan. A plan that shares nothing
// with them stays as it is.
func (i *Inside) Unshare(ctx context.Context, patient models.Actor, accountID string) error {
	return i.ShareAsSigned(ctx, patient, accountID, nil)
}

// SharedIf is the part of the plan that an account would see with these sections; nil:
// with those that are shared with it now.
func (i *Inside) SharedIf(ctx context.Context, ch *chart.Chart, sections []crisisplan.Section) (PlanView, error) {
	part := i.service.Part(ch)
	part.sections = sections
	return part.CrisisPlan(ctx)
}
