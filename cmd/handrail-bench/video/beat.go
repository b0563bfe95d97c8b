package main

import (
	"errors"
	"math/rand/v2"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// beat is a ticker of the kernel's. Go's own wakes an idle program to whole milliseconds,
// unless a packet wakes it before: so people's packets followed upon what the server
// sent, and began to keep time with it.
type beat struct{ *os.File }

// newBeat makes one. Where in its time the beats are is by chance and the same for a
// person in each run with each server: when the person came would be, too, but not the same.
func newBeat(every time.Duration, person int) (beat, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK)
	if err != nil {
		return beat{}, err
	}
	b := beat{os.NewFile(uintptr(fd), "beat")}
	var now unix.Timespec
	err = unix.ClockGettime(unix.CLOCK_MONOTONIC, &now)
	at := now.Nano() - now.Nano()%int64(every) + int64(every) + rand.New(rand.NewPCG(uint64(every), uint64(person))).Int64N(int64(every))
	err = errors.Join(err, unix.TimerfdSettime(fd, unix.TFD_TIMER_ABSTIME,
		&unix.ItimerSpec{Value: unix.NsecToTimespec(at), Interval: unix.NsecToTimespec(int64(every))}, nil))
	if err != nil {
		return beat{}, errors.Join(err, b.Close())
	}
	return b, nil
}

// wait waits for the next beat; false: it was stopped. Those that were missed are skipped.
func (b beat) wait() bool {
	var missed [8]byte
	_, err := b.Read(missed[:])
	return err == nil
}
