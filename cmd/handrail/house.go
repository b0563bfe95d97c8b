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

// place says where a site keeps its data.
type place struct {
	dir      string // for the embedded store, the shelf of crisis plans and, by default, the keys
	keyFile  string // "" is kek.json in dir
	endsFile string // "" is ends.log in dir
	engine   string // sqlite or mongodb
	mongoURI string
	mongoDB  string
}

func (p place) key() string {
	if p.keyFile != "" {
		return p.keyFile
	}
	return filepath.Join(p.dir, "kek.json")
}

func (p place) ends() string {
	if p.endsFile != "" {
		return p.endsFile
	}
	return filepath.Join(p.dir, "ends.log")
}

func (p place) database() string { return filepath.Join(p.dir, "handrail.db") }

// house is an open store with the use cases over it.
type house struct {
	store *seal.Store
	care  *care.Care
	kek   *seal.FileKEK
}

// openStore opens the store of a place. With create it makes the folder and the
// key when there is no store yet; a store without its key is never given a new one.
func openStore(ctx context.Context, p place, create bool) (*seal.Store, *seal.FileKEK, error) {
	if create {
		if err := os.MkdirAll(p.dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("the data folder can't be made: %w", err)
		}
	}
	kek, err := openKey(p, create)
	if err != nil {
		return nil, nil, err
	}
	engine, err := openEngine(ctx, p, create)
	if err != nil {
		return nil, nil, err
	}
	s, err := seal.Open(ctx, engine, kek, seal.Options{})
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("the store does not open with the key %s: %w", p.key(), err), engine.Close())
	}
	return s, kek, nil
}

func openKey(p place, create bool) (*seal.FileKEK, error) {
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
	return seal.CreateKEK(p.key())
}

func openEngine(ctx context.Context, p place, create bool) (store.Engine, error) {
	if p.engine == "mongodb" {
		return mongo.Open(ctx, mongo.Options{URI: p.mongoURI, Database: p.mongoDB}, collections())
	}
	if _, err := os.Stat(p.database()); !create && err != nil {
		return nil, fmt.Errorf("there is no store at %s; is this the right data folder?", p.database())
	}
	return sqlite.Open(ctx, p.database(), collections())
}

// collections are what all packages keep, in one store.
func collections() []store.Collection {
	return slices.Concat(care.Collections(), notify.Collections(), planning.Collections())
}

// openHouse opens the store and the use cases over it.
func openHouse(ctx context.Context, p place, c care.Config, create bool) (*house, error) {
	s, kek, err := openStore(ctx, p, create)
	if err != nil {
		return nil, err
	}
	c.ShelfDir, c.Sealer, c.EndsFile = filepath.Join(p.dir, "plans"), seal.NewLocal(kek), p.ends()
	uses, err := care.New(ctx, s, c)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &house{s, uses, kek}, nil
}

func (h *house) close() error { return h.store.Close() }
