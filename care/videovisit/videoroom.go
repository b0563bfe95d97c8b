package videovisit

import (
	"context"
	"encoding/json"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// VideoRoom is what is kept of a room: its state while the visit runs, so that a
// restart brings everybody back to their place, and afterwards how the connections
// were. Both are written and read by the media server; care looks at neither.
type VideoRoom struct {
	VisitID   string          `json:"visitId"`
	State     json.RawMessage `json:"state,omitempty"`
	Reports   json.RawMessage `json:"reports,omitempty"`
	UpdatedAt time.Time       `json:"updatedAt"`
}

// keys has the site only while there is a state to bring back.
func (r VideoRoom) keys() store.Keys {
	if r.State == nil {
		return nil
	}
	return store.Keys{"site": chart.OwnerSite, "updatedAt": chart.Millis(r.UpdatedAt)}
}

// KeepVideoRoom keeps the state of a running room in place of an older one. One
// program runs a room and calls this in order.
func (c *Service) KeepVideoRoom(ctx context.Context, visitID string, state json.RawMessage) error {
	return c.changeVideoRoom(ctx, visitID, func(r *VideoRoom) { r.State = state })
}

// EndVideoRoom keeps how the connections of a visit were, and forgets its room.
func (c *Service) EndVideoRoom(ctx context.Context, visitID string, reports json.RawMessage) error {
	return c.changeVideoRoom(ctx, visitID, func(r *VideoRoom) { r.State, r.Reports = nil, reports })
}

func (c *Service) changeVideoRoom(ctx context.Context, visitID string, change func(*VideoRoom)) error {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil {
		return err
	}
	r, err := chart.Load[VideoRoom](ctx, c.store, chart.ColRooms, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	r.Value.VisitID, r.Value.UpdatedAt = visitID, c.now().UTC()
	change(&r.Value)
	doc, err := chart.Encode(visitID, v.Value.Owner(), r.Version, r.Value.keys(), r.Value)
	if err != nil {
		return err
	}
	if r.IsNew() {
		return chart.Refusal(c.store.Insert(ctx, chart.ColRooms, doc))
	}
	return chart.Refusal(c.store.Replace(ctx, chart.ColRooms, doc))
}

// VideoRooms lists the rooms that ran when the program stopped. One that can't be
// read is set aside.
func (c *Service) VideoRooms(ctx context.Context) ([]VideoRoom, error) {
	round, err := c.aside.Round(ctx, workRooms)
	if err != nil {
		return nil, chart.Refusal(err)
	}
	out := []VideoRoom{}
	q := store.Query{Index: "site", Equal: []any{chart.OwnerSite}, Unopened: true}
	err = chart.ThroughDocs(ctx, c.store, chart.ColRooms, q, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[VideoRoom](d)
		if err == nil && v.Value.VisitID != d.ID {
			err = aside.ErrUnreadable
		}
		if err != nil {
			return false, round.Fail(ctx, d.ID, err)
		}
		out = append(out, v.Value)
		return false, nil
	})
	return out, err
}

// workRooms is the worker that brings rooms back after a restart.
const workRooms = "video-rooms"

// RoomLost notes for the operator that a room could not be brought back; nil takes
// the note away. Its visit goes on in a new room.
func (c *Service) RoomLost(ctx context.Context, visitID string, why error) error {
	round, err := c.aside.Round(ctx, workRooms)
	switch {
	case err != nil:
	case why == nil:
		err = round.Well(ctx, visitID)
	default:
		err = round.Fail(ctx, visitID, why)
	}
	return chart.Refusal(err)
}

// VideoSecret is a key of the media server that is the same over restarts and for
// all instances. name says what it is for.
func (c *Service) VideoSecret(ctx context.Context, name string) ([]byte, error) {
	return c.base.SharedSecret(ctx, "video-"+name)
}

// VideoReports reads how the connections of a visit were, as the media server kept
// it; nil before the visit is over. With it come those who belong to the visit now,
// for their names. It is for those who see visits whole.
func (ch *Part) VideoReports(ctx context.Context, visitID string) (json.RawMessage, []VideoGuest, error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return nil, nil, err
	}
	if !d.Whole {
		return nil, nil, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	if _, err := ch.care.visits.OfChart(ctx, ch.chart, visitID); err != nil {
		return nil, nil, err
	}
	r, err := chart.Load[VideoRoom](ctx, ch.care.store, chart.ColRooms, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, nil, err
	}
	v, err := ch.care.VideoVisit(ctx, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, nil, err
	}
	return r.Value.Reports, v.Expects, ch.chart.NoteRead(ctx, d, "visit.quality.read", visitID, 1)
}

// RoomStates are the states of the rooms whose door is open now, by visit: for who is in
// those visits and has them in their calendar. What can't be read is left out, and is set
// aside by who brings rooms back.
func (c *Service) RoomStates(ctx context.Context, entries []visits.CalendarEntry) (map[string]json.RawMessage, error) {
	out, ids := map[string]json.RawMessage{}, []string{}
	for _, e := range entries {
		if w := e.JoinWindow; w != nil && !c.now().Before(w.Opens) && c.now().Before(w.Closes) {
			ids = append(ids, e.AppointmentID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	docs, err := c.store.GetMany(ctx, chart.ColRooms, ids[:min(len(ids), store.MaxLimit)])
	if err != nil {
		return nil, chart.Refusal(err)
	}
	for _, d := range docs {
		if v, err := chart.Readable[VideoRoom](d); err == nil && v.Value.State != nil {
			out[d.ID] = v.Value.State
		}
	}
	return out, nil
}
