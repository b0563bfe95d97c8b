package prescribing

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/prescribing"
)

// View is an agreement as its reader sees it.
type View struct {
	prescribing.Agreement
	Version int64              `json:"version"`
	Duties  []prescribing.Duty `json:"duties"`
	Noticed []Noticed          `json:"noticed"`
	Left    []string           `json:"left"` // of one that is read alone: owners who can't answer for it any more. The team has what was theirs
	May     []Act              `json:"may"`
}

// Agreements lists them, the newest first.
func (ch *Part) Agreements(ctx context.Context) ([]View, error) {
	d, err := ch.may(ctx, models.Read)
	if err != nil {
		return nil, err
	}
	found, err := ch.care.of(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	duties, err := ch.care.duties(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	out := make([]View, 0, len(found))
	for _, v := range found {
		out = append(out, ch.viewWith(v, duties))
	}
	return out, ch.chart.NoteRead(ctx, d, "prescribing.read", "", len(out))
}

// Agreement reads one.
func (ch *Part) Agreement(ctx context.Context, id string) (View, error) {
	d, err := ch.may(ctx, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	out, err := ch.view(ctx, v)
	if err != nil {
		return out, err
	}
	return out, ch.chart.NoteRead(ctx, d, "prescribing.read", id, 1)
}

func (ch *Part) view(ctx context.Context, v kept) (View, error) {
	duties, err := ch.care.duties(ctx, ch.patient)
	if err != nil {
		return View{}, err
	}
	out := ch.viewWith(v, duties)
	if out.Status == prescribing.Ended {
		return out, nil
	}
	for _, o := range out.Owners() {
		name, holds, _, err := ch.care.person(ctx, ch.patient, o.AccountID)
		if err != nil {
			return out, err
		}
		if !holds {
			out.Left = append(out.Left, name)
		}
	}
	return out, nil
}

func (ch *Part) viewWith(v kept, duties []keptDuty) View {
	a := v.Value.Agreement
	out := View{Agreement: a, Version: v.Version, Duties: []prescribing.Duty{}, Noticed: append([]Noticed{}, v.Value.Noticed...), Left: []string{}, May: []Act{}}
	for _, d := range duties {
		if d.Value.AgreementID == a.ID {
			out.Duties = append(out.Duties, d.Value)
		}
	}
	if a.Status != prescribing.Ended && a.Of(ch.actor.AccountID) && prescribesHere(ch.actor, ch.chart) {
		out.May = may(a, ch.actor.AccountID)
	}
	return out
}

func may(a prescribing.Agreement, account string) (out []Act) {
	switch a.Status {
	case prescribing.Proposed:
		if !a.Signed(account) {
			out = append(out, ActSign)
		}
	case prescribing.Agreed:
		out = append(out, ActBegin)
	case prescribing.InForce:
		out = append(out, ActReview)
	case prescribing.UnderReview:
		out = append(out, ActStand)
	}
	return append(out, ActEnd)
}

// Versioned is a view with its version, for an ETag.
func Versioned(v View, err error) (chart.Versioned[View], error) {
	return chart.Versioned[View]{Value: v, Version: v.Version}, err
}
