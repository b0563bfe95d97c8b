package prescribing

import (
	"context"
	"slices"
	"strconv"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/prescribing"
	"handrail/models/task"
	"handrail/store"
)

// signWithin is how soon the others sign what one proposes, or say why not [P].
const signWithin = 3 * 24 * time.Hour

// maxOpen is how many agreements of one patient may be open at once.
const maxOpen = 5

// may decides about an agreement. It tells of substance use and of other medicine: both
// parts of the chart have to be open, and whole.
func (ch *Part) may(ctx context.Context, v models.Verb) (models.Decision, error) {
	var d models.Decision
	for _, s := range []models.Section{models.SectionMedicines, models.SectionUseMedicines} {
		var err error
		if d, err = ch.chart.May(ctx, s, v); err != nil {
			return d, err
		}
		if !d.Whole {
			return d, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
		}
	}
	return d, nil
}

// asPrescriber decides about a change that is for prescribers alone.
func (ch *Part) asPrescriber(ctx context.Context) (models.Decision, error) {
	d, err := ch.may(ctx, models.Write)
	if err == nil && !prescribesHere(ch.actor, ch.chart) {
		d.Rule = "not-a-prescriber"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-a-prescriber", "Prescribers agree on this. Please ask one of them."))
	}
	return d, err
}

// settled is terms that can stand: with ids and names, and owners who have the right to
// what is asked of them. Errors: KindInvalid with fields.
func (ch *Part) settled(ctx context.Context, t prescribing.Terms) (prescribing.Terms, error) {
	if err := t.Check(ch.care.now()); err != nil {
		return t, err
	}
	var c models.Checks
	c.Require(slices.ContainsFunc(t.Prescribers, func(p prescribing.Prescriber) bool { return p.AccountID == ch.actor.AccountID }),
		"prescribers", "you-are-missing", "You are one of those who agree. Add yourself.")
	names := map[string]string{}
	for _, o := range t.Owners() {
		name, holds, prescribes, err := ch.care.person(ctx, ch.patient, o.AccountID)
		if err != nil {
			return t, err
		}
		names[o.AccountID] = name
		c.Require(holds, o.Field, "cannot-own-task", "This person can't take it. Choose somebody of the clinic who may read what it is about.")
		if holds && slices.ContainsFunc(t.Prescribers, func(p prescribing.Prescriber) bool { return p.AccountID == o.AccountID }) {
			c.Require(prescribes, o.Field, "not-a-prescriber", "This person does not prescribe for this patient.")
		}
	}
	if err := c.Err(); err != nil {
		return t, err
	}
	t.Prescribers, t.Watches, t.Signs = slices.Clone(t.Prescribers), slices.Clone(t.Watches), slices.Clone(t.Signs)
	for i := range t.Prescribers {
		t.Prescribers[i].Name = names[t.Prescribers[i].AccountID]
		t.Prescribers[i].Changes = append([]string{}, t.Prescribers[i].Changes...)
	}
	for i := range t.Watches {
		t.Watches[i].ID, t.Watches[i].OwnerName = strconv.Itoa(i+1), names[t.Watches[i].Owner]
	}
	for i := range t.Signs {
		t.Signs[i].ID, t.Signs[i].OwnerName = strconv.Itoa(i+1), names[t.Signs[i].Owner]
	}
	t.ReviewOwnerName = names[t.ReviewOwner]
	t.Watches, t.Signs = append([]prescribing.Watch{}, t.Watches...), append([]prescribing.Sign{}, t.Signs...)
	t.Intolerable, t.Besides = append([]prescribing.Intolerable{}, t.Intolerable...), append([]string{}, t.Besides...)
	return t, nil
}

// Propose writes an agreement that the other prescribers are asked to sign. The same call
// again is the same agreement.
func (ch *Part) Propose(ctx context.Context, id string, t prescribing.Terms) (View, error) {
	d, err := ch.asPrescriber(ctx)
	if err != nil {
		return View{}, err
	}
	stands, err := chart.Load[document](ctx, ch.care.store, chart.ColAgreements, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.Agreement.PatientID != ch.patient || stands.Value.Agreement.By.AccountID != ch.actor.AccountID) {
			err = chart.Refusal(store.ErrExists)
		}
		if err != nil {
			return View{}, err
		}
		return ch.view(ctx, stands)
	}
	if t, err = ch.settled(ctx, t); err != nil {
		return View{}, err
	}
	found, err := ch.care.of(ctx, ch.patient)
	if err != nil {
		return View{}, err
	}
	open := 0
	for _, v := range found {
		if v.Value.Agreement.Status != prescribing.Ended {
			open++
		}
	}
	if open >= maxOpen {
		return View{}, models.E(models.KindConflict, "too-many-agreements", "There are too many open agreements. End one first.")
	}
	v := kept{Value: document{Agreement: prescribing.Propose(id, ch.patient, t, models.AuthorOf(ch.actor), ch.care.now().UTC())}}
	ops, err := ch.askOps(ctx, &v)
	if err != nil {
		return View{}, err
	}
	return ch.write(ctx, d, "prescribing.proposed", v, ops...)
}

// Change writes other terms of what is proposed: everybody else signs anew.
func (ch *Part) Change(ctx context.Context, id string, version int64, t prescribing.Terms) (View, error) {
	d, err := ch.asPrescriber(ctx)
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := ch.isOf(ctx, d, v); err != nil {
		return View{}, err
	}
	if t, err = ch.settled(ctx, t); err != nil {
		return View{}, err
	}
	if v.Version != version {
		if chart.SameJSON(v.Value.Agreement.Terms, t) {
			return ch.view(ctx, v)
		}
		return View{}, chart.Refusal(store.ErrConflict)
	}
	ops, err := ch.unaskOps(ctx, &v)
	if err != nil {
		return View{}, err
	}
	if v.Value.Agreement, err = v.Value.Agreement.Change(t, models.AuthorOf(ch.actor), ch.care.now().UTC()); err != nil {
		return View{}, err
	}
	more, err := ch.askOps(ctx, &v)
	if err != nil {
		return View{}, err
	}
	return ch.write(ctx, d, "prescribing.changed", v, append(ops, more...)...)
}

// isOf refuses who is not one of the prescribers who agree.
func (ch *Part) isOf(ctx context.Context, d models.Decision, v kept) error {
	if v.Value.Agreement.Of(ch.actor.AccountID) {
		return nil
	}
	d.Rule = "not-of-the-agreement"
	return ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-of-the-agreement", "This is between the prescribers who are named in it."))
}

func (ch *Part) load(ctx context.Context, id string) (kept, error) {
	v, err := chart.Load[document](ctx, ch.care.store, chart.ColAgreements, id)
	if err == nil && v.Value.Agreement.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

// askOps ask each other prescriber to sign; of what all have signed, who proposed it to put
// it in force.
func (ch *Part) askOps(ctx context.Context, v *kept) (out []store.Op, err error) {
	a := v.Value.Agreement
	v.Value.Asked = map[string]string{}
	for _, p := range a.Prescribers {
		wanted := !a.Signed(p.AccountID)
		if a.Status == prescribing.Agreed {
			wanted = p.AccountID == a.By.AccountID
		}
		if !wanted {
			continue
		}
		o := task.Order{Code: task.CodeAgreement, PatientID: a.PatientID, Focus: &task.Reference{Type: task.FocusAgreement, ID: a.ID}, Priority: task.Routine,
			DueAt: ch.care.now().Add(signWithin), To: p.AccountID}
		id, ops, err := ch.care.tasks.AskOps(ctx, o, a.ID+":"+strconv.Itoa(len(a.Steps)))
		if err != nil {
			return nil, err
		}
		v.Value.Asked[p.AccountID] = id
		out = append(out, ops...)
	}
	return out, nil
}

// unaskOps end the tasks of who was asked: of one account, or of all.
func (ch *Part) unaskOps(ctx context.Context, v *kept, of ...string) (out []store.Op, err error) {
	for account, id := range v.Value.Asked {
		if len(of) > 0 && !slices.Contains(of, account) {
			continue
		}
		ops, err := ch.care.tasks.EndOps(ctx, ch.actor, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return nil, err
		}
		out = append(out, ops...)
		delete(v.Value.Asked, account)
	}
	return out, nil
}

// write keeps an agreement. What two do at once meets on its version.
func (ch *Part) write(ctx context.Context, d models.Decision, kind string, v kept, ops ...store.Op) (View, error) {
	op, err := agreementOp(v)
	if err != nil {
		return View{}, err
	}
	if err := ch.chart.Commit(ctx, d, kind, v.Value.Agreement.ID, append(ops, op)...); err != nil {
		return View{}, err
	}
	v.Version++
	return ch.view(ctx, v)
}
