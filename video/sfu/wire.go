package sfu

import (
	"io"
	"net"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/transport/v5/packetio"
)

// Kinds of packets that share one path, by their first byte (RFC 7983, section 7).
func isDTLS(b []byte) bool  { return len(b) > 0 && b[0] >= 20 && b[0] <= 63 }
func isMedia(b []byte) bool { return len(b) > 12 && b[0] >= 128 && b[0] <= 191 }

// isRTCP tells reports from media (RFC 5761, section 4).
func isRTCP(b []byte) bool { return b[1] >= 192 && b[1] <= 223 }

// wire is what DTLS has of a path: the packets that are its own.
type wire struct {
	conn *ice.Conn
	got  *packetio.Buffer
}

// wireBuffer is how much of a handshake may wait, in bytes.
const wireBuffer = 64 << 10

func newWire(conn *ice.Conn) *wire {
	w := &wire{conn, packetio.NewBuffer()}
	w.got.SetLimitSize(wireBuffer)
	return w
}

// put hands in a packet; one that finds no room is sent again by the other side.
func (w *wire) put(b []byte) { _, _ = w.got.Write(b, nil) }

// ReadFrom and the others make a net.PacketConn of it.
func (w *wire) ReadFrom(b []byte) (int, net.Addr, error) {
	n, _, err := w.got.Read(b, nil)
	return n, w.remote(), err
}

func (w *wire) WriteTo(b []byte, _ net.Addr) (int, error) { return w.conn.Write(b) }

// remote stands for the address of the other side, which ICE may change.
func (w *wire) remote() net.Addr {
	if a := w.conn.RemoteAddr(); a != nil {
		return a
	}
	return &net.UDPAddr{}
}

func (w *wire) LocalAddr() net.Addr {
	if a := w.conn.LocalAddr(); a != nil {
		return a
	}
	return &net.UDPAddr{}
}

func (w *wire) Close() error                       { return w.got.Close() }
func (w *wire) SetDeadline(t time.Time) error      { return w.got.SetReadDeadline(t) }
func (w *wire) SetReadDeadline(t time.Time) error  { return w.got.SetReadDeadline(t) }
func (w *wire) SetWriteDeadline(_ time.Time) error { return nil }

var _ net.PacketConn = (*wire)(nil)
var _ io.Closer = (*wire)(nil)
