package alerts

import (
	"context"
	"errors"
	"sync"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// workAlerts is the worker that asks the next level.
const workAlerts = "alerts"

// Follow does what is due: calls again, asks the next level, brings along what a
// check-in could not. It is run by any number of
// instances: each step is written at the version that was read, so that it happens once.
func (c *Service) Follow(ctx context.Context) error {
	if err := c.bringLate(ctx); err != nil {
		return err
	}
	round, err := c.aside.Round(ctx, workAlerts)
	if err != nil {
		return chart.Refusal(err)
	}
	settings := sync.OnceValues(func() (chart.Versioned[Settings], error) { return c.settings(ctx) }) // for what is due, and only then
	return chart.EachDue(ctx, c.base, chart.ColAlerts, round, func(v kept) error {
		s, err := settings()
		if err != nil {
			return err
		}
		n, err := c.momentOf(ctx, v.Value, s.Value)
		if err != nil {
			return err
		}
		next, ok := v.Value.Moved(n)
		if !ok {
			next, ok = v.Value.Tick(n)
		}
		if !ok {
			return nil
		}
		next = drilled(next, n.Chain.FailSafe, n.At)
		if err := c.write(ctx, kept{Value: next, Version: v.Version}, v.Value, chart.SystemActor, ""); err != nil {
			return unlessLost(err)
		}
		_, _, err = c.stays(ctx, next)
		return err
	})
}

// unlessLost: another instance, or a person, was faster.
func unlessLost(err error) error {
	if models.KindOf(err) == models.KindStale {
		return nil
	}
	return err
}

// Recheck moves the open alerts of a patient on whose owner can't answer for them any
// more, and what nobody has read to those who read for the patient now. A worker calls
// it when a team or a consent has changed.
func (c *Service) Recheck(ctx context.Context, patientID string) error {
	s, err := c.settings(ctx)
	if err != nil {
		return err
	}
	chain, err := c.chain(ctx, patientID, s.Value)
	if err != nil {
		return err
	}
	return errors.Join(c.recheck(ctx, s.Value, store.Query{Index: "openOf", Equal: []any{patientID}, Unopened: true}),
		c.readersChanged(ctx, patientID, chain))
}

// RecheckOwner is Recheck for the patients of an account that was stopped.
func (c *Service) RecheckOwner(ctx context.Context, accountID string) error {
	s, err := c.settings(ctx)
	if err != nil {
		return err
	}
	patients := map[string]bool{}
	err = chart.ThroughDocs(ctx, c.store, chart.ColUnread, store.Query{Index: "account", Equal: []any{accountID}, Unopened: true}, func(d store.Doc) (bool, error) {
		patients[d.Owner] = true
		return false, nil
	})
	failed := errors.Join(err, c.recheck(ctx, s.Value, store.Query{Index: "openOwner", Equal: []any{accountID}, Unopened: true}))
	for id := range patients {
		chain, err := c.chain(ctx, id, s.Value)
		if err == nil {
			err = c.readersChanged(ctx, id, chain)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

func (c *Service) recheck(ctx context.Context, s Settings, q store.Query) error {
	var all []kept
	err := chart.ThroughDocs(ctx, c.store, chart.ColAlerts, q, func(d store.Doc) (bool, error) {
		if v, err := chart.Readable[risk.Alert](d); err == nil { // the worker sets aside what it can't read
			all = append(all, v)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	var failed error
	for _, v := range all {
		_, err := c.move(ctx, v.Value.ID, s)
		failed = errors.Join(failed, err)
	}
	return failed
}

// move gives an alert to the next person whose owner can't answer for it, until nobody
// came between.
func (c *Service) move(ctx context.Context, id string, s Settings) (risk.Alert, error) {
	return c.change(ctx, id, chart.SystemActor, "", func(v kept) (risk.Alert, []store.Op, error) {
		n, err := c.momentOf(ctx, v.Value, s)
		if err != nil {
			return risk.Alert{}, nil, err
		}
		next, _ := v.Value.Moved(n) // as it was, where nothing moved
		return next, nil, nil
	})
}

// stays looks, once an alert is stored, whether its owner can still answer for it, and
// moves it on where not. Rights are read before an alert is written, and somebody may
// have taken them away in between: then either this look sees that, or who took them
// away (Recheck) sees the alert. ok tells that the owner stayed.
func (c *Service) stays(ctx context.Context, a risk.Alert) (now risk.Alert, ok bool, err error) {
	if a.Status.Ended() {
		return a, true, nil
	}
	s, err := c.settings(ctx)
	if err != nil {
		return a, false, err
	}
	n, err := c.momentOf(ctx, a, s.Value)
	if err != nil || n.Chain.Holds(a.Owner) {
		return a, err == nil, err
	}
	now, err = c.move(ctx, a.ID, s.Value)
	return now, false, err
}

// Call is what a worker needs to know before it calls somebody about an alert.
type Call struct {
	Now  bool   // they are still to be called
	Page bool   // at once, past quiet hours
	Key  string // names the call: once for each

	Drill bool
}

// Call tells whether somebody is to be called about an alert at this moment. Who can't
// answer for it any more is not: it is moved on, and the next is called by a line of its
// own.
func (c *Service) Call(ctx context.Context, alertID, accountID string) (Call, error) {
	v, err := chart.Load[risk.Alert](ctx, c.store, chart.ColAlerts, alertID)
	if models.KindOf(err) == models.KindNotFound {
		return Call{}, nil
	}
	a := v.Value
	call := Call{a.Calls() && a.Owner == accountID, risk.Pages(a.Tier), a.ID + ":" + a.Round(), a.Drill}
	if err == nil && call.Now {
		_, call.Now, err = c.stays(ctx, a)
	}
	return call, err
}
