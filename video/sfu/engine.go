package sfu

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"log/slog"
	"math/big"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/transport/v5"
	"github.com/pion/transport/v5/stdnet"
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
	tls    tls.Certificate // the same
	known  *known
	net    transport.Net // its interfaces are read once, as those of the UDP port are; each join read them twice
	start  time.Time
	log    *slog.Logger
	Counters
}

// New opens the ports. Errors say which one could not be opened.
func New(c Config) (*Engine, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	e := &Engine{config: c, start: time.Now(), log: c.Log, known: &known{}}
	var err error
	if e.net = c.Net; e.net == nil {
		if e.net, err = stdnet.NewNet(); err != nil {
			return nil, err
		}
	}
	if e.tls, e.cert, err = certificate(); err != nil {
		return nil, err
	}
	if e.udp, err = openUDP(c, e.known); err != nil {
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

// certificate makes the one by whose sum clients know the server. Nobody looks at its
// time, except for the library: a program runs for long.
func certificate() (tls.Certificate, webrtc.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, webrtc.Certificate{}, err
	}
	now := time.Now()
	of := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "WebRTC"},
		NotBefore: now.AddDate(0, 0, -1), NotAfter: now.AddDate(10, 0, 0), SignatureAlgorithm: x509.ECDSAWithSHA256}
	raw, err := x509.CreateCertificate(rand.Reader, of, of, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, webrtc.Certificate{}, err
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		return tls.Certificate{}, webrtc.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: cert}, webrtc.CertificateFromX509(key, cert), nil
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

// newLink makes the path of a peer, with its addresses. The settings are those of
// video-notes section 5, each with its reason there.
func (e *Engine) newLink(p *Peer, o *offer) (*channel, error) {
	theirs, ok := o.secrets()
	if !ok {
		return nil, badOffer()
	}
	l := &channel{engine: e, peer: p, remote: theirs}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	types := []ice.NetworkType{ice.NetworkTypeUDP4, ice.NetworkTypeUDP6}
	options := []ice.AgentOption{ice.WithNet(e.net), ice.WithUDPMux(e.udp), ice.WithLoggerFactory(quiet()), ice.WithDisableActiveTCP(),
		ice.WithMulticastDNSMode(ice.MulticastDNSModeDisabled), ice.WithDisconnectedTimeout(iceDisconnected),
		ice.WithFailedTimeout(iceFailed), ice.WithKeepaliveInterval(iceKeepAlive), ice.WithCandidateTypes([]ice.CandidateType{ice.CandidateTypeHost})}
	if e.tcp != nil {
		options = append(options, ice.WithTCPMux(e.tcp))
		types = append(types, ice.NetworkTypeTCP4, ice.NetworkTypeTCP6)
	}
	if e.config.Loopback {
		options = append(options, ice.WithIncludeLoopback())
	}
	if len(e.config.PublicIPs) > 0 {
		options = append(options, ice.WithAddressRewriteRules(ice.AddressRewriteRule{
			External: e.config.PublicIPs, AsCandidateType: ice.CandidateTypeHost, Mode: ice.AddressRewriteReplace}))
	}
	var err error
	if l.agent, err = ice.NewAgentWithOptions(append(options, ice.WithNetworkTypes(types))...); err != nil {
		l.cancel()
		return nil, err
	}
	return l, l.watch()
}
