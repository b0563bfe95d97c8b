package alerts_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/models/risk"
)

// historyLine is one line of a history that outlives the program: it begins, a call
// begins, a call is answered, or nothing more belongs to it. A write that was made is read
// after a kill of the process (not of the machine) whatever became of it.
type historyLine struct {
	Begin *historyBegin `json:",omitempty"`
	Call  *historyCall  `json:",omitempty"`
	Back  *historyBack  `json:",omitempty"`
	Again bool          `json:",omitempty"` // another program goes on with it
	Over  bool          `json:",omitempty"`
}

type historyBegin struct {
	ID    string // "": the check-in that raises the alert is on its way
	First risk.Alert
	Now   time.Time
	Left  bool
	Seed  uint64
}

type historyCall struct {
	N, K          int
	At            int64
	What, Who, To string
	By            time.Duration
}

type historyBack struct {
	N             int
	At            int64
	Done, Denied  bool
	Owner, Status string
	Level         int
	ContactBy     time.Time
}

// historyLog writes a history down. Without one (nil) it does nothing.
type historyLog struct {
	mu   sync.Mutex
	file *os.File
	n    int
	t    *testing.T
}

func (l *historyLog) line(v historyLine) {
	text, err := json.Marshal(v)
	if err == nil {
		_, err = l.file.Write(append(text, '\n'))
	}
	if err != nil {
		l.t.Error(err)
	}
}

func (l *historyLog) begins(k int, in alertStep, at int64) int {
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	l.line(historyLine{Call: &historyCall{l.n, k, at, in.what, in.who, in.to, in.by}})
	return l.n
}

func (l *historyLog) ends(n int, out alertSeen, at int64) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.line(historyLine{Back: &historyBack{n, at, out.done, out.denied, out.owner, out.status, out.level, out.contactBy}})
}

func (l *historyLog) over() {
	if l != nil {
		l.line(historyLine{Over: true})
	}
}

// told3 is what a history left: its beginning (nil where it had none, or is over), its
// calls, and the last moment of it. A call that was not answered may have happened up to
// that moment, or not at all.
type told3 struct {
	begin   *historyBegin
	history []porcupine.Operation
	now     time.Time // of the clinic
	last    int64
	calls   int
	kills   int
}

func readHistory(path string) (out told3, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return out, err
	}
	calls := map[int]*porcupine.Operation{}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var l historyLine
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			break // cut in two, which is the last
		}
		switch {
		case l.Begin != nil:
			if out.now = l.Begin.Now; l.Begin.ID != "" {
				out.begin = l.Begin
			}
		case l.Call != nil:
			c := l.Call
			out.calls, out.last = c.N, max(out.last, c.At)
			calls[c.N] = &porcupine.Operation{ClientId: c.K, Input: alertStep{what: c.What, who: c.Who, to: c.To, by: c.By}, Call: c.At, Output: alertSeen{cut: true}}
			if c.What == "move" {
				out.now = out.now.Add(c.By)
			}
		case l.Back != nil:
			b := l.Back
			out.last = max(out.last, b.At)
			calls[b.N].Return = b.At
			calls[b.N].Output = alertSeen{done: b.Done, denied: b.Denied, owner: b.Owner, status: b.Status, level: b.Level, contactBy: b.ContactBy}
		case l.Again:
			out.kills++
			cutCalls(calls, out.last) // what hung then came to its end with that program
		case l.Over:
			out.begin = nil
		}
	}
	out.last++
	cutCalls(calls, out.last)
	for n := range out.calls {
		out.history = append(out.history, *calls[n+1])
	}
	return out, nil
}

func cutCalls(calls map[int]*porcupine.Operation, at int64) {
	for _, c := range calls {
		if c.Return == 0 {
			c.Return = at
		}
	}
}
