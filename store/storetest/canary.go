package storetest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"handrail/store"
	"handrail/store/seal"
)

// canary stands for what a patient wrote.
const canary = "CANARY-my-own-words-8d1f"

// testCanary: no body's plain text is in the files, nor, after an erasure, the
// wrapped key.
func testCanary(e *env) {
	if e.db.Files(e) == nil {
		e.Skip("not proven here: the raw files are out of reach")
	}
	d := store.Doc{ID: "id-marker-3c", Owner: "owner-1", Keys: store.Keys{"name": "key-marker-7b"}, Body: bytes.Repeat([]byte(canary), 40)}
	e.must(e.store.Insert(e.ctx, things, d))
	d.Version = 1
	e.must(e.store.Replace(e.ctx, things, d))
	entry := line("l", "l")
	entry.Body = []byte(canary)
	e.must(e.store.Insert(e.ctx, lines, entry))

	e.wantInFiles("key-marker-7b", true) // the search does find what is in the clear
	e.wantInFiles(canary, false)
}

func (e *env) wantInFiles(text string, want bool) {
	e.Helper()
	if found := e.inFiles([]byte(text)); found != want {
		e.Errorf("%q in the files: %v, want %v", text, found, want)
	}
}

// inFiles searches the raw files with a process of its own: to open and close a
// database file in this one could drop its locks.
func (e *env) inFiles(b []byte) bool {
	e.Helper()
	var pattern strings.Builder
	for _, c := range b {
		fmt.Fprintf(&pattern, `\x%02x`, c)
	}
	args := append([]string{"--text", "--quiet", "--perl-regexp", pattern.String()}, e.db.Files(e)...)
	cmd := exec.CommandContext(e.ctx, "grep", args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	err := cmd.Run()
	if err != nil && cmd.ProcessState.ExitCode() != 1 {
		e.Fatal(err)
	}
	return err == nil
}

// testSealBound: a sealed body opens in its own place only, and not at all when
// changed.
func testSealBound(e *env) {
	s, ctx := e.store, e.ctx
	for _, id := range []string{"a", "b"} {
		e.must(s.Insert(ctx, things, thing(id, nil)))
	}
	other := thing("c", nil)
	other.Owner = "owner-2"
	e.must(s.Insert(ctx, things, other))
	r, err := s.VerifySeals(ctx)
	e.must(err)
	if len(r.Bad) > 0 || r.Opened != 7 { // three things, two data keys, those of the chain and of nobody
		e.Errorf("clean store: %+v", r)
	}
	b, err := e.engine.Get(ctx, things, "b")
	e.must(err)
	stolen := b.Body
	flipped := bytes.Clone(stolen)
	flipped[len(flipped)-1] ^= 1
	version := int64(0)
	for what, body := range map[string][]byte{"of another id": stolen, "changed": flipped, "empty": nil, "plain": []byte("plain text")} {
		version++
		e.must(e.engine.Replace(ctx, things, store.Doc{ID: "a", Owner: "owner-1", Version: version, Body: body}))
		if _, err := s.Get(ctx, things, "a"); err == nil {
			e.Errorf("a body %s opened", what)
		} else {
			e.want(err, seal.ErrSeal)
		}
		r, err := s.VerifySeals(ctx)
		e.must(err)
		if len(r.Bad) != 1 || r.Bad[0] != (seal.BadSeal{Collection: things, ID: "a"}) {
			e.Errorf("a body %s: report %+v", what, r)
		}
	}
}
