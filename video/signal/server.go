package signal

import (
	"encoding/json"
	"time"

	"handrail/video/room"
)

// What the server says. Each is sent in an envelope whose type is the name in Kind.
type (
	// Welcome answers Hello. Seq is the number of the newest event that Room and
	// Seats include; Caught tells whether the missed events follow (true) or were
	// too old, so that Room is all there is (false).
	Welcome struct {
		Version       int         `json:"version"`
		Session       string      `json:"session"`
		Resume        string      `json:"resume"`
		ResumeExpires time.Time   `json:"resumeExpires"`
		Seq           uint64      `json:"seq"`
		Caught        bool        `json:"caught"`
		Generation    int         `json:"generation"` // the newest transport that is known of you; 0: none
		Room          room.View   `json:"room"`
		ICEServers    []ICEServer `json:"iceServers"`
		Seats         []Seat      `json:"seats"`
		Said          []Said      `json:"said,omitempty"` // the chat so far, when Caught is false
	}

	// ICEServer is a TURN or STUN server, in the shape of RTCIceServer.
	ICEServer struct {
		URLs       []string `json:"urls"`
		Username   string   `json:"username,omitempty"`
		Credential string   `json:"credential,omitempty"`
	}

	// Answer closes an offer. It holds every candidate of the server.
	Answer struct {
		Generation int    `json:"generation"`
		SDP        string `json:"sdp"`
	}

	// Room is the whole view again, after a change.
	Room struct {
		Room room.View `json:"room"`
	}

	// Seats says what each receive seat carries now.
	Seats struct {
		Seats []Seat `json:"seats"`
	}

	// Seat is one receive m-line and its source. No person means that it is empty.
	Seat struct {
		MID    string    `json:"mid"`
		Person string    `json:"person,omitempty"`
		Kind   room.Kind `json:"kind,omitempty"`
		Soft   bool      `json:"soft,omitempty"`   // play softly: an interpreter speaks over it
		Paused bool      `json:"paused,omitempty"` // nothing comes now
		Why    Why       `json:"why,omitempty"`    // why it is paused or lower than it could be
	}

	// Sending tells a sender which layers anybody needs, and why not more.
	Sending struct {
		Kind  room.Kind `json:"kind"`  // video or screen
		Layer int       `json:"layer"` // the highest that is needed, 0 the lowest; -1 none
		Why   Why       `json:"why,omitempty"`
	}

	// Said is a chat message or a caption of somebody.
	Said struct {
		From     string    `json:"from"`
		At       time.Time `json:"at"`
		ID       string    `json:"id,omitempty"`
		To       string    `json:"to,omitempty"`
		Text     string    `json:"text"`
		Language string    `json:"language,omitempty"`
		Final    bool      `json:"final,omitempty"`
	}

	// Media tells how the transport of a generation does.
	Media struct {
		Generation int       `json:"generation"`
		State      State     `json:"state"`
		Kind       room.Kind `json:"kind,omitempty"` // set: only this source of yours is silent
		Why        Why       `json:"why,omitempty"`
	}

	// Network is the quality of one's own connection, every few seconds.
	Network struct {
		Up    Direction `json:"up"`
		Down  Direction `json:"down"`
		RTTMs float64   `json:"rttMs"`
		MOS   float64   `json:"mos"`             // 1 to 4.5, ITU-T G.107 reduced; see docs/signaling.md
		Cause string    `json:"cause,omitempty"` // uplink, downlink, both, delay, device, processor
		Path  string    `json:"path,omitempty"`  // udp or tcp
	}

	// Direction is one way of a connection.
	Direction struct {
		Kbps     float64 `json:"kbps"`
		Loss     float64 `json:"loss"` // 0..1
		JitterMs float64 `json:"jitterMs"`
	}

	// Resume replaces the resume ticket.
	Resume struct {
		Resume  string    `json:"resume"`
		Expires time.Time `json:"expires"`
	}

	// Pong answers Ping.
	Pong struct {
		Stamp float64 `json:"stamp"`
	}

	// Problem is a refusal of one message, or with Bye the end of the connection.
	Problem struct {
		Code string `json:"code"`
		Text string `json:"text"`
	}
)

// Why is a reason that both sides are told. The client has the words for it.
type Why string

// The reasons.
const (
	WhyYourNetwork  Why = "your-network"    // the receiver's connection
	WhyTheirNetwork Why = "their-network"   // the sender's connection
	WhyYourDevice   Why = "your-processor"  // the receiver's device is too busy
	WhyTheirDevice  Why = "their-processor" // the sender's
	WhySmall        Why = "shown-small"     // no more is needed for the size on the page
	WhyNotShown     Why = "not-shown"       // nobody has it on the page
	WhyDevice       Why = "device"          // connected, and nothing comes out of the device
)

// State of a transport.
type State string

// The states.
const (
	MediaConnected State = "connected"
	MediaSilent    State = "silent" // connected by name, but nothing arrives: make a new one
	MediaLost      State = "lost"   // make a new one
)

// The types of server messages. Those in logged carry a sequence number.
const (
	TypeWelcome = "welcome"
	TypeAnswer  = "answer"
	TypeRoom    = "room"
	TypeSeats   = "seats"
	TypeSending = "sending"
	TypeChat    = "chat"
	TypeCaption = "caption"
	TypeMedia   = "media"
	TypeNetwork = "network"
	TypeResume  = "resume"
	TypePong    = "pong"
	TypeError   = "error"
	TypeBye     = "bye"
)

type envelope struct {
	Type string `json:"type"`
	Seq  uint64 `json:"seq,omitempty"`
	Ref  string `json:"ref,omitempty"`
	Data any    `json:"data"`
}

// Encode makes the bytes of a server message. seq is 0 for one that is not an
// event; ref is the client's mark of what is answered, or empty.
func Encode(kind string, seq uint64, ref string, data any) []byte {
	out, err := json.Marshal(envelope{kind, seq, ref, data})
	if err != nil {
		panic("signal: a server message that is no JSON: " + err.Error()) // fixed types; a test encodes each
	}
	return out
}
