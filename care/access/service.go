// Package access is what helps a person reach their care: what those who book a visit
// have to know of them, and the devices that the clinic lends.
package access

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/access"
	"handrail/store"
)

// Service is the use cases of access.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	signin *signin.Inside
}

// New makes them.
func New(base *chart.Base, in *signin.Inside) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, signin: in}
}

// Part is access in a patient's open chart. Do not keep it: a revocation holds from the
// next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// mayNeeds lets those pass who book visits for the patient, the patient, and the office,
// which keeps care teams and gets interpreters, rides and devices also for patients whose team
// it is not on. Family and interpreters, who know times alone, don't pass; nor does somebody
// whom the patient keeps from their visits.
func (ch *Part) mayNeeds(ctx context.Context, v models.Verb) (models.Decision, error) {
	if visits := ch.chart.Decide(models.SectionAppointments, v); !visits.Allowed && visits.Rule != models.RulePatientSaidNo && visits.Rule != models.RuleRestricted && office(ch.actor) {
		return ch.chart.May(ctx, models.SectionCareTeam, v)
	}
	d, err := ch.chart.May(ctx, models.SectionAppointments, v)
	if err == nil && !d.Whole {
		d.Rule = "whole-only"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	return d, err
}

// Needs reads them. Nobody has asked yet: none, as version 1; what is stored is one
// version later.
func (ch *Part) Needs(ctx context.Context) (chart.Versioned[access.Needs], error) {
	d, err := ch.mayNeeds(ctx, models.Read)
	if err != nil {
		return chart.Versioned[access.Needs]{}, err
	}
	v, err := ch.loadNeeds(ctx)
	if err != nil {
		return v, err
	}
	return chart.Versioned[access.Needs]{Value: v.Value.Offered(), Version: v.Version + 1}, ch.chart.NoteRead(ctx, d, "access-needs.read", "", 1)
}

func (ch *Part) loadNeeds(ctx context.Context) (chart.Versioned[access.Needs], error) {
	v, err := chart.Load[access.Needs](ctx, ch.care.store, chart.ColAccessNeeds, ch.patient)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[access.Needs]{}, nil
	}
	return v, err
}

// SetNeeds writes them anew, if version is still the newest. The same again is done.
func (ch *Part) SetNeeds(ctx context.Context, version int64, n access.Needs) (chart.Versioned[access.Needs], error) {
	none := chart.Versioned[access.Needs]{}
	d, err := ch.mayNeeds(ctx, models.Write)
	if err != nil {
		return none, err
	}
	if err := n.Check(); err != nil {
		return none, err
	}
	n.Offers = nil
	v, err := ch.loadNeeds(ctx)
	switch {
	case err != nil:
		return none, err
	case !v.IsNew() && chart.SameJSON(v.Value, n):
		return chart.Versioned[access.Needs]{Value: n.Offered(), Version: v.Version + 1}, nil
	case v.Version+1 != version:
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(ch.patient, ch.patient, v.Version, nil, n)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColAccessNeeds, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColAccessNeeds, doc)
	}
	err = ch.chart.Commit(ctx, d, "access-needs.changed", ch.patient, op)
	if models.KindOf(err) == models.KindConflict { // two first writes
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[access.Needs]{Value: n.Offered(), Version: v.Version + 2}, err
}
