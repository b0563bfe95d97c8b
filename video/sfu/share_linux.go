package sfu

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// canShare tells whether sockets can share a port so that each client keeps to one.
const canShare = true

func shareport(_, _ string, c syscall.RawConn) error {
	var err error
	if e := c.Control(func(fd uintptr) { err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) }); e != nil {
		return e
	}
	return err
}
