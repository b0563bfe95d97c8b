package care

import (
	"context"
	"time"

	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// VisitPreference is what a patient would rather have, in visits.
type VisitPreference struct {
	schedule.Preference
	Modality schedule.Modality `json:"modality,omitempty" enum:"video,phone,in-person,home-visit" doc:"How they would rather meet."`
	Language string            `json:"language,omitempty" maxLength:"35" doc:"BCP 47: an interpreter's."`
}

type keptPreference struct {
	VisitPreference
	PatientID string        `json:"patientId"`
	ChangedBy models.Author `json:"changedBy"`
	ChangedAt time.Time     `json:"changedAt"`
}

func (ch *Chart) loadPreference(ctx context.Context) (Versioned[keptPreference], error) {
	v, err := load[keptPreference](ctx, ch.care.store, colPreferences, ch.patient)
	if models.KindOf(err) == models.KindNotFound {
		return Versioned[keptPreference]{Value: keptPreference{PatientID: ch.patient}}, nil
	}
	return v, err
}

// Preference reads what the patient would rather have. Who has not said it yet has
// no wish, as version 1: what is stored is one version later.
func (ch *Chart) Preference(ctx context.Context) (Versioned[VisitPreference], error) {
	d, err := ch.may(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return Versioned[VisitPreference]{}, err
	}
	if !d.Whole {
		return Versioned[VisitPreference]{Value: noPreference(), Version: 1}, ch.noteRead(ctx, d, "visit-preference.read", "", 0)
	}
	v, err := ch.loadPreference(ctx)
	if err != nil {
		return Versioned[VisitPreference]{}, err
	}
	if v.Value.Windows == nil {
		v.Value.Windows = noPreference().Windows
	}
	return Versioned[VisitPreference]{v.Value.VisitPreference, v.Version + 1}, ch.noteRead(ctx, d, "visit-preference.read", "", 1)
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
func (ch *Chart) SetPreference(ctx context.Context, version int64, p VisitPreference) (Versioned[VisitPreference], error) {
	none := Versioned[VisitPreference]{}
	d, err := ch.may(ctx, models.SectionAppointments, models.Write)
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
	case v.Version+1 != version && sameJSON(v.Value.VisitPreference, p): // a second call
		return Versioned[VisitPreference]{p, v.Version + 1}, nil
	case v.Version+1 != version:
		return none, refusal(store.ErrConflict)
	}
	v.Value = keptPreference{p, ch.patient, models.AuthorOf(ch.actor), ch.care.now().UTC()}
	doc, err := encode(ch.patient, ch.patient, v.Version, nil, v.Value)
	if err != nil {
		return none, err
	}
	op := store.Replace(colPreferences, doc)
	if v.isNew() {
		op = store.Insert(colPreferences, doc)
	}
	err = ch.care.commit(ctx, ch.changed(d, "visit-preference.changed", ch.patient), op)
	if models.KindOf(err) == models.KindConflict { // two first writes
		err = refusal(store.ErrConflict)
	}
	if err != nil {
		return none, err
	}
	return Versioned[VisitPreference]{p, version + 1}, nil
}

// preferred narrows a search to what the patient would rather have.
func (w *world) preferred(ctx context.Context, ch *Chart) error {
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
