package sqlite

import (
	"sync/atomic"

	lib "modernc.org/sqlite/lib"
)

// checkpointAfter is after how many changes the write-ahead log (some 16 MB by then) is
// moved to its places. Most pages change many times meanwhile.
const checkpointAfter = 1500

// checkpointPragma bounds the log (64 MB) where the checkpointer does not come to it: the
// writer then moves all of it itself.
const checkpointPragma = "wal_autocheckpoint=16000"

// movePragmas are those of the connection that moves the log. It waits for nobody: who
// else moves it does the same work.
const movePragmas = "PRAGMA busy_timeout=0; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; " + pragmas

// checkpointer moves the log beside the writer, which then waits only for what came
// meanwhile: the log begins anew when all of it is moved, and while writes keep coming
// nobody but the writer can see to that.
type checkpointer struct {
	path  string
	due   chan struct{}
	ended chan struct{}
	moved atomic.Bool // what there was when it was asked is in its places

	// Of the writer alone.
	asked bool
	since int // the writer's changes when the log was moved last
}

func startCheckpointer(path string) *checkpointer {
	c := &checkpointer{path: path, due: make(chan struct{}, 1), ended: make(chan struct{})}
	go c.loop()
	return c
}

// committed is called by the writer after each commit, with its count of changes.
func (c *checkpointer) committed(conn *direct, changes int) {
	switch {
	case c.moved.CompareAndSwap(true, false):
		conn.checkpoint()
		c.since, c.asked = changes, false
	case !c.asked && changes-c.since >= checkpointAfter:
		c.asked = true
		c.due <- struct{}{}
	}
}

func (c *checkpointer) loop() {
	defer close(c.ended)
	var conn *direct
	for range c.due {
		if conn == nil {
			var err error
			if conn, err = openDirect(c.path, movePragmas); err != nil {
				conn = nil // as if it were moved: the writer does it
			}
		}
		if conn != nil {
			conn.checkpoint()
		}
		c.moved.Store(true)
	}
	if conn != nil {
		conn.close()
	}
}

// stop waits for what is under way.
func (c *checkpointer) stop() {
	close(c.due)
	<-c.ended
}

// checkpoint moves as much of the log as it can without waiting. What it can't move
// stays in the log, where each connection reads it; the next one moves it.
func (c *direct) checkpoint() {
	_ = lib.Xsqlite3_wal_checkpoint_v2(c.tls, c.db, 0, lib.SQLITE_CHECKPOINT_PASSIVE, 0, 0)
}
