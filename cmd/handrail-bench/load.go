package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// target is one thing to measure: it fills in request number i, or sends one or more
// itself over a connection, and names the status that counts as success.
type target struct {
	name    string
	request func(i int64, r *fasthttp.Request)
	status  int
	send    func(client *fasthttp.Client, conn int, r *fasthttp.Request, w *fasthttp.Response) error
}

// figures are those of one round.
type figures struct {
	rate     float64 // successes a second
	p50, p99 time.Duration
	cpu      time.Duration // of this process for one success, the client's part included
	failures int64
}

// measure runs the targets in turns and gives the figures of each.
func measure(ctx context.Context, o options, targets ...target) ([][]figures, error) {
	rounds := make([][]figures, len(targets))
	next := make([]int64, len(targets))
	for r := range o.rounds + 1 { // the first warms up and is not counted
		for t := range targets {
			f, err := round(ctx, o, targets[t], &next[t])
			if err != nil {
				return nil, err
			}
			if r > 0 {
				rounds[t] = append(rounds[t], f)
			}
		}
	}
	return rounds, nil
}

// compare measures the targets and prints medians, and each rate as a part of the first's.
func compare(ctx context.Context, o options, targets ...target) error {
	targets = slices.DeleteFunc(targets, func(t target) bool { return !strings.Contains(t.name, o.only) })
	rounds, err := measure(ctx, o, targets...)
	if err != nil {
		return err
	}
	fmt.Printf("%-40s %9s %9s %9s %9s %7s %7s\n", "", "rate/s", "p50", "p99", "cpu each", "ratio", "failed")
	for t := range targets {
		ratios := make([]float64, o.rounds)
		for r := range o.rounds {
			ratios[r] = rounds[t][r].rate / rounds[0][r].rate
		}
		m := medians(rounds[t])
		fmt.Printf("%-40s %9.0f %9s %9s %9s %7.2f %7d\n", targets[t].name, m.rate, m.p50.Round(10*time.Microsecond),
			m.p99.Round(10*time.Microsecond), m.cpu.Round(time.Microsecond), median(ratios), m.failures)
	}
	return nil
}

// round sends for o.length over o.conns connections.
func round(ctx context.Context, o options, t target, next *int64) (figures, error) {
	client := &fasthttp.Client{MaxConnsPerHost: o.conns, ReadTimeout: 20 * time.Second, WriteTimeout: 20 * time.Second}
	defer client.CloseIdleConnections()
	end := time.Now().Add(o.length)
	var failures atomic.Int64
	took := make([][]time.Duration, o.conns)
	var all sync.WaitGroup
	began, spent := time.Now(), cpuTime()
	for c := range o.conns {
		all.Go(func() {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			for time.Now().Before(end) && ctx.Err() == nil {
				req.Reset()
				if t.send == nil {
					t.request(atomic.AddInt64(next, 1), req)
				}
				sent := time.Now()
				if err := t.do(client, c, req, res); err != nil || res.StatusCode() != t.status {
					failures.Add(1)
					continue
				}
				took[c] = append(took[c], time.Since(sent))
			}
		})
	}
	all.Wait()
	length, spent := time.Since(began).Seconds(), cpuTime()-spent
	flat := slices.Concat(took...)
	slices.Sort(flat)
	if len(flat) == 0 {
		return figures{}, fmt.Errorf("%s: no answer was a %d", t.name, t.status)
	}
	return figures{float64(len(flat)) / length, flat[len(flat)/2], flat[len(flat)*99/100], spent / time.Duration(len(flat)), failures.Load()}, ctx.Err()
}

func (t target) do(client *fasthttp.Client, conn int, r *fasthttp.Request, w *fasthttp.Response) error {
	if t.send != nil {
		return t.send(client, conn, r, w)
	}
	return client.Do(r, w)
}

// cpuTime is what this process has used of the processors so far.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0 // never for one's own process
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func medians(fs []figures) figures {
	var rate []float64
	var p50, p99, cpu []time.Duration
	var out figures
	for _, f := range fs {
		rate, p50, p99 = append(rate, f.rate), append(p50, f.p50), append(p99, f.p99)
		cpu = append(cpu, f.cpu)
		out.failures += f.failures
	}
	out.rate, out.p50, out.p99, out.cpu = median(rate), median(p50), median(p99), median(cpu)
	return out
}

func median[T int | int64 | float64 | time.Duration](of []T) T {
	s := slices.Clone(of)
	slices.Sort(s)
	return s[len(s)/2]
}
