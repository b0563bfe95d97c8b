package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// VisitPreference is what a patient would rather have, in visits.
type VisitPreference struct {
	schedule.Preference
	Modality schedule.Modality `json:"modality,omitempty"`
	Language string            `json:"language,omitempty"`
}

type keptPreference struct {
	VisitPreference
	PatientID string        `json:"patientId"`
	ChangedBy models.Author `json:"changedBy"`
	ChangedAt time.Time     `json:"changedAt"`
}

func (ch *Part) loadPreference(ctx context.Context) (chart.Versioned[keptPreference], error) {
	v, err := chart.Load[keptPreference](ctx, ch.care.store, chart.ColPreferences, ch.patient)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[keptPreference]{Value: keptPreference{PatientID: ch.patient}}, nil
	}
	return v, err
}

// Preference reads what the patient would rather have. Who has not said it yet has
// no wish, as version 1: what is stored is one version later.
func (ch *Part) Preference(ctx context.Context) (chart.Versioned[VisitPreference], error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return chart.Versioned[VisitPreference]{}, err
	}
	if !d.Whole {
		return chart.Versioned[VisitPreference]{Value: noPreference(), Version: 1}, ch.chart.NoteRead(ctx, d, "visit-preference.read", "", 0)
	}
	v, err := ch.loadPreference(ctx)
	if err != nil {
		return chart.Versioned[VisitPreference]{}, err
	}
	if v.Value.Windows == nil {
		v.Value.Windows = noPreference().Windows
	}
	return chart.Versioned[VisitPreference]{Value: v.Value.VisitPreference, Version: v.Version + 1}, ch.chart.NoteRead(ctx, d, "visit-preference.read", "", 1)
}

// noPreference is that of who has said nothing.
func noPreference() VisitPreference {
	var p VisitPreference
	p.Windows = []schedule.PreferredWindow{}
	return p
}

// SetPreference says what the patient would rather have.
//
// Errors: those of schedule.Preference.Open; version-not-newest.
func (ch *Part) SetPreference(ctx context.Context, version int64, p VisitPreference) (chart.Versioned[VisitPreference], error) {
	none := chart.Versioned[VisitPreference]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	if _, err := p.Open("UTC"); err != nil {
		return none, err
	}
	v, err := ch.loadPreference(ctx)
	switch {
	case err != nil:
		return none, err
	case v.Version+1 != version && chart.SameJSON(v.Value.VisitPreference, p): // a second call
		return chart.Versioned[VisitPreference]{Value: p, Version: v.Version + 1}, nil
	case v.Version+1 != version:
		return none, chart.Refusal(store.ErrConflict)
	}
	v.Value = keptPreference{p, ch.patient, models.AuthorOf(ch.actor), ch.care.now().UTC()}
	doc, err := chart.Encode(ch.patient, ch.patient, v.Version, nil, v.Value)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColPreferences, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColPreferences, doc)
	}
	err = ch.care.base.Commit(ctx, ch.changed(d, "visit-preference.changed", ch.patient), op)
	if models.KindOf(err) == models.KindConflict { // two first writes
		err = chart.Refusal(store.ErrConflict)
	}
	if err != nil {
		return none, err
	}
	return chart.Versioned[VisitPreference]{Value: p, Version: version + 1}, nil
}

// preferred narrows a search to what the patient would rather have.
func (w *candidates) preferred(ctx context.Context, ch *Part) error {
	v, err := ch.loadPreference(ctx)
	if err != nil {
		return err
	}
	own := *w.people[ch.patient]
	if own.Open, err = v.Value.Open(w.patient.Zone); err != nil {
		return err
	}
	w.people[ch.patient] = &own
	return nil
}
