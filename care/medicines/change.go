package medicines

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// Stopping is when and why a medicine is stopped. Mistake: it never belonged on the list.
type Stopping struct {
	On      string
	Why     string
	Mistake bool
	GoOn    []GoOn
}

// Stop ends a line. An order of here is ended by a prescriber, who is interrupted where a
// sudden stop is dangerous; another line by who may write. The same again is done.
func (ch *Part) Stop(ctx context.Context, id string, s Stopping) (kept, error) {
	return ch.change(ctx, id, "medicine.stopped", func(v *medicine.Medicine) (passed []GoOn, err error) {
		if v.Source == medicine.Here {
			if err := ch.asPrescriber(ctx); err != nil {
				return nil, err
			}
		}
		if v.Status != medicine.Taken {
			same := v.Stop != nil && v.Stop.On == s.On && v.Stop.Why == s.Why && v.Stop.By.AccountID == ch.actor.AccountID
			if same {
				return nil, nil
			}
			return nil, models.E(models.KindConflict, "already-stopped", "This was stopped already. Load the list again.")
		}
		now := ch.care.today()
		if err := v.CheckStop(s.On, s.Why, now); err != nil {
			return nil, err
		}
		var c models.Checks
		checkGoOn(&c, s.GoOn)
		if err := c.Err(); err != nil {
			return nil, err
		}
		if v.Source == medicine.Here && !s.Mistake {
			if passed, err = ch.weighStop(ctx, *v, s); err != nil {
				return nil, err
			}
		}
		if v.Status = medicine.Ended; s.Mistake {
			v.Status = medicine.Mistake
		}
		v.Stop = &medicine.Stop{On: s.On, Why: s.Why, By: models.AuthorOf(ch.actor), At: now}
		return passed, nil
	})
}

// weighStop asks the rules what a stop can do.
func (ch *Part) weighStop(ctx context.Context, m medicine.Medicine, s Stopping) ([]GoOn, error) {
	k, err := ch.care.load(ctx, ch.patient, ch.rights())
	if err != nil {
		return nil, err
	}
	in := k.input(ch.care.now())
	for i := range in.Items {
		if in.Items[i].ID == m.ID {
			in.Items[i].State = medicine.Stopping
		}
	}
	checked, err := ch.care.look(ctx, k, in)
	if err != nil {
		return nil, err
	}
	return ch.unlessInterrupted(ctx, "stop:"+m.ID, checked, Order{GoOn: s.GoOn})
}

func (ch *Part) asPrescriber(ctx context.Context) error {
	if ch.actor.Role == models.RoleClinician && ch.actor.Discipline.Prescribes() {
		return nil
	}
	d := ch.chart.Decide(models.SectionMedicines, models.Write)
	d.Rule = "not-a-prescriber"
	return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-a-prescriber", "Only a prescriber changes an order of here."))
}

// Renew says that an order goes on as it is. It asks nobody and no rule.
func (ch *Part) Renew(ctx context.Context, id string) (kept, error) {
	return ch.change(ctx, id, "medicine.renewed", func(v *medicine.Medicine) ([]GoOn, error) {
		if err := ch.asPrescriber(ctx); err != nil {
			return nil, err
		}
		if v.Source != medicine.Here || v.Status != medicine.Taken {
			return nil, models.E(models.KindConflict, "not-an-order", "Only an order of here that is taken can be renewed.")
		}
		now := ch.care.today()
		v.RenewedAt = &now
		return nil, nil
	})
}

// Given writes down the last dose of a depot.
func (ch *Part) Given(ctx context.Context, id, on string) (kept, error) {
	return ch.change(ctx, id, "medicine.given", func(v *medicine.Medicine) ([]GoOn, error) {
		if ch.actor.Role != models.RoleClinician {
			return nil, models.E(models.KindForbidden, "told-by-the-team", "Your team writes down when it was given. Please tell them.")
		}
		var c models.Checks
		c.Require(v.EveryDays > 0, "on", "not-a-depot", "This is not given every so many days.")
		c.Require(on != "" && on >= v.LastDoseOn, "on", "before-the-last", "This is before the last time that is written down.")
		if err := c.Err(); err != nil {
			return nil, err
		}
		v.LastDoseOn = on
		return nil, medicine.CheckTerms(v.Source, v.Terms, ch.care.today())
	})
}

// Words are the patient's own about a line.
type Words struct {
	Taken string `json:"taken"`
	Why   string `json:"why"`
}

// SetWords writes how it is taken and why, in the patient's words.
func (ch *Part) SetWords(ctx context.Context, id string, version int64, w Words) (kept, error) {
	var stale error
	v, err := ch.change(ctx, id, "medicine.words", func(v *medicine.Medicine) ([]GoOn, error) {
		v.Taken, v.Why = w.Taken, w.Why
		t := v.Terms
		t.Since, t.LastDoseOn = "", ""
		return nil, medicine.CheckTerms(v.Source, t, ch.care.today())
	}, func(v kept, next medicine.Medicine) bool {
		if v.Version != version && !chart.SameJSON(v.Value, next) {
			stale = chart.Refusal(store.ErrConflict)
		}
		return stale == nil
	})
	if stale != nil {
		return kept{}, stale
	}
	return v, err
}

// change changes one line until nobody came between. Nothing changed is nothing written.
func (ch *Part) change(ctx context.Context, id, kind string, edit func(*medicine.Medicine) ([]GoOn, error), unless ...func(kept, medicine.Medicine) bool) (kept, error) {
	for {
		d, v, err := ch.one(ctx, id, models.Write)
		if err != nil {
			return kept{}, err
		}
		turn, err := ch.turn(ctx)
		if err != nil {
			return kept{}, err
		}
		next := v.Value
		passed, err := edit(&next)
		if err != nil {
			return kept{}, err
		}
		for _, ok := range unless {
			if !ok(v, next) {
				return kept{}, nil
			}
		}
		if chart.SameJSON(next, v.Value) {
			v.Value = ch.shown(v.Value)
			return v, nil
		}
		next.ChangedAt = ch.care.today()
		err = ch.write(ctx, d, kind, kept{Value: next, Version: v.Version}, passed, turn)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return kept{}, err
		}
		return kept{Value: ch.shown(next), Version: v.Version + 1}, nil
	}
}

func (ch *Part) write(ctx context.Context, d models.Decision, kind string, v kept, passed []GoOn, turn store.Op) error {
	now := ch.care.today()
	for _, g := range passed {
		v.Value.Passed = append(v.Value.Passed, medicine.Pass{Key: g.Key, Rule: ruleOf(g.Key), Reason: g.Reason, By: models.AuthorOf(ch.actor), At: now.Truncate(time.Second)})
	}
	op, err := medicineOp(v)
	if err != nil {
		return err
	}
	more, err := ch.care.passedOps(ctx, "stop:"+v.Value.ID, passed)
	if err != nil {
		return err
	}
	ends, err := ch.tapersEnd(ctx, v.Value)
	if err != nil {
		return err
	}
	return ch.chart.Commit(ctx, d, kind, v.Value.ID, append(append(append([]store.Op{op}, more...), ends...), turn)...)
}
