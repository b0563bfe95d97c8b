package crisis

import (
	"context"
	"encoding/json"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/store"
)

// planData names what a copy is made of beside the plan: wording, numbers, and the
// site's own statement. A copy that was made with other data is made again.
func (c *Service) planData() string { return c.data() }

// rebuild makes a copy anew from the stored plan.
func (c *Service) rebuild(ctx context.Context, v *planCopy) error {
	p, err := c.plan(ctx, v.PatientID)
	if err != nil {
		return err
	}
	active, err := c.planVersion(ctx, v.PatientID, p.Value.Active)
	if err != nil {
		return err
	}
	return c.build(ctx, v, p.Value, active.Value)
}

// build writes and signs the bundle of a plan into a copy.
func (c *Service) build(ctx context.Context, v *planCopy, p crisisplan.Plan, active crisisplan.Version) error {
	who, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.PatientID)
	if err != nil {
		return err
	}
	b, err := crisisplan.BuildBundle(crisisplan.BundleSource{Plan: p, Active: active, Numbers: models.NumbersFor(who.Value.Country),
		Language: who.Value.Language, Monitoring: c.site.Monitoring}, c.now())
	if err != nil {
		return err
	}
	if v.ETag == b.ETag && c.fits(*v) {
		return nil // nothing that a phone would see is new
	}
	if v.JWS, err = c.signin.Sign(b.JSON); err != nil {
		return err
	}
	if len(v.JWS) > MaxBundle {
		return models.E(models.KindTooLarge, "plan-too-large", "The plan is too long for a phone to keep. Please shorten it.")
	}
	v.ETag, v.Version, v.Data, v.signer = b.ETag, b.Version, c.planData(), ""
	return nil
}

// newCopy is the copy that a change of the plan leaves on the plan copies, with the op
// that writes it into the same batch. No op when phones would see no difference.
func (ch *Part) newCopy(ctx context.Context, before, after crisisplan.Plan, ops []store.Op) (*planCopy, []store.Op, error) {
	if after.Active == 0 || chart.SameJSON(before.Numbers, after.Numbers) && chart.SameJSON(before.Renewals, after.Renewals) && before.Active == after.Active {
		return nil, nil, nil
	}
	active, err := ch.activeAfter(ctx, after, ops)
	if err != nil {
		return nil, nil, err
	}
	v, err := ch.care.planCopyDoc(ctx, ch.patient)
	if err != nil {
		return nil, nil, err
	}
	if err := ch.care.build(ctx, &v.Value, after, active); err != nil {
		return nil, nil, err
	}
	op, err := ch.care.planCopyOp(&v)
	return &v.Value, []store.Op{op}, err
}

// activeAfter is the version that holds after ops: one of them, or the stored one.
func (ch *Part) activeAfter(ctx context.Context, after crisisplan.Plan, ops []store.Op) (crisisplan.Version, error) {
	id := planVersionID(ch.patient, after.Active)
	for _, op := range ops {
		if op.Collection == chart.ColPlanVersions && op.Doc.ID == id {
			var v crisisplan.Version
			err := json.Unmarshal(op.Doc.Body, &v)
			return v, err
		}
	}
	v, err := ch.care.planVersion(ctx, ch.patient, after.Active)
	return v.Value, err
}
