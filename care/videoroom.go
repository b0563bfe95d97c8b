package care

import (
	"context"
	"encoding/json"
	"time"

	"handrail/models"
	"handrail/store"
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
	return store.Keys{"site": ownerSite, "updatedAt": millis(r.UpdatedAt)}
}

// KeepVideoRoom keeps the state of a running room in place of an older one. One
// program runs a room and calls this in order.
func (c *Care) KeepVideoRoom(ctx context.Context, visitID string, state json.RawMessage) error {
	return c.changeVideoRoom(ctx, visitID, func(r *VideoRoom) { r.State = state })
}

// EndVideoRoom keeps how the connections of a visit were, and forgets its room.
func (c *Care) EndVideoRoom(ctx context.Context, visitID string, reports json.RawMessage) error {
	return c.changeVideoRoom(ctx, visitID, func(r *VideoRoom) { r.State, r.Reports = nil, reports })
}

func (c *Care) changeVideoRoom(ctx context.Context, visitID string, change func(*VideoRoom)) error {
	v, err := load[Visit](ctx, c.store, colVisits, visitID)
	if err != nil {
		return err
	}
	r, err := load[VideoRoom](ctx, c.store, colRooms, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	r.Value.VisitID, r.Value.UpdatedAt = visitID, c.now().UTC()
	change(&r.Value)
	doc, err := encode(visitID, v.Value.owner(), r.Version, r.Value.keys(), r.Value)
	if err != nil {
		return err
	}
	if r.isNew() {
		return refusal(c.store.Insert(ctx, colRooms, doc))
	}
	return refusal(c.store.Replace(ctx, colRooms, doc))
}

// VideoRooms lists the rooms that ran when the program stopped.
func (c *Care) VideoRooms(ctx context.Context) ([]VideoRoom, error) {
	found, err := every[VideoRoom](ctx, c.store, colRooms, store.Query{Index: "site", Equal: []any{ownerSite}})
	out := make([]VideoRoom, 0, len(found))
	for _, r := range found {
		out = append(out, r.Value)
	}
	return out, err
}

// VideoSecret is a key of the media server that is the same over restarts and for
// all instances. name says what it is for.
func (c *Care) VideoSecret(ctx context.Context, name string) ([]byte, error) {
	return c.sharedSecret(ctx, "video-"+name)
}

// VideoReports reads how the connections of a visit were, as the media server kept
// it; nil before the visit is over. With it come those who belong to the visit now,
// for their names. It is for those who see visits whole.
func (ch *Chart) VideoReports(ctx context.Context, visitID string) (json.RawMessage, []VideoGuest, error) {
	d, err := ch.may(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return nil, nil, err
	}
	if !d.Whole {
		return nil, nil, ch.refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	if _, err := ch.visitOfChart(ctx, visitID); err != nil {
		return nil, nil, err
	}
	r, err := load[VideoRoom](ctx, ch.care.store, colRooms, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, nil, err
	}
	v, err := ch.care.VideoVisit(ctx, visitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, nil, err
	}
	return r.Value.Reports, v.Expects, ch.noteRead(ctx, d, "visit.quality.read", visitID, 1)
}
