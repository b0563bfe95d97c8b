package medicines

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

type keptRefill = chart.Versioned[medicine.Refill]

// The lines of the log about refills.
const (
	LineRefillAsked    = "refill.asked"
	LineRefillAnswered = "refill.answered"
)

// AskRefill asks for more of a medicine. The same call again is the same request; one
// that waits already is not asked for twice.
func (ch *Part) AskRefill(ctx context.Context, id, medicineID, words string) (medicine.Refill, error) {
	d, line, err := ch.one(ctx, medicineID, models.Write)
	if err != nil {
		return medicine.Refill{}, err
	}
	var c models.Checks
	c.Text("words", words, 0, medicine.MaxText)
	if err := c.Err(); err != nil {
		return medicine.Refill{}, err
	}
	stands, err := chart.Load[medicine.Refill](ctx, ch.care.store, chart.ColRefills, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.PatientID != ch.patient || stands.Value.MedicineID != medicineID || stands.Value.By.AccountID != ch.actor.AccountID) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	if line.Value.Source != medicine.Here || line.Value.Status != medicine.Taken {
		return medicine.Refill{}, models.E(models.KindConflict, "not-an-order", "Only a medicine from this clinic that you take can be refilled here.")
	}
	turn, err := ch.turn(ctx)
	if err != nil {
		return medicine.Refill{}, err
	}
	all, err := ch.refills(ctx)
	if err != nil {
		return medicine.Refill{}, err
	}
	for _, v := range all {
		if v.Value.Status == medicine.RefillAsked && v.Value.MedicineID == medicineID {
			return medicine.Refill{}, models.E(models.KindConflict, "asked-already", "This was asked for already. Your team has it.")
		}
	}
	r := medicine.Refill{ID: id, PatientID: ch.patient, MedicineID: medicineID, Name: line.Value.Name, Words: words, Status: medicine.RefillAsked, By: models.AuthorOf(ch.actor), At: ch.care.today()}
	op, err := refillOp(keptRefill{Value: r})
	if err != nil {
		return r, err
	}
	return r, ch.chart.Commit(ctx, d, LineRefillAsked, id, op, turn)
}

func (ch *Part) refills(ctx context.Context) ([]keptRefill, error) {
	return chart.Every[medicine.Refill](ctx, ch.care.store, chart.ColRefills, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
}

// Refills lists the requests, newest first, of lines that the reader sees: a page can hold
// fewer than limit and still have a next.
func (ch *Part) Refills(ctx context.Context, cursor string, limit int) (chart.Page[medicine.Refill], error) {
	out := chart.Page[medicine.Refill]{Items: []medicine.Refill{}}
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[medicine.Refill](ctx, ch.care.store, chart.ColRefills, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Cursor: cursor, Limit: limit})
	if err != nil {
		return out, err
	}
	var ids []string
	for _, v := range page.Items {
		ids = append(ids, v.Value.MedicineID)
	}
	slices.Sort(ids)
	docs, err := ch.care.store.GetMany(ctx, chart.ColMedicines, slices.Compact(ids))
	if err != nil {
		return out, chart.Refusal(err)
	}
	sees, r := map[string]bool{}, ch.rights()
	for _, d := range docs {
		line, err := chart.Decode[medicine.Medicine](d)
		if err != nil {
			return out, err
		}
		sees[d.ID] = r.sees(line.Value.UseRelated)
	}
	for _, v := range page.Items {
		if sees[v.Value.MedicineID] {
			out.Items = append(out.Items, v.Value)
		}
	}
	out.Next = page.Next
	return out, ch.chart.NoteRead(ctx, d, "refills.read", "", len(out.Items))
}

// AnswerRefill says what came of a request: a prescriber or a pharmacist. The same again
// is done.
func (ch *Part) AnswerRefill(ctx context.Context, id string, status medicine.RefillStatus, a medicine.RefillAnswer) (keptRefill, error) {
	if _, err := ch.read(ctx, models.Write); err != nil {
		return keptRefill{}, err
	}
	v, err := chart.Load[medicine.Refill](ctx, ch.care.store, chart.ColRefills, id)
	if err != nil {
		return keptRefill{}, err
	}
	if v.Value.PatientID != ch.patient {
		return keptRefill{}, models.NotFound()
	}
	d, _, err := ch.one(ctx, v.Value.MedicineID, models.Write)
	if err != nil {
		return keptRefill{}, err
	}
	if !mayRule(ch.actor) || ch.actor.Role != models.RoleClinician {
		d.Rule = "not-a-prescriber"
		return keptRefill{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-a-prescriber", "A prescriber or a pharmacist answers this."))
	}
	if err := a.Check(status); err != nil {
		return keptRefill{}, err
	}
	if v.Value.Status != medicine.RefillAsked {
		if v.Value.Status == status && v.Value.RefillAnswer == a && v.Value.AnsweredBy != nil && v.Value.AnsweredBy.AccountID == ch.actor.AccountID {
			return v, nil
		}
		return keptRefill{}, models.E(models.KindConflict, "answered-already", "This was answered already. Load it again.")
	}
	by, now := models.AuthorOf(ch.actor), ch.care.today()
	v.Value.Status, v.Value.RefillAnswer, v.Value.AnsweredBy, v.Value.AnsweredAt = status, a, &by, &now
	op, err := refillOp(v)
	if err != nil {
		return keptRefill{}, err
	}
	v.Version++
	return v, ch.chart.Commit(ctx, d, LineRefillAnswered, id, op)
}

func refillOp(v keptRefill) (store.Op, error) {
	r := v.Value
	doc, err := chart.Encode(r.ID, r.PatientID, v.Version, store.Keys{"patientId": r.PatientID, "at": chart.Millis(r.At)}, r)
	if v.IsNew() {
		return store.Insert(chart.ColRefills, doc), err
	}
	return store.Replace(chart.ColRefills, doc), err
}
