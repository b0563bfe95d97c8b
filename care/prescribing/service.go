// Package prescribing keeps what the prescribers of a patient agree on, and turns it into
// work that somebody answers for: who looks after what until when, closed by its result.
package prescribing

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/medicines"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/prescribing"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of agreements.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	aside *aside.Book
	tasks *tasks.Inside
	list  *medicines.Inside
}

// New makes them, and joins them to the list of medicines: a change asks the others
// within the agreed time.
func New(base *chart.Base, t *tasks.Inside, list *medicines.Inside) *Service {
	c := &Service{base, base.Store, base.Now, base.Aside, t, list}
	list.With(c.agreed)
	return c
}

// Part is the agreements of a patient's open chart. Do not keep it: a revocation holds
// from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// document is an agreement with who was asked to sign it, and which signs were noticed.
type document struct {
	Agreement prescribing.Agreement `json:"agreement"`
	Asked     map[string]string     `json:"asked,omitempty"` // account: task
	Noticed   []Noticed             `json:"noticed,omitempty"`
}

// Noticed is that somebody noticed an early sign.
type Noticed struct {
	ID     string        `json:"id"`
	SignID string        `json:"signId"`
	By     models.Author `json:"by"`
	At     time.Time     `json:"at"`
}

const keptNoticed = 50

type (
	kept     = chart.Versioned[document]
	keptDuty = chart.Versioned[prescribing.Duty]
)

func agreementOp(v kept) (store.Op, error) {
	a := v.Value.Agreement
	doc, err := chart.Encode(a.ID, a.PatientID, v.Version, store.Keys{"patientId": a.PatientID, "at": chart.Millis(a.At)}, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColAgreements, doc), err
	}
	return store.Replace(chart.ColAgreements, doc), err
}

func dutyOp(v keptDuty) (store.Op, error) {
	d := v.Value
	keys := store.Keys{"patientId": d.PatientID, "dueAt": chart.Millis(d.DueAt)}
	if !d.Ended && d.TaskID == "" {
		keys["due"] = chart.Millis(d.AskAt())
	}
	doc, err := chart.Encode(d.ID, d.PatientID, v.Version, keys, d)
	if v.IsNew() {
		return store.Insert(chart.ColDuties, doc), err
	}
	return store.Replace(chart.ColDuties, doc), err
}

func (c *Service) of(ctx context.Context, patientID string) ([]kept, error) {
	return chart.Every[document](ctx, c.store, chart.ColAgreements, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true})
}

func (c *Service) duties(ctx context.Context, patientID string) ([]keptDuty, error) {
	return chart.Every[prescribing.Duty](ctx, c.store, chart.ColDuties, store.Query{Index: "patient", Equal: []any{patientID}})
}

// holding is the agreement that holds for a patient; ok is false where none does.
func (c *Service) holding(ctx context.Context, patientID string) (a prescribing.Agreement, ok bool, err error) {
	found, err := c.of(ctx, patientID)
	i := slices.IndexFunc(found, func(v kept) bool { return v.Value.Agreement.Status.Holds() })
	if err != nil || i < 0 {
		return a, false, err
	}
	return found[i].Value.Agreement, true, nil
}

func (c *Service) agreed(ctx context.Context, m medicine.Medicine, by string) (within time.Duration, theirs bool, err error) {
	a, ok, err := c.holding(ctx, m.PatientID)
	if err != nil || !ok {
		return 0, true, err
	}
	who, named := a.Changer(m)
	return time.Duration(a.AnswerHours) * time.Hour, !named || who == by, nil
}

// Watcher is who watches the side effects of a medicine by the agreement that holds.
func (c *Service) Watcher(ctx context.Context, m medicine.Medicine) (account string, ok bool, err error) {
	a, holds, err := c.holding(ctx, m.PatientID)
	if err != nil || !holds {
		return "", false, err
	}
	account, ok = a.Watcher(m)
	return account, ok, nil
}

// person is somebody of the clinic, and whether the chart lets them read what an
// agreement is about. prescribes tells whether they may sign one.
func (c *Service) person(ctx context.Context, patientID, accountID string) (name string, holds, prescribes bool, err error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return "", false, false, nil
	}
	if err != nil || a.Value.Status != models.AccountActive || !a.Value.Role.Staff() {
		return a.Value.Name, false, false, err
	}
	actor := models.Actor{AccountID: accountID, Name: a.Value.Name, Role: a.Value.Role, Discipline: a.Value.Discipline}
	ch, err := c.base.ChartFor(ctx, actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		return a.Value.Name, false, false, err
	}
	holds = reads(ch)
	return a.Value.Name, holds, holds && prescribesHere(actor, ch), nil
}

func reads(ch *chart.Chart) bool {
	for _, s := range []models.Section{models.SectionMedicines, models.SectionUseMedicines} {
		if d := ch.Decide(s, models.Read); !d.Allowed || !d.Whole {
			return false
		}
	}
	return true
}

func prescribesHere(a models.Actor, ch *chart.Chart) bool {
	return a.Role == models.RoleClinician && a.Discipline.Prescribes() && ch.Decide(models.SectionUseMedicines, models.Write).Allowed
}
