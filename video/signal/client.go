package signal

import "handrail/video/room"

// Version is the protocol that this server speaks.
const Version = 1

// What a client says. Type of the envelope names them.
type (
	// Hello is the first message of a connection: a join ticket, or a resume ticket
	// and the last sequence number that was seen. The offer may ride along, which
	// saves a round trip.
	Hello struct {
		Versions []int  `json:"versions"`
		Ticket   string `json:"ticket,omitempty"`
		Resume   string `json:"resume,omitempty"`
		LastSeq  uint64 `json:"lastSeq,omitempty"`
		Offer    *Offer `json:"offer,omitempty"`
	}

	// Offer opens a transport. Generation counts a client's transports from 1; a
	// higher one is made beside the running one and takes over when it is connected.
	Offer struct {
		Generation int         `json:"generation"`
		SDP        string      `json:"sdp"`
		Lines      []MediaLine `json:"lines"`
	}

	// MediaLine says what an m-line of the offer is for.
	MediaLine struct {
		MID string  `json:"mid"`
		Use LineUse `json:"use"`
	}

	// Candidate is one ICE candidate of the client (RFC 8840). It is taken and not used.
	Candidate struct {
		Generation int    `json:"generation"`
		Candidate  string `json:"candidate"`
		MID        string `json:"mid,omitempty"`
	}

	// Watch says what the page shows, most important first. What is not in it is
	// not sent. The server may send less, never more.
	Watch struct {
		Shows []Show `json:"shows"`
	}

	// Show is one picture on the page and how high it is drawn, in pixels.
	Show struct {
		Person string    `json:"person"`
		Kind   room.Kind `json:"kind"` // video or screen
		Height int       `json:"height"`
	}

	// Text is a chat message or a caption. To narrows a chat to one person.
	Text struct {
		ID       string `json:"id,omitempty"` // chat: made by the client (UUIDv7)
		To       string `json:"to,omitempty"`
		Text     string `json:"text"`
		Language string `json:"language,omitempty"` // caption, BCP 47
		Final    bool   `json:"final,omitempty"`    // caption: the sentence is complete
	}

	// Report is what only the client can measure, for the seconds since its last report.
	Report struct {
		Seconds     float64 `json:"seconds"`
		Freezes     int     `json:"freezes"`
		FrozenMs    float64 `json:"frozenMs"`
		ConcealedMs float64 `json:"concealedMs"` // sound that had to be invented
		RoundTripMs float64 `json:"roundTripMs"`
		// MicrophonePeak is 0..1; zero for long is a dead microphone. Nil: the page
		// could not measure it, and nobody may conclude anything.
		MicrophonePeak *float64 `json:"microphonePeak,omitempty"`
		Path           string   `json:"path,omitempty"` // udp, tcp, relay
		// BusySendMs and BusyReceiveMs are for how long the processor, and not the
		// network, was what kept pictures small or dropped them.
		BusySendMs    float64 `json:"busySendMs,omitempty"`
		BusyReceiveMs float64 `json:"busyReceiveMs,omitempty"`
	}

	// Ping measures the round trip of the signaling; Stamp comes back as sent.
	Ping struct {
		Stamp float64 `json:"stamp"`
	}
)

// LineUse is what an m-line carries, seen from the client.
type LineUse string

// The uses. The last two are receive seats.
const (
	UseMicrophone LineUse = "microphone"
	UseCamera     LineUse = "camera"
	UseScreen     LineUse = "screen"
	UseHear       LineUse = "hear"
	UseSee        LineUse = "see"
)

// Client is a decoded message: exactly one of the pointers is set.
type Client struct {
	Ref       string // the client's own mark, returned in the answer or error
	Hello     *Hello
	Offer     *Offer
	Candidate *Candidate
	Command   *room.Command
	Watch     *Watch
	Chat      *Text
	Caption   *Text
	Report    *Report
	Ping      *Ping
}
