package video

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"handrail/models"
	"handrail/video/signal"
	"handrail/video/ticket"
)

// Server runs the rooms of all visits of this program.
type Server struct {
	config  Config
	tickets *ticket.Office
	log     *slog.Logger
	metrics metrics
	notes   sync.WaitGroup // audit lines on their way

	mu     sync.Mutex
	rooms  map[string]*visitRoom
	closed bool
}

// New makes a server. Errors: KindInvalid weak-ticket-key.
func New(c Config) (*Server, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	office, err := ticket.New(c.TicketKey, c.Now)
	if err != nil {
		return nil, err
	}
	return &Server{config: c, tickets: office, log: c.Log, rooms: map[string]*visitRoom{}}, nil
}

// Entry is what a page needs to connect: a ticket for one connection, and the
// servers that it may offer with.
type Entry struct {
	Ticket     string             `json:"ticket"`
	Expires    time.Time          `json:"expires"`
	ICEServers []signal.ICEServer `json:"iceServers"`
}

// Enter gives a person a join ticket for a visit, when they may come now. login is the
// sign-in that asks: when it ends, so does the connection.
//
// Errors: KindNotFound; KindForbidden too-early; KindGone visit-ended.
func (s *Server) Enter(ctx context.Context, visitID, personID, login string) (Entry, error) {
	if _, _, err := s.mayCome(ctx, visitID, personID); err != nil {
		return Entry{}, err
	}
	token, _, until, err := s.tickets.Join(visitID, personID, login)
	if err != nil {
		return Entry{}, err
	}
	s.metrics.tickets.Add(1)
	return Entry{Ticket: token, Expires: until, ICEServers: s.iceServers(personID)}, nil
}

func (s *Server) iceServers(person string) []signal.ICEServer {
	if s.config.Relay == nil {
		return []signal.ICEServer{}
	}
	return s.config.Relay.Servers(person)
}

func tooEarly() error {
	return models.E(models.KindForbidden, "too-early", "The visit is not open yet. Please come back closer to the time.")
}

func ended() *models.Error {
	return models.E(models.KindGone, "visit-ended", "This visit has ended.")
}

// room returns the room of a visit, making it if the visit is open.
func (s *Server) room(v Visit) (*visitRoom, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, stopping()
	}
	r := s.rooms[v.ID]
	if r == nil {
		r = s.newRoom(v, nil)
		s.rooms[v.ID] = r
	}
	return r, nil
}

func (s *Server) lookup(visitID string) *visitRoom {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rooms[visitID]
}

func stopping() error {
	return models.E(models.KindUnavailable, "server-restarts", "The server is restarting. You will be back in a moment.")
}

// forget drops a room that is over.
func (s *Server) forget(r *visitRoom) {
	s.mu.Lock()
	if s.rooms[r.id] == r {
		delete(s.rooms, r.id)
	}
	s.mu.Unlock()
}

// Close tells everybody to come back soon and ends all rooms. Their last
// snapshots have been given to Config.Changed when it returns.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	var all []*visitRoom
	for _, r := range s.rooms {
		all = append(all, r)
	}
	s.mu.Unlock()
	for _, r := range all {
		r.stopNow(stopping().(*models.Error), CloseRestart)
		<-r.over
	}
	s.notes.Wait()
}
