package video

import (
	"time"

	"handrail/video/room"
)

// Line is a message that was written for everybody in a room.
type Line struct {
	ID, Name, Text string
	Role           room.Role
	At             time.Time
}

// Written returns what was written for everybody in a visit that runs, as far as this
// person has it. It is for a clinician inside, who may want to keep it: the room forgets it.
//
// Errors: KindConflict not-in-the-visit; KindForbidden not-your-role.
func (s *Server) Written(visitID, personID string) ([]Line, error) {
	r := s.lookup(visitID)
	if r == nil {
		return nil, room.NotInside()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.state.MayKeep(personID); err != nil {
		return nil, err
	}
	sess := r.sessions[personID]
	if sess == nil {
		return nil, room.NotInside()
	}
	var out []Line
	for _, m := range sess.said {
		if m.To != "" {
			continue
		}
		l := Line{ID: m.ID, Text: m.Text, At: m.At}
		if p := r.state.Person(m.From); p != nil {
			l.Name, l.Role = p.Name, p.Role
		}
		out = append(out, l)
	}
	return out, nil
}

// Kept tells everybody in a room that what was written is kept now, and by whom. A
// room that has ended meanwhile needs no word.
func (s *Server) Kept(visitID, personID string) {
	r := s.lookup(visitID)
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stopped && r.state.Keep(personID) == nil {
		r.changed()
	}
}
