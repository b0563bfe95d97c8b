// Package videotest is a small client of the visit's media for tests: it offers
// once with fixed seats, sends sound and pictures that say whose they are, makes key
// frames when asked, and counts what arrives. It is built on Pion alone and knows
// nothing of the server's inside.
package videotest

import (
	"cmp"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/rtcp"
	"github.com/pion/sdp/v3"
	"github.com/pion/transport/v5"
	"github.com/pion/webrtc/v4"
)

// Options of a client. The zero value sends nothing and receives nothing.
type Options struct {
	Tag    byte // is in every payload: whose it is
	Mic    bool
	Layers int // of the camera; 0 none
	Screen bool
	Hear   int                // receive seats for sound
	See    int                // and for pictures
	Net    transport.Net      // a virtual network; nil: loopback
	TCP    bool               // ICE over TCP only
	Relay  []webrtc.ICEServer // these TURN servers only
	Checks time.Duration      // between ICE's checks; 0: 500 ms, so that tests notice soon
	// Observe gets what arrives instead of the counts, for loads.
	Observe func(kind webrtc.RTPCodecType, payload []byte)
}

// Client is one person's media.
type Client struct {
	PC     *webrtc.PeerConnection
	Mic    *Track
	Camera []*Track // lowest layer first
	Screen *Track

	opts  Options
	uses  map[string]string
	order []*webrtc.RTPTransceiver
	names []string

	mu  sync.Mutex
	got map[string]*Got

	pumps sync.WaitGroup
	stop  chan struct{}
	once  sync.Once
}

// Rids are the names of the layers; only their order means something.
var Rids = []string{"q", "h", "f"}

// New makes a client with its m-lines.
func New(o Options) (*Client, error) {
	c := &Client{opts: o, uses: map[string]string{}, got: map[string]*Got{}, stop: make(chan struct{})}
	api, err := newAPI(o)
	if err != nil {
		return nil, err
	}
	if c.PC, err = api.NewPeerConnection(o.ice()); err != nil {
		return nil, err
	}
	c.PC.OnTrack(c.receive)
	if err := c.lines(); err != nil {
		_ = c.PC.Close()
		return nil, err
	}
	return c, nil
}

func (o Options) ice() webrtc.Configuration {
	if o.Relay == nil {
		return webrtc.Configuration{}
	}
	return webrtc.Configuration{ICEServers: o.Relay, ICETransportPolicy: webrtc.ICETransportPolicyRelay}
}

func newAPI(o Options) (*webrtc.API, error) {
	m := &webrtc.MediaEngine{}
	if err := registerCodecs(m); err != nil {
		return nil, err
	}
	for _, k := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo} {
		for _, uri := range []string{sdp.SDESMidURI, sdp.SDESRTPStreamIDURI, sdp.SDESRepairRTPStreamIDURI, sdp.AudioLevelURI, sdp.ABSSendTimeURI} {
			if err := m.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: uri}, k); err != nil {
				return nil, err
			}
		}
	}
	r := &interceptor.Registry{}
	if err := webrtc.ConfigureNack(m, r); err != nil {
		return nil, err
	}
	if err := webrtc.ConfigureRTCPReports(r); err != nil {
		return nil, err
	}
	f := logging.NewDefaultLoggerFactory()
	f.DefaultLogLevel = logging.LogLevelDisabled
	s := webrtc.SettingEngine{LoggerFactory: f}
	s.SetICETimeouts(5*time.Second, 10*time.Second, cmp.Or(o.Checks, 500*time.Millisecond))
	for _, noWait := range []func(time.Duration){s.SetHostAcceptanceMinWait, s.SetSrflxAcceptanceMinWait, s.SetPrflxAcceptanceMinWait, s.SetRelayAcceptanceMinWait} {
		noWait(0)
	}
	switch {
	case o.Net != nil:
		s.SetNet(o.Net)
		s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	default:
		s.SetIncludeLoopbackCandidate(true)
		s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
		s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
		if o.TCP {
			s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeTCP4})
		}
	}
	return webrtc.NewAPI(webrtc.WithMediaEngine(m), webrtc.WithInterceptorRegistry(r), webrtc.WithSettingEngine(s)), nil
}

// registerCodecs has what the page leaves in its offer.
func registerCodecs(m *webrtc.MediaEngine) error {
	video := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000, RTCPFeedback: []webrtc.RTCPFeedback{
		{Type: "goog-remb"}, {Type: "ccm", Parameter: "fir"}, {Type: "nack"}, {Type: "nack", Parameter: "pli"}}}
	return errors.Join(
		m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 111, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1"}}, webrtc.RTPCodecTypeAudio),
		m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 96, RTPCodecCapability: video}, webrtc.RTPCodecTypeVideo),
		m.RegisterCodec(webrtc.RTPCodecParameters{PayloadType: 97, RTPCodecCapability: webrtc.RTPCodecCapability{
			MimeType: webrtc.MimeTypeRTX, ClockRate: 90000, SDPFmtpLine: "apt=96"}}, webrtc.RTPCodecTypeVideo))
}

func (c *Client) lines() error {
	if c.opts.Mic {
		t, err := c.sender("microphone", webrtc.MimeTypeOpus, 48000, 1)
		if err != nil {
			return err
		}
		c.Mic = t[0]
	}
	if c.opts.Layers > 0 {
		t, err := c.sender("camera", webrtc.MimeTypeVP8, 90000, c.opts.Layers)
		if err != nil {
			return err
		}
		c.Camera = t
	}
	if c.opts.Screen {
		t, err := c.sender("screen", webrtc.MimeTypeVP8, 90000, 1)
		if err != nil {
			return err
		}
		c.Screen = t[0]
	}
	for i := range c.opts.Hear + c.opts.See {
		kind, use := webrtc.RTPCodecTypeAudio, "hear"
		if i >= c.opts.Hear {
			kind, use = webrtc.RTPCodecTypeVideo, "see"
		}
		t, err := c.PC.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
		if err != nil {
			return err
		}
		c.order, c.names = append(c.order, t), append(c.names, use)
	}
	return nil
}

// Offer makes the one offer, with the use of each line.
func (c *Client) Offer() (string, map[string]string, error) {
	offer, err := c.PC.CreateOffer(nil)
	if err != nil {
		return "", nil, err
	}
	done := webrtc.GatheringCompletePromise(c.PC)
	if err := c.PC.SetLocalDescription(offer); err != nil {
		return "", nil, err
	}
	<-done
	for i, t := range c.order {
		c.uses[t.Mid()] = c.names[i]
	}
	return c.PC.LocalDescription().SDP, c.uses, nil
}

// Accept takes the server's answer.
func (c *Client) Accept(answer string) error {
	return c.PC.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer})
}

// Close ends the pumps and the connection.
func (c *Client) Close() {
	c.once.Do(func() {
		close(c.stop)
		_ = c.PC.Close()
		c.pumps.Wait()
	})
}

// Got is what one seat received.
type Got struct {
	Packets  int
	Lost     int // holes in the numbers that were not filled
	Disorder int // timestamps that went back with a newer number
	Last     time.Time
	Tags     map[byte]int // packets by whose they were
	Heights  map[byte]int // packets by layer
	Keys     int
	LongGap  time.Duration // longest time between two packets
	first    time.Time
}

// First is when the first packet of a tag came to any seat; zero if none did.
func (c *Client) First(tag byte) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.firsts(tag)
}

func (c *Client) firsts(tag byte) (first time.Time) {
	for _, g := range c.got {
		if g.Tags[tag] > 0 && (first.IsZero() || g.first.Before(first)) {
			first = g.first
		}
	}
	return first
}

// Seat returns a copy of what a seat received so far.
func (c *Client) Seat(mid string) Got {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g := c.got[mid]; g != nil {
		out := *g
		out.Tags, out.Heights = clone(g.Tags), clone(g.Heights)
		return out
	}
	return Got{}
}

// Count is how many packets of a tag came, by kind ("audio" or "video").
func (c *Client) Count(kind string, tag byte) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for mid, g := range c.got {
		if use := c.uses[mid]; (use == "hear") == (kind == "audio") {
			n += g.Tags[tag]
		}
	}
	return n
}

// Forget starts all counts again.
func (c *Client) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = map[string]*Got{}
}

func clone(m map[byte]int) map[byte]int {
	out := map[byte]int{}
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (c *Client) receive(track *webrtc.TrackRemote, r *webrtc.RTPReceiver) {
	mid := r.RTPTransceiver().Mid()
	highest, ts, begun := uint16(0), uint32(0), false
	holes := map[uint16]bool{}
	for {
		p, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		if len(p.Payload) < 8 {
			continue
		}
		if c.opts.Observe != nil {
			c.opts.Observe(track.Kind(), p.Payload)
			continue
		}
		tag, layer, key := payloadOf(track.Kind(), p.Payload)
		c.mu.Lock()
		g := c.got[mid]
		if g == nil {
			g = &Got{Tags: map[byte]int{}, Heights: map[byte]int{}, first: time.Now(), Last: time.Now()}
			c.got[mid] = g
		}
		if step := int16(p.SequenceNumber - highest); begun && step <= 0 {
			if holes[p.SequenceNumber] {
				delete(holes, p.SequenceNumber)
				g.Lost--
			}
		} else {
			if begun {
				for n := highest + 1; n != p.SequenceNumber; n++ {
					holes[n] = true
					g.Lost++
				}
				if int32(p.Timestamp-ts) < 0 {
					g.Disorder++
				}
			}
			highest, ts = p.SequenceNumber, p.Timestamp
		}
		begun = true
		g.LongGap = max(g.LongGap, time.Since(g.Last))
		g.Packets++
		g.Last = time.Now()
		g.Tags[tag]++
		g.Heights[layer]++
		if key {
			g.Keys++
		}
		c.mu.Unlock()
	}
}

// RequestKey asks for a key frame on a seat, as a decoder would.
func (c *Client) RequestKey(mid string) error {
	for _, t := range c.PC.GetTransceivers() {
		if t.Mid() == mid && t.Receiver() != nil && t.Receiver().Track() != nil {
			return c.PC.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(t.Receiver().Track().SSRC())}})
		}
	}
	return fmt.Errorf("no seat %s", mid)
}
