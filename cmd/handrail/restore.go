package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"handrail/care"
	"handrail/care/upkeep"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// restoring is what an operator says to a restore.
type restoring struct {
	old      string   // the store that is replaced, where it can still be read
	ends     []string // journals of ends, beside the one of this place
	keepOpen bool     // only tell what ended after the backup
}

// restore puts a copy in the place of a store that is not there. It verifies it,
// begins a new life of the store, tells what ended after the backup and ends it
// again, all before the copy has its name: nothing can serve it sooner. It never
// overwrites a store.
func restore(ctx context.Context, s settings, file string, r restoring, out io.Writer) (err error) {
	p := s.storage
	if p.engine != "sqlite" {
		return errMongo
	}
	if _, err := os.Stat(p.database()); err == nil {
		return fmt.Errorf("there is a store at %s already; move it away first", p.database())
	}
	if _, err := os.Stat(file); err != nil {
		return err
	}
	if _, err := openKey(p, false); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(p.dir, "restoring-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	aside := s
	aside.storage.dir, aside.storage.keyFile, aside.storage.endsFile = dir, p.key(), p.ends()
	if err := copyFile(file, aside.storage.database()); err != nil {
		return err
	}
	if err := verify(ctx, aside.storage, s.now(), out); err != nil {
		return err
	}
	if err := beginAgain(ctx, aside, r, out); err != nil {
		return err
	}
	if err := os.Link(aside.storage.database(), p.database()); err != nil { // unlike Rename it overwrites nothing
		return err
	}
	if err := syncDir(p.dir); err != nil {
		return err
	}
	fmt.Fprintf(out, "Restored %s.\n", p.database())
	return nil
}

// restored does for a store that others set back (mongorestore, a disk image) what
// restore does for a copy. Nothing may serve it meanwhile.
func restored(ctx context.Context, s settings, r restoring, out io.Writer) error {
	if err := beginAgain(ctx, s, r, out); err != nil {
		return err
	}
	fmt.Fprintln(out, "This store has begun a new life. The program can serve it now.")
	return nil
}

// beginAgain names the new life of a store and does again what ended after the backup.
func beginAgain(ctx context.Context, s settings, r restoring, out io.Writer) error {
	ends, err := r.knownEnds(ctx, s, out)
	if err != nil {
		return err
	}
	h, err := openInstance(ctx, s.storage, s.care(), false)
	if err != nil {
		return err
	}
	if _, err := upkeep.NewIncarnation(ctx, h.store, s.now()); err != nil {
		return errors.Join(err, h.close())
	}
	undone, err := h.care.Upkeep.Undone(ctx, ends)
	if err == nil {
		err = r.endAgain(ctx, h, undone, out)
	}
	return errors.Join(err, h.close())
}

// knownEnds gathers what is known of ends: from the journals and from the old store.
func (r restoring) knownEnds(ctx context.Context, s settings, out io.Writer) ([]care.Ended, error) {
	kek, err := seal.OpenKEK(s.storage.key())
	if err != nil {
		return nil, err
	}
	var all []care.Ended
	known := 0
	for _, path := range append([]string{s.storage.ends()}, r.ends...) {
		ends, unread, err := upkeep.ReadEnds(ctx, path, seal.NewLocal(kek))
		if err != nil {
			return nil, fmt.Errorf("the journal of ends can't be read: %w", err)
		}
		if _, err := os.Stat(path); err == nil {
			known++
			fmt.Fprintf(out, "Journal %s: %d ends, %d lines that do not open.\n", path, len(ends), unread)
		}
		all = append(all, ends...)
	}
	if r.old != "" {
		known++
		ends, err := r.endsOfOld(ctx, s, kek)
		if err != nil {
			return nil, fmt.Errorf("the old store %s can't be read; without --old the journals alone count: %w", r.old, err)
		}
		fmt.Fprintf(out, "Old store %s: %d ends.\n", r.old, len(ends))
		all = append(all, ends...)
	}
	if known == 0 {
		fmt.Fprintln(out, "NOTHING IS KNOWN of what ended after the backup: there is no journal of ends and no --old store.",
			"Consents that were taken back since, phones that were reported lost and accounts that were suspended are open again. Look through them before you serve.")
	}
	return all, nil
}

func (r restoring) endsOfOld(ctx context.Context, s settings, kek *seal.FileKEK) ([]care.Ended, error) {
	if _, err := os.Stat(r.old); err != nil {
		return nil, err
	}
	engine, err := sqlite.Open(ctx, r.old, collections())
	if err != nil {
		return nil, err
	}
	old, err := seal.Open(ctx, engine, kek, seal.Options{})
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	ends, err := upkeep.EndsOf(ctx, old, s.now())
	return ends, errors.Join(err, old.Close())
}

// endAgain tells what ended after the backup, and ends it unless told not to.
func (r restoring) endAgain(ctx context.Context, h *instance, undone []care.Ended, out io.Writer) error {
	fmt.Fprintf(out, "Ended after the backup, and open in it: %d.\n", len(undone))
	var failed error
	for _, e := range undone {
		fmt.Fprintf(out, "  %s %s, ended %s %s\n", e.Kind, e.ID, e.At.UTC().Format("2006-01-02 15:04"), strings.TrimSpace(e.Why))
		switch {
		case e.Kind == care.EndedPerson:
			fmt.Fprintf(out, "    This record was erased and is in the backup. To erase it again: handrail erase --patient %s --really %s\n", e.ID, e.ID)
		case !r.keepOpen:
			if err := h.care.Upkeep.EndAgain(ctx, e); err != nil {
				fmt.Fprintf(out, "    It could not be ended: %v\n", err)
				failed = errEndsLeft
			}
		}
	}
	if len(undone) > 0 && !r.keepOpen {
		fmt.Fprintln(out, "They are ended again.")
	}
	return failed
}

// errEndsLeft keeps a restore from going on when an end could not be done again.
var errEndsLeft = errors.New("not everything could be ended again, see above; with --keep-open it is left open")

func syncDir(dir string) error {
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
