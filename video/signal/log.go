package signal

// LogSize is how many events a person can miss and still be caught up one by
// one: minutes of a busy visit. Past it the whole state is sent instead.
const LogSize = 256

// Log numbers the events of one session and keeps the newest. The zero value is
// ready. It is not safe for use by several goroutines.
type Log struct {
	seq  uint64
	ring [][]byte // grows up to LogSize; the event n is at (n-1) % LogSize
}

// Add numbers an event, keeps its bytes and returns them.
func (l *Log) Add(kind string, data any) []byte {
	l.seq++
	out := Encode(kind, l.seq, "", data)
	if len(l.ring) < LogSize {
		l.ring = append(l.ring, out)
	} else {
		l.ring[(l.seq-1)%LogSize] = out
	}
	return out
}

// Seq is the number of the newest event; 0 before the first.
func (l *Log) Seq() uint64 { return l.seq }

// Since returns the events after seq, oldest first. ok is false when some of them
// are no longer kept, or seq was never given out.
func (l *Log) Since(seq uint64) (events [][]byte, ok bool) {
	if seq > l.seq || l.seq-seq > LogSize {
		return nil, false
	}
	for n := seq + 1; n <= l.seq; n++ {
		events = append(events, l.ring[(n-1)%LogSize])
	}
	return events, true
}
