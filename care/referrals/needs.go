package referrals

import (
	"context"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

func (c *Service) needs(ctx context.Context, patientID string) (chart.Versioned[referral.SocialNeeds], error) {
	v, err := chart.Load[referral.SocialNeeds](ctx, c.store, chart.ColSocialNeeds, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[referral.SocialNeeds]{Value: referral.SocialNeeds{Needs: []referral.Asked{}}}, nil
	}
	return v, err
}

func needsOp(patientID string, version int64, n referral.SocialNeeds) (store.Op, error) {
	doc, err := chart.Encode(patientID, patientID, version, nil, n)
	if version == 0 {
		return store.Insert(chart.ColSocialNeeds, doc), err
	}
	return store.Replace(chart.ColSocialNeeds, doc), err
}

// died tells whether the team recorded that the patient died: nobody outside is asked, or
// shown, anything more.
func (c *Service) died(ctx context.Context, patientID string) (bool, error) {
	v, err := chart.Load[risk.ContactState](ctx, c.store, chart.ColContactStates, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return v.Value.State == risk.Died, err
}

// Needs reads what the patient needs beside care. The version is one above what is
// stored.
func (ch *Part) Needs(ctx context.Context) (chart.Versioned[referral.SocialNeeds], error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Read)
	if err != nil {
		return chart.Versioned[referral.SocialNeeds]{}, err
	}
	v, err := ch.care.needs(ctx, ch.patient)
	if err != nil {
		return v, err
	}
	v.Version++
	return v, ch.chart.NoteRead(ctx, d, "social-needs.read", "", 1)
}

// SetNeeds writes them anew, if version is still the newest; the same again is done. Help
// that was not wanted before is a task of the team, in the same batch.
func (ch *Part) SetNeeds(ctx context.Context, version int64, n referral.SocialNeeds) (chart.Versioned[referral.SocialNeeds], error) {
	none := chart.Versioned[referral.SocialNeeds]{}
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Write)
	if err != nil {
		return none, err
	}
	if err := n.Check(); err != nil {
		return none, err
	}
	v, err := ch.care.needs(ctx, ch.patient)
	if err != nil {
		return none, err
	}
	n = n.From(v.Value)
	n.At = v.Value.At
	if !v.IsNew() && chart.SameJSON(v.Value, n) {
		return chart.Versioned[referral.SocialNeeds]{Value: n, Version: v.Version + 1}, nil
	}
	if v.Version+1 != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	n.At = ch.care.now().UTC()
	op, err := needsOp(ch.patient, v.Version, n)
	if err != nil {
		return none, err
	}
	ops := []store.Op{op}
	if n.News(v.Value) {
		more, err := ch.care.tasks.RaiseOps(ctx, task.CodeNeed, ch.patient, nil, strconv.FormatInt(version, 10))
		if err != nil {
			return none, err
		}
		ops = append(ops, more...)
	}
	err = ch.chart.Commit(ctx, d, "social-needs.changed", ch.patient, ops...)
	if changed(err) { // two first writes too
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[referral.SocialNeeds]{Value: n, Version: v.Version + 2}, err
}
