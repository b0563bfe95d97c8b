package edge

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// A request's context is like the library's, whether anybody waits on it or not.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		within := func(limit time.Duration) *request { return &request{deadline: deadline{at: time.Now().Add(limit)}} }
		d := within(time.Second)
		if at, ok := d.Deadline(); !ok || !at.Equal(time.Date(2000, 1, 1, 0, 0, 1, 0, time.UTC)) || d.Err() != nil || requestOf(d) != d {
			t.Error("a new one", at, d.Err(), requestOf(d))
		}
		time.Sleep(time.Second)
		if !errors.Is(d.Err(), context.DeadlineExceeded) {
			t.Error("nobody waited:", d.Err())
		}
		if <-d.Done(); !errors.Is(d.Err(), context.DeadlineExceeded) {
			t.Error("asked late:", d.Err())
		}

		d = within(time.Second)
		child, stop := context.WithTimeout(d, time.Hour)
		defer stop()
		before := runtime.NumGoroutine()
		other, stopOther := context.WithCancel(d)
		defer stopOther()
		if after := runtime.NumGoroutine(); after != before {
			t.Error("a goroutine for a context made of it")
		}
		<-other.Done()
		if <-child.Done(); !errors.Is(child.Err(), context.DeadlineExceeded) || requestOf(d) != d {
			t.Error("its end:", child.Err())
		}

		d = within(time.Second)
		done := d.Done()
		d.end()
		if <-done; !errors.Is(d.Err(), context.Canceled) {
			t.Error("ended:", d.Err())
		}
		d = within(time.Second)
		d.end()
		if <-d.Done(); !errors.Is(d.Err(), context.Canceled) {
			t.Error("ended before anybody asked:", d.Err())
		}
	})
}
