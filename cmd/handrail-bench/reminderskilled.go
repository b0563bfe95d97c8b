package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"handrail/notify/notifytest"
)

// killLease is how long a claim holds in this bench, so that it need not wait for
// the two minutes that serve takes.
const killLease = 10 * time.Second

// killed lets three instances share one store and kills two of them while they work.
// Nothing may be lost, and a device gets one copy more at most.
func killed(ctx context.Context, people int) (err error) {
	b, err := open(ctx, 0, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := remind(ctx, b, people); err != nil {
		return err
	}
	f := notifytest.NewFCM(benchProject)
	defer f.Close()
	f.Latency = latency
	var instances [3]*process
	for i := range instances {
		if instances[i], err = startInstance(ctx, instanceConfig{Dir: b.dir, Endpoint: f.Endpoint(), At: due, Lease: killLease}); err != nil {
			return err
		}
	}
	for i, p := range instances[:2] {
		at := people/10 + rand.IntN(people/3) + i*people/3
		if err := until(ctx, func() bool { return f.Count() >= at }); err != nil {
			return err
		}
		if err := p.kill(); err != nil {
			return err
		}
		fmt.Printf("instance %d was killed after %d messages\n", i+1, f.Count())
	}
	err = until(ctx, func() bool { return len(f.Copies()) >= people })
	copies, twice, more := f.Copies(), 0, 0
	for _, n := range copies {
		if n == 2 {
			twice++
		} else if n > 2 {
			more++
		}
	}
	fmt.Printf("%d of %d arrived, %d of them twice, %d more often\n", len(copies), people, twice, more)
	if more > 0 || len(copies) < people {
		err = errors.Join(err, errors.New("something was lost, or came more than twice"))
	}
	return errors.Join(err, instances[2].stop())
}

// until looks often and gives up after three minutes.
func until(ctx context.Context, happened func() bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(3 * time.Minute); !happened(); <-tick.C {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Now().After(end) {
			return errors.New("it did not happen in three minutes")
		}
	}
	return nil
}
