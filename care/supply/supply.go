// Package supply keeps what is seen of how a patient's medicines are supplied. It is for
// the patient and for who treats them here, and leaves the clinic with nobody: no consent,
// no app and no emergency opens it.
package supply

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/care/medicines"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/supply"
	"handrail/store"
)

// Service is the use cases of supply.
type Service struct {
	store store.Store
	now   models.Clock
	list  *medicines.Inside
}

// New makes them.
func New(base *chart.Base, list *medicines.Inside) *Service {
	return &Service{base.Store, base.Now, list}
}

// Part is the supply of a patient's open chart. Do not keep it: a revocation holds from the
// next Open.
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

// View is what is kept, and what is seen in it.
type View struct {
	Entries    []supply.Entry `json:"entries"` // the newest first
	Facts      []supply.Fact  `json:"facts"`
	Incomplete bool           `json:"incomplete"` // not everything is shared with the reader
}

// may decides: the patient, and who treats them here.
func (ch *Part) may(ctx context.Context, useRelated bool, v models.Verb) (models.Decision, error) {
	s := models.SectionMedicines
	if useRelated {
		s = models.SectionUseMedicines
	}
	d, err := ch.chart.May(ctx, s, v)
	if err != nil {
		return d, err
	}
	if ch.stays(d) {
		return d, nil
	}
	d.Rule = "stays-here"
	return d, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
}

func (ch *Part) stays(d models.Decision) bool {
	here := d.Basis == models.BasisSelf || d.Basis == models.BasisTeam && ch.actor.Role == models.RoleClinician
	return d.Allowed && d.Whole && here && !ch.actor.Outside && ch.actor.App == nil
}

func (ch *Part) sees(useRelated bool) bool {
	if useRelated {
		return ch.stays(ch.chart.Decide(models.SectionUseMedicines, models.Read))
	}
	return ch.stays(ch.chart.Decide(models.SectionMedicines, models.Read))
}

// Read tells all of it, the patient as well as their team.
func (ch *Part) Read(ctx context.Context) (View, error) {
	out := View{Entries: []supply.Entry{}, Facts: []supply.Fact{}}
	d, err := ch.may(ctx, !ch.sees(false) && ch.sees(true), models.Read)
	if err != nil {
		return out, err
	}
	out.Incomplete = !ch.sees(false) || !ch.sees(true)
	err = chart.Through(ctx, ch.care.store, chart.ColSupply, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true},
		func(v chart.Versioned[supply.Entry]) (bool, error) {
			if ch.sees(v.Value.UseRelated) {
				out.Entries = append(out.Entries, v.Value)
			}
			return false, nil
		})
	if err != nil {
		return out, err
	}
	lines, err := ch.care.list.Lines(ctx, ch.patient, ch.care.now())
	if err != nil {
		return out, err
	}
	var seen []medicine.Medicine
	for _, m := range lines {
		if ch.sees(m.UseRelated) {
			seen = append(seen, m)
		}
	}
	out.Facts = supply.Facts(out.Entries, seen)
	return out, ch.chart.NoteRead(ctx, d, "supply.read", "", len(out.Entries))
}

// Note writes down one entry: the team, or the patient, who does not write what was
// fetched. The same call again is the same entry.
func (ch *Part) Note(ctx context.Context, id string, t supply.Terms) (supply.Entry, error) {
	m, err := ch.care.list.Line(ctx, ch.patient, t.MedicineID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return supply.Entry{}, err
	}
	d, refused := ch.may(ctx, m.UseRelated && ch.sees(true), models.Write)
	if refused != nil {
		return supply.Entry{}, refused
	}
	stands, loaded := chart.Load[supply.Entry](ctx, ch.care.store, chart.ColSupply, id)
	if models.KindOf(loaded) != models.KindNotFound { // sent before: the line may be gone meanwhile
		return ch.sameAgain(stands.Value, t, loaded)
	}
	var c models.Checks
	c.Require(err == nil && m.Status != medicine.Mistake && ch.sees(m.UseRelated), "medicineId", "not-on-list", "This is not on the list of medicines.")
	if err := c.Err(); err != nil {
		return supply.Entry{}, err
	}
	e := supply.Entry{ID: id, PatientID: ch.patient, Medicine: m.Name, UseRelated: m.UseRelated, By: models.AuthorOf(ch.actor), At: ch.care.now().UTC(), Terms: t}
	if d.Basis == models.BasisSelf && t.Kind == supply.Fetched {
		d.Rule = "told-by-the-team"
		return e, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Your team writes down what was fetched. Please tell them."))
	}
	if err := t.Check(ch.care.now()); err != nil {
		return e, err
	}
	n := 0
	err = chart.ThroughDocs(ctx, ch.care.store, chart.ColSupply, store.Query{Index: "patient", Equal: []any{ch.patient}, Unopened: true}, func(store.Doc) (bool, error) {
		n++
		return n >= supply.MaxEntries, nil
	})
	if err != nil {
		return e, err
	}
	if n >= supply.MaxEntries {
		return e, models.E(models.KindConflict, "too-many-entries", "There are too many entries of this kind.")
	}
	doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"patientId": ch.patient, "at": chart.Millis(e.At)}, e)
	if err != nil {
		return e, err
	}
	err = ch.chart.Commit(ctx, d, "supply.noted", id, store.Insert(chart.ColSupply, doc))
	if models.KindOf(err) == models.KindConflict { // the same call, twice at once
		stands, loaded := chart.Load[supply.Entry](ctx, ch.care.store, chart.ColSupply, id)
		return ch.sameAgain(stands.Value, t, loaded)
	}
	return e, err
}

// sameAgain is what stands for an entry that was sent before.
func (ch *Part) sameAgain(stands supply.Entry, t supply.Terms, err error) (supply.Entry, error) {
	if err == nil && (stands.PatientID != ch.patient || stands.By.AccountID != ch.actor.AccountID || stands.Terms != t || !ch.sees(stands.UseRelated)) {
		err = chart.Refusal(store.ErrExists)
	}
	if err != nil {
		return supply.Entry{}, err
	}
	return stands, nil
}
