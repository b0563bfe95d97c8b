package handlers

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/video/signal"
)

// Browsers answer a ping by themselves: so something goes both ways, whichever of them a
// proxy counts, and a phone that fell into a hole in the network is noticed, after
// quietPings.
const (
	quietPings  = 3
	socketClose = time.Second // for the last message of a connection
)

// socket serves the messages of video visits. It stands beside Huma: the first
// message carries a ticket, and that is its sign-in.
func (a *API) socket() {
	if a.config.Video == nil {
		return
	}
	config := a.config.Edge
	up := websocket.FastHTTPUpgrader{CheckOrigin: func(ctx *fasthttp.RequestCtx) bool { return MayConnect(ctx, config.BaseURL, config.Origins) },
		HandshakeTimeout: config.Times.Read, Error: func(*fasthttp.RequestCtx, int, error) {}} // the edge answers with a problem
	a.App().Get(SocketPath, func(c *fiber.Ctx) error {
		edge.SetRoute(c.UserContext(), SocketPath)
		err := up.Upgrade(c.Context(), func(ws *websocket.Conn) {
			conn := newSocketConn(ws, config.Times.Ping)
			defer conn.stopPing()
			_ = a.config.Video.Serve(context.Background(), conn) // why it ended was told to the other side
		})
		if err == nil {
			edge.Upgraded(c.Context().Conn())
		} else {
			return models.E(models.KindInvalid, "no-websocket", "This address is for WebSocket connections of this site's pages and apps.")
		}
		return nil
	})
}

// MayConnect: apps send no Origin; pages must be the site's own or of another origin that
// may call the API. The site's own is that of the base URL, whatever Host a proxy made
// of it, or that of Host where people come by another name.
func MayConnect(ctx *fasthttp.RequestCtx, baseURL string, others []string) bool {
	origin := string(ctx.Request.Header.Peek("Origin"))
	if origin == "" || slices.Contains(others, origin) {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	if base, err := url.Parse(baseURL); err == nil && u.Scheme == base.Scheme && hostOf(u.Host, u.Scheme) == hostOf(base.Host, base.Scheme) {
		return true
	}
	return hostOf(u.Host, u.Scheme) == hostOf(string(ctx.Host()), u.Scheme)
}

// hostOf is a host in one form: small letters, and no port that the scheme implies.
func hostOf(host, scheme string) string {
	port := ":80"
	if scheme == "https" {
		port = ":443"
	}
	return strings.TrimSuffix(strings.ToLower(host), port)
}

// socketConn is a WebSocket as the media server wants a connection.
type socketConn struct {
	ws    *websocket.Conn
	every time.Duration // between two pings
	done  chan struct{}
}

func newSocketConn(ws *websocket.Conn, every time.Duration) *socketConn {
	c := &socketConn{ws, every, make(chan struct{})}
	ws.SetReadLimit(signal.MaxMessage)
	_ = c.heard()
	ws.SetPongHandler(func(string) error { return c.heard() })
	go c.ping()
	return c
}

// heard lets the other side be silent again for as long as it may be.
func (c *socketConn) heard() error { return c.ws.SetReadDeadline(time.Now().Add(quietPings * c.every)) }

func (c *socketConn) ping() {
	tick := time.NewTicker(c.every)
	defer tick.Stop()
	for {
		select {
		case <-c.done:
			return
		case <-tick.C:
			if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(socketClose)) != nil {
				return
			}
		}
	}
}

func (c *socketConn) stopPing() { close(c.done) }

// Read waits for a text message.
func (c *socketConn) Read(ctx context.Context) ([]byte, error) {
	stop := context.AfterFunc(ctx, func() { _ = c.ws.SetReadDeadline(time.Now()) })
	defer stop()
	kind, message, err := c.ws.ReadMessage()
	switch {
	case err != nil:
		return nil, err
	case kind != websocket.TextMessage:
		return nil, errors.New("handlers: a binary message")
	}
	return message, c.heard()
}

// Write sends a text message.
func (c *socketConn) Write(ctx context.Context, message []byte) error {
	if until, ok := ctx.Deadline(); ok {
		if err := c.ws.SetWriteDeadline(until); err != nil {
			return err
		}
	}
	return c.ws.WriteMessage(websocket.TextMessage, message)
}

// Close tells why and ends the connection.
func (c *socketConn) Close(code int, reason string) error {
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(socketClose))
	return c.ws.Close()
}
