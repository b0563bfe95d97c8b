// Package planning lets reminders follow what happens: it reads the audit log, in
// which every change leaves its line in the batch of the change, and has notify plan
// anew whoever a line is about.
//
// Neither care nor notify know of each other. Nothing is lost by a kill between a
// change and its plan: where the log was read to is kept in the store and moves on
// only when the lines before it are planned. Everything is derived from what is
// stored now, so that it can be done twice, by two instances, or late. Besides, every
// patient is looked at when the program starts and every few hours: this also finds
// what an old version of the program, or a machine with a wrong clock, left behind.
package planning

import (
	"handrail/store"
	"handrail/store/aside"
)

const (
	colCursor = "planning_cursor"
	colAside  = "planning_aside"
)

// Collections declares what this package keeps: where the log was read to, and what
// was set aside on the way.
func Collections() []store.Collection {
	return []store.Collection{{Name: colCursor}, aside.Collection(colAside)}
}
