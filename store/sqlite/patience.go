package sqlite

import (
	"context"
	"time"

	lib "modernc.org/sqlite/lib"
)

const (
	// lockLimit is how long another process may hold the file before we give up.
	lockLimit = 10 * time.Second
	// lockPause is short, because SQLite's own waiting (up to 100 ms between looks)
	// starves beside a process that writes all the time.
	lockPause = 300 * time.Microsecond
)

// patiently repeats f while another process holds the lock that it needs.
func patiently(ctx context.Context, f func() error) error {
	for start := time.Now(); ; {
		err := f()
		e, ok := coded(err)
		if !ok || e.Code()&0xff != lib.SQLITE_BUSY || time.Since(start) > lockLimit {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
}
