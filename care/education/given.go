package education

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Given is a module that the care team gave a patient to read.
type Given struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	Module    string        `json:"module"`
	Why       string        `json:"why"`
	By        models.Author `json:"by"`
	At        time.Time     `json:"at"`
	ReadAt    *time.Time    `json:"readAt,omitempty"`
}

const (
	maxWhy   = 300 // runes
	maxGiven = 50  // at once for one patient
)

// Given lists what the team gave the patient to read, newest first.
func (ch *Part) Given(ctx context.Context) ([]Given, error) {
	d, err := ch.chart.May(ctx, models.SectionEducation, models.Read)
	if err != nil {
		return nil, err
	}
	found, err := ch.given(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Given, 0, len(found))
	for _, g := range found {
		out = append(out, g.Value)
	}
	return out, ch.chart.NoteRead(ctx, d, "education.read", "", len(out))
}

func (ch *Part) given(ctx context.Context) ([]chart.Versioned[Given], error) {
	return chart.Every[Given](ctx, ch.care.store, chart.ColLearnGiven, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
}

// Give gives the patient a module to read, with the reason that they see. Only their
// care team does. The same call twice is one.
func (ch *Part) Give(ctx context.Context, id, module, why string) (Given, error) {
	none := Given{}
	d, err := ch.chart.May(ctx, models.SectionEducation, models.Write)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisTeam {
		d.Rule = "given-by-the-team"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "given-by-the-team", "Only the care team puts something on this list."))
	}
	var checks models.Checks
	checks.Text("why", why, 1, maxWhy)
	if _, _, err := ch.care.Module(ctx, module, nil); models.KindOf(err) == models.KindNotFound {
		checks.Fail("module", "no-such-module", "Choose a page from the list.")
	} else if err != nil {
		return none, err
	}
	if err := checks.Err(); err != nil {
		return none, err
	}
	g := Given{ID: id, PatientID: ch.patient, Module: module, Why: why, By: models.AuthorOf(ch.actor), At: ch.care.now().UTC()}
	return chart.InTurn(ctx, func() (Given, error) { return ch.give(ctx, d, g) })
}

func (ch *Part) give(ctx context.Context, d models.Decision, g Given) (Given, error) {
	none := Given{}
	stands, err := chart.Load[Given](ctx, ch.care.store, chart.ColLearnGiven, g.ID)
	if models.KindOf(err) != models.KindNotFound {
		return ch.sameGiven(stands.Value, g, err)
	}
	turn, err := ch.care.base.Turn(ctx, "education-given:"+ch.patient, ch.patient)
	if err != nil {
		return none, err
	}
	has, err := ch.given(ctx)
	if err != nil {
		return none, err
	}
	if len(has) >= maxGiven {
		return none, models.E(models.KindConflict, "too-many-given", "There are fifty pages on this list. Please take some off first.")
	}
	doc, err := chart.Encode(g.ID, ch.patient, 0, store.Keys{"patientId": ch.patient, "at": chart.Millis(g.At)}, g)
	if err != nil {
		return none, err
	}
	return g, ch.chart.Commit(ctx, d, "education.assigned", g.ID, turn, store.Insert(chart.ColLearnGiven, doc))
}

func (ch *Part) sameGiven(stands, again Given, err error) (Given, error) {
	if err == nil && (stands.PatientID != ch.patient || stands.Module != again.Module || stands.Why != again.Why || stands.By.AccountID != again.By.AccountID) {
		err = chart.Refusal(store.ErrExists)
	}
	return stands, err
}

// TakeOff takes a module off the list: the team that gave it, or the patient, who need
// not say why. What is off already is off.
func (ch *Part) TakeOff(ctx context.Context, id string) error {
	d, g, err := ch.changeGiven(ctx, id)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return ch.chart.Commit(ctx, d, "education.removed", id, store.Delete(chart.ColLearnGiven, id, g.Version))
}

// TellRead tells the team that the patient has read a module. The patient alone does it,
// on purpose; reading tells nobody.
func (ch *Part) TellRead(ctx context.Context, id string) (Given, error) {
	return chart.InTurn(ctx, func() (Given, error) { return ch.tellRead(ctx, id) })
}

func (ch *Part) tellRead(ctx context.Context, id string) (Given, error) {
	d, g, err := ch.changeGiven(ctx, id)
	if err != nil {
		return Given{}, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "told-by-the-patient"
		return Given{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-patient", "Only the patient says what they have read."))
	}
	if g.Value.ReadAt != nil {
		return g.Value, nil
	}
	now := ch.care.now().UTC()
	g.Value.ReadAt = &now
	doc, err := chart.Encode(id, ch.patient, g.Version, store.Keys{"patientId": ch.patient, "at": chart.Millis(g.Value.At)}, g.Value)
	if err != nil {
		return Given{}, err
	}
	return g.Value, ch.chart.Commit(ctx, d, "education.told", id, store.Replace(chart.ColLearnGiven, doc))
}

func (ch *Part) changeGiven(ctx context.Context, id string) (models.Decision, chart.Versioned[Given], error) {
	d, err := ch.chart.May(ctx, models.SectionEducation, models.Write)
	if err != nil {
		return d, chart.Versioned[Given]{}, err
	}
	g, err := chart.Load[Given](ctx, ch.care.store, chart.ColLearnGiven, id)
	if err == nil && g.Value.PatientID != ch.patient {
		return d, chart.Versioned[Given]{}, models.NotFound()
	}
	return d, g, err
}
