package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

func asked(actor models.Actor) risk.Person {
	return risk.Person{AccountID: actor.AccountID, Name: actor.Name, Reached: true}
}

// answers refuses who can't answer for an alert: they may know of it, and not take it.
func (c *Service) answers(ctx context.Context, ch *chart.Chart, a risk.Alert) (risk.Now, error) {
	s, err := c.settings(ctx)
	if err != nil {
		return risk.Now{}, err
	}
	n, err := c.momentOf(ctx, a, s.Value)
	if err != nil || a.Owner == ch.Actor().AccountID || n.Chain.Holds(ch.Actor().AccountID) {
		return n, err
	}
	d := ch.Decide(models.SectionCheckIns, models.Write)
	d.Rule = "cannot-own-alert"
	return n, ch.Refuse(ctx, d, models.E(models.KindForbidden, "cannot-own-alert", "Only a clinician of the team, or the fail-safe, answers for an alert."))
}

// Acknowledge says "I am handling this". It stops the acknowledge clock only; who reads
// the evidence has read those check-ins, and the patient is told so. Too late is written
// down and changes nothing.
func (c *Service) Acknowledge(ctx context.Context, actor models.Actor, id string) (View, error) {
	ch, a, err := c.may(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	if _, err := c.answers(ctx, ch, a); err != nil {
		return View{}, err
	}
	whole := c.view(ch, a).Whole
	a, err = c.change(ctx, id, actor, "alert.acknowledged", func(v kept) (risk.Alert, []store.Op, error) {
		next, late := v.Value.Acknowledge(asked(actor), c.now().UTC())
		if late || !whole || next.Drill {
			return drilled(next, asked(actor), c.now().UTC()), nil, nil
		}
		more, err := c.markEvidence(ctx, actor, next)
		return next, more, err
	})
	return c.answered(ctx, ch, a, err)
}

// Record notes an outcome, or that the owner is in contact.
func (c *Service) Record(ctx context.Context, actor models.Actor, id string, e risk.Ending) (View, error) {
	ch, a, err := c.may(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	if _, err := c.answers(ctx, ch, a); err != nil {
		return View{}, err
	}
	whole := c.view(ch, a).Whole
	a, err = c.change(ctx, id, actor, "alert.outcome", func(v kept) (risk.Alert, []store.Op, error) {
		next, err := v.Value.Record(asked(actor), e, c.now().UTC())
		if err != nil || !next.Status.Ended() || v.Value.Status.Ended() {
			return next, nil, err
		}
		more, err := c.closeOps(ctx, actor, next, whole)
		return next, more, err
	})
	return c.answered(ctx, ch, a, err)
}

// answered shows what somebody's answer left.
func (c *Service) answered(ctx context.Context, ch *chart.Chart, a risk.Alert, err error) (View, error) {
	if err == nil {
		a, _, err = c.stays(ctx, a)
	}
	if err != nil {
		return View{}, err
	}
	v, err := c.withReach(ctx, c.view(ch, a))
	if err != nil {
		return View{}, err
	}
	return c.seen(ctx, ch, "alert.read", v)
}

// closeOps close what belongs to an alert that has ended: its tasks, and its check-ins
// where who ends it may read them.
func (c *Service) closeOps(ctx context.Context, actor models.Actor, a risk.Alert, whole bool) ([]store.Op, error) {
	var ops []store.Op
	if c.tasks != nil {
		var err error
		if ops, err = c.tasks.EndOps(ctx, actor, a.ID); err != nil {
			return nil, err
		}
	}
	if !whole {
		return ops, nil
	}
	more, err := c.markEvidence(ctx, actor, a)
	return append(ops, more...), err
}

// HandOver gives an alert to another clinician of the team, or to the fail-safe.
func (c *Service) HandOver(ctx context.Context, actor models.Actor, id, to string) (View, error) {
	ch, a, err := c.may(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	n, err := c.answers(ctx, ch, a)
	if err != nil {
		return View{}, err
	}
	who, ok, err := c.person(ctx, to)
	if err != nil {
		return View{}, err
	}
	a, err = c.change(ctx, id, actor, "alert.handed-over", func(v kept) (risk.Alert, []store.Op, error) {
		if !ok {
			who.AccountID = ""
		}
		if v.Value.Owner == to && !v.Value.Status.Ended() {
			return v.Value, nil, nil // the same again: who has it already is not called anew
		}
		next, err := v.Value.HandOver(asked(actor), who, n)
		return next, nil, err
	})
	return c.answered(ctx, ch, a, err)
}

// Answering gives an alert to somebody who answers for it, or could; others are refused.
func (i *Inside) Answering(ctx context.Context, actor models.Actor, id string) (risk.Alert, error) {
	ch, a, err := i.service.may(ctx, actor, id)
	if err != nil {
		return risk.Alert{}, err
	}
	_, err = i.service.answers(context.WithValue(ctx, unasked{}, true), ch, a)
	return a, err
}

// Stored gives an alert to a worker.
func (i *Inside) Stored(ctx context.Context, id string) (risk.Alert, error) {
	v, err := chart.Load[risk.Alert](ctx, i.service.store, chart.ColAlerts, id)
	return v.Value, err
}

// On tells whether alerts are made at this clinic.
func (i *Inside) On(ctx context.Context) (bool, error) {
	s, err := i.service.settings(ctx)
	return s.Value.On, err
}
