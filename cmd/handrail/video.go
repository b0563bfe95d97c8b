package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/video"
	"handrail/video/relay"
	"handrail/video/sfu"
)

// videoSettings say where media comes in. docs/network.md explains the ports.
type videoSettings struct {
	off       bool
	listen    string // "": the address of the site
	port      int
	publicIPs []string

	turnPort    int // -1: none
	turnTLSPort int
	turnHost    string
	turnCert    string
	turnKey     string
	turnServers []string
	turnSecret  string
}

// media is the media server with what it runs on.
type media struct {
	server   *video.Server
	keeper   *video.Keeper
	relay    *relay.Relay // nil: none
	engine   *sfu.Engine
	instance *instance
	now      models.Clock
	log      *slog.Logger
	ended    chan struct{}
}

// openVideo starts the media server and brings back the rooms that ran when the
// program stopped; nil when it is switched off.
func (s settings) openVideo(ctx context.Context, h *instance, log *slog.Logger) (*media, error) {
	if s.video.off {
		return nil, nil
	}
	m := &media{instance: h, keeper: video.NewKeeper(videoVisits{h.care}, log), now: s.now, log: log, ended: make(chan struct{})}
	var err error
	if m.engine, err = sfu.New(s.engine(log)); err != nil {
		return nil, err
	}
	if says, enough := mediaBuffers(sfu.Buffers()); !enough {
		log.Warn("the media port has less room than it wants for packets that wait", "says", says)
	}
	if err := m.openRelay(ctx, s); err != nil {
		return nil, errors.Join(err, m.engine.Close())
	}
	key, err := h.care.Video.VideoSecret(ctx, "tickets")
	if err != nil {
		return nil, errors.Join(err, m.closePorts())
	}
	config := video.Config{Visits: videoVisits{h.care}, Audit: videoVisits{h.care}, Engine: m.engine, TicketKey: key, Now: s.now, Log: log,
		Changed: m.keeper.Changed, Finished: m.keeper.Finished}
	if m.relay != nil {
		config.Relay = m.relay
	}
	if m.server, err = video.New(config); err != nil {
		return nil, errors.Join(err, m.closePorts())
	}
	if err := m.restore(ctx); err != nil {
		return nil, errors.Join(err, m.closePorts())
	}
	return m, nil
}

// address is where media listens: the site's own address unless another is set. Every
// interface is the empty one of the media server.
func (s settings) mediaAddress() string {
	if s.video.listen != "" {
		return s.video.listen
	}
	return s.listen
}

func (s settings) engine(log *slog.Logger) sfu.Config {
	c := sfu.Config{Address: s.mediaAddress(), UDPPort: s.video.port, TCPPort: s.video.port, PublicIPs: s.video.publicIPs, Log: log}
	if ip, err := netip.ParseAddr(c.Address); err == nil {
		c.Loopback = ip.IsLoopback()
		if ip.IsUnspecified() {
			c.Address = ""
		}
	}
	return c
}

func (m *media) openRelay(ctx context.Context, s settings) (err error) {
	if s.video.turnPort < 0 {
		return nil
	}
	secret := []byte(s.video.turnSecret)
	if len(secret) == 0 {
		if secret, err = m.instance.care.Video.VideoSecret(ctx, "turn"); err != nil {
			return err
		}
	}
	c := relay.Config{Listen: s.mediaAddress(), Port: s.video.turnPort, TLSPort: s.video.turnTLSPort, Host: s.turnHost(), Secret: secret,
		Media: m.engine.UDPAddr(), Published: s.video.publicIPs, External: s.video.turnServers, Now: s.now, Log: m.log}
	if len(s.video.publicIPs) > 0 {
		c.PublicIP = s.video.publicIPs[0]
	}
	if s.video.turnCert != "" {
		pair, err := tls.LoadX509KeyPair(s.video.turnCert, s.video.turnKey)
		if err != nil {
			return fmt.Errorf("the certificate of --turn-cert-file and --turn-key-file can't be used: %w", err)
		}
		c.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	m.relay, err = relay.New(c)
	return err
}

// turnHost is the name by which people reach TURN: the site's, if nothing else is
// set. "" leaves it to the relay.
func (s settings) turnHost() string {
	if s.video.turnHost != "" {
		return s.video.turnHost
	}
	if u, err := url.Parse(s.baseURL); err == nil && s.baseURL != "" {
		return u.Hostname()
	}
	return ""
}

func (m *media) closePorts() error {
	var err error
	if m.relay != nil {
		err = m.relay.Close()
	}
	return errors.Join(err, m.engine.Close())
}

// abandon closes what was opened when the program does not start after all.
func (m *media) abandon() error {
	if m == nil {
		return nil
	}
	m.server.Close()
	last, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	return errors.Join(m.closePorts(), m.keeper.Close(last))
}

// part is the media server as a part of the program. Everybody in a visit is told to
// come back soon, and keeps their place.
func (m *media) part() part {
	return part{name: "video",
		serve: func() error {
			m.selfTest()
			<-m.ended
			return nil
		},
		stop: func(last context.Context) error {
			defer close(m.ended)
			m.server.Close()
			return errors.Join(m.closePorts(), m.keeper.Close(last))
		}}
}

// selfTest tells the operator what of TURN does not work. Visits go on without it.
func (m *media) selfTest() {
	if m.relay == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := m.relay.SelfTest(ctx); err != nil {
		m.log.Warn("self-test of TURN failed", "cause", err.Error())
		return
	}
	m.log.Info("TURN works on this machine", "media", addresses(m.engine.UDPAddr()))
}

func addresses(all []net.Addr) (out []string) {
	for _, a := range all {
		out = append(out, a.String())
	}
	return out
}

// workers see to it that who has no right to be in a visit any more is not.
func (m *media) workers(log *slog.Logger) []part {
	return []part{worker(log, "everybody in video visits", recheckEvery, m.recheck),
		worker(log, "rights in video visits", endsEvery, m.rights()),
		worker(log, "ends of sign-ins in video visits", endsEvery, m.signedOut())}
}

// recheckEvery is how often it is asked anew for everybody in a visit whether they may
// be there, whatever the logs say.
const recheckEvery = 5 * time.Second

func (m *media) recheck(ctx context.Context) error {
	return m.server.RecheckAll(ctx)
}

// endsEvery is how often ended sign-ins and rights are looked for: what they have open
// ends within a second, whichever instance ended them.
const endsEvery = 250 * time.Millisecond

// rights closes what somebody has open whose right has ended: a consent that was taken
// back or ran out, a no, a team that was left, a visit that was called off.
func (m *media) rights() func(context.Context) error {
	watch := m.instance.care.Video.VideoRights()
	return func(ctx context.Context) error {
		return watch.Turn(ctx, m.server.Running(), m.server.Recheck)
	}
}

// endsIdle is how long nobody looks for ended sign-ins when no line told of one.
const endsIdle = time.Second

// signedOut closes what ended sign-ins have open. Where no visit runs there is nothing
// to close, and the store is not asked.
func (m *media) signedOut() func(context.Context) error {
	lines := m.instance.care.Upkeep.FollowLines(func(e models.AuditEvent) bool { return e.Action == "session.ended" })
	var looked time.Time
	return func(ctx context.Context) error {
		told, lost := lines.Take()
		if len(m.server.Running()) == 0 {
			return nil
		}
		now := m.now()
		if len(told) == 0 && !lost && now.Sub(looked).Abs() < endsIdle {
			return nil
		}
		ended, err := m.instance.care.Signin.EndedSessions(ctx, m.server.Logins())
		m.server.SignedOut(ended)
		if looked = now; err != nil {
			looked = time.Time{}
		}
		return err
	}
}

var (
	_ video.Visits  = videoVisits{}
	_ video.Keeping = videoVisits{}
)

// visits asks the use cases for the media server.
type videoVisits struct{ care *care.Care }
