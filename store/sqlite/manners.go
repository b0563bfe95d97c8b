package sqlite

import (
	"sync/atomic"
	"time"
)

const (
	// politeFor is how long background work keeps its manners after somebody was waited for.
	politeFor = 2 * time.Second
	// restFor is how long background work rests for the time that a piece took: it keeps three tenths
	// of the writer's time however many ask.
	restFor = 2.4
	// longestRest bounds a rest: a disk that stood still once is no reason to stand still.
	longestRest = 25 * time.Millisecond
)

// manners are those of background work while somebody is waited for: it takes small pieces
// and rests after each, by the time that the piece took, and it rests while the log is
// moved. So who comes finds the writer free, or near the end of a small piece, and a
// disk that does one thing at a time. While nobody asks there are none.
type manners struct {
	elapsed func() time.Duration // a clock that nobody sets
	after   func(time.Duration) <-chan time.Time

	asked  atomic.Int64  // when somebody was waited for last
	moving atomic.Bool   // the log is moved, and background work waits for that
	moved  chan struct{} // has something when that has ended

	rested time.Duration // background work rests until then; of the writer alone
}

func newManners() *manners {
	began := time.Now()
	return mannersBy(func() time.Duration { return time.Since(began) }, time.After)
}

func mannersBy(elapsed func() time.Duration, after func(time.Duration) <-chan time.Time) *manners {
	m := &manners{elapsed: elapsed, after: after, moved: make(chan struct{}, 1)}
	m.asked.Store(int64(-politeFor))
	return m
}

// somebodyWaits is called after each write that somebody waited for. One that changed nothing
// is none: a probe asks whether writes are taken.
func (m *manners) somebodyWaits() { m.asked.Store(int64(m.elapsed())) }

// polite says whether somebody was waited for within the last moments.
func (m *manners) polite() bool {
	return m.elapsed()-time.Duration(m.asked.Load()) < politeFor
}

// worked is told how long a piece of background work took.
func (m *manners) worked(took time.Duration) {
	if m.polite() {
		m.rested = m.elapsed() + min(time.Duration(float64(took)*restFor), longestRest)
	}
}

// rest is for how long background work rests still. Nobody knows that while the log is
// moved; its end wakes the writer.
func (m *manners) rest() time.Duration {
	rest := max(0, m.rested-m.elapsed())
	if m.moving.Load() {
		rest = max(rest, longestRest)
	}
	return rest
}

// move does what moves the log, while background work waits if somebody is there.
func (m *manners) move(do func()) {
	m.moving.Store(true)
	do()
	m.moving.Store(false)
	select {
	case m.moved <- struct{}{}:
	default:
	}
}
