package sfu

import (
	"net"

	"golang.org/x/sys/unix"
)

// Buffers asks the kernel for the room that the media port wants for packets that wait,
// and tells how much it gives, in bytes: of what comes in and of what goes out.
func Buffers() (in, out, wanted int, err error) {
	c, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return 0, 0, socketBuffer, err
	}
	defer c.Close()
	_, _ = c.SetReadBuffer(socketBuffer), c.SetWriteBuffer(socketBuffer)
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, 0, socketBuffer, err
	}
	var of error
	err = raw.Control(func(fd uintptr) {
		if in, of = unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF); of == nil {
			out, of = unix.GetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_SNDBUF)
		}
	})
	if err == nil {
		err = of
	}
	return in / 2, out / 2, socketBuffer, err // the kernel counts its own use too, and so doubles
}
