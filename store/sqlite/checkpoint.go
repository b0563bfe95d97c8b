package sqlite

import (
	"encoding/binary"
	"sync/atomic"

	"modernc.org/libc"
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

// piecesWhilePolite is how many times a background change counts while somebody is waited for:
// the log is moved in pieces that a disk has done with soon.
const piecesWhilePolite = 8

// checkpointer moves the log beside the writer, which then waits only for what came
// meanwhile: the log begins anew when all of it is moved, and while writes keep coming
// nobody but the writer can see to that.
type checkpointer struct {
	path    string
	manners *manners
	due     chan bool // whether background work waits meanwhile
	ended   chan struct{}
	moved   atomic.Bool // what there was when it was asked is in its places
	whole   atomic.Bool // and that was all

	// Of the writer alone.
	asked  bool
	since  int  // changes since the log was moved last
	behind bool // and some of them nobody waited for

	writing atomic.Int64 // grows when a transaction begins and when it ends
}

func startCheckpointer(path string, m *manners) *checkpointer {
	c := &checkpointer{path: path, manners: m, due: make(chan bool, 1), ended: make(chan struct{})}
	go c.loop()
	return c
}

// committed is called by the writer after each commit, with how much it changed.
func (c *checkpointer) committed(conn *direct, changes int, behind bool) {
	c.behind = c.behind || behind
	if behind && c.manners.polite() {
		changes *= piecesWhilePolite
	}
	c.since += changes
	switch {
	case c.moved.CompareAndSwap(true, false):
		if !c.whole.Load() {
			conn.checkpoint()
		}
		c.since, c.asked, c.behind = 0, false, false
	case !c.asked && c.since >= checkpointAfter:
		c.asked = true
		c.due <- c.behind && c.manners.polite()
	}
}

func (c *checkpointer) loop() {
	defer close(c.ended)
	var conn *direct
	for politely := range c.due {
		if conn == nil {
			var err error
			if conn, err = openDirect(c.path, movePragmas); err != nil {
				conn = nil // as if it were moved: the writer does it
			}
		}
		whole := false
		switch {
		case conn == nil:
		case politely:
			c.manners.move(func() { whole = c.wholly(conn) })
		default:
			conn.checkpoint()
		}
		c.whole.Store(whole)
		c.moved.Store(true)
	}
	if conn != nil {
		conn.close()
	}
}

// passes are how often it is tried to move all of the log while others may write.
const passes = 4

// wholly moves all of the log, if nobody writes for a moment: the next who writes begins it
// anew.
func (c *checkpointer) wholly(conn *direct) bool {
	last := int32(-1)
	for range passes {
		writing := c.writing.Load()
		log, moved := conn.checkpoint()
		if log >= 0 && log == moved && log == last && writing%2 == 0 {
			return true
		}
		last = log
	}
	return false
}

// stop waits for what is under way.
func (c *checkpointer) stop() {
	close(c.due)
	<-c.ended
}

// checkpoint moves as much of the log as it can without waiting. What it can't move
// stays in the log, where each connection reads it; the next one moves it. It tells how
// many pages the log has, and how many of them are moved.
func (c *direct) checkpoint() (log, moved int32) {
	_ = lib.Xsqlite3_wal_checkpoint_v2(c.tls, c.db, 0, lib.SQLITE_CHECKPOINT_PASSIVE, c.room, c.room+4)
	b := libc.GoBytes(c.room, 8)
	return int32(binary.NativeEndian.Uint32(b)), int32(binary.NativeEndian.Uint32(b[4:]))
}
