package video

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"handrail/models"
	"handrail/video/room"
	"handrail/video/signal"
)

// keptChat is how many messages a page gets back that lost its memory.
const keptChat = 200

// session is one person's stay: it outlives connections. It is guarded by its room's
// mutex.
type session struct {
	person string
	id     string
	login  string // the sign-in that it lives on; its end ends this one
	log    signal.Log
	link   *link
	shows  []signal.Show // nil: the page has not said, so all is shown
	said   []signal.Said // chat that reached or came from this person
	seen   []string      // ids of own chat messages, newest last
	view   []byte        // last that was sent
	seats  []byte

	generation int       // the server's number of the newest transport
	client     int       // the client's number for it
	deadMic    bool      // the page says that its microphone gives nothing
	busy       bool      // the page says that its processor is too slow for the pictures
	mediaUp    bool      // the newest transport is connected
	lostAt     time.Time // since when there is no connection; zero while there is one
	renewed    time.Time
}

func newSession(person, id, login string, now time.Time) *session {
	return &session{person: person, id: id, login: login, renewed: now, lostAt: now}
}

// push numbers an event, keeps it and sends it if there is a connection.
func (s *session) push(kind string, data any) {
	out := s.log.Add(kind, data)
	if s.link != nil {
		s.link.send(out)
	}
}

// tell sends a message that is not an event: who misses it needs it no more.
func (s *session) tell(kind, ref string, data any) {
	if s.link != nil {
		s.link.send(signal.Encode(kind, 0, ref, data))
	}
}

// bye ends the connection with a reason.
func (s *session) bye(e *models.Error, code int) {
	s.tell(signal.TypeBye, "", signal.Problem{Code: e.Code, Text: e.Text})
	if s.link != nil {
		s.link.end(code, e.Code)
		s.link = nil
	}
}

// pushView sends the room as this person may know it, when that changed.
func (s *session) pushView(v room.View) {
	v.You.Session = ""
	data, _ := json.Marshal(v)
	if bytes.Equal(data, s.view) {
		return
	}
	s.view = data
	s.push(signal.TypeRoom, signal.Room{Room: v})
}

func (s *session) pushSeats(seats []signal.Seat) {
	data, _ := json.Marshal(seats)
	if bytes.Equal(data, s.seats) {
		return
	}
	s.seats = data
	s.push(signal.TypeSeats, signal.Seats{Seats: seats})
}

func (s *session) keepChat(m signal.Said) {
	if len(s.said) == keptChat {
		s.said = append(s.said[:0], s.said[1:]...)
	}
	s.said = append(s.said, m)
}

// passed tells whether a chat message of this id was passed on before; clients send
// again what they are not sure of. One that was refused was not passed on.
func (s *session) passed(id string) bool { return slices.Contains(s.seen, id) }

// notePassed remembers a chat message that was passed on.
func (s *session) notePassed(id string) {
	if len(s.seen) == 64 {
		s.seen = append(s.seen[:0], s.seen[1:]...)
	}
	s.seen = append(s.seen, id)
}
