package mail

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	smtp "github.com/wneessen/go-mail"
)

// bound is a connection that does not outlive a context. The library sets a deadline
// of its own before each mail: none is later than the context's, and when the context
// ends early the connection ends with it.
type bound struct {
	net.Conn
	ctx context.Context
}

// dialer dials connections that end with ctx, and speaks TLS from the start at 465.
func (c *Channel) dialer(ctx context.Context) smtp.DialContextFunc {
	return func(dial context.Context, network, address string) (net.Conn, error) {
		raw, err := (&net.Dialer{}).DialContext(dial, network, address)
		if err != nil {
			return nil, err
		}
		b := &bound{raw, ctx}
		stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
		if err := b.SetDeadline(time.Time{}); err != nil {
			stop()
			return nil, err
		}
		if !c.fromTheStart() {
			return b, nil
		}
		config := &tls.Config{MinVersion: tls.VersionTLS12}
		if c.config.TLS != nil {
			config = c.config.TLS.Clone()
		}
		if config.ServerName == "" {
			config.ServerName = c.config.Host
		}
		return tls.Client(b, config), nil
	}
}

// fromTheStart tells whether the server speaks TLS from the start (RFC 8314).
func (c *Channel) fromTheStart() bool { return c.config.Port == 465 || c.config.implicit }

// SetDeadline implements net.Conn.
func (b *bound) SetDeadline(t time.Time) error {
	if end, ok := b.ctx.Deadline(); ok && (t.IsZero() || end.Before(t)) {
		t = end
	}
	return b.Conn.SetDeadline(t)
}
