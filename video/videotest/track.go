package videotest

import (
	"encoding/binary"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"
)

// Track is one outgoing RTP stream.
type Track struct {
	Layer  byte
	local  *webrtc.TrackLocalStaticRTP
	sender *webrtc.RTPSender
	tr     *webrtc.RTPTransceiver
	client *Client
	clock  uint32

	mu      sync.Mutex
	seq     uint16
	ts      uint32
	picture uint16
	key     atomic.Bool
	Asked   atomic.Int32 // requests for key frames
	off     atomic.Bool
}

func (c *Client) sender(use, mime string, clock uint32, layers int) ([]*Track, error) {
	var out []*Track
	var tr *webrtc.RTPTransceiver
	for i := range layers {
		var opts []func(*webrtc.TrackLocalStaticRTP)
		if layers > 1 {
			opts = append(opts, webrtc.WithRTPStreamID(Rids[i]))
		}
		local, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: mime, ClockRate: clock}, use, "me", opts...)
		if err != nil {
			return nil, err
		}
		if tr == nil {
			tr, err = c.PC.AddTransceiverFromTrack(local, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		} else {
			err = tr.Sender().AddEncoding(local)
		}
		if err != nil {
			return nil, err
		}
		t := &Track{Layer: byte(i), local: local, sender: tr.Sender(), tr: tr, client: c, clock: clock, seq: uint16(1000 * (i + 1)), ts: uint32(i * 77777)}
		t.key.Store(true)
		out = append(out, t)
	}
	c.order, c.names = append(c.order, tr), append(c.names, use)
	for _, t := range out {
		c.pumps.Add(1)
		go t.feedback(layers > 1)
	}
	return out, nil
}

// feedback reads RTCP until the connection ends and notes requests for key frames.
func (t *Track) feedback(simulcast bool) {
	defer t.client.pumps.Done()
	for {
		var packets []rtcp.Packet
		var err error
		if simulcast {
			packets, _, err = t.sender.ReadSimulcastRTCP(t.local.RID())
		} else {
			packets, _, err = t.sender.ReadRTCP()
		}
		if err != nil {
			return
		}
		for _, p := range packets {
			switch p.(type) {
			case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
				t.Asked.Add(1)
				t.key.Store(true)
			}
		}
	}
}

// Mute stops or starts a pump's sending without ending it.
func (t *Track) Mute(off bool) { t.off.Store(off) }

// Pump sends a frame of `packets` packets at the given pace until the client closes.
func (t *Track) Pump(every time.Duration, packets, size int) {
	t.client.pumps.Add(1)
	go func() {
		defer t.client.pumps.Done()
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-t.client.stop:
				return
			case <-tick.C:
				if !t.off.Load() {
					t.Frame(every, packets, size)
				}
			}
		}
	}()
}

// Frame sends one frame: `every` is how long it lasts.
func (t *Track) Frame(every time.Duration, packets, size int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ts += uint32(int64(every) * int64(t.clock) / int64(time.Second))
	t.picture++
	key := t.key.Swap(false)
	for i := range packets {
		t.seq++
		h := rtp.Header{Version: 2, SequenceNumber: t.seq, Timestamp: t.ts, Marker: i == packets-1}
		t.extend(&h)
		_ = t.local.WriteRTP(&rtp.Packet{Header: h, Payload: t.payload(i == 0, key, max(size, taggedSize))})
	}
}

func (t *Track) extend(h *rtp.Header) {
	for _, x := range t.sender.GetParameters().HeaderExtensions {
		switch x.URI {
		case sdp.SDESMidURI:
			_ = h.SetExtension(uint8(x.ID), []byte(t.tr.Mid()))
		case sdp.SDESRTPStreamIDURI:
			if t.local.RID() != "" {
				_ = h.SetExtension(uint8(x.ID), []byte(t.local.RID()))
			}
		case sdp.AudioLevelURI:
			if t.clock == 48000 {
				_ = h.SetExtension(uint8(x.ID), []byte{0x80 | 20})
			}
		}
	}
}

// payload is a Payload with the tag and, of a picture, the layer.
func (t *Track) payload(start, key bool, size int) []byte {
	p := Payload(t.clock == 48000, t.picture, start, key, size)
	if t.clock == 48000 {
		p[0] = t.client.opts.Tag
	} else {
		p[tagAt], p[tagAt+1] = t.client.opts.Tag, t.Layer
	}
	return p
}

// Payload of a picture is a VP8 descriptor with a wide picture id, TL0PICIDX and layer
// (RFC 7741: the middle one asks for the last), then the frame tag and, of a key frame,
// the start code and a size (RFC 6386, 9.1); of sound it is empty. A large one ends with
// the time at which it was made: see Age.
func Payload(sound bool, picture uint16, start, key bool, size int) []byte {
	p := make([]byte, size)
	if size >= stampedSize {
		binary.BigEndian.PutUint64(p[size-8:], uint64(time.Now().UnixNano()))
	}
	if sound {
		return p
	}
	copy(p, []byte{0x80, 0xe0, 0x80 | byte(picture>>8)&0x7f, byte(picture), byte(picture), 0x20})
	if start {
		p[0] |= 0x10
	}
	if !key {
		p[frameAt] = 1
	} else if start {
		copy(p[frameAt+3:], []byte{0x9d, 0x01, 0x2a, 640 & 0xff, 640 >> 8, 360 & 0xff, 360 >> 8})
	}
	return p
}

// Where the frame tag is, where the tag of who sent it, and from which size on a payload
// has the latter and ends with the time at which it was sent.
const (
	frameAt     = 6
	tagAt       = frameAt + 10
	taggedSize  = tagAt + 2
	stampedSize = taggedSize + 8
)

// Age is how long ago a payload of this machine was sent.
func Age(payload []byte) (age time.Duration, stamped bool) {
	if len(payload) < stampedSize {
		return 0, false
	}
	return time.Since(time.Unix(0, int64(binary.BigEndian.Uint64(payload[len(payload)-8:])))), true
}

func payloadOf(kind webrtc.RTPCodecType, p []byte) (tag, layer byte, key bool) {
	if kind == webrtc.RTPCodecTypeAudio {
		return p[0], 0, false
	}
	return p[tagAt], p[tagAt+1], p[0]&0x10 != 0 && p[frameAt]&1 == 0
}

// Await polls until ok or the time is over; it tells which. Tests wait for what the
// network does, never for a fixed time.
func Await(within time.Duration, ok func() bool) bool {
	end := time.Now().Add(within)
	for !ok() {
		if time.Now().After(end) {
			return false
		}
		<-time.After(2 * time.Millisecond)
	}
	return true
}

// MID is the nth (from 0) line of a use, as text.
func (c *Client) MID(use string, n int) string {
	for i, name := range c.names {
		if name == use {
			if n == 0 {
				return c.order[i].Mid()
			}
			n--
		}
	}
	return "no " + use + " " + strconv.Itoa(n)
}
