// Package sfu forwards media between the people of a visit: one PeerConnection a
// person, fixed receive seats whose source changes without renegotiation
// (docs/decisions/0030-seats.md). It knows nothing of roles or rules: it is told who
// may reach whom (Routes) and does exactly that. It reads RTP headers and the VP8
// descriptor, never what people say or show.
//
// How a packet goes: a layer (layer.go) reads it, keeps it in its ring, and
// offers it to the seats (seat.go) that its source is attached to; a seat
// rewrites the header and encrypts into its client's box (outbox.go), which is sent
// when all that was read together is handled. No lock of the room is held on this way
// and nothing is allocated.
package sfu
