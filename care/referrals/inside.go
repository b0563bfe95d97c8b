package referrals

import (
	"context"
	"slices"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models/checkin"
	"handrail/models/referral"
	"handrail/models/task"
	"handrail/store"
	"handrail/store/aside"
)

// Inside is what other parts of care ask without a caller's right, for their own batch.
type Inside struct{ service *Service }

// Inside hands it out; care.New alone asks for it.
func (c *Service) Inside() *Inside { return &Inside{c} }

// Said lists what a patient said of their needs, wherever they were asked.
func (i *Inside) Said(ctx context.Context, patientID string) ([]referral.Asked, error) {
	v, err := i.service.needs(ctx, patientID)
	return v.Value.Needs, err
}

// SayOps write what a patient said of some needs, and leave the others as they are. Help
// that was not wanted before is a task of the team.
func (i *Inside) SayOps(ctx context.Context, patientID string, said []referral.Asked) ([]store.Op, error) {
	c := i.service
	v, err := c.needs(ctx, patientID)
	if err != nil {
		return nil, err
	}
	n := referral.SocialNeeds{Needs: slices.Clone(v.Value.Needs), At: c.now().UTC()}
	for _, a := range said {
		if at := slices.IndexFunc(n.Needs, func(b referral.Asked) bool { return b.Need == a.Need }); at >= 0 {
			n.Needs[at] = a
		} else {
			n.Needs = append(n.Needs, a)
		}
	}
	if err := n.Check(); err != nil {
		return nil, err
	}
	return c.saidOps(ctx, patientID, v, n)
}

// TellOps write what a check-in of a patient tells of their needs: each is proposed to the
// team, and nobody outside is asked by it. A record of needs that can't be read stops no
// check-in: the team reads the answer in it.
func (i *Inside) TellOps(ctx context.Context, in checkin.CheckIn) ([]store.Op, error) {
	said := referral.ToldIn(in.Answers, in.ID)
	if len(said) == 0 {
		return nil, nil
	}
	c := i.service
	v, err := c.needs(ctx, in.PatientID)
	if err != nil && !aside.Stops(err) {
		c.base.Log.WarnContext(ctx, "needs of a check-in were not taken: their record can't be read; see handrail verify", "cause", aside.Cause(err))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n := v.Value.Told(said, in.Moment())
	n.At = c.now().UTC()
	return c.saidOps(ctx, in.PatientID, v, n)
}

// saidOps write needs; help that was not wanted before is a task of the team.
func (c *Service) saidOps(ctx context.Context, patientID string, v chart.Versioned[referral.SocialNeeds], n referral.SocialNeeds) ([]store.Op, error) {
	if len(n.Needs) == 0 || !v.IsNew() && slices.Equal(n.Needs, v.Value.Needs) {
		return nil, nil
	}
	op, err := needsOp(patientID, v.Version, n)
	if err != nil || !n.News(v.Value) {
		return []store.Op{op}, err
	}
	more, err := c.tasks.RaiseOps(ctx, task.CodeNeed, patientID, nil, strconv.FormatInt(v.Version+1, 10))
	return append(more, op), err
}
