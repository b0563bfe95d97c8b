// Package schedule knows when people can meet.
//
// It is pure: no clock, no store, no network. What somebody offers
// (Availability), what is taken (Claim) and what is asked (Request) go in; slots,
// reasons and changed ledgers come out.
//
//	Compile        availability and site closures -> Open
//	Find           Request and Candidates -> ranked slots
//	Explain        why one start is not possible, and what is near it
//	Settle         release and take claims in day ledgers, all or none
//	Appointment    the visit itself and its FHIR R4 states
//	Series         "weekly for 8 weeks", edit one or the rest
//
// Instants are Unix seconds in UTC. A time on a wall is a Wall and becomes an
// instant only through a Zone.
package schedule
