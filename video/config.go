package video

import (
	"context"
	"log/slog"
	"time"

	"handrail/models"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
)

// Conn is one message connection, such as a WebSocket. Read and Write take whole
// text messages; Read must refuse one that is longer than signal.MaxMessage. Write
// and Close may be called from different goroutines, and Close ends a waiting Read.
type Conn interface {
	Read(ctx context.Context) ([]byte, error)
	Write(ctx context.Context, message []byte) error
	Close(code int, reason string) error
}

// Close codes, from the range that RFC 6455 leaves to applications.
const (
	CloseNormal   = 1000
	CloseProtocol = 4400 // what was sent does not follow the protocol
	CloseRefused  = 4403 // may not come, or no longer
	CloseReplaced = 4409 // the person came from another place
	CloseEnded    = 4410 // the visit is over
	CloseTooMuch  = 4429 // over a limit
	CloseRestart  = 4503 // the server stops; come back with the resume ticket
)

// Visit is a booked visit.
type Visit struct {
	ID      string
	Opens   time.Time // from when the lobby takes people
	Closes  time.Time // after it nobody new may come
	Expects []room.Guest
}

// Visits answers who may come and when. It is asked at each arrival, so that a
// revoked right holds from then on.
type Visits interface {
	// Visit errors with models.NotFound for what is not booked.
	Visit(ctx context.Context, visitID string) (Visit, error)
	// Guest errors with models.NotFound for whoever may not come.
	Guest(ctx context.Context, visitID, personID string) (room.Guest, error)
	// SignedIn errors with KindUnsigned when a sign-in has ended.
	SignedIn(ctx context.Context, login string) error
}

// Event is a line for the audit log. It holds ids and codes, never content.
type Event struct {
	At       time.Time
	VisitID  string
	PersonID string
	Action   string // "visit.arrived", "visit.admit", "visit.huddle" ...
	Whom     string
	On       bool
}

// Audit keeps events. An event that can't be kept is logged and does not stop
// care: a visit must not fail because a log is down.
type Audit interface {
	Note(ctx context.Context, e Event) error
}

// Relay gives the TURN servers of one person, with credentials that end soon.
type Relay interface {
	Servers(person string) []signal.ICEServer
}

// Config wires a server. Visits, Audit, Engine and TicketKey are needed.
type Config struct {
	Visits    Visits
	Audit     Audit
	Engine    *sfu.Engine
	Relay     Relay        // nil: no TURN
	TicketKey []byte       // 32 bytes or more, the same over restarts
	Now       models.Clock // nil: the wall clock
	Log       *slog.Logger // nil: slog.Default
	// Changed is called after each change that must survive a restart, in order, on a
	// goroutine of the room, which must not wait: see Keeper. Nil: nothing survives.
	Changed func(Snapshot)
	// Finished is called when a visit is over, with a report for each who was there.
	Finished func(visitID string, reports []quality.Report)
}

// How long things are kept.
const (
	helloWithin  = 10 * time.Second // from the connection to its first message
	writeWithin  = 10 * time.Second
	offlineGrace = 10 * time.Second // without signaling and media: shown as gone
	mediaGrace   = time.Minute      // media without signaling
	overrun      = 30 * time.Minute // how long after the visit closes those inside may return
	renewEvery   = 4 * time.Minute  // new resume tickets; they live for ten
	networkEvery = 3                // seconds between network messages
)
