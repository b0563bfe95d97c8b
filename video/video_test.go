package video

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/models"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
	"handrail/video/videotest"
)

// clinic is a server on loopback with a booked visit and a clock that tests move.
type clinic struct {
	t      *testing.T
	server *Server
	engine *sfu.Engine
	key    []byte

	mu        sync.Mutex
	now       time.Time
	guests    map[string]room.Guest
	events    []Event
	snapshots []Snapshot
	reports   []quality.Report
	serves    sync.WaitGroup
}

var visitTime = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func newClinic(t *testing.T) *clinic {
	t.Helper()
	c := &clinic{t: t, now: visitTime, key: bytes.Repeat([]byte{7}, 32), guests: map[string]room.Guest{}}
	for _, g := range []room.Guest{{ID: "doc", Name: "Dr. Vega", Role: room.Lead}, {ID: "nurse", Name: "Nia", Role: room.Clinician},
		{ID: "ann", Name: "Ann", Role: room.Patient}, {ID: "mum", Name: "Maria", Role: room.Supporter},
		{ID: "ivo", Name: "Ivo", Role: room.Interpreter}, {ID: "obs", Name: "Olga", Role: room.Observer}} {
		c.guests[g.ID] = g
	}
	var err error
	if c.engine, err = sfu.New(sfu.Config{Address: "127.0.0.1", Loopback: true}); err != nil {
		t.Fatal(err)
	}
	c.start()
	t.Cleanup(func() {
		c.server.Close()
		c.serves.Wait()
		_ = c.engine.Close()
	})
	return c
}

func (c *clinic) start() {
	var err error
	c.server, err = New(Config{Visits: c, Audit: c, Engine: c.engine, TicketKey: c.key, Now: c.clock,
		Changed:  func(s Snapshot) { c.mu.Lock(); c.snapshots = append(c.snapshots, s); c.mu.Unlock() },
		Finished: func(_ string, r []quality.Report) { c.mu.Lock(); c.reports = append(c.reports, r...); c.mu.Unlock() }})
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *clinic) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clinic) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clinic) booked() Visit {
	return Visit{ID: "visit", Opens: visitTime.Add(-15 * time.Minute), Closes: visitTime.Add(time.Hour),
		Expects: []room.Guest{{ID: "doc", Name: "Dr. Vega", Role: room.Lead}, {ID: "ann", Name: "Ann", Role: room.Patient}}}
}

func (c *clinic) Visit(_ context.Context, id string) (Visit, error) {
	if id != "visit" {
		return Visit{}, models.NotFound()
	}
	return c.booked(), nil
}

func (c *clinic) Guest(_ context.Context, _, person string) (room.Guest, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g, ok := c.guests[person]; ok {
		return g, nil
	}
	return room.Guest{}, models.NotFound()
}

func (c *clinic) SignedIn(context.Context, string) error { return nil }

func (c *clinic) Note(_ context.Context, e Event) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, e)
	return nil
}

func (c *clinic) audited(action string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.events {
		if e.Action == action {
			return true
		}
	}
	return false
}

// pipe is a Conn in memory.
type pipe struct {
	in, out chan []byte
	once    sync.Once
	gone    chan struct{}
	code    int
}

func newPipe() *pipe {
	return &pipe{in: make(chan []byte, 64), out: make(chan []byte, 2048), gone: make(chan struct{})}
}

var errGone = errors.New("gone")

func (p *pipe) Read(ctx context.Context) ([]byte, error) {
	select {
	case m := <-p.in:
		return m, nil
	case <-p.gone:
		return nil, errGone
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipe) Write(ctx context.Context, m []byte) error {
	select {
	case p.out <- m:
		return nil
	case <-p.gone:
		return errGone
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pipe) Close(code int, _ string) error {
	p.once.Do(func() { p.code = code; close(p.gone) })
	return nil
}

// message is a server message as a test reads it.
type message struct {
	Type string          `json:"type"`
	Seq  uint64          `json:"seq"`
	Ref  string          `json:"ref"`
	Data json.RawMessage `json:"data"`
}

// page is one connection of somebody, with what it was told.
type page struct {
	t       *testing.T
	pipe    *pipe
	mu      sync.Mutex
	got     []message
	lastSeq uint64
	media   *videotest.Client
}

// dial connects and starts to collect; hello is the first message's data.
func (c *clinic) dial(hello map[string]any) *page {
	p := &page{t: c.t, pipe: newPipe()}
	c.serves.Go(func() { _ = c.server.Serve(context.Background(), p.pipe) })
	c.serves.Go(p.collect)
	p.say("hello", hello)
	c.t.Cleanup(func() { _ = p.pipe.Close(CloseNormal, "") })
	return p
}

// join fetches a ticket and connects.
func (c *clinic) join(person string) *page {
	c.t.Helper()
	e, err := c.server.Enter(context.Background(), "visit", person, "")
	if err != nil {
		c.t.Fatal(err)
	}
	p := c.dial(map[string]any{"versions": []int{1}, "ticket": e.Ticket})
	p.await("welcome", nil)
	return p
}

func (p *page) collect() {
	for {
		select {
		case raw := <-p.pipe.out:
			p.take(raw)
		case <-p.pipe.gone:
			for {
				select {
				case raw := <-p.pipe.out:
					p.take(raw)
				default:
					return
				}
			}
		}
	}
}

func (p *page) take(raw []byte) {
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		p.t.Errorf("the server sent no JSON: %v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, m)
	if m.Seq > 0 {
		if m.Seq <= p.lastSeq {
			p.t.Errorf("event %d after %d", m.Seq, p.lastSeq)
		}
		p.lastSeq = m.Seq
	}
}

func (p *page) say(kind string, data any) {
	raw, _ := json.Marshal(map[string]any{"type": kind, "ref": kind, "data": data})
	select {
	case p.pipe.in <- raw:
	case <-p.pipe.gone:
	}
}

func (p *page) command(verb room.Verb, fields ...any) {
	data := map[string]any{"verb": verb}
	for i := 0; i+1 < len(fields); i += 2 {
		data[fields[i].(string)] = fields[i+1]
	}
	p.say("command", data)
}

// find returns the newest message of a kind for which ok holds.
func (p *page) find(kind string, ok func(message) bool) (message, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.got) - 1; i >= 0; i-- {
		if m := p.got[i]; m.Type == kind && (ok == nil || ok(m)) {
			return m, true
		}
	}
	return message{}, false
}

func (p *page) await(kind string, ok func(message) bool) message {
	p.t.Helper()
	var m message
	if !videotest.Await(6*time.Second, func() (found bool) { m, found = p.find(kind, ok); return found }) {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, g := range p.got {
			p.t.Logf("%s %s", g.Type, g.Data)
		}
		p.t.Fatalf("no %s came", kind)
	}
	return m
}

// view is the newest view of the room.
func (p *page) view() room.View {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.got) - 1; i >= 0; i-- {
		if t := p.got[i].Type; t == "room" || t == "welcome" {
			var d struct{ Room room.View }
			_ = json.Unmarshal(p.got[i].Data, &d)
			return d.Room
		}
	}
	return room.View{}
}

func (p *page) awaitView(what string, ok func(room.View) bool) {
	p.t.Helper()
	if !videotest.Await(6*time.Second, func() bool { return ok(p.view()) }) {
		p.t.Fatalf("the view never showed: %s; it is %+v", what, p.view())
	}
}

func (p *page) awaitBye(code string, close int) {
	p.t.Helper()
	p.await("bye", func(m message) bool { return problem(m) == code })
	<-p.pipe.gone
	if p.pipe.code != close {
		p.t.Errorf("closed with %d, want %d", p.pipe.code, close)
	}
}

func problem(m message) string {
	var d signal.Problem
	_ = json.Unmarshal(m.Data, &d)
	return d.Code
}

func field[T any](m message) T {
	var out T
	_ = json.Unmarshal(m.Data, &out)
	return out
}

// offers sends the offer of a test client, changed.
func (p *page) offers(generation int, o videotest.Options, change *strings.Replacer) *videotest.Client {
	p.t.Helper()
	c, err := videotest.New(o)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(c.Close)
	sdp, uses, err := c.Offer()
	if err != nil {
		p.t.Fatal(err)
	}
	var lines []map[string]string
	for mid, use := range uses {
		lines = append(lines, map[string]string{"mid": mid, "use": use})
	}
	p.say("offer", map[string]any{"generation": generation, "sdp": change.Replace(sdp), "lines": lines})
	return c
}

// connect opens a transport of a page with a test client.
func (p *page) connect(generation int, o videotest.Options) *videotest.Client {
	p.t.Helper()
	c := p.offers(generation, o, strings.NewReplacer())
	m := p.await("answer", func(m message) bool { return field[signal.Answer](m).Generation == generation })
	if err := c.Accept(field[signal.Answer](m).SDP); err != nil {
		p.t.Fatal(err)
	}
	p.await("media", func(m message) bool {
		d := field[signal.Media](m)
		return d.Generation == generation && d.State == signal.MediaConnected && d.Kind == ""
	})
	p.media = c
	return c
}

var device = videotest.Options{Mic: true, Layers: 1, Hear: 4, See: 4}

// talk connects media, starts to send and says so.
func (p *page) talk(tag byte) {
	p.t.Helper()
	o := device
	o.Tag = tag
	c := p.connect(1, o)
	c.Mic.Pump(20*time.Millisecond, 1, 60)
	c.Camera[0].Pump(33*time.Millisecond, 1, 300)
	p.command(room.Send, "kind", "audio", "on", true)
	p.command(room.Send, "kind", "video", "on", true)
}

func (c *clinic) await(what string, ok func() bool) {
	c.t.Helper()
	if !videotest.Await(8*time.Second, ok) {
		c.t.Fatalf("did not happen in time: %s", what)
	}
}
