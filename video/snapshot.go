package video

import (
	"time"

	"handrail/models"
	"handrail/video/room"
)

// Snapshot is what must survive a restart of the server: a small value that the
// caller keeps (as JSON). Chat is not in it, and no key or address is.
type Snapshot struct {
	VisitID string     `json:"visitId"`
	Version uint64     `json:"version"` // goes up; an older one must not replace a newer
	At      time.Time  `json:"at"`
	Room    *room.Room `json:"room"`
}

// snapshot hands a changed state to the keeper. It runs on the room's goroutine, so
// snapshots come in order.
func (r *visitRoom) snapshot() {
	keep := r.server.config.Changed
	if keep == nil {
		return
	}
	r.mu.Lock()
	if r.told == r.state.Version {
		r.mu.Unlock()
		return
	}
	r.told = r.state.Version
	snap := Snapshot{VisitID: r.id, Version: r.state.Version, At: r.server.config.Now(), Room: r.state.Clone()}
	r.mu.Unlock()
	keep(snap)
}

// Restore brings back a room after a restart: everybody keeps their place, nobody is
// connected yet. People return with their resume tickets, which are good with the
// same TicketKey. A snapshot of a visit that has ended is ignored.
//
// Errors: KindConflict room-exists.
func (s *Server) Restore(v Visit, snap Snapshot) error {
	if snap.Room == nil || snap.Room.Phase == room.Ended || s.config.Now().After(v.Closes.Add(overrun)) {
		return nil
	}
	state := snap.Room.Clone()
	for i := range state.People {
		state.People[i].Connected = false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return stopping()
	}
	if s.rooms[v.ID] != nil {
		return models.E(models.KindConflict, "room-exists", "This visit is already running here.")
	}
	s.rooms[v.ID] = s.newRoom(v, state)
	return nil
}
