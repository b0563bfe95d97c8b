// Package referrals is what a patient needs beside care, the partners outside who help
// with it, and the referrals to them: each signed by the patient as it goes out, each
// with an owner and a due time until what came of it is known. A partner sees its own
// referrals and no chart.
package referrals

import (
	"context"
	"errors"

	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
)

// Service is the use cases of referrals.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	tasks  *tasks.Inside
	people *people.Inside
	step   func(context.Context, models.Actor) error
}

// New makes them. step asks who signs to show once more who they are.
func New(base *chart.Base, t *tasks.Inside, p *people.Inside, step func(context.Context, models.Actor) error) *Service {
	return &Service{base, base.Store, base.Now, t, p, step}
}

// Part is referrals in a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
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

type kept = chart.Versioned[referral.Referral]

// doorKey names a referral together with who may open it: a guess finds nothing, and
// opens nobody's record.
func doorKey(partnerID, id string) string { return partnerID + "/" + id }

func referralOp(r referral.Referral, version int64) (store.Op, error) {
	keys := store.Keys{"patientId": r.PatientID, "madeAt": chart.Millis(r.MadeAt)}
	if r.ConsentID != "" { // before that the partner has not been asked
		keys["partnerId"], keys["door"] = r.PartnerID, doorKey(r.PartnerID, r.ID)
	}
	doc, err := chart.Encode(r.ID, r.PatientID, version, keys, r)
	if version == 0 {
		return store.Insert(chart.ColReferrals, doc), err
	}
	return store.Replace(chart.ColReferrals, doc), err
}

// ofPatient lists those of a patient, the newest first. One that can't be read does not
// hide the others.
func (c *Service) ofPatient(ctx context.Context, patientID string) ([]kept, error) {
	found, _, err := chart.ReadableOnes[referral.Referral](ctx, c.store, chart.ColReferrals, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true}, 0)
	return found, err
}

// places is how many of a partner's places are taken.
type places struct {
	Taken int `json:"taken"`
}

func (c *Service) placesOf(ctx context.Context, partnerID string) (chart.Versioned[places], error) {
	v, err := chart.Load[places](ctx, c.store, chart.ColPlaces, partnerID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[places]{}, nil
	}
	return v, err
}

func (c *Service) placesOp(partnerID string, v chart.Versioned[places], more int) (store.Op, error) {
	doc, err := chart.Encode(partnerID, chart.OwnerSite, v.Version, nil, places{max(0, v.Value.Taken+more)})
	if v.IsNew() {
		return store.Insert(chart.ColPlaces, doc), err
	}
	return store.Replace(chart.ColPlaces, doc), err
}

// movedOps keep a referral that moved, with the places that it takes or gives back and
// the clock of its task. A completed one ends the task; what ended without help leaves it
// with its owner, due soon.
func (c *Service) movedOps(ctx context.Context, before kept, after referral.Referral, actor models.Actor) ([]store.Op, error) {
	op, err := referralOp(after, before.Version)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{op}
	if was, is := before.Value.Status.Held(), after.Status.Held(); was != is {
		v, err := c.placesOf(ctx, after.PartnerID)
		if err != nil {
			return nil, err
		}
		more := 1
		if was {
			more = -1
		}
		op, err := c.placesOp(after.PartnerID, v, more)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var work []store.Op
	if after.Status == referral.Completed {
		work, err = c.tasks.EndOps(ctx, actor, after.TaskID)
	} else {
		work, err = c.tasks.DueOps(ctx, actor, after.TaskID, after.DueAt)
	}
	return append(ops, work...), err
}

// tries bounds how often a write is repeated that others were first with.
const tries = 20

// changed tells that a batch was not written because another was first.
func changed(err error) bool {
	e, ok := errors.AsType[*models.Error](err)
	return ok && (e.Kind == models.KindStale || e.Code == "already-exists")
}
