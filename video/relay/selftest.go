package relay

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v5"
)

// SelfTest opens an allocation over each of the relay's ports as a guest would, and
// checks that media may be reached and a stranger may not. The error is a
// sentence for the operator. It cannot see a firewall in front of the machine.
func (r *Relay) SelfTest(ctx context.Context) error {
	if len(r.gate.local) == 0 {
		return fmt.Errorf("video: TURN has no media address to relay to; set the media port first")
	}
	host := r.config.Listen
	if net.ParseIP(host).IsUnspecified() {
		host = "127.0.0.1"
	}
	tests := []struct{ kind, addr string }{{"udp", net.JoinHostPort(host, strconv.Itoa(r.port))}, {"tcp", net.JoinHostPort(host, strconv.Itoa(r.port))}}
	if r.tls != 0 {
		tests = append(tests, struct{ kind, addr string }{"tls", net.JoinHostPort(host, strconv.Itoa(r.tls))})
	}
	for _, t := range tests {
		if err := r.try(ctx, t.kind, t.addr); err != nil {
			return fmt.Errorf("video: TURN over %s on %s does not work; people behind strict firewalls will not get through: %w", t.kind, t.addr, err)
		}
	}
	return nil
}

func (r *Relay) try(ctx context.Context, kind, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := r.dial(ctx, kind, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	c, relayed, err := r.allocate(ctx, conn, addr, "self-test")
	if err != nil {
		return err
	}
	defer c.Close()
	defer relayed.Close()
	for media := range r.gate.local {
		if err := c.CreatePermission(net.UDPAddrFromAddrPort(media)); err != nil {
			return fmt.Errorf("the media port is refused: %w", err)
		}
	}
	if c.CreatePermission(&net.UDPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 9}) == nil {
		return fmt.Errorf("a foreign address is not refused")
	}
	return nil
}

func (r *Relay) allocate(ctx context.Context, conn net.PacketConn, addr, person string) (*turn.Client, net.PacketConn, error) {
	s := r.Servers(person)[0]
	quiet := logging.NewDefaultLoggerFactory()
	quiet.Writer = io.Discard
	c, err := turn.NewClient(&turn.ClientConfig{TURNServerAddr: addr, Conn: conn, Username: s.Username, Password: s.Credential,
		Realm: r.config.Realm, LoggerFactory: quiet, RTO: 200 * time.Millisecond})
	if err != nil {
		return nil, nil, err
	}
	if err := c.Listen(); err != nil {
		c.Close()
		return nil, nil, err
	}
	relayed, err := c.AllocateWithContext(ctx)
	if err != nil {
		c.Close()
		return nil, nil, fmt.Errorf("no allocation: %w", err)
	}
	return c, relayed, nil
}

// Probe opens an allocation at a relay that runs elsewhere, as a guest would: kind is
// udp, tcp or tls. Of the configuration it needs Host, Secret and Now.
func Probe(ctx context.Context, config Config, kind, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r := &Relay{config: config}
	conn, err := r.dial(ctx, kind, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	c, relayed, err := r.allocate(ctx, conn, addr, "probe "+rand.Text()) // each has a few allocations at once
	if err != nil {
		return err
	}
	defer c.Close()
	return relayed.Close()
}

func (r *Relay) dial(ctx context.Context, kind, addr string) (net.PacketConn, error) {
	if kind == "udp" {
		network := "udp"
		if to, err := net.ResolveUDPAddr("udp", addr); err == nil && to.IP.To4() != nil {
			network = "udp4" // else an address of IPv6 would be asked for
		}
		return net.ListenPacket(network, net.JoinHostPort(r.config.Listen, "0"))
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	if kind == "tls" { // only whether TLS answers is asked here, not whose name is on it
		conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true}) // #nosec G402 -- to ourselves
	}
	return turn.NewSTUNConn(conn), nil
}
