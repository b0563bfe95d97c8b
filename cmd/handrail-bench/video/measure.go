package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// server is a media server that can be measured.
type server interface {
	name() string
	start(ctx context.Context) (*process, error)
	// join brings a person into a room, with sound and a picture that go on until leave.
	join(ctx context.Context, p *process, room, person string, m *meter) (leave func(), err error)
}

// result is one round of one server.
type result struct {
	expected, packets int // packets that should have arrived, and that did
	took, cpu         time.Duration
	delays            []time.Duration
	wire              []time.Duration // of the server alone
	perPerson         int             // KiB
	audio, video      []time.Duration
	steps             [][]step      // of each newcomer
	nothing           int           // newcomers who saw or heard nothing for patience
	load              time.Duration // processor time of the load
}

var rows = []struct {
	name string
	of   func(result) float64
}{
	{"server CPU, us a forwarded packet", func(r result) float64 { return float64(r.cpu.Microseconds()) / float64(r.packets) }},
	{"packets a second", func(r result) float64 { return float64(r.packets) / r.took.Seconds() }},
	{"arrived, % of what was sent", func(r result) float64 { return 100 * float64(r.packets) / float64(r.expected) }},
	{"forward delay p50, us", func(r result) float64 { return micros(r.delays, 50) }},
	{"forward delay p99, us", func(r result) float64 { return micros(r.delays, 99) }},
	{"of the server alone p50, us", func(r result) float64 { return micros(r.wire, 50) }},
	{"of the server alone p99, us", func(r result) float64 { return micros(r.wire, 99) }},
	{"server's core, %", func(r result) float64 { return 100 * r.cpu.Seconds() / r.took.Seconds() }},
	{"load's core, %", func(r result) float64 { return 100 * r.load.Seconds() / r.took.Seconds() }},
	{"memory a person, KiB", func(r result) float64 { return float64(r.perPerson) }},
	{"join to first sound p50, ms", func(r result) float64 { return micros(r.audio, 50) / 1000 }},
	{"join to first picture p50, ms", func(r result) float64 { return micros(r.video, 50) / 1000 }},
	{"join to first picture p95, ms", func(r result) float64 { return micros(r.video, 95) / 1000 }},
	{"newcomers without both in 10 s", func(r result) float64 { return float64(r.nothing) }},
}

func micros(d []time.Duration, percent int) float64 {
	if len(d) == 0 {
		return math.NaN()
	}
	slices.Sort(d)
	return float64(d[len(d)*percent/100].Microseconds())
}

// settle is how long media runs before it is counted.
const settle = 4 * time.Second

// breath is how long it has run since the load has collected its garbage: what waited
// for that was 1 to 3 % of what arrived, and all of the delay's p99.
const breath = 500 * time.Millisecond

// measure runs one round on a server of its own.
func measure(ctx context.Context, sv server, s shape, o options) (r result, err error) {
	p, err := sv.start(ctx)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	idle, err := p.residentKiB()
	if err != nil {
		return r, err
	}
	all := newMeter()
	leave, err := everybody(ctx, sv, p, s, all)
	defer leave()
	if err != nil {
		return r, err
	}
	wait(ctx, settle)
	free := collectNothing()
	wait(ctx, breath)
	before, err := p.cpu()
	if err != nil {
		return r, err
	}
	loadBefore := ownCPU()
	began := time.Now()
	all.reset()
	wait(ctx, o.window)
	packets, delays := all.read()
	took := time.Since(began)
	load := ownCPU() - loadBefore
	after, err := p.cpu()
	if err != nil {
		return r, err
	}
	alone, err := watchWire(ctx, p)
	free()
	if err != nil {
		return r, err
	}
	full, err := p.residentKiB()
	if err != nil {
		return r, err
	}
	if h, ours := sv.(handrail); ours {
		if err := h.keep(p); err != nil {
			return r, err
		}
	}
	r = result{packets: packets, took: took, cpu: after - before, load: load, delays: delays, wire: alone, perPerson: (full - idle) / (s.rooms * s.people),
		expected: int(took.Seconds() * float64(packetsASecond*s.rooms*s.people*(s.people-1)))}
	if packets == 0 {
		return r, errors.New("nothing was forwarded")
	}
	if err := r.newcomers(ctx, sv, p, s, o); err != nil {
		return r, err
	}
	return r, ctx.Err()
}

// collectNothing lets the load make garbage until it is told to collect it: on its one
// core the collector held up packets for 35 ms, of whichever server they came.
func collectNothing() (again func()) {
	runtime.GC()
	was := debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(mostGarbage)
	return func() { debug.SetGCPercent(was); debug.SetMemoryLimit(limit) }
}

// mostGarbage is how much the load may hold, in bytes, before it collects all the same.
const mostGarbage = 3 << 30

// everybody joins, some at a time.
func everybody(ctx context.Context, sv server, p *process, s shape, m *meter) (leave func(), err error) {
	var mu sync.Mutex
	var leaves []func()
	var errs []error
	leave = func() {
		for _, l := range leaves {
			l()
		}
	}
	var all sync.WaitGroup
	gate := make(chan struct{}, 4)
	for n := range s.rooms * s.people {
		all.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			l, err := sv.join(ctx, p, roomName(n%s.rooms), fmt.Sprint("person-", n), m)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
				return
			}
			leaves = append(leaves, l)
		})
	}
	all.Wait()
	return leave, errors.Join(errs...)
}

func roomName(n int) string { return fmt.Sprint("room-", n) }

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
