package sfu

import (
	"sync"
	"time"

	"github.com/pion/webrtc/v4"

	"handrail/models"
)

const audioType = webrtc.RTPCodecTypeAudio

// Events are told to whoever runs the room. They come on goroutines of the media
// server and hold no lock of it; what they mean is to be asked for with Seats, Needs
// and Stats. Each may be nil.
type Events struct {
	Seats func(member string)                                         // a seat changed what it carries
	Needs func(member string)                                         // what is wanted of a sender changed
	Media func(member string, generation int, state State, kind Kind) // how a transport does
}

// State of a transport, in the words of the signaling protocol.
type State string

// The states. Silent with a Kind means that this one source gives nothing;
// without, that nothing passes although the transport is connected by name.
const (
	Connected State = "connected"
	Silent    State = "silent"
	Lost      State = "lost"
)

func (e Events) lost(p *Peer) {
	if e.Media != nil && !p.closed.Load() {
		e.Media(p.member.ID, p.Generation, Lost, "")
	}
}

// Room forwards between its members what its routes allow.
type Room struct {
	engine *Engine
	events Events

	mu      sync.Mutex
	members map[string]*Member
	high    map[*Source]int32 // scratch of needs
	ticked  time.Duration     // when the last tick was
	late    time.Duration     // by how much ticks came too late lately
	closed  bool
	stop    chan struct{}
	done    sync.WaitGroup
}

// Member is one person's media: sources that outlive transports, and transports.
type Member struct {
	ID   string
	room *Room

	sources map[Kind]*Source // fixed at the start
	active  *Peer
	next    *Peer // offered and not connected yet
	routes  []Route
	since   map[*Source]time.Duration // from when each allowed source may be seen
	down    *downlink
	up      uplink
	shown   []SeatState
	watch   watchdog
	sends   map[Kind]bool // what the person says is switched on

	busySends, busyReceives bool // the person's processor is too slow, as their page says
}

// Route lets one source of somebody reach a member. Routes come in the order of
// importance. Height is how high the picture is drawn, in pixels; 0 is
// allowed and not shown.
type Route struct {
	From   string
	Kind   Kind
	Height int
	Soft   bool // a hint for the player, passed through
}

// NewRoom opens a room of the engine. It runs until Close.
func (e *Engine) NewRoom(events Events) *Room {
	r := &Room{engine: e, events: events, members: map[string]*Member{}, stop: make(chan struct{})}
	r.done.Add(1)
	go r.run()
	return r
}

// beat is how often a room looks after its streams.
const beat = 100 * time.Millisecond

func (r *Room) run() {
	defer r.done.Done()
	t := time.NewTicker(beat)
	defer t.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-t.C:
			r.tick(r.engine.now())
		}
	}
}

// Close ends all transports and waits for them.
func (r *Room) Close() {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return
	}
	r.closed = true
	var peers []*Peer
	for _, m := range r.members {
		peers = append(peers, m.active, m.next)
		m.active, m.next = nil, nil
	}
	r.mu.Unlock()
	close(r.stop)
	for _, p := range peers {
		if p != nil {
			p.close()
		}
	}
	r.done.Wait()
}

// Join makes a member, or returns the one that there is.
func (r *Room) Join(id string) *Member {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.members[id]
	if m == nil {
		m = &Member{ID: id, room: r, since: map[*Source]time.Duration{}, down: newDownlink(), sends: map[Kind]bool{},
			sources: map[Kind]*Source{KindAudio: newSource(id, KindAudio), KindVideo: newSource(id, KindVideo), KindScreen: newSource(id, KindScreen)}}
		r.members[id] = m
	}
	return m
}

// Part forgets a member at once and ends its transports in the background.
func (r *Room) Part(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.members[id]
	if m == nil || r.closed {
		return
	}
	delete(r.members, id)
	for _, p := range []*Peer{m.active, m.next} {
		if p != nil {
			r.done.Go(p.close)
		}
	}
	m.active, m.next = nil, nil
}

// Offer opens a transport for a member. The first serves at once; a later one is made
// beside the running one and takes over when it is connected.
//
// Errors: KindInvalid bad-offer; KindGone visit-ended; KindConflict old-generation.
func (r *Room) Offer(id string, generation int, sdp string, uses map[string]Use) (string, error) {
	m := r.Join(id)
	r.mu.Lock()
	old := r.closed || m.active != nil && generation <= m.active.Generation || m.next != nil && generation <= m.next.Generation
	r.mu.Unlock()
	if old {
		return "", models.E(models.KindConflict, "old-generation", "A newer connection is already there.")
	}
	pictures := 0
	for _, u := range uses {
		if u == See {
			pictures++
		}
	}
	r.mu.Lock()
	asked := r.foresee(m, pictures, r.engine.now())
	r.mu.Unlock()
	r.tell(nil, asked)
	p, answer, err := m.open(generation, sdp, uses)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	if r.closed || r.members[id] != m {
		r.mu.Unlock()
		p.close()
		return "", models.E(models.KindGone, "visit-ended", "This visit has ended.")
	}
	replaced := m.next
	m.next = p
	if p.connected.Load() { // it was quicker than we were
		defer r.promote(p)
	}
	r.mu.Unlock()
	if replaced != nil {
		replaced.close()
	}
	r.engine.transports.Add(1)
	return answer, nil
}

// Lacks tells what the newest transport of a member can't do although it was asked for.
func (r *Room) Lacks(id string) Lacks {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch m := r.members[id]; {
	case m == nil:
	case m.next != nil:
		return m.next.lacks
	case m.active != nil:
		return m.active.lacks
	}
	return Lacks{}
}

// promote makes a connected transport the one that counts and ends the former.
func (r *Room) promote(p *Peer) {
	r.mu.Lock()
	m := p.member
	if r.closed || m.next != p {
		r.mu.Unlock()
		return
	}
	former := m.active
	m.active, m.next = p, nil
	m.watch = watchdog{}
	now := r.engine.now()
	r.plan(m, now)
	r.mu.Unlock()
	if former != nil {
		former.close()
	}
	if r.events.Seats != nil {
		r.events.Seats(m.ID)
	}
	if r.events.Media != nil {
		r.events.Media(m.ID, p.Generation, Connected, "")
	}
}

// SetRoutes replaces what may reach whom, for all members. When it returns,
// nothing that is no longer allowed is sent any more. Members that are not in the
// map get nothing.
func (r *Room) SetRoutes(routes map[string][]Route) {
	r.mu.Lock()
	now := r.engine.now()
	for _, m := range r.members {
		m.routes = routes[m.ID]
	}
	for _, m := range r.members { // take away everywhere before giving anywhere
		r.forbid(m, now)
	}
	var changed []string
	for _, m := range r.members {
		if r.plan(m, now) {
			changed = append(changed, m.ID)
		}
	}
	needs := r.needs(now)
	r.mu.Unlock()
	r.tell(changed, needs)
}

func (r *Room) tell(seats, needs []string) {
	for _, id := range seats {
		if r.events.Seats != nil {
			r.events.Seats(id)
		}
	}
	for _, id := range needs {
		if r.events.Needs != nil {
			r.events.Needs(id)
		}
	}
}
