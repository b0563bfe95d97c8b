package main

import (
	"context"
	"encoding/json"

	"handrail/care"
	"handrail/models"
	"handrail/store/aside"
	"handrail/video"
	"handrail/video/quality"
	"handrail/video/room"
)

// Visit is of video.Visits.
func (v visits) Visit(ctx context.Context, visitID string) (video.Visit, error) {
	booked, err := v.care.VideoVisit(ctx, visitID)
	if err != nil {
		return video.Visit{}, err
	}
	out := video.Visit{ID: booked.ID, Opens: booked.Opens, Closes: booked.Closes}
	for _, g := range booked.Expects {
		out.Expects = append(out.Expects, guestOf(g))
	}
	return out, nil
}

// Guest is of video.Visits.
func (v visits) Guest(ctx context.Context, visitID, personID string) (room.Guest, error) {
	g, err := v.care.VideoGuest(ctx, visitID, personID)
	return guestOf(g), err
}

// SignedIn is of video.Visits.
func (v visits) SignedIn(ctx context.Context, login string) error {
	return v.care.SignedIn(ctx, login)
}

// guestOf relies on both sides having the same words for roles; a test holds them together.
func guestOf(g care.VideoGuest) room.Guest {
	return room.Guest{ID: g.AccountID, Name: g.Name, Role: room.Role(g.Role)}
}

// Note is of video.Audit.
func (v visits) Note(ctx context.Context, e video.Event) error {
	return v.care.NoteVideo(ctx, care.VideoNote{At: e.At, VisitID: e.VisitID, AccountID: e.PersonID, Action: e.Action, Whom: e.Whom, On: e.On})
}

// Keep is of video.Keeping.
func (v visits) Keep(ctx context.Context, s video.Snapshot) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return v.care.KeepVideoRoom(ctx, s.VisitID, body)
}

// Finish is of video.Keeping: how the connections of a visit were is kept.
func (v visits) Finish(ctx context.Context, visitID string, reports []quality.Report) error {
	body, err := json.Marshal(reports)
	if err != nil {
		return err
	}
	return v.care.EndVideoRoom(ctx, visitID, body)
}

// restore brings back the rooms that ran when the program stopped. Those whose time
// is over are closed.
func (m *media) restore(ctx context.Context) error {
	rooms, err := m.house.care.VideoRooms(ctx)
	if err != nil {
		return err
	}
	for _, r := range rooms {
		// One room that can't be brought back is told, and keeps no other from it.
		why := aside.Safely(func() error { return m.restoreOne(ctx, r) })
		if aside.Stops(why) || ctx.Err() != nil {
			return why
		}
		if why != nil {
			m.log.Error("a visit could not be brought back; whoever comes finds it new", "visit", r.VisitID, "cause", aside.Cause(why))
		}
		if err := m.house.care.RoomLost(ctx, r.VisitID, why); err != nil {
			return err
		}
	}
	return nil
}

func (m *media) restoreOne(ctx context.Context, r care.VideoRoom) error {
	var s video.Snapshot
	if err := json.Unmarshal(r.State, &s); err != nil {
		return aside.Unreadable(err)
	}
	v, err := visits{m.house.care}.Visit(ctx, r.VisitID)
	if models.KindOf(err) == models.KindNotFound || err == nil && m.now().After(v.Closes) {
		m.keeper.Finished(r.VisitID, nil)
		return nil
	}
	if err != nil {
		return err
	}
	return m.server.Restore(v, s)
}
