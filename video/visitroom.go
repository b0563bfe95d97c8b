package video

import (
	"context"
	"sync"
	"time"

	"handrail/models"
	"handrail/store/aside"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
)

// visitRoom is one visit's room with its people, media and reports. mu guards all
// of it; nothing that waits for a network is done under it.
type visitRoom struct {
	server *Server
	id     string // of the visit
	media  *sfu.Room

	mu       sync.Mutex
	visit    Visit
	state    *room.Room
	sessions map[string]*session // by person
	away     map[string]*session // of those who may return; keeps their logs
	seconds  int
	reports  map[string]*quality.Collector
	waits    map[string]*quality.Collector // of the waiting room; shown while the visit runs, and not kept
	told     uint64                        // version of the state that Changed was told
	stopped  bool

	wake chan struct{} // something of hints is set, or the state changed
	quit chan struct{}
	over chan struct{} // closed when the room has ended

	hintMu sync.Mutex
	hints  []hint // from the media server, which must not wait for mu
}

// hint is something that the media server told.
type hint struct {
	person     string
	generation int
	state      sfu.State
	kind       sfu.Kind
	seats      bool
	needs      bool
}

func (s *Server) newRoom(v Visit, state *room.Room) *visitRoom {
	if state == nil {
		state = room.New(v.ID, v.Expects)
	}
	r := &visitRoom{server: s, id: v.ID, visit: v, state: state, sessions: map[string]*session{}, away: map[string]*session{}, reports: map[string]*quality.Collector{}, waits: map[string]*quality.Collector{},
		wake: make(chan struct{}, 1), quit: make(chan struct{}), over: make(chan struct{})}
	r.media = s.config.Engine.NewRoom(sfu.Events{
		Seats: func(person string) { r.hint(hint{person: person, seats: true}) },
		Needs: func(person string) { r.hint(hint{person: person, needs: true}) },
		Media: func(person string, generation int, state sfu.State, kind sfu.Kind) {
			r.hint(hint{person: person, generation: generation, state: state, kind: kind})
		}})
	go r.run()
	return r
}

func (r *visitRoom) hint(h hint) {
	r.hintMu.Lock()
	r.hints = append(r.hints, h)
	r.hintMu.Unlock()
	r.stir()
}

func (r *visitRoom) stir() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// run looks after the room until it ends.
func (r *visitRoom) run() {
	defer close(r.over)
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-r.quit:
			r.finish()
			return
		case <-r.wake:
			r.takeHints()
		case <-t.C:
			// One odd value in one room must not end all visits.
			if err := aside.Safely(func() error { r.tick(r.server.config.Now()); return nil }); err != nil {
				r.server.log.Error("a room could not be looked after", "visit", r.id, "cause", aside.Cause(err))
			}
		}
		r.snapshot()
	}
}

// changed makes everything follow from a change of the state: first media, so that
// nothing flows that may not, then what people are told. It is called with mu held.
func (r *visitRoom) changed() {
	r.media.SetRoutes(r.routes())
	for id, s := range r.sessions {
		p := r.state.Person(id)
		switch {
		case r.state.Phase == room.Ended:
			s.bye(ended(), CloseEnded)
		case p.Place == room.Left:
			s.bye(models.E(models.KindGone, "left", "You left the visit."), CloseNormal)
		case p.Place == room.Removed:
			s.bye(models.E(models.KindForbidden, "removed-from-visit", "You are no longer in this visit."), CloseRefused)
		default:
			r.media.Sends(id, map[sfu.Kind]bool{sfu.KindAudio: p.Sends.Audio && p.Place == room.Inside,
				sfu.KindVideo: p.Sends.Video && p.Place == room.Inside})
			if v, ok := r.state.ViewFor(id); ok {
				s.pushView(v)
			}
			continue
		}
		delete(r.sessions, id)
		r.media.Part(id)
	}
	if r.state.Phase == room.Ended {
		r.stop()
	}
	r.stir()
}

// note writes an audit line on a goroutine of its own: the log's disk must not hold
// up a room.
func (r *visitRoom) note(person, action, whom string, on bool) {
	if r.server.config.Audit == nil {
		return
	}
	e := Event{At: r.server.config.Now(), VisitID: r.id, PersonID: person, Action: action, Whom: whom, On: on}
	r.server.notes.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
		defer cancel()
		if err := r.server.config.Audit.Note(ctx, e); err != nil {
			r.server.log.Error("an audit line of a visit could not be kept", "visit", e.VisitID, "action", e.Action, "err", err)
		}
	})
}

// stop ends the room's goroutine. mu is held.
func (r *visitRoom) stop() {
	if !r.stopped {
		r.stopped = true
		close(r.quit)
	}
}

// stopNow ends the room with a reason for those who are in it. The state stays
// as it is, so that a restarted server can go on.
func (r *visitRoom) stopNow(why *models.Error, code int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, s := range r.sessions {
		s.bye(why, code)
		delete(r.sessions, id)
	}
	r.stop()
}

// finish closes media, keeps the last state and hands out the reports.
func (r *visitRoom) finish() {
	r.snapshot()
	r.media.Close()
	r.server.forget(r)
	r.mu.Lock()
	reports := r.reportList()
	isOver := r.state.Phase == room.Ended
	r.mu.Unlock()
	if isOver && r.server.config.Finished != nil {
		r.server.config.Finished(r.id, reports)
	}
}
