package video

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"handrail/models"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
)

// takeHints tells people what the media server has told.
func (r *visitRoom) takeHints() {
	r.hintMu.Lock()
	hints := r.hints
	r.hints = nil
	r.hintMu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range hints {
		s := r.sessions[h.person]
		switch {
		case s == nil:
		case h.seats:
			s.pushSeats(r.seatsOf(h.person))
		case h.needs:
			for _, n := range r.media.Needs(h.person) {
				s.tell(signal.TypeSending, "", signal.Sending{Kind: room.Kind(n.Kind), Layer: n.Layer, Why: signal.Why(n.Why)})
			}
		case h.generation == s.generation:
			r.mediaChanged(s, h)
		}
	}
}

func (r *visitRoom) mediaChanged(s *session, h hint) {
	if h.kind == "" {
		s.mediaUp = h.state == sfu.Connected
	}
	why := signal.Why("")
	if h.state == sfu.Silent {
		if why = signal.WhyYourNetwork; h.kind != "" {
			why = signal.WhyDevice
		}
	}
	s.tell(signal.TypeMedia, "", signal.Media{Generation: s.client, State: signal.State(h.state), Kind: room.Kind(h.kind), Why: why})
}

// tick looks after the room once a second.
func (r *visitRoom) tick(now time.Time) {
	r.takeHints()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	r.measure(now)
	changed := false
	for id, s := range r.sessions {
		if s.link == nil {
			changed = r.missing(id, s, now) || changed
		} else if now.Sub(s.renewed) >= renewEvery {
			r.renew(s, now)
		}
	}
	if changed {
		r.changed()
	}
	if now.After(r.visit.Closes.Add(overrun)) && len(r.sessions) == 0 {
		r.state.Phase = room.Ended
		r.state.Version++
		r.changed()
	}
}

// missing decides about somebody without signaling: media goes on for a while alone;
// without both they are shown as gone. The place is kept either way.
func (r *visitRoom) missing(id string, s *session, now time.Time) bool {
	away := now.Sub(s.lostAt)
	if away < offlineGrace || s.mediaUp && away < mediaGrace {
		return false
	}
	r.media.Part(id)
	s.mediaUp, s.client = false, 0
	delete(r.sessions, id)
	r.away[id] = s // its log catches the person up when they return
	return r.state.Drop(id, s.id)
}

func (r *visitRoom) renew(s *session, now time.Time) {
	if resume, expires, err := r.server.tickets.Resume(s.claim(r.id)); err == nil {
		s.renewed = now
		s.tell(signal.TypeResume, "", signal.Resume{Resume: resume, Expires: expires})
	}
}

// measure adds a second to the reports and tells each how their connection does.
func (r *visitRoom) measure(now time.Time) {
	r.seconds++
	for id, s := range r.sessions {
		m, ok := r.media.Stats(id)
		sample := quality.Sample{At: now, Connected: ok && !m.Silent, RTT: m.RTT, UpBps: m.UpBps, DownBps: m.DownBps, UpLoss: m.UpLoss,
			DownLoss: m.DownLoss, UpJitter: m.UpJitter, DownJitter: m.DownJitter, Path: m.Path, Silent: m.DeviceSilent || s.deadMic, Busy: s.busy}
		if p := r.state.Person(id); p != nil && p.Place == room.Inside {
			r.report(id).Add(sample)
		} else {
			collector(r.waits, id).Add(sample) // waiting is not part of the visit's quality
		}
		if !ok || r.seconds%networkEvery != 0 {
			continue
		}
		s.tell(signal.TypeNetwork, "", signal.Network{
			Up:    signal.Direction{Kbps: m.UpBps / 1000, Loss: m.UpLoss, JitterMs: m.UpJitter.Seconds() * 1000},
			Down:  signal.Direction{Kbps: m.DownBps / 1000, Loss: m.DownLoss, JitterMs: m.DownJitter.Seconds() * 1000},
			RTTMs: m.RTT.Seconds() * 1000, Path: m.Path,
			MOS:   quality.MOS(m.RTT, max(m.UpJitter, m.DownJitter), max(m.UpLoss, m.DownLoss)),
			Cause: string(quality.CauseOf(sample))})
	}
}

func (r *visitRoom) report(person string) *quality.Collector { return collector(r.reports, person) }

func collector(of map[string]*quality.Collector, person string) *quality.Collector {
	c := of[person]
	if c == nil {
		c = quality.NewCollector(person)
		of[person] = c
	}
	return c
}

func (r *visitRoom) reportList() []quality.Report {
	var out []quality.Report
	for _, c := range r.reports {
		if report, ok := c.Report(); ok {
			out = append(out, report)
		}
	}
	return sorted(out)
}

func sorted(all []quality.Report) []quality.Report {
	slices.SortFunc(all, func(a, b quality.Report) int { return cmp.Compare(a.PersonID, b.PersonID) })
	return all
}

// waiting are the reports of those in the lobby, for a clinician who wants to know
// before the visit why somebody may not be heard.
func (r *visitRoom) waiting() []quality.Report {
	var out []quality.Report
	for id, c := range r.waits {
		report, ok := c.Report()
		if p := r.state.Person(id); ok && p != nil && p.Place == room.Lobby && p.Connected {
			report.Waiting = true
			out = append(out, report)
		}
	}
	return sorted(out)
}

// Reports tells how the connections of a running visit were so far, by person, and
// at the end how those do who wait.
func (s *Server) Reports(visitID string) []quality.Report {
	r := s.lookup(visitID)
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return append(r.reportList(), r.waiting()...)
}

// Running are the visits that have a room here.
func (s *Server) Running() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.rooms))
}

// Recheck asks again for everybody in a visit whether they may be there, and takes
// out who may not: for when a consent or a role has changed. An error means that
// somebody could not be asked for; they stay, and it is to be called again.
func (s *Server) Recheck(ctx context.Context, visitID string) error {
	r := s.lookup(visitID)
	if r == nil {
		return nil
	}
	r.mu.Lock()
	people := slices.Collect(maps.Keys(r.sessions))
	r.mu.Unlock()
	var failed error
	for _, id := range people {
		switch _, err := s.config.Visits.Guest(ctx, visitID, id); {
		case models.KindOf(err) == models.KindNotFound:
			r.expel(id)
		case err != nil:
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// RecheckAll does Recheck for every visit that runs.
func (s *Server) RecheckAll(ctx context.Context) error {
	var failed error
	for _, id := range s.Running() {
		failed = errors.Join(failed, s.Recheck(ctx, id))
	}
	return failed
}

// expel closes what somebody has open whose right has ended. They wait again if they
// get a new one.
func (r *visitRoom) expel(person string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, sess := r.state.Person(person), r.sessions[person]
	if p == nil || sess == nil || r.stopped {
		return
	}
	sess.bye(models.E(models.KindForbidden, "removed-from-visit", "You are no longer in this visit."), CloseRefused)
	delete(r.sessions, person)
	r.media.Part(person)
	p.Place, p.Sends, p.Hand, p.Held, p.Connected, p.Session, p.Lacks = room.Left, room.Sending{}, false, false, false, "", room.Lacks{}
	r.state.Expects = slices.DeleteFunc(slices.Clone(r.state.Expects), func(g room.Guest) bool { return g.ID == person })
	r.state.Version++
	r.note(person, "visit.right-ended", "", false)
	r.changed()
}
