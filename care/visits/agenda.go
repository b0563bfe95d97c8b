package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Meeting is a conference about a patient, with what is to be talked about.
type Meeting struct {
	Visit Visit
	Topic string
}

// Has tells whether an account is in the conference.
func (m Meeting) Has(accountID string) bool { return m.Visit.has(accountID) }

// MeetingAbout finds the conference that has a patient on its agenda; for any other there
// is none.
func (i *Inside) MeetingAbout(ctx context.Context, conferenceID, patientID string) (Meeting, error) {
	e, err := chart.Load[agendaEntry](ctx, i.service.store, chart.ColAgenda, agendaID(conferenceID, patientID))
	if err != nil {
		return Meeting{}, err
	}
	v, err := chart.Load[Visit](ctx, i.service.store, chart.ColVisits, conferenceID)
	return Meeting{v.Value, e.Value.Topic}, err
}

// MeetingsAbout lists the conferences that have a patient on their agenda, the last called
// first.
func (i *Inside) MeetingsAbout(ctx context.Context, patientID, cursor string, limit int) (chart.Page[Meeting], error) {
	page, err := chart.List[agendaEntry](ctx, i.service.store, chart.ColAgenda, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[Meeting]{}, err
	}
	var ids []string
	for _, e := range page.Items {
		ids = append(ids, e.Value.ConferenceID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, i.service.store, chart.ColVisits, ids...); err != nil {
		return chart.Page[Meeting]{}, err
	}
	out := chart.Page[Meeting]{Next: page.Next}
	for _, e := range page.Items {
		v, err := chart.Load[Visit](ctx, i.service.store, chart.ColVisits, e.Value.ConferenceID)
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, Meeting{v.Value, e.Value.Topic})
	}
	return out, nil
}

// ConferenceOf loads a conference for somebody who is in it; to all others there is none.
func (i *Inside) ConferenceOf(ctx context.Context, actor models.Actor, id string) (Visit, error) {
	v, err := i.service.conference(ctx, actor, id)
	return v.Value, err
}

// AboutIDs lists the patients of a conference's agenda, for what decides about rights.
func (i *Inside) AboutIDs(ctx context.Context, conferenceID string) ([]string, error) {
	entries, err := i.service.agenda(ctx, conferenceID)
	out := make([]string, 0, len(entries))
	for _, e := range entries {
		out = append(out, e.PatientID)
	}
	return out, err
}
