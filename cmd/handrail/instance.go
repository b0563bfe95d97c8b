package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"handrail/care"
	"handrail/notify"
	"handrail/planning"
	"handrail/store"
	"handrail/store/mongo"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// storage says where a site keeps its data.
type storage struct {
	dir      string // for the embedded store, the copies of crisis plans and, by default, the keys
	keyFile  string // "" is kek.json in dir
	endsFile string // "" is ends.log in dir
	engine   string // sqlite or mongodb
	mongoURI string
	mongoDB  string
	free     func(path string) (bytes uint64, err error) // room on a disk; nil: the system's answer
	isNew    bool                                        // the operator says that there is no store yet, although there is a key
}

func (p storage) key() string {
	if p.keyFile != "" {
		return p.keyFile
	}
	return filepath.Join(p.dir, "kek.json")
}

func (p storage) ends() string {
	if p.endsFile != "" {
		return p.endsFile
	}
	return filepath.Join(p.dir, "ends.log")
}

func (p storage) database() string { return filepath.Join(p.dir, "handrail.db") }

// instance is an open store with the use cases over it.
type instance struct {
	store *seal.Store
	care  *care.Care
	kek   *seal.FileKEK
}

// openStore opens the store of a place. With create it makes the folder and the
// key when there is no store yet; a store without its key is never given a new one,
// and a key without its store is one that is gone and not a new one.
func openStore(ctx context.Context, p storage, create bool) (*seal.Store, *seal.FileKEK, error) {
	if create {
		if err := os.MkdirAll(p.dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("the data folder can't be made: %w", err)
		}
	}
	kek, err := openKey(p, create)
	if err != nil {
		return nil, nil, err
	}
	isNew := create && (p.isNew || exists(p.newMark()))
	engine, err := openEngine(ctx, p, create, isNew)
	if err != nil {
		return nil, nil, err
	}
	if err := p.notGone(ctx, engine, isNew); err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	s, err := seal.Open(ctx, engine, kek, seal.Options{})
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("the store does not open with the key %s: %w", p.key(), err), engine.Close())
	}
	if err := os.Remove(p.newMark()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, kek, nil
}

// newMark stands beside the key from its making until its store is there: a program
// that is killed in between finds a new store, and not one that is gone.
func (p storage) newMark() string { return p.key() + ".new" }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// errGone tells that a store is gone.
func (p storage) errGone(where string) error {
	return fmt.Errorf("there is a key at %s, but %s: a store that is gone is never taken for a new one. Put a backup back (handrail restore), look at the place of the store, or, if this clinic is really new, start once with --new-store", p.key(), where)
}

// notGone refuses a store without any document, which a store has from its first
// moment on.
func (p storage) notGone(ctx context.Context, e store.Engine, isNew bool) error {
	page, err := e.Query(ctx, store.KeysCollection, store.Query{Index: store.IDIndex, Limit: 1})
	if err != nil {
		return err
	}
	if len(page.Docs) == 0 && !isNew {
		return p.errGone("its store is empty")
	}
	return nil
}

// stands tells whether the store of a running program is there still: a database that
// was dropped, or restored to nothing, answers as well as a full one, and a file that
// was taken away is written to in vain.
func (p storage) stands(ctx context.Context, e store.Engine) error {
	if info, err := os.Stat(p.database()); p.engine != "mongodb" && (err != nil || info.Size() == 0) {
		return errors.New("the file of the store was taken away; stop the program and put a backup back")
	}
	return p.notGone(ctx, e, false)
}

func openKey(p storage, create bool) (*seal.FileKEK, error) {
	kek, err := seal.OpenKEK(p.key())
	if err == nil || !errors.Is(err, os.ErrNotExist) {
		return kek, err
	}
	if _, dbErr := os.Stat(p.database()); p.engine == "sqlite" && dbErr == nil {
		return nil, fmt.Errorf("there is a store in %s, but its key %s is missing; put the key back, a new one would not open it", p.dir, p.key())
	}
	if !create {
		return nil, fmt.Errorf("there is no key at %s; is this the right data folder?", p.key())
	}
	if err := os.WriteFile(p.newMark(), []byte("The store of this key is being made.\n"), 0o600); err != nil {
		return nil, err
	}
	return seal.CreateKEK(p.key())
}

func openEngine(ctx context.Context, p storage, create, isNew bool) (store.Engine, error) {
	if p.engine == "mongodb" {
		return mongo.Open(ctx, mongo.Options{URI: p.mongoURI, Database: p.mongoDB}, collections())
	}
	if !create && !exists(p.database()) {
		return nil, fmt.Errorf("there is no store at %s; is this the right data folder?", p.database())
	}
	if info, err := os.Stat(p.database()); !isNew && (err != nil || info.Size() == 0) {
		return nil, p.errGone("there is no store at " + p.database())
	}
	return sqlite.Open(ctx, p.database(), collections())
}

// collections are what all packages keep, in one store.
func collections() []store.Collection {
	return slices.Concat(care.Collections(), notify.Collections(), planning.Collections())
}

// openInstance opens the store and the use cases over it.
func openInstance(ctx context.Context, p storage, c care.Config, create bool) (*instance, error) {
	s, kek, err := openStore(ctx, p, create)
	if err != nil {
		return nil, err
	}
	c.PlanCopiesDir, c.Sealer, c.EndsFile = filepath.Join(p.dir, "plans"), seal.NewLocal(kek), p.ends()
	uses, err := care.New(ctx, s, c)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &instance{s, uses, kek}, nil
}

func (h *instance) close() error { return h.store.Close() }
