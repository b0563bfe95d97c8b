// Package reminder knows what people are reminded of, and when.
//
// It is pure: no store, no network, no clock of its own. Rules, a person's choices
// and what is already known go in; occurrences and the difference to what is
// known come out.
//
//	Rule         when something is to be said, on one of four kinds of clock
//	Choices      how a person wants it: channels, quiet hours, pause, digest
//	Plan         rules, choices and a window -> occurrences
//	Diff         what is known and what is wanted -> what to add, move and drop
//	ForVisit ... make the rules of a visit, a medicine, a milestone ...
//
// An occurrence is named by its rule and its local date, so that it exists once
// whatever runs twice. A reading of a wall clock means the first moment at which
// that clock shows this time or a later one: thereby the hour that is skipped in
// spring, the one that comes twice in autumn and a flight over the date line need
// no rules of their own.
package reminder
