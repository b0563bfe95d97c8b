package prescribing

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/prescribing"
	"handrail/models/task"
	"handrail/store"
)

// Record says what came of a duty by hand: that somebody asked about side effects or
// looked at the doses, or that it is left out this time, and why. A measurement is told as
// a fact, and closes it. The same again is no change.
func (ch *Part) Record(ctx context.Context, dutyID, note string, passed bool) (prescribing.Duty, error) {
	d, err := ch.may(ctx, models.Write)
	if err != nil {
		return prescribing.Duty{}, err
	}
	if !ch.actor.Role.Staff() {
		d.Rule = "told-by-the-team"
		return prescribing.Duty{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Your team writes down results. Please tell them."))
	}
	for {
		v, err := chart.Load[prescribing.Duty](ctx, ch.care.store, chart.ColDuties, dutyID)
		if err == nil && v.Value.PatientID != ch.patient {
			err = models.NotFound()
		}
		if err != nil {
			return v.Value, err
		}
		if err := v.Value.CheckResult(note, passed); err != nil {
			return prescribing.Duty{}, err
		}
		by, now := models.AuthorOf(ch.actor), ch.care.now().UTC()
		if r := v.Value.Results; v.Value.TaskID == "" && len(r) > 0 && r[0].By != nil && r[0].By.AccountID == by.AccountID && r[0].Note == note && r[0].Passed == passed {
			return v.Value, nil
		}
		if v.Value.Ended {
			return v.Value, models.E(models.KindConflict, "duty-ended", "The agreement has ended. Nobody is asked for this any more.")
		}
		r := prescribing.Result{At: now, By: &by, Note: note, Passed: passed}
		ops, err := ch.care.closeOps(ctx, v, r, ch.actor)
		if err != nil {
			return v.Value, err
		}
		err = ch.chart.Commit(ctx, d, "prescribing.result", dutyID, ops...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		return v.Value.Close(r), err
	}
}

// noticedWithin is how soon its owner looks after a sign that was noticed [P].
const noticedWithin = 24 * time.Hour

// Notice says that an early sign is there: the patient, or their team. Its owner gets a
// task. The same call again is the same one.
func (ch *Part) Notice(ctx context.Context, agreementID, signID, id string) (Noticed, error) {
	d, err := ch.may(ctx, models.Write)
	if err != nil {
		return Noticed{}, err
	}
	for {
		v, err := ch.load(ctx, agreementID)
		if err != nil {
			return Noticed{}, err
		}
		if i := slices.IndexFunc(v.Value.Noticed, func(n Noticed) bool { return n.ID == id }); i >= 0 {
			return v.Value.Noticed[i], nil
		}
		a := v.Value.Agreement
		i := slices.IndexFunc(a.Signs, func(s prescribing.Sign) bool { return s.ID == signID })
		if i < 0 {
			return Noticed{}, models.NotFound()
		}
		if !a.Status.Holds() {
			return Noticed{}, models.E(models.KindConflict, "agreement-not-in-force", "This agreement does not hold now. Please write to your team.")
		}
		o := task.Order{Code: task.CodeSign, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusAgreement, ID: a.ID}, BasedOn: []task.Reference{{Type: "sign", ID: signID}},
			Priority: task.Urgent, DueAt: ch.care.now().Add(noticedWithin), To: a.Signs[i].Owner}
		_, ops, err := ch.care.tasks.AskOps(ctx, o, id)
		if err != nil {
			return Noticed{}, err
		}
		n := Noticed{id, signID, models.AuthorOf(ch.actor), ch.care.now().UTC()}
		v.Value.Noticed = append([]Noticed{n}, v.Value.Noticed[:min(len(v.Value.Noticed), keptNoticed-1)]...)
		op, err := agreementOp(v)
		if err != nil {
			return n, err
		}
		err = ch.chart.Commit(ctx, d, "prescribing.sign-noticed", agreementID, append(append([]store.Op{}, ops...), op)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		return n, err
	}
}
