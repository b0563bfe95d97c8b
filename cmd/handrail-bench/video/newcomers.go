package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Newcomers join from a process of their own that goes before the load on the load's
// core (SCHED_FIFO, above the load's): with two cores that is as near as it comes to a core of its own.
// Before, a newcomer's client waited for its turn among all the others.

// entry is one join: how long after its first request each thing was there.
type entry struct {
	Audio, Video time.Duration // zero: not within patience
	Steps        []step
}

type step struct {
	Name  string
	After time.Duration
}

// apart is the time between two newcomers, longer than a server's pause between requests
// for key frames to one sender (0.4 s here, 0.5 s in LiveKit).
const apart = time.Second

// patience is how long a newcomer waits for sound and a picture.
const patience = 10 * time.Second

// newcomers lets some join, one after the other. The first warms the client up and does
// not count.
func (r *result) newcomers(ctx context.Context, sv server, p *process, s shape, o options) error {
	if o.joins == 0 {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"-f", "2", self, "-newcomers", sv.name(), "-address", p.address, "-joins", fmt.Sprint(o.joins), "-visits", fmt.Sprint(s.rooms)}
	cmd := exec.CommandContext(ctx, "chrt", args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
		}
		if e.Audio == 0 || e.Video == 0 {
			r.nothing++
			continue
		}
		r.audio, r.video = append(r.audio, e.Audio), append(r.video, e.Video)
		r.steps = append(r.steps, e.Steps)
	}
	return cmd.Wait()
}

// beNewcomers is their process.
func beNewcomers(ctx context.Context, o options) error {
	servers := []server{handrail{}, livekit{}, galene{}, bare{}}
	at := slices.IndexFunc(servers, func(s server) bool { return s.name() == o.newcomers || o.newcomers == "earlier" })
	if at < 0 {
		return errors.New("no such server: " + o.newcomers)
	}
	for n := range o.joins + 1 {
		e, err := join(ctx, servers[at], &process{address: o.address}, roomName(n%o.one.rooms), fmt.Sprint("newcomer-", n))
		if err != nil {
			return err
		}
		if n > 0 {
			_ = json.NewEncoder(os.Stdout).Encode(e)
		}
		wait(ctx, apart) // or the next one waits for the pause between two requests for key frames
	}
	return ctx.Err()
}

// join joins a visit that runs, and is gone when sound and picture came.
func join(ctx context.Context, sv server, p *process, room, person string) (entry, error) {
	m := newMeter()
	began := time.Now()
	leave, err := sv.join(ctx, p, room, person, m)
	if err != nil {
		return entry{}, err
	}
	defer leave()
	for time.Since(began) < patience && ctx.Err() == nil {
		if audio, video := m.firsts(); !audio.IsZero() && !video.IsZero() {
			return entry{audio.Sub(began), video.Sub(began), m.steps(began)}, nil
		}
		wait(ctx, time.Millisecond)
	}
	return entry{}, ctx.Err()
}

// printSteps tells the medians of what a join is made of, where a client notes it.
func printSteps(rs []result) {
	after := map[string][]time.Duration{}
	var names []string
	for _, r := range rs {
		for _, steps := range r.steps {
			for _, s := range steps {
				if after[s.Name] == nil {
					names = append(names, s.Name)
				}
				after[s.Name] = append(after[s.Name], s.After)
			}
		}
	}
	var told []string
	for _, n := range names {
		told = append(told, fmt.Sprintf("%s %.1f", n, micros(after[n], 50)/1000))
	}
	if len(told) > 0 {
		fmt.Printf("a join, ms after its start, medians: %s\n", strings.Join(told, ", "))
	}
}
