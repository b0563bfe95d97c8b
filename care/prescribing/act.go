package prescribing

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/prescribing"
	"handrail/store"
)

// Act is what a prescriber does with an agreement.
type Act string

// The acts.
const (
	ActSign   Act = "sign"
	ActBegin  Act = "begin"  // put in force
	ActReview Act = "review" // look at it; it holds meanwhile
	ActStand  Act = "stand"  // after a review: it goes on as it is
	ActEnd    Act = "end"
)

// Acts lists them.
var Acts = []Act{ActSign, ActBegin, ActReview, ActStand, ActEnd}

var lines = map[Act]string{ActSign: "prescribing.signed", ActBegin: LineBegun, ActReview: "prescribing.review-begun", ActStand: "prescribing.stands", ActEnd: LineEnded}

// The actions of lines that something follows from.
const (
	LineBegun = "prescribing.begun"
	LineEnded = "prescribing.ended"
)

// Do moves an agreement. It is for the prescribers who agree. The same again is no
// change. note says why: an end needs one.
func (ch *Part) Do(ctx context.Context, id string, act Act, note string) (View, error) {
	var c models.Checks
	least := 0
	if act == ActEnd {
		least = 1
	}
	c.Text("note", note, least, prescribing.MaxText)
	c.Require(lines[act] != "", "act", "not-a-choice", "Choose one of those that are offered.")
	if err := c.Err(); err != nil {
		return View{}, err
	}
	d, err := ch.asPrescriber(ctx)
	if err != nil {
		return View{}, err
	}
	for {
		v, err := ch.load(ctx, id)
		if err != nil {
			return View{}, err
		}
		if err := ch.isOf(ctx, d, v); err != nil {
			return View{}, err
		}
		before := v.Value.Agreement
		ops, err := ch.moved(ctx, &v, act, note)
		if err != nil {
			return View{}, err
		}
		if chart.SameJSON(before, v.Value.Agreement) {
			return ch.view(ctx, v)
		}
		out, err := ch.write(ctx, d, lines[act], v, ops...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue // somebody was faster: it is weighed anew
		}
		return out, err
	}
}

// moved moves v, and tells what goes with it into the batch.
func (ch *Part) moved(ctx context.Context, v *kept, act Act, note string) (ops []store.Op, err error) {
	by, now, a := models.AuthorOf(ch.actor), ch.care.now().UTC(), v.Value.Agreement
	was := a.Status
	switch act {
	case ActSign:
		a, err = a.Sign(by, now)
	case ActBegin:
		a, err = a.Begin(by, now)
	case ActReview:
		a, err = a.Review(by, note, now)
	case ActStand:
		a, err = a.Stand(by, note, now)
	default:
		a, err = a.End(by, note, "", now)
	}
	v.Value.Agreement = a
	if err != nil {
		return nil, err
	}
	switch {
	case act == ActSign:
		if ops, err = ch.unaskOps(ctx, v, ch.actor.AccountID); err != nil || a.Status != prescribing.Agreed || was == a.Status {
			return ops, err
		}
		more, err := ch.askOps(ctx, v) // who proposed it puts it in force
		return append(ops, more...), err
	case act == ActEnd:
		return ch.unaskOps(ctx, v)
	case act == ActBegin && was != a.Status:
		if ops, err = ch.unaskOps(ctx, v); err != nil {
			return nil, err
		}
		more, err := ch.beginOps(ctx, a)
		return append(ops, more...), err
	case act == ActStand && was != a.Status:
		return ch.reviewedOps(ctx, a, note)
	}
	return nil, nil
}

// beginOps make the duties, and end the agreement whose place this one takes. One holds
// at a time: the turn makes two that begin meet.
func (ch *Part) beginOps(ctx context.Context, a prescribing.Agreement) ([]store.Op, error) {
	turn, err := ch.care.base.Turn(ctx, "prescribing:"+ch.patient, ch.patient)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{turn}
	for _, d := range prescribing.DutiesOf(a, ch.care.now().UTC()) {
		d.ID = chart.NewID()
		op, err := dutyOp(keptDuty{Value: d})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	found, err := ch.care.of(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	for _, old := range found {
		if old.Value.Agreement.ID == a.ID || !old.Value.Agreement.Status.Holds() {
			continue
		}
		if old.Value.Agreement, err = old.Value.Agreement.End(models.AuthorOf(ch.actor), "", a.ID, ch.care.now().UTC()); err != nil {
			return nil, err
		}
		op, err := agreementOp(old)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// reviewedOps close the duty to look at the doses.
func (ch *Part) reviewedOps(ctx context.Context, a prescribing.Agreement, note string) (ops []store.Op, err error) {
	duties, err := ch.care.duties(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	by := models.AuthorOf(ch.actor)
	for _, v := range duties {
		if v.Value.AgreementID != a.ID || v.Value.What != prescribing.Review || v.Value.Ended {
			continue
		}
		more, err := ch.care.closeOps(ctx, v, prescribing.Result{At: ch.care.now().UTC(), By: &by, Note: note}, ch.actor)
		if err != nil {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}
