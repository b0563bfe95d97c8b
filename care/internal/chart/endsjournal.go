package chart

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
)

// endsJournal is a file beside the store to which every end is written before it is
// done: it survives the loss of the store, so that a restore can tell what ended
// after the backup. A line is sealed with the site's key and holds ids only.
type endsJournal struct {
	path   string
	sealer LocalSealer
	mu     sync.Mutex
}

const endsJournalName = "ends" // what a line is sealed for

// note writes an end down and on disk. It comes before the change itself: an end that
// was asked for and not done is on the safe side.
func (j *endsJournal) note(ctx context.Context, e Ended) error {
	plain, err := json.Marshal(e)
	if err != nil {
		return err
	}
	sealed, err := j.sealer.Seal(ctx, endsJournalName, plain)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	f, err := os.OpenFile(j.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	// A line of its own, also behind one that a crash cut off.
	_, err = f.WriteString("\n" + base64.RawStdEncoding.EncodeToString(sealed) + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// ReadEnds reads a journal of ends. unread counts the lines that do not open: cut off
// by a crash, or of another site. A file that is not there is empty.
func ReadEnds(ctx context.Context, path string, sealer LocalSealer) (ends []Ended, unread int, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if len(lines.Bytes()) == 0 {
			continue
		}
		e, ok := readEnd(ctx, lines.Text(), sealer)
		if !ok {
			unread++
			continue
		}
		ends = append(ends, e)
	}
	return ends, unread, lines.Err()
}

func readEnd(ctx context.Context, line string, sealer LocalSealer) (e Ended, ok bool) {
	sealed, err := base64.RawStdEncoding.DecodeString(line)
	if err != nil {
		return e, false
	}
	plain, err := sealer.Open(ctx, endsJournalName, sealed)
	return e, err == nil && json.Unmarshal(plain, &e) == nil
}

// writeEnd keeps an end in the journal. That it can't is no reason to leave undone
// what somebody wants ended.
func (c *Base) writeEnd(ctx context.Context, e Ended) {
	if c.ends.path == "" {
		return
	}
	if err := c.ends.note(ctx, e); err != nil {
		c.Log.Error("an end is not in the journal of ends: a restore would not know it", "cause", err.Error())
	}
}

// LocalSealer seals small local files with the site's key-encryption key. name is
// bound to the content, so that two files can't be swapped.
type LocalSealer interface {
	Seal(ctx context.Context, name string, plain []byte) ([]byte, error)
	Open(ctx context.Context, name string, sealed []byte) ([]byte, error)
}
