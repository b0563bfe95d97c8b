package handlers

import (
	"context"
	"encoding/json"

	"handrail/care/visits"
	"handrail/video"
)

// CalendarEntry is one of a calendar, with who waits to be let in.
type CalendarEntry struct {
	visits.CalendarEntry
	Waiting int `json:"waiting,omitempty" doc:"By video, and you are in it: how many wait in the lobby now."`
}

// withLobbies adds to the entries of a calendar how many wait in the lobby, one read for
// all of them.
// A state that this program does not understand counts nobody.
func (a *API) withLobbies(ctx context.Context, found []visits.CalendarEntry, err error) ([]CalendarEntry, error) {
	if err != nil {
		return nil, err
	}
	states, err := a.Care.Video.RoomStates(ctx, found)
	if err != nil {
		return nil, err
	}
	out := make([]CalendarEntry, 0, len(found))
	for _, e := range found {
		c, s := CalendarEntry{CalendarEntry: e}, video.Snapshot{}
		if state := states[e.AppointmentID]; state != nil && json.Unmarshal(state, &s) == nil && s.Room != nil {
			c.Waiting = len(s.Room.Waiting())
		}
		out = append(out, c)
	}
	return out, nil
}
