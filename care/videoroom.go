package care

import (
	"context"
	"encoding/json"
	"time"

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

// VideoRooms lists the rooms that ran when the program stopped. One that can't be
// read is set aside.
func (c *Care) VideoRooms(ctx context.Context) ([]VideoRoom, error) {
	round, err := c.aside.Round(ctx, workRooms)
	if err != nil {
		return nil, refusal(err)
	}
	out := []VideoRoom{}
	q := store.Query{Index: "site", Equal: []any{ownerSite}, Unopened: true}
	err = throughDocs(ctx, c.store, colRooms, q, func(d store.Doc) (bool, error) {
		v, err := readable[VideoRoom](d)
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
func (c *Care) RoomLost(ctx context.Context, visitID string, why error) error {
	round, err := c.aside.Round(ctx, workRooms)
	switch {
	case err != nil:
	case why == nil:
		err = round.Well(ctx, visitID)
	default:
		err = round.Fail(ctx, visitID, why)
	}
	return refusal(err)
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
