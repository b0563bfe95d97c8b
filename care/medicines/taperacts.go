package medicines

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/taper"
	"handrail/store"
)

// SignTaper is a prescriber's signature. A plan that the guard asks a second prescriber
// for waits for theirs; any other is in force with the first. Its reminders are those of
// the plan: they change with it. The same person again has signed.
func (ch *Part) SignTaper(ctx context.Context, id string, version int64) (keptTaper, error) {
	v, d, err := ch.taper(ctx, id, models.Write)
	if err != nil {
		return v, err
	}
	if err := ch.asPrescriber(ctx); err != nil {
		return keptTaper{}, err
	}
	p := v.Value
	if slices.ContainsFunc(p.Signatures, func(s taper.Signature) bool { return s.By.AccountID == ch.actor.AccountID }) {
		if p.Status == taper.Signed {
			return keptTaper{}, models.E(models.KindConflict, "second-person", "You have signed this. Another prescriber signs second.")
		}
		v.Value = ch.seenTaper(p)
		return v, nil
	}
	switch {
	case p.Status != taper.Draft && p.Status != taper.Signed:
		return keptTaper{}, models.E(models.KindConflict, "already-signed", "This plan was signed already. Load it again.")
	case v.Version != version:
		return keptTaper{}, chart.Refusal(store.ErrConflict)
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return keptTaper{}, err
	}
	if err := ch.maySign(ctx, p, today); err != nil {
		return keptTaper{}, err
	}
	p.Signatures = append(slices.Clip(p.Signatures), taper.Signature{By: models.AuthorOf(ch.actor), At: ch.care.today()})
	if taper.NeedsSecond(p.Pace) && len(p.Signatures) < 2 {
		p.Status = taper.Signed
		return ch.putTaper(ctx, d, LineTaperSigned, keptTaper{Value: p, Version: v.Version})
	}
	p.Begin(today)
	ends, err := ch.makeRoom(ctx, p)
	if err != nil {
		return keptTaper{}, err
	}
	return ch.putTaper(ctx, d, LineTaperBegun, keptTaper{Value: p, Version: v.Version}, ends...)
}

// maySign holds a plan against what is true now: the order, what the guard says today, and
// for opioid use disorder the patient's own wish and an overdose plan.
func (ch *Part) maySign(ctx context.Context, p taper.Plan, today string) error {
	no := func(code, say string) error { return models.E(models.KindConflict, code, say) }
	line, err := chart.Load[medicine.Medicine](ctx, ch.care.store, chart.ColMedicines, p.MedicineID)
	if err != nil {
		return err
	}
	if line.Value.Status != medicine.Taken {
		return no("not-an-order", "Only an order of here that is taken can have a plan of steps.")
	}
	if err := ch.asDrafted(ctx, line.Value, p, today); err != nil || !p.OpioidUse {
		return err
	}
	if p.Wish == nil || !p.Wish.Wants {
		return no("wish-missing", "The patient has not said that they want this. They say so on their own phone.")
	}
	has, err := ch.care.crisis.OverdosePlan(ctx, ch.patient)
	if err == nil && !has {
		err = no("overdose-plan-missing", "There is no overdose plan: the crisis plan in force does not say where naloxone is.")
	}
	return err
}

// makeRoom ends the plan that another takes the place of, as that begins, and holds two
// who sign at once apart. One medicine has one plan a day: one that was replaced before and
// has days yet, because the other was to begin later, ends then too.
func (ch *Part) makeRoom(ctx context.Context, p taper.Plan) ([]store.Op, error) {
	turn, err := ch.turn(ctx)
	if err != nil {
		return nil, err
	}
	all, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{turn}
	for _, v := range all {
		was := v.Value
		if was.ID == p.ID || was.MedicineID != p.MedicineID || was.Status.Over() || len(was.Signatures) == 0 || was.Status == taper.Signed {
			continue
		}
		if was.ID != p.Replaces {
			over := len(was.Days(p.Course[0].From, taper.MaxDays)) == 0
			switch {
			case over && (was.Status == taper.Active || was.ReplacedBy != ""):
				continue
			case was.ReplacedBy == "":
				return nil, models.E(models.KindConflict, "plan-in-force", "Another plan of this medicine is in force. Write this one in its place.")
			}
		}
		was.Replace(p.ID, p.Course[0].From)
		was.ChangedAt = ch.care.today()
		op, err := taperOp(keptTaper{Value: was, Version: v.Version})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// ActTaper pauses a plan, goes one step back, goes on, holds or ends it: one prescriber
// does, in one act. The same again is done.
func (ch *Part) ActTaper(ctx context.Context, id string, version int64, a taper.Act) (keptTaper, error) {
	v, d, err := ch.taper(ctx, id, models.Write)
	if err != nil {
		return v, err
	}
	if err := ch.asPrescriber(ctx); err != nil {
		return keptTaper{}, err
	}
	p := v.Value
	atOnce := a.On == "" && (a.Do == taper.Hold || a.Do == taper.Stop)
	if n := len(p.Acts); n > 0 {
		if last := p.Acts[n-1]; last.Do == a.Do && (atOnce || last.On == a.On) && last.Why == a.Why && last.Reason == a.Reason && last.By.AccountID == ch.actor.AccountID {
			v.Value = ch.seenTaper(p)
			return v, nil
		}
	}
	if v.Version != version {
		return keptTaper{}, chart.Refusal(store.ErrConflict)
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return keptTaper{}, err
	}
	if atOnce {
		a.On = today // the caller may be a zone away
	}
	if err := taper.CheckAct(a, today); err != nil {
		return keptTaper{}, err
	}
	a.By, a.At = models.AuthorOf(ch.actor), ch.care.today()
	if err := p.Act(a); err != nil {
		return keptTaper{}, err
	}
	return ch.putTaper(ctx, d, lineOf[a.Do], keptTaper{Value: p, Version: v.Version})
}

// WishTaper is what the patient says to a taper of a medicine for opioid use disorder. It
// is theirs alone, and they can take it back at any time: their prescriber is asked then. A
// yes is to the version that they read, the newest; a no is to any.
func (ch *Part) WishTaper(ctx context.Context, id string, version int64, wants bool, words string) (keptTaper, error) {
	for {
		v, err := ch.wishTaper(ctx, id, version, wants, words)
		if !wants && models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue // somebody changed the plan meanwhile: the no is to that one too
		}
		return v, err
	}
}

func (ch *Part) wishTaper(ctx context.Context, id string, version int64, wants bool, words string) (keptTaper, error) {
	v, d, err := ch.taper(ctx, id, models.Write)
	if err != nil {
		return v, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "patients-own-wish"
		return keptTaper{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "patients-own-wish", "Only the patient says this, on their own phone."))
	}
	var c models.Checks
	c.Text("words", words, 0, taper.MaxText)
	if err := c.Err(); err != nil {
		return keptTaper{}, err
	}
	p := v.Value
	if !p.OpioidUse || p.Status.Over() {
		return keptTaper{}, models.E(models.KindConflict, "nothing-asked", "Nobody asks about this plan.")
	}
	if p.Wish != nil && p.Wish.Wants == wants && p.Wish.Words == words {
		v.Value = ch.seenTaper(p)
		return v, nil
	}
	if wants && v.Version != version {
		return keptTaper{}, chart.Refusal(store.ErrConflict)
	}
	p.Wish = &taper.Wish{Wants: wants, Words: words, By: models.AuthorOf(ch.actor), At: ch.care.today()}
	line := LineTaperWish
	if !wants {
		line = LineTaperNoWish
	}
	return ch.putTaper(ctx, d, line, keptTaper{Value: p, Version: v.Version})
}

// tapersEnd ends the plans of a line that is not taken any more, for its own batch: no
// phone shows tablets of what was stopped.
func (ch *Part) tapersEnd(ctx context.Context, m medicine.Medicine) ([]store.Op, error) {
	if m.Status == medicine.Taken {
		return nil, nil
	}
	all, err := ch.care.tapers(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	today, err := ch.care.todayOf(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	var ops []store.Op
	for _, v := range all {
		if v.Value.MedicineID != m.ID || v.Value.Status.Over() {
			continue
		}
		v.Value.EndWithLine(today, models.AuthorOf(ch.actor), ch.care.today())
		op, err := taperOp(v)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
