package video

import (
	"context"
	"slices"

	"handrail/models"
	"handrail/video/room"
	"handrail/video/signal"
	"handrail/video/ticket"
)

// mayCome asks the chart and the booking, and the visit's window.
func (s *Server) mayCome(ctx context.Context, visitID, personID string) (Visit, room.Guest, error) {
	v, err := s.config.Visits.Visit(ctx, visitID)
	if err != nil {
		return v, room.Guest{}, err
	}
	g, err := s.config.Visits.Guest(ctx, visitID, personID)
	if err != nil {
		return v, g, err
	}
	if !g.Role.Valid() || g.ID != personID {
		return v, g, models.NotFound()
	}
	now := s.config.Now()
	switch {
	case now.Before(v.Opens):
		return v, g, tooEarly()
	case now.After(v.Closes) && (now.After(v.Closes.Add(overrun)) || !s.wasInside(visitID, personID)):
		return v, g, ended()
	}
	return v, g, nil
}

func (s *Server) wasInside(visitID, personID string) bool {
	r := s.lookup(visitID)
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.state.Person(personID)
	return p != nil && p.Place == room.Inside
}

// admitHello turns a first message into a session of a room, or refuses it.
func (s *Server) admitHello(ctx context.Context, h *signal.Hello) (*visitRoom, *session, error) {
	if !slices.Contains(h.Versions, signal.Version) {
		return nil, nil, models.E(models.KindInvalid, "unknown-version", "This app is too old or too new for the clinic's server. Please update it or reload the page.")
	}
	claim, resumed, err := s.openTicket(h)
	if err != nil {
		return nil, nil, err
	}
	if err := s.signedIn(ctx, claim.Login); err != nil {
		return nil, nil, err
	}
	v, guest, err := s.mayCome(ctx, claim.Visit, claim.Person)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.room(v)
	if err != nil {
		return nil, nil, err
	}
	sess, err := r.arrive(v, guest, claim, resumed)
	return r, sess, err
}

func (s *Server) openTicket(h *signal.Hello) (ticket.Claim, bool, error) {
	if h.Resume != "" {
		c, err := s.tickets.OpenResume(h.Resume)
		return c, true, err
	}
	c, err := s.tickets.OpenJoin(h.Ticket)
	return c, false, err
}

// arrive gives a guest their place and their session. A resumed session must still
// be the one that counts.
func (r *visitRoom) arrive(v Visit, g room.Guest, c ticket.Claim, resumed bool) (*session, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped && r.state.Phase != room.Ended {
		return nil, stopping()
	}
	if r.stopped {
		return nil, ended()
	}
	r.visit, r.state.Expects = v, v.Expects // the booking may have changed
	if p := r.state.Person(g.ID); resumed && (p == nil || p.Session != c.Session) {
		return nil, replaced()
	}
	older, err := r.state.Arrive(g, c.Session)
	if err != nil {
		return nil, err
	}
	if older != "" {
		r.replace(g.ID)
	}
	sess := r.sessions[g.ID]
	if gone := r.away[g.ID]; sess == nil && gone != nil && gone.id == c.Session {
		sess, r.sessions[g.ID] = gone, gone
		sess.lostAt = r.server.config.Now() // or the next tick sends it away before it is connected
	}
	delete(r.away, g.ID)
	if sess == nil {
		sess = newSession(g.ID, c.Session, c.Login, r.server.config.Now())
		r.sessions[g.ID] = sess
	}
	r.media.Join(g.ID)
	action := "visit.arrived"
	if resumed {
		action = "visit.returned"
		r.server.metrics.resumes.Add(1)
	}
	r.note(g.ID, action, "", false)
	r.server.metrics.joins.Add(1)
	return sess, nil
}

// replace ends the older session of a person, who is told.
func (r *visitRoom) replace(person string) {
	if old := r.sessions[person]; old != nil {
		delete(r.sessions, person)
		old.bye(replaced(), CloseReplaced)
		r.note(person, "visit.replaced", "", false)
	}
	r.media.Part(person)
}

func replaced() *models.Error {
	return models.E(models.KindConflict, "replaced", "You joined this visit from another place.")
}
