package main

import (
	"context"
	"encoding/json"

	"handrail/care/videovisit"
	"handrail/models"
	"handrail/store/aside"
	"handrail/video"
	"handrail/video/quality"
	"handrail/video/room"
)

// Visit is of video.Visits.
func (v videoVisits) Visit(ctx context.Context, visitID string) (video.Visit, error) {
	booked, err := v.care.Video.VideoVisit(ctx, visitID)
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
func (v videoVisits) Guest(ctx context.Context, visitID, personID string) (room.Guest, error) {
	g, err := v.care.Video.VideoGuest(ctx, visitID, personID)
	return guestOf(g), err
}

// SignedIn is of video.Visits.
func (v videoVisits) SignedIn(ctx context.Context, login string) error {
	return v.care.Signin.SignedIn(ctx, login)
}

// guestOf relies on both sides having the same words for roles; a test holds them together.
func guestOf(g videovisit.VideoGuest) room.Guest {
	return room.Guest{ID: g.AccountID, Name: g.Name, Role: room.Role(g.Role)}
}

// Note is of video.Audit.
func (v videoVisits) Note(ctx context.Context, e video.Event) error {
	return v.care.Video.NoteVideo(ctx, videovisit.VideoNote{At: e.At, VisitID: e.VisitID, AccountID: e.PersonID, Action: e.Action, Whom: e.Whom, On: e.On})
}

// Keep is of video.Keeping.
func (v videoVisits) Keep(ctx context.Context, s video.Snapshot) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return v.care.Video.KeepVideoRoom(ctx, s.VisitID, body)
}

// Finish is of video.Keeping: how the connections of a visit were is kept.
func (v videoVisits) Finish(ctx context.Context, visitID string, reports []quality.Report) error {
	body, err := json.Marshal(reports)
	if err != nil {
		return err
	}
	return v.care.Video.EndVideoRoom(ctx, visitID, body)
}

// restore brings back the rooms that ran when the program stopped. Those whose time
// is over are closed.
func (m *media) restore(ctx context.Context) error {
	rooms, err := m.instance.care.Video.VideoRooms(ctx)
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
		if err := m.instance.care.Video.RoomLost(ctx, r.VisitID, why); err != nil {
			return err
		}
	}
	return nil
}

func (m *media) restoreOne(ctx context.Context, r videovisit.VideoRoom) error {
	var s video.Snapshot
	if err := json.Unmarshal(r.State, &s); err != nil {
		return aside.Unreadable(err)
	}
	v, err := videoVisits{m.instance.care}.Visit(ctx, r.VisitID)
	if models.KindOf(err) == models.KindNotFound || err == nil && m.now().After(v.Closes) {
		m.keeper.Finished(r.VisitID, nil)
		return nil
	}
	if err != nil {
		return err
	}
	return m.server.Restore(v, s)
}
