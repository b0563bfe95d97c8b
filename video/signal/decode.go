package signal

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"handrail/models"
	"handrail/video/room"
)

// Limits of one message. Each is several times what an honest client needs.
const (
	MaxMessage   = 128 << 10 // bytes; an offer with 16 seats and every codec of Chrome is about 70 KiB
	MaxSDP       = 96 << 10  // bytes
	MaxLines     = 40        // m-lines
	MaxCandidate = 512       // bytes
	MaxShows     = 32
	MaxChat      = 2000 // runes
	MaxCaption   = 500  // runes
	MaxTicket    = 2048 // bytes
	MaxID        = 64   // bytes of an id, mid or ref
)

// Decode reads one client message, or refuses it. Unknown types, unknown
// fields, trailing bytes and values outside of the limits are refused; no part
// of the message is repeated in the error.
//
// Errors: KindTooLarge message-too-large; KindInvalid bad-message.
func Decode(data []byte) (Client, error) {
	if len(data) > MaxMessage {
		return Client{}, models.E(models.KindTooLarge, "message-too-large", "The message is too large.")
	}
	var e struct {
		Type string          `json:"type"`
		Ref  string          `json:"ref"`
		Data json.RawMessage `json:"data"`
	}
	if !utf8.Valid(data) || !strict(data, &e) || len(e.Ref) > MaxID {
		return Client{}, bad()
	}
	c := Client{Ref: e.Ref}
	if !c.fill(e.Type, e.Data) || !c.within() {
		return Client{Ref: e.Ref}, bad()
	}
	return c, nil
}

func bad() error {
	return models.E(models.KindInvalid, "bad-message", "The message does not follow the protocol.")
}

func strict(data []byte, into any) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if d.Decode(into) != nil {
		return false
	}
	_, err := d.Token()
	return err == io.EOF
}

func read[T any](data []byte, into **T) bool {
	*into = new(T)
	return len(data) > 0 && data[0] == '{' && strict(data, *into)
}

func (c *Client) fill(kind string, data []byte) bool {
	switch kind {
	case "hello":
		return read(data, &c.Hello)
	case "offer":
		return read(data, &c.Offer)
	case "candidate":
		return read(data, &c.Candidate)
	case "command":
		return read(data, &c.Command)
	case "watch":
		return read(data, &c.Watch)
	case "chat":
		return read(data, &c.Chat)
	case "caption":
		return read(data, &c.Caption)
	case "report":
		return read(data, &c.Report)
	case "ping":
		return read(data, &c.Ping)
	}
	return false
}

func (c *Client) within() bool {
	switch {
	case c.Hello != nil:
		h := c.Hello
		return (h.Ticket == "") != (h.Resume == "") && len(h.Ticket) <= MaxTicket && len(h.Resume) <= MaxTicket &&
			len(h.Versions) <= 16 && (h.Offer == nil || h.Offer.within())
	case c.Offer != nil:
		return c.Offer.within()
	case c.Candidate != nil:
		k := c.Candidate
		return k.Generation > 0 && len(k.Candidate) <= MaxCandidate && len(k.MID) <= MaxID
	case c.Command != nil:
		return len(c.Command.Whom) <= MaxID && len(c.Command.Language) <= MaxID
	case c.Watch != nil:
		return c.Watch.within()
	case c.Chat != nil:
		return c.Chat.within(MaxChat) && c.Chat.ID != ""
	case c.Caption != nil:
		return c.Caption.within(MaxCaption)
	case c.Report != nil:
		return c.Report.within()
	}
	return true
}

func (o *Offer) within() bool {
	if o.Generation < 1 || o.Generation > 1<<20 || o.SDP == "" || len(o.SDP) > MaxSDP || len(o.Lines) > MaxLines {
		return false
	}
	seen, once := map[string]bool{}, map[LineUse]bool{}
	for _, l := range o.Lines {
		if l.MID == "" || len(l.MID) > MaxID || seen[l.MID] {
			return false
		}
		seen[l.MID] = true
		switch l.Use {
		case UseMicrophone, UseCamera, UseScreen:
			if once[l.Use] {
				return false
			}
			once[l.Use] = true
		case UseHear, UseSee:
		default:
			return false
		}
	}
	return true
}

func (w *Watch) within() bool {
	if len(w.Shows) > MaxShows {
		return false
	}
	for i, s := range w.Shows {
		w.Shows[i].Person = strings.ToLower(s.Person)
		if len(s.Person) > MaxID || s.Height < 0 || s.Height > 8192 || (s.Kind != room.Video && s.Kind != room.Screen) {
			return false
		}
	}
	return true
}

func (t *Text) within(max int) bool {
	t.Text, t.To = models.Told(t.Text), strings.ToLower(t.To) // ids of people are UUIDs in small letters
	n := utf8.RuneCountInString(t.Text)
	return n > 0 && n <= max && len(t.ID) <= MaxID && len(t.To) <= MaxID && len(t.Language) <= MaxID
}

func (r *Report) within() bool {
	numbers := []float64{r.Seconds, r.FrozenMs, r.ConcealedMs, r.RoundTripMs, r.BusySendMs, r.BusyReceiveMs}
	if r.MicrophonePeak != nil {
		numbers = append(numbers, *r.MicrophonePeak)
	}
	for _, f := range numbers {
		if f < 0 || f > 1e7 || math.IsNaN(f) {
			return false
		}
	}
	return r.Freezes >= 0 && r.Freezes < 1e6 && len(r.Path) <= MaxID
}
