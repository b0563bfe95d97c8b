package notify

import (
	"context"
	"time"

	"handrail/notify/texts"
)

// Channel hands messages to a provider.
type Channel interface {
	// Name is "fcm", "webpush", "email" or "sms".
	Name() string
	// Check says whether the channel can work: nil, or an error whose text is a
	// clear sentence for the operator, which the clinic's office reads as well: no
	// address, no secret. It sends nothing to anybody.
	Check(ctx context.Context) error
	// Send hands over a batch of at most MaxSend messages and gives one result for
	// each, in their order. It returns when ctx ends at the latest, and does not
	// repeat a request whose answer it did not get.
	Send(ctx context.Context, batch []Message) []Result
}

// Serviced is a Channel behind which there are several providers, each with limits
// of its own: when one asks for rest, the others go on.
type Serviced interface {
	// Service names the provider of an address; "" when it can't be told. It is never
	// logged: an endpoint's host can be one person's own server.
	Service(a Address) string
}

// MaxSend is the most messages in one Send; FCM's SDK takes 500.
const MaxSend = 500

// The names of channels.
const (
	ChannelFCM     = "fcm"
	ChannelWebPush = "webpush"
	ChannelEmail   = "email"
	ChannelSMS     = "sms"
)

// Message is one message to one address.
type Message struct {
	Payload Payload
	To      Address
	Text    texts.Text // for e-mail and SMS
	More    Words      // the fixed sentences around it
	Links   Links      // e-mail only
	Return  string     // e-mail only: names the mail in its envelope sender; ReturnTokenLen letters, or ""
	Until   time.Time  // of no use from here on
	Urgent  bool       // may wake a phone that dozes
}

// Words are the other texts of the allow-list that a message may need.
type Words struct{ Open, Stop texts.Text }

// Address is where a message goes: a token, an endpoint with its keys, an e-mail
// address or a phone number.
type Address struct {
	To     string `json:"to"`
	P256dh string `json:"p256dh,omitempty"` // Web Push only
	Auth   string `json:"auth,omitempty"`   // Web Push only

	// Platform is what the device says it runs on: "ios", "android", or "" for what is not
	// known. Register sets it; FCM leaves out what is for the other.
	Platform string `json:"platform,omitempty"`
}

// Links are what an e-mail may point to. Neither says what it is about.
type Links struct {
	Open        string // the app's door
	Unsubscribe string // RFC 8058: POST ends it
}

// Outcome classifies the answer of a provider.
type Outcome int

// The outcomes.
const (
	Accepted     Outcome = iota + 1
	Retry                // refused for now, or never left: try again, not before After
	Lost                 // left, and the answer never came: it may have been accepted
	Gone                 // the address is not there any more
	Mismatch             // the address belongs to another sender: set it aside, ask for a fresh one
	Unauthorized         // the sender itself is refused: its key, contact or clock; an operator mends it
	Permanent            // refused for good: trying again can't help
)

// Result is what became of one message.
type Result struct {
	Outcome Outcome
	ID      string        // the provider's, when accepted
	After   time.Duration // the provider's Retry-After, for Retry
	Code    string        // the provider's own word, e.g. "UNREGISTERED"; never an address or a text
}
