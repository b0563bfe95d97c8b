package sqlite

import (
	"sync"

	"handrail/store"
)

// stamps count what is written into each table. A write counts when it is done and once
// more when its transaction has ended: what was read in between, under a stamp taken in
// between, may be what was there before.
type stamps struct {
	mu     sync.Mutex
	others uint64            // grows with what other processes wrote, into whatever
	of     map[string]uint64 // by collection
	open   []string          // written in the transaction that is under way
}

// Stamp implements store.Stamper.
func (db *DB) Stamp(collections ...string) (store.Stamp, bool) {
	for _, name := range collections {
		if _, err := db.schema.Table(name); err != nil {
			return store.Stamp{}, false
		}
	}
	return store.Stamp{Collections: collections, Count: db.stamps.count(collections)}, true
}

// count is a sum of what only grows: equal sums are of equal parts.
func (s *stamps) count(collections []string) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.others + 1
	for _, name := range collections {
		n += s.of[name]
	}
	return n
}

func (s *stamps) wrote(collection string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string]uint64{}
	}
	s.of[collection]++
	s.open = append(s.open, collection)
}

// ended is called when a transaction is committed or rolled back.
func (s *stamps) ended() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, collection := range s.open {
		s.of[collection]++
	}
	s.open = s.open[:0]
}

// othersWrote is called when the file has changes that are not this writer's.
func (s *stamps) othersWrote() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.others++
}
