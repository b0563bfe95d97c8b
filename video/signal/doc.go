// Package signal is the protocol between a page (or an app) and the visit's room:
// JSON messages, read strictly and within limits, and the log that lets a returning
// connection catch up. It knows no sockets and no media. docs/signaling.md is its
// reference; the two change together.
package signal
