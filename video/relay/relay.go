// Package relay is the TURN server inside of the program, for people whose network
// lets no media through otherwise. It relays to the media port of this program and
// to nothing else, so it is of no use to anybody but a guest of a visit.
package relay

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"syscall"

	"github.com/pion/logging"
	"github.com/pion/turn/v5"

	"handrail/models"
)

// Config says where the relay listens. docs/network.md explains the ports.
type Config struct {
	Listen    string      // IP to listen on; empty: 0.0.0.0
	Port      int         // UDP and TCP, 3478 by custom; 0: any free one (tests)
	TLSPort   int         // 0: no TURN over TLS
	TLS       *tls.Config // its certificate must fit Host
	Host      string      // name or address by which people reach it
	PublicIP  string      // of the relayed addresses; empty: Listen, or 127.0.0.1
	Realm     string      // empty: handrail
	Secret    []byte      // of the credentials, 32 bytes or more; shared with External
	Media     []net.Addr  // the media port's addresses, as the server itself reaches them
	Published []string    // public IPs under which Media is offered to people
	PerPerson int         // allocations one person may have at once; 0: 8
	External  []string    // URLs of other TURN servers with the same Secret (coturn use-auth-secret)
	Now       models.Clock
	Log       *slog.Logger
}

// Relay is a running TURN server.
type Relay struct {
	config Config
	server *turn.Server
	gate   gate

	mu    sync.Mutex
	count map[string]int // allocations by owner
	port  int
	tls   int
}

// New opens the ports. Errors say which one could not be opened.
func New(c Config) (*Relay, error) {
	c.fill()
	if len(c.Secret) < 32 {
		return nil, models.E(models.KindInvalid, "weak-turn-secret", "The secret for TURN must have at least 32 bytes.")
	}
	r := &Relay{config: c, count: map[string]int{}, gate: newGate(c)}
	listeners, err := r.open()
	if err != nil {
		return nil, err
	}
	quiet := logging.NewDefaultLoggerFactory()
	quiet.Writer, quiet.DefaultLogLevel = io.Discard, logging.LogLevelDisabled
	listeners.Realm, listeners.LoggerFactory = c.Realm, quiet
	listeners.AuthHandler, listeners.QuotaHandler = r.auth, r.quota
	listeners.EventHandler = turn.EventHandler{
		OnAllocationCreated: func(_, _ net.Addr, _, user, _ string, _ net.Addr, _ int) { r.add(user, 1) },
		OnAllocationDeleted: func(_, _ net.Addr, _, user, _ string) { r.add(user, -1) }}
	if r.server, err = turn.NewServer(listeners); err != nil {
		closeAll(listeners)
		return nil, fmt.Errorf("video: the TURN server can't start: %w", err)
	}
	return r, nil
}

func (c *Config) fill() {
	if c.Listen == "" {
		c.Listen = "0.0.0.0"
	}
	if c.PublicIP == "" {
		c.PublicIP = c.Listen
		if net.ParseIP(c.Listen).IsUnspecified() {
			c.PublicIP = "127.0.0.1"
		}
	}
	if c.Host == "" {
		c.Host = c.PublicIP
	}
	if c.Realm == "" {
		c.Realm = "handrail"
	}
	if c.PerPerson == 0 {
		c.PerPerson = 8
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
}

func (r *Relay) open() (turn.ServerConfig, error) {
	var out turn.ServerConfig
	udp, tcp, err := r.pair()
	if err != nil {
		return out, err
	}
	r.port = udp.LocalAddr().(*net.UDPAddr).Port
	out.PacketConnConfigs = []turn.PacketConnConfig{{PacketConn: udp, RelayAddressGenerator: r.gate, PermissionHandler: r.gate.permits}}
	out.ListenerConfigs = append(out.ListenerConfigs, turn.ListenerConfig{Listener: tcp, RelayAddressGenerator: r.gate, PermissionHandler: r.gate.permits})
	if r.config.TLS == nil {
		return out, nil
	}
	secure, err := net.Listen("tcp", r.at(r.config.TLSPort))
	if err != nil {
		closeAll(out)
		return out, portError("TLS", r.config.TLSPort, err)
	}
	r.tls = secure.Addr().(*net.TCPAddr).Port
	out.ListenerConfigs = append(out.ListenerConfigs, turn.ListenerConfig{Listener: tls.NewListener(secure, r.config.TLS),
		RelayAddressGenerator: r.gate, PermissionHandler: r.gate.permits})
	return out, nil
}

func (r *Relay) at(port int) string { return net.JoinHostPort(r.config.Listen, strconv.Itoa(port)) }

// pairTries is how many free ports of UDP are tried: somebody may have the same
// number for TCP.
const pairTries = 20

// pair opens the same port for UDP and TCP.
func (r *Relay) pair() (net.PacketConn, net.Listener, error) {
	for try := 1; ; try++ {
		udp, err := net.ListenPacket("udp", r.at(r.config.Port))
		if err != nil {
			return nil, nil, portError("UDP", r.config.Port, err)
		}
		port := udp.LocalAddr().(*net.UDPAddr).Port
		tcp, err := net.Listen("tcp", r.at(port))
		if err == nil {
			return udp, tcp, nil
		}
		_ = udp.Close()
		if r.config.Port != 0 || try == pairTries || !errors.Is(err, syscall.EADDRINUSE) {
			return nil, nil, portError("TCP", port, err)
		}
	}
}

func portError(kind string, port int, err error) error {
	return fmt.Errorf("video: the TURN port %d (%s) can't be opened; is another program using it? %w", port, kind, err)
}

func closeAll(c turn.ServerConfig) {
	for _, p := range c.PacketConnConfigs {
		_ = p.PacketConn.Close()
	}
	for _, l := range c.ListenerConfigs {
		_ = l.Listener.Close()
	}
}

// Close ends all allocations.
func (r *Relay) Close() error { return r.server.Close() }

// quota refuses allocations over the limit of one person.
func (r *Relay) quota(user, _ string, _ net.Addr) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count[owner(user)] < r.config.PerPerson
}

func (r *Relay) add(user string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count[owner(user)] += n; r.count[owner(user)] <= 0 {
		delete(r.count, owner(user))
	}
}

// Allocations is how many there are now.
func (r *Relay) Allocations() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.count {
		n += c
	}
	return n
}
