package main

import (
	"testing"
	"time"
)

// TestTheBenchOfRemindersHasPeople: they are written in front of the store, by the ways of notify
// itself, so what notify asks of a store is asked of that too.
func TestTheBenchOfRemindersHasPeople(t *testing.T) {
	b, err := open(t.Context(), 1, func() time.Time { return planned }, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.close(); err != nil {
			t.Error(err)
		}
	}()
	if err := remind(t.Context(), b, 20); err != nil {
		t.Fatal(err)
	}
}
