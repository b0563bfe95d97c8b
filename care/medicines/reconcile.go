package medicines

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/task"
	"handrail/store"
)

// review is the document of when a list is to be gone through.
type review struct {
	PatientID string `json:"patientId"`
	Turn      int64  `json:"turn"` // ms of the last time; 0: never
}

// workReviews is the worker that asks for it.
const workReviews = "medicine-reviews"

func reviewDoc(r review, version, due int64) (store.Doc, error) {
	return chart.Encode(r.PatientID, r.PatientID, version, store.Keys{"due": due}, r)
}

// firstReview asks to go through a list as it begins.
func (c *Service) firstReview(ctx context.Context, patientID string) ([]store.Op, error) {
	_, err := chart.Load[review](ctx, c.store, chart.ColMedicineReviews, patientID)
	if err == nil || models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	doc, err := reviewDoc(review{PatientID: patientID}, 0, chart.Millis(c.now()))
	return []store.Op{store.Insert(chart.ColMedicineReviews, doc)}, err
}

// Follow asks the team to go through the lists that are due: as one begins, and 90 days
// after each time. Any number of instances may run it: the same turn is one task.
func (c *Service) Follow(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workReviews)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.EachDue(ctx, c.base, chart.ColMedicineReviews, round, func(v chart.Versioned[review]) error {
		if err := c.tasks.RaiseOne(ctx, task.CodeMedicineReview, v.Value.PatientID, keyOfTurn(v.Value.Turn)); err != nil {
			if models.KindOf(err) == models.KindNotFound { // erased
				return nil
			}
			return err
		}
		now := c.now().UTC()
		doc, err := reviewDoc(review{v.Value.PatientID, chart.Millis(now)}, v.Version, chart.Millis(now.AddDate(0, 0, medicine.ReconcileEvery)))
		if err != nil {
			return err
		}
		err = chart.Refusal(c.store.Batch(ctx, store.Replace(chart.ColMedicineReviews, doc)))
		if models.KindOf(err) == models.KindStale {
			return nil // another instance was faster
		}
		return err
	})
}

// discharged asks the team to go through the list of somebody who comes home from a
// hospital. key names the discharge.
func (c *Service) discharged(ctx context.Context, patientID, key string) error {
	return c.tasks.RaiseOne(ctx, task.CodeMedicineReview, patientID, "discharge:"+key)
}

// Reconcile says that somebody went through the list: the patient, or a clinician. Where
// it is not what is taken, the team gets a task; the next time is 90 days away. The same
// call again is the same one.
func (ch *Part) Reconcile(ctx context.Context, id string, r medicine.Reconciliation) (medicine.Reconciliation, error) {
	d, err := ch.read(ctx, models.Write)
	if err != nil {
		return r, err
	}
	if r.Lines == nil {
		r.Lines = []medicine.ReconciledLine{}
	}
	r.ID, r.PatientID, r.By, r.At = id, ch.patient, models.AuthorOf(ch.actor), ch.care.today()
	stands, err := chart.Load[medicine.Reconciliation](ctx, ch.care.store, chart.ColReconciliations, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.PatientID != ch.patient || stands.Value.By.AccountID != ch.actor.AccountID) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	k, err := ch.care.load(ctx, ch.patient, ch.rights())
	if err != nil {
		return r, err
	}
	var active []string
	for _, v := range k.lines {
		if v.Value.Status == medicine.Taken {
			active = append(active, v.Value.ID)
		}
	}
	if err := r.Check(active); err != nil {
		return r, err
	}
	doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "at": chart.Millis(r.At)}, r)
	if err != nil {
		return r, err
	}
	ops := []store.Op{store.Insert(chart.ColReconciliations, doc)}
	due, err := chart.Load[review](ctx, ch.care.store, chart.ColMedicineReviews, ch.patient)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return r, err
	}
	doc, err = reviewDoc(review{ch.patient, chart.Millis(r.At)}, due.Version, chart.Millis(r.At.AddDate(0, 0, medicine.ReconcileEvery)))
	if err != nil {
		return r, err
	}
	if due.IsNew() {
		ops = append(ops, store.Insert(chart.ColMedicineReviews, doc))
	} else {
		ops = append(ops, store.Replace(chart.ColMedicineReviews, doc))
	}
	kind := "medicines.reviewed"
	if r.Differs() {
		kind = LineDiffers
	}
	return r, ch.chart.Commit(ctx, d, kind, id, ops...)
}

// Reconciliations lists how the list was gone through, newest first.
func (ch *Part) Reconciliations(ctx context.Context, cursor string, limit int) (chart.Page[medicine.Reconciliation], error) {
	var out chart.Page[medicine.Reconciliation]
	d, err := ch.read(ctx, models.Read)
	if err != nil {
		return out, err
	}
	r := ch.rights()
	page, err := chart.List[medicine.Reconciliation](ctx, ch.care.store, chart.ColReconciliations,
		store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Cursor: cursor, Limit: limit})
	if err != nil {
		return out, err
	}
	out = chart.Values(page)
	if !r.usual || !r.use { // words of it may tell of what is not shared
		for i := range out.Items {
			out.Items[i].Lines, out.Items[i].Missing, out.Items[i].Note = []medicine.ReconciledLine{}, nil, ""
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "medicines.read", "reconciliations", len(out.Items))
}
