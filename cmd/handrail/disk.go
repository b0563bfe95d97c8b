package main

import (
	"context"
	"fmt"
)

// leastRoom is how many bytes of a disk must be free before requests should come: a
// store that can't write refuses every check-in, and SQLite needs room to say so.
const leastRoom = 64 << 20

// room tells whether the disk of the data folder is full. The embedded store, the
// crisis plans kept ready and the journal of ends are on it.
func (p storage) room(context.Context) error {
	of := p.free
	if of == nil {
		of = freeOf
	}
	free, err := of(p.dir)
	if err != nil {
		return err
	}
	if free < leastRoom {
		return fmt.Errorf("the disk of the data folder is full: %d MB are free, %d are needed", free>>20, leastRoom>>20)
	}
	return nil
}
