package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"handrail/care"
)

// demoMark stands in the data folder of a demo from before its store is there. It names the
// accounts that the demo made: these, and no others, are shown to anybody and given codes.
type demoMark struct {
	Made     bool     `json:"made"` // the whole of it; false: it was cut off
	Accounts []string `json:"accounts"`
}

func (p storage) demoMark() string { return filepath.Join(p.dir, "demo.json") }

// markDemo marks a folder that has no store yet, or reads the mark of an earlier run. A
// folder with a store and no mark is a clinic's, and refused.
func markDemo(p storage) (demoMark, error) {
	var m demoMark
	b, err := os.ReadFile(p.demoMark())
	switch {
	case err == nil:
		if err := json.Unmarshal(b, &m); err != nil || !m.Made {
			return m, fmt.Errorf("the demo in %s was cut off while it was made. Delete this folder, or name another one with --data", p.dir)
		}
		return m, nil
	case !errors.Is(err, os.ErrNotExist):
		return m, err
	case exists(p.database()) || exists(p.key()):
		return m, fmt.Errorf("%s has a store that no demo made: a demo gives anybody a way in as anybody of it, so it does not begin there. Name another folder with --data (or unset HANDRAIL_DATA and HANDRAIL_KEY_FILE)", p.dir)
	}
	for range demoPeople {
		m.Accounts = append(m.Accounts, care.NewID())
	}
	return m, errors.Join(os.MkdirAll(p.dir, 0o700), m.write(p))
}

// write replaces the mark whole.
func (m demoMark) write(p storage) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	part := p.demoMark() + ".part"
	return errors.Join(os.WriteFile(part, append(b, '\n'), 0o600), os.Rename(part, p.demoMark()))
}

// noDemo refuses to serve a demo's folder as a clinic: its codes may be in anybody's hands.
func (p storage) noDemo() error {
	if exists(p.demoMark()) {
		return fmt.Errorf("%s is the folder of a demo, which gave codes to anybody who asked. Name another one with --data, or begin it with handrail demo", p.dir)
	}
	return nil
}
