package sfu

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/transport/v5"
	"github.com/pion/webrtc/v4"
)

// Config says where media comes in and goes out. docs/network.md explains the ports.
type Config struct {
	Address   string // IP to listen on; empty: every interface
	UDPPort   int    // one port for all; 0: any free one (tests)
	TCPPort   int    // ICE over TCP; 0: any free one, -1: none
	PublicIPs []string
	Loopback  bool          // offer 127.0.0.1 as well: for development
	Net       transport.Net // a virtual network, for tests
	Log       *slog.Logger
}

// Engine holds what all rooms share: the ports, the certificate, the clock. There is
// one in a program: several muxes on one machine were seen to lose packets.
type Engine struct {
	config Config
	udp    ice.UDPMux
	tcp    ice.TCPMux
	cert   webrtc.Certificate
	start  time.Time
	log    *slog.Logger
	Counters
}

// New opens the ports. Errors say which one could not be opened.
func New(c Config) (*Engine, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	cert, err := webrtc.GenerateCertificate(key)
	if err != nil {
		return nil, err
	}
	e := &Engine{config: c, cert: *cert, start: time.Now(), log: c.Log}
	if e.udp, err = openUDP(c); err != nil {
		return nil, err
	}
	if c.TCPPort >= 0 && c.Net == nil {
		if e.tcp, err = openTCP(c); err != nil {
			_ = e.udp.Close()
			return nil, err
		}
	}
	return e, nil
}

// Close closes the ports. Peers are closed by their rooms before.
func (e *Engine) Close() error {
	if e.tcp != nil {
		_ = e.tcp.Close()
	}
	return e.udp.Close()
}

// now is the steady clock of the forwarding path.
func (e *Engine) now() time.Duration { return time.Since(e.start) }

// Times of ICE (disconnected, failed, keep-alive). Detection of a dead path is
// quicker than this and looks at media: see watchdog.go.
const (
	iceDisconnected = 5 * time.Second
	iceFailed       = 10 * time.Second
	iceKeepAlive    = time.Second
)

// settings are those of video-notes section 5, each with its reason there.
func (e *Engine) settings() webrtc.SettingEngine {
	s := webrtc.SettingEngine{LoggerFactory: quiet()}
	s.SetICEUDPMux(e.udp)
	types := []webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6}
	if e.tcp != nil {
		s.SetICETCPMux(e.tcp)
		types = append(types, webrtc.NetworkTypeTCP4, webrtc.NetworkTypeTCP6)
	}
	s.SetNetworkTypes(types)
	s.DisableActiveTCP(true)
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetICETimeouts(iceDisconnected, iceFailed, iceKeepAlive)
	s.SetIncludeLoopbackCandidate(e.config.Loopback)
	s.SetDTLSRetransmissionInterval(100 * time.Millisecond)
	s.SetDTLSInsecureSkipHelloVerify(true) // ICE has proved the address already
	s.SetSRTPReplayProtectionWindow(1024)
	s.SetSRTCPReplayProtectionWindow(256)
	s.SetIgnoreRidPauseForRecv(true)
	if e.config.Net != nil {
		s.SetNet(e.config.Net)
	}
	if len(e.config.PublicIPs) > 0 {
		if err := s.SetICEAddressRewriteRules(webrtc.ICEAddressRewriteRule{
			External: e.config.PublicIPs, AsCandidateType: webrtc.ICECandidateTypeHost, Mode: webrtc.ICEAddressRewriteReplace}); err != nil {
			e.log.Error("the public addresses of the media server can't be used", "err", err)
		}
	}
	return s
}
