package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"handrail/store/aside"
)

// grace is how long requests in flight may take to finish when the program stops.
// It is longer than the edge's own limit for a request.
const grace = 20 * time.Second

// part is something that runs as long as the program does: a listener, a worker.
type part struct {
	name  string
	serve func() error                // returns when it is stopped, or fails
	stop  func(context.Context) error // lets what is in flight finish, until the context ends
}

// live runs all parts until ctx ends or one of them fails, then stops them one
// after the other, in their order: what takes new work comes first, what that work
// needs comes last. Together they have grace to stop. The error tells all that
// went wrong.
func live(ctx context.Context, log *slog.Logger, grace time.Duration, parts ...part) error {
	ended := make(chan error, len(parts))
	for _, p := range parts {
		go func() {
			err := p.serve()
			if err != nil {
				err = fmt.Errorf("%s: %w", p.name, err)
			}
			ended <- err
		}()
	}
	var errs []error
	running := len(parts)
	select {
	case <-ctx.Done():
	case err := <-ended: // a part that ends by itself takes the others with it
		running--
		errs = append(errs, err)
	}
	log.Info("stopping")
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for _, p := range parts {
		if err := p.stop(last); err != nil {
			errs = append(errs, fmt.Errorf("%s did not stop in time: %w", p.name, err))
		}
	}
	for range running {
		select {
		case err := <-ended:
			errs = append(errs, err)
		case <-last.Done():
			errs = append(errs, errors.New("not everything had ended when the time to stop was over"))
		}
	}
	log.Info("stopped")
	return errors.Join(errs...)
}

// worker is a part that does something again and again, and once more when it is
// stopped. A failure is logged when it begins and when it ends, not every time.
func worker(log *slog.Logger, name string, every time.Duration, do func(context.Context) error) part {
	return wokenWorker(log, name, every, do, nil, nil)
}

// wokenWorker is a worker that does something else besides when it is woken: never two
// things at a time.
func wokenWorker(log *slog.Logger, name string, every time.Duration, do func(context.Context) error, came <-chan struct{}, woken func(context.Context) error) part {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	return part{name: name,
		serve: func() error {
			defer close(ended)
			tick := time.NewTicker(every)
			defer tick.Stop()
			for failing, wokenFails := false, false; ; {
				select {
				case <-ctx.Done():
					return nil
				case <-tick.C:
					failing = logTurn(log, name, failing, aside.Safely(func() error { return do(ctx) }))
				case <-came:
					wokenFails = logTurn(log, name, wokenFails, aside.Safely(func() error { return woken(ctx) }))
				}
			}
		},
		stop: func(last context.Context) error {
			cancel()
			select {
			case <-ended: // never two turns at a time
				return lastTurn(last, log, name, do)
			case <-last.Done():
				return last.Err()
			}
		},
	}
}

// lastTurn is the one that a worker takes when it is stopped. It may take a tenth of the time
// that is left, so that one with much to do, as after a backup was put back, takes the time
// of no other. What it does not get done waits in the store for the next start.
func lastTurn(last context.Context, log *slog.Logger, name string, do func(context.Context) error) error {
	turn := last
	if by, ok := last.Deadline(); ok {
		own, cancel := context.WithTimeout(last, time.Until(by)/10)
		defer cancel()
		turn = own
	}
	err := aside.Safely(func() error { return do(turn) })
	if err != nil && turn.Err() != nil && last.Err() == nil {
		log.Info("the rest waits for the next start", "worker", name)
		return nil
	}
	return err
}

// until makes a part of something that runs until its context ends.
func until(name string, run func(context.Context) error) part {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	return part{name: name,
		serve: func() error {
			defer close(ended)
			if err := run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		},
		stop: func(last context.Context) error {
			cancel()
			select {
			case <-ended:
				return nil
			case <-last.Done():
				return last.Err()
			}
		},
	}
}

// logTurn logs that a worker began or ceased to fail, and tells whether it fails.
func logTurn(log *slog.Logger, name string, failed bool, err error) (fails bool) {
	switch fails = err != nil && !errors.Is(err, context.Canceled); {
	case fails && !failed:
		log.Error("worker fails", "worker", name, "cause", err.Error())
	case failed && !fails:
		log.Info("worker works again", "worker", name)
	}
	return fails
}
