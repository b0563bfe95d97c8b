//go:build !linux

package sfu

import "syscall"

// canShare is false: other systems give all packets to one of the sockets.
const canShare = false

func shareport(string, string, syscall.RawConn) error { return nil }
