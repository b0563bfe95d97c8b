// Package room is the rules of one visit's room: who waits, who is in, who was
// sent back, who may say what to whom. It is pure: no media, no sockets, no
// clock of its own. The media server and the signaling ask it and do what it
// says; the page is never trusted with a rule.
//
// The state of the waiting room belongs to the room, not to the appointment's
// status: the two change for different reasons.
package room
