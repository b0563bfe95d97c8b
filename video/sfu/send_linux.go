package sfu

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// place is where a client is: an address and the socket that hears from it.
type place struct {
	port   *port
	addr   netip.AddrPort
	name   unix.RawSockaddrInet6 // addr as the kernel wants it
	length uint32                // of name; 0: it is none that the socket can reach, or no socket of the machine
	single bool                  // its path takes no runs of packets; under the lock of who sends
}

func newPlace(p *port, a netip.AddrPort) *place {
	at := &place{port: p, addr: a}
	switch {
	case p.in == nil || p.in.four && !a.Addr().Is4():
	case p.in.four:
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(&at.name))
		four.Family, four.Port, four.Addr = unix.AF_INET, swapped(a.Port()), a.Addr().As4()
		at.length = unix.SizeofSockaddrInet4
	default:
		at.name.Family, at.name.Port, at.name.Addr = unix.AF_INET6, swapped(a.Port()), a.Addr().As16()
		at.name.Scope_id = scope(a.Addr().Zone())
		at.length = unix.SizeofSockaddrInet6
	}
	return at
}

// scope is the number of the interface that a link-local address is at; 0 none.
func scope(zone string) uint32 {
	if zone == "" {
		return 0
	}
	if i, err := net.InterfaceByName(zone); err == nil {
		return uint32(i.Index)
	}
	n, _ := strconv.ParseUint(zone, 10, 32)
	return uint32(n)
}

// send sends what is in a box, in order.
func (at *place) send(o *outbox) error {
	if at.length == 0 {
		return o.empty(false, func(b []byte, _ int) error {
			_, err := at.port.UDPConn.WriteTo(b, net.UDPAddrFromAddrPort(at.addr))
			return err
		})
	}
	o.to = at
	return o.empty(!at.single, o.run)
}

// sender is the part of an outbox that makes the call; it has all of it ready, so that
// sending allocates nothing.
type sender struct {
	to      *place
	run     func(run []byte, size int) error
	call    func(fd uintptr)
	part    []byte // what is sent, in packets of size bytes
	size    int
	errno   unix.Errno
	head    unix.Msghdr
	vector  unix.Iovec
	control [segmentSpace]byte
}

// segmentSpace holds the size of segments beside a message: a header and two bytes.
const segmentSpace = 32

func newOutbox() *outbox {
	o := &outbox{}
	s := &o.sender
	s.run, s.call = s.send, s.write
	s.head.Iov = &s.vector
	s.head.SetIovlen(1)
	c := (*unix.Cmsghdr)(unsafe.Pointer(&s.control))
	c.Level, c.Type = unix.IPPROTO_UDP, unix.UDP_SEGMENT
	c.SetLen(unix.CmsgLen(2))
	s.head.Control = &s.control[0]
	s.head.SetControllen(unix.CmsgSpace(2))
	return o
}

// send sends a run; where the path does not take it as one, packet by packet.
func (s *sender) send(run []byte, size int) error {
	err := s.one(run, size)
	if err == nil || len(run) == size {
		return err
	}
	s.to.single = true // no sum by the device, or a smaller path
	var first error
	for len(run) > 0 {
		n := min(size, len(run))
		first = errors.Join(first, s.one(run[:n], n))
		run = run[n:]
	}
	return first
}

func (s *sender) one(part []byte, size int) error {
	s.part, s.size = part, size
	socket := s.to.port.in.socket
	for {
		if s.to.length == 0 {
			return errNoWay
		}
		if err := socket.file.Control(s.call); err != nil {
			return err
		}
		if s.errno == 0 {
			return nil
		}
		if s.errno != unix.EINTR && (s.errno != unix.EAGAIN || !socket.wait()) {
			return s.errno
		}
	}
}

var errNoWay = errors.New("sfu: a socket of IPv4 sends to no other address")

// write makes the call.
func (s *sender) write(fd uintptr) {
	if len(s.part) == s.size {
		_, _, s.errno = unix.RawSyscall6(unix.SYS_SENDTO, fd, uintptr(unsafe.Pointer(unsafe.SliceData(s.part))), uintptr(len(s.part)),
			unix.MSG_DONTWAIT, uintptr(unsafe.Pointer(&s.to.name)), uintptr(s.to.length))
		return
	}
	s.head.Name, s.head.Namelen = (*byte)(unsafe.Pointer(&s.to.name)), s.to.length
	s.vector.Base = &s.part[0]
	s.vector.SetLen(len(s.part))
	*(*uint16)(unsafe.Pointer(&s.control[unix.CmsgLen(0)])) = uint16(s.size)
	_, _, s.errno = unix.RawSyscall6(unix.SYS_SENDMSG, fd, uintptr(unsafe.Pointer(&s.head)), unix.MSG_DONTWAIT, 0, 0, 0)
}
