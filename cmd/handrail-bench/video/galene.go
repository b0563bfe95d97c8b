package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// galene is Galene's server, by its path, with a client for its protocol
// (galene-protocol.md): a connection of its own for each person who is sent or seen.
type galene struct{ path, static string }

func (galene) name() string { return "Galene" }

const (
	galAddress = "127.0.0.1:17890"
	galPort    = "17892" // of its media
	galRooms   = 64
)

func (g galene) start(ctx context.Context) (*process, error) {
	folder, err := os.MkdirTemp("", "galene")
	if err != nil {
		return nil, err
	}
	for i := range galRooms {
		open := `{"wildcard-user": {"password": {"type": "wildcard"}, "permissions": "present"}, "codecs": ["vp8", "opus"]}`
		if err := os.WriteFile(filepath.Join(folder, roomName(i)+".json"), []byte(open), 0o600); err != nil {
			return nil, err
		}
	}
	p, err := startPinned(ctx, nil, g.path, "-insecure", "-http", galAddress, "-turn", "", "-udp-range", galPort,
		"-groups", folder, "-data", folder, "-recordings", folder, "-static", g.static)
	if err != nil {
		return nil, err
	}
	p.address, p.folder = galAddress, folder
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if c, err := net.Dial("tcp", galAddress); err == nil {
			wait(ctx, time.Second)
			return p, c.Close()
		}
		wait(ctx, 50*time.Millisecond)
	}
	return nil, errors.Join(errors.New("Galene did not start"), p.stop())
}

// galMessage is a message of Galene's protocol, as far as it is used here.
type galMessage struct {
	Type      string                   `json:"type"`
	Version   []string                 `json:"version,omitempty"`
	Kind      string                   `json:"kind,omitempty"`
	ID        string                   `json:"id,omitempty"`
	Group     string                   `json:"group,omitempty"`
	Username  string                   `json:"username,omitempty"`
	Label     string                   `json:"label,omitempty"`
	SDP       string                   `json:"sdp,omitempty"`
	Candidate *webrtc.ICECandidateInit `json:"candidate,omitempty"`
	Request   any                      `json:"request,omitempty"`
	Value     any                      `json:"value,omitempty"`
}

// galPerson is one client.
type galPerson struct {
	api   *webrtc.API
	ws    *websocket.Conn
	meter *meter

	mu    sync.Mutex // of writing, and of the list
	pcs   map[string]*webrtc.PeerConnection
	stop  chan struct{}
	pumps sync.WaitGroup
}

func (g galene) join(ctx context.Context, p *process, room, person string, m *meter) (func(), error) {
	api, err := galAPI()
	if err != nil {
		return nil, err
	}
	ws, _, err := websocket.DefaultDialer.DialContext(ctx, "ws://"+p.address+"/ws", nil)
	if err != nil {
		return nil, err
	}
	c := &galPerson{api: api, ws: ws, meter: m, pcs: map[string]*webrtc.PeerConnection{}, stop: make(chan struct{})}
	err = errors.Join(c.say(galMessage{Type: "handshake", Version: []string{"2"}, ID: person}),
		c.say(galMessage{Type: "join", Kind: "join", Group: room, Username: person}))
	for joined := false; err == nil && !joined; {
		var got galMessage
		if err = ws.ReadJSON(&got); err == nil && got.Type == "joined" {
			if joined = got.Kind == "join"; !joined {
				err = fmt.Errorf("galene refused: %v", got.Value)
			}
		}
	}
	if err == nil {
		err = c.say(galMessage{Type: "request", Request: map[string][]string{"": {"audio", "video"}}})
	}
	if err == nil {
		err = c.send(person)
	}
	if err != nil {
		c.leave()
		return nil, err
	}
	c.pumps.Go(c.listen)
	return c.leave, nil
}

func galAPI() (*webrtc.API, error) {
	m, r := &webrtc.MediaEngine{}, &interceptor.Registry{}
	f := logging.NewDefaultLoggerFactory()
	f.Writer, f.DefaultLogLevel = io.Discard, logging.LogLevelDisabled
	s := webrtc.SettingEngine{LoggerFactory: f}
	s.SetHostAcceptanceMinWait(0)
	s.SetPrflxAcceptanceMinWait(0)
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	if err := errors.Join(m.RegisterDefaultCodecs(), webrtc.ConfigureNack(m, r), webrtc.ConfigureRTCPReports(r)); err != nil {
		return nil, err
	}
	return webrtc.NewAPI(webrtc.WithMediaEngine(m), webrtc.WithInterceptorRegistry(r), webrtc.WithSettingEngine(s)), nil
}

func (c *galPerson) say(m galMessage) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ws.WriteJSON(m)
}

func (c *galPerson) connection(id string) (*webrtc.PeerConnection, error) {
	pc, err := c.api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pcs[id] = pc
	return pc, nil
}

// send offers sound and a picture and lets them flow.
func (c *galPerson) send(id string) error {
	pc, err := c.connection(id)
	if err != nil {
		return err
	}
	for _, mime := range []string{webrtc.MimeTypeOpus, webrtc.MimeTypeVP8} {
		f := &flow{}
		f.of(mime == webrtc.MimeTypeOpus, id)
		track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: mime, ClockRate: f.clock}, mime[:5], id)
		if err != nil {
			return err
		}
		t, err := pc.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		if err != nil {
			return err
		}
		c.pumps.Go(func() {
			for {
				list, _, err := t.Sender().ReadRTCP()
				if err != nil {
					return
				}
				for _, p := range list {
					f.asked(p)
				}
			}
		})
		c.pumps.Go(func() { f.pump(c.stop, func(p *rtp.Packet) { _ = track.WriteRTP(p) }) })
	}
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		return err
	}
	sdp, err := settled(pc, offer)
	if err != nil {
		return err
	}
	return c.say(galMessage{Type: "offer", ID: id, Label: "camera", SDP: sdp})
}

// settled sets a description and waits for its addresses, which are this machine's.
func settled(pc *webrtc.PeerConnection, d webrtc.SessionDescription) (string, error) {
	done := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(d); err != nil {
		return "", err
	}
	<-done
	return pc.LocalDescription().SDP, nil
}

// listen answers what the server says.
func (c *galPerson) listen() {
	early := map[string][]webrtc.ICECandidateInit{}
	for {
		var m galMessage
		if err := c.ws.ReadJSON(&m); err != nil {
			return
		}
		c.mu.Lock()
		pc := c.pcs[m.ID]
		c.mu.Unlock()
		switch m.Type {
		case "ping":
			_ = c.say(galMessage{Type: "pong"})
		case "offer":
			if err := c.take(m, pc); err != nil {
				_ = c.say(galMessage{Type: "abort", ID: m.ID})
			}
		case "answer":
			if pc != nil {
				_ = pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: m.SDP})
			}
		case "ice":
			if m.Candidate != nil {
				early[m.ID] = append(early[m.ID], *m.Candidate)
			}
		case "close":
			if pc != nil {
				_ = pc.Close()
			}
		}
		c.mu.Lock()
		pc = c.pcs[m.ID]
		c.mu.Unlock()
		if pc != nil && pc.RemoteDescription() != nil {
			for _, candidate := range early[m.ID] {
				_ = pc.AddICECandidate(candidate)
			}
			delete(early, m.ID)
		}
	}
}

// take answers the offer of somebody's sound and picture.
func (c *galPerson) take(m galMessage, pc *webrtc.PeerConnection) error {
	if pc == nil {
		var err error
		if pc, err = c.connection(m.ID); err != nil {
			return err
		}
		pc.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
			for {
				packet, _, err := t.ReadRTP()
				if err != nil {
					return
				}
				c.meter.observe(t.Kind(), packet.Payload)
			}
		})
	}
	if err := pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: m.SDP}); err != nil {
		return err
	}
	answer, err := pc.CreateAnswer(nil)
	if err != nil {
		return err
	}
	sdp, err := settled(pc, answer)
	if err != nil {
		return err
	}
	return c.say(galMessage{Type: "answer", ID: m.ID, SDP: sdp})
}

func (c *galPerson) leave() {
	close(c.stop)
	_ = c.ws.Close()
	c.mu.Lock()
	for _, pc := range c.pcs {
		_ = pc.Close()
	}
	c.mu.Unlock()
	c.pumps.Wait()
}
