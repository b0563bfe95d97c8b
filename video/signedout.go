package video

import (
	"context"
	"maps"
	"slices"

	"handrail/models"
)

func (s *Server) signedIn(ctx context.Context, login string) error {
	if login == "" {
		return nil // a ticket of an older program, which lives for minutes
	}
	err := s.config.Visits.SignedIn(ctx, login)
	if models.KindOf(err) == models.KindUnsigned {
		return signedOut()
	}
	return err
}

func signedOut() *models.Error {
	return models.E(models.KindUnsigned, "sign-in-ended", "You are signed out on this device. Sign in again to come back.")
}

// Logins are the sign-ins that have something open.
func (s *Server) Logins() []string {
	s.mu.Lock()
	rooms := slices.Collect(maps.Values(s.rooms))
	s.mu.Unlock()
	var all []string
	for _, r := range rooms {
		r.mu.Lock()
		for _, sess := range r.sessions {
			if sess.login != "" {
				all = append(all, sess.login)
			}
		}
		r.mu.Unlock()
	}
	return all
}

// SignedOut ends what sign-ins that are over still have open: message connection and
// media. Their person keeps the place and may come from a device that is signed in.
func (s *Server) SignedOut(logins []string) {
	if len(logins) == 0 {
		return
	}
	over := map[string]bool{}
	for _, l := range logins {
		over[l] = true
	}
	s.mu.Lock()
	rooms := slices.Collect(maps.Values(s.rooms))
	s.mu.Unlock()
	for _, r := range rooms {
		r.signedOut(over)
	}
}

func (r *visitRoom) signedOut(over map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	changed := false
	for person, sess := range r.sessions {
		if sess.login == "" || !over[sess.login] {
			continue
		}
		sess.bye(signedOut(), CloseRefused)
		r.media.Part(person)
		delete(r.sessions, person)
		r.state.Drop(person, sess.id)
		r.note(person, "visit.signed-out", "", false)
		changed = true
	}
	if changed {
		r.changed()
	}
}
