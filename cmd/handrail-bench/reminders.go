package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"handrail/notify/notifytest"
)

func init() { benches["reminders"] = reminders }

// latency is what the endpoint that stands for Firebase takes for an answer.
const latency = 20 * time.Millisecond

// reminders lets 100,000 people of 1,000,000 planned occurrences be due in one
// minute, and measures how late each is handed over, what the program's memory does,
// and how much slower the API answers meanwhile. The program runs in a process of
// its own. -count takes another number of people. A second part kills instances.
func reminders(ctx context.Context, o options) error {
	people := cmp.Or(o.count, 100_000)
	return errors.Join(oneMinute(ctx, o, people), killed(ctx, min(people, 10_000)))
}

func oneMinute(ctx context.Context, o options, people int) (err error) {
	b, err := open(ctx, 8, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := remind(ctx, b, people); err != nil {
		return err
	}
	called, err := nurses(ctx, b, 40)
	if err != nil {
		return err
	}
	f := notifytest.NewFCM(benchProject)
	defer f.Close()
	f.Latency = latency

	idle, err := startInstance(ctx, instanceConfig{Dir: b.dir, Endpoint: f.Endpoint(), At: planned})
	if err != nil {
		return err
	}
	alone, err := callers(ctx, b, idle.address, 20*time.Second, func() bool { return false })
	if err := errors.Join(err, idle.stop()); err != nil {
		return err
	}
	if f.Count() > 0 {
		return fmt.Errorf("%d were handed over before their time", f.Count())
	}

	late, reminded := lateness(f, people)
	began, spent := time.Now(), cpuTime()
	p, err := startInstance(ctx, instanceConfig{Dir: b.dir, Endpoint: f.Endpoint(), At: due, Profile: instanceProfile(o), Nurses: called})
	if err != nil {
		return err
	}
	memory := watch(p.cmd.Process.Pid)
	meanwhile, failed := callers(ctx, b, p.address, 10*time.Minute, func() bool { return reminded() >= people })
	took, spent := time.Since(began), cpuTime()-spent
	sizes := memory()
	if err := errors.Join(failed, p.stop()); err != nil {
		return err
	}
	if n, twice := reminded(), f.Count()-len(f.Copies()); n != people || twice != 0 || len(f.Wrong()) > 0 {
		return fmt.Errorf("%d of %d were handed over, %d twice, %d not as published", n, people, twice, len(f.Wrong()))
	}
	all := late(began)
	fmt.Printf("%d due in one minute, all handed over once in %s (%.0f a second; the program's start is in it)\n", people, took.Round(100*time.Millisecond), float64(people)/took.Seconds())
	fmt.Printf("processor time a reminder: %s of the program, %s of the endpoint\n", (p.spent / time.Duration(people)).Round(time.Microsecond), (spent / time.Duration(people)).Round(time.Microsecond))
	fmt.Printf("late: p50 %s, p99 %s, max %s\n", of(all, 50), of(all, 99), all[len(all)-1].Round(10*time.Millisecond))
	fmt.Printf("resident, MiB, at quarters of the run: %v\n", quarters(sizes))
	for i, what := range []string{"crisis plan", "check-in"} {
		fmt.Printf("%s, p99: %s with nothing due, %s meanwhile (%.1fx); p50 %s and %s\n", what, of(alone[i], 99), of(meanwhile[i], 99),
			float64(of(meanwhile[i], 99))/float64(of(alone[i], 99)), of(alone[i], 50), of(meanwhile[i], 50))
	}
	return nil
}

// lateness notes when each reminder comes, and tells how late they were and how many came.
func lateness(f *notifytest.FCM, expected int) (late func(since time.Time) []time.Duration, reminded func() int) {
	var mu sync.Mutex
	came := make([]time.Time, 0, expected)
	f.Answer = func(token string) *notifytest.FCMAnswer {
		mu.Lock()
		defer mu.Unlock()
		if !strings.HasPrefix(token, ofACall) {
			came = append(came, time.Now())
		}
		return nil
	}
	reminded = func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(came)
	}
	return func(since time.Time) []time.Duration {
		mu.Lock()
		defer mu.Unlock()
		out := make([]time.Duration, len(came))
		for i, at := range came {
			out[i] = at.Sub(since)
		}
		slices.Sort(out)
		return out
	}, reminded
}

// of is a percentile of what is sorted.
func of(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)*percent/100].Round(10 * time.Microsecond)
}

// watch samples what is resident of a process, in KiB, each half second.
func watch(pid int) func() []int {
	stop, done := make(chan struct{}), make(chan []int)
	go func() {
		var sizes []int
		tick := time.NewTicker(500 * time.Millisecond)
		defer tick.Stop()
		for {
			if kib, err := residentKiB(pid); err == nil {
				sizes = append(sizes, kib)
			}
			select {
			case <-stop:
				done <- sizes
				return
			case <-tick.C:
			}
		}
	}()
	return func() []int { close(stop); return <-done }
}

func quarters(kib []int) (mib []int) {
	for q := range 5 {
		if len(kib) > 0 {
			mib = append(mib, kib[(len(kib)-1)*q/4]>>10)
		}
	}
	return mib
}
