// Package client speaks to Handrail's HTTP API.
//
// A program that runs on a device redeems an enrolment code once, keeps what it gets,
// and goes on with it at its next start:
//
//	c, err := client.New("https://clinic.example", client.WithKeeper(save))
//	in, err := c.Enrol(ctx, code, client.Device{ID: deviceID, Name: "Desk"})
//	chart := c.Chart(in.Session.PatientID)
//	for goal, err := range chart.Goals(ctx) { … }
//
// Errors. What the server refuses is a *Problem (RFC 9457) for errors.As, with a stable
// code for IsCode. Other errors are of the network or of the context.
//
// Again. A call is sent once more after a lost answer, a 429, 502, 503 or 504, when the
// same call twice is one thing: it reads, or it has an Idempotency-Key or an id that the
// client made. Methods that create make that id or key by themselves. Every other
// write is sent once: after an error of the network it may have been done or not. Waits
// follow Retry-After, are bounded (WithRetries) and end with the context.
//
// Versions. What can be changed comes as Versioned: change its Value and hand it back
// whole. Code "version-not-newest" (412) says that somebody was faster: read it again
// and repeat the change.
//
// Lists are iterators that fetch page after page. After an error they end.
//
// Types have the fields of this release's API. What is written is replaced whole, so a
// client that is older than its server would drop what it does not know: keep them of
// one release. Instants are UTC; days are YYYY-MM-DD; zones are IANA names.
//
// A Client is safe for concurrent use. One sign-in belongs to one Client at a time.
package client
