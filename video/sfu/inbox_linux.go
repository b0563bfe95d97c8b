package sfu

import (
	"net"
	"net/netip"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// How many packets are read with one call (recvmmsg), and the longest of them, in
// bytes; longer ones are cut and then not understood.
const (
	inboxPackets = 16
	inboxBytes   = 2048
)

// inbox reads a socket, all packets that wait with one call. It is used by one goroutine.
type inbox struct {
	*socket
	port    *port
	heads   [inboxPackets]unix.Mmsghdr
	vectors [inboxPackets]unix.Iovec
	names   [inboxPackets]unix.RawSockaddrInet6
	data    [inboxPackets][inboxBytes]byte
	at, n   int  // of what was read: how far it is handled, how much there is
	drained bool // the last call took all that there was
	errno   unix.Errno
	zones   map[uint32]string
	pace    pace
	now     func() time.Time

	handle func(uintptr) bool // run, bound once
	call   func(uintptr)      // recv, bound once
	out    []byte             // what is for the mux
	size   int                // of it; 0: nothing
	from   netip.AddrPort
	last   netip.AddrPort // who sent the packet before
	err    error
}

func newInbox(p *port, s *socket) *inbox {
	in := &inbox{port: p, socket: s, zones: map[uint32]string{}, now: time.Now}
	in.handle, in.call = in.run, in.recv
	for i := range in.heads {
		in.vectors[i].Base = &in.data[i][0]
		in.vectors[i].SetLen(inboxBytes)
		h := &in.heads[i].Hdr
		h.Name, h.Iov = (*byte)(unsafe.Pointer(&in.names[i])), &in.vectors[i]
		h.SetIovlen(1)
		h.Namelen = unix.SizeofSockaddrInet6
	}
	return in
}

// next handles media and gives back the next packet that is none.
func (in *inbox) next(b []byte) (int, netip.AddrPort, error) {
	in.out, in.size, in.err = b, 0, nil
	for in.size == 0 && in.err == nil {
		in.drained = false
		if err := in.ready.Read(in.handle); err != nil {
			return 0, netip.AddrPort{}, net.ErrClosed
		}
		if in.size == 0 && in.err == nil {
			if err := in.rest(in.pace.pause(in.now())); err != nil {
				return 0, netip.AddrPort{}, net.ErrClosed
			}
		}
	}
	return in.size, in.from, in.err
}

// run is called when there is something to read, and says whether it is done: with a
// packet for the mux, an error, or a pause. Else it is called again when a packet comes:
// it stays within one wait of the runtime's, which forgets none that came meanwhile.
func (in *inbox) run(uintptr) bool {
	for {
		for in.at < in.n {
			i := in.at
			in.at++
			b, from := in.data[i][:in.heads[i].Len], in.sender(i)
			if in.port.held.waiting >= enough && from != in.last { // not between two packets of one picture
				in.port.held.flush()
			}
			in.last = from
			if len(b) > 0 && !in.port.take(b, from) {
				in.size, in.from = copy(in.out, b), from
				in.port.held.flush()
				return true
			}
		}
		in.port.held.flush()
		if in.drained {
			in.drained = false
			return in.pace.busy
		}
		if err := in.file.Control(in.call); err != nil {
			in.err = net.ErrClosed
			return true
		}
		if in.errno != 0 && in.errno != unix.EAGAIN && in.errno != unix.EINTR {
			in.err = in.errno
			return true
		}
		sent := in.port.held.sent
		in.port.held.sent = 0
		if was := in.pace.busy; in.pace.came(in.n, sent, in.now()) != was {
			if in.err = in.arm(was); in.err != nil {
				return true
			}
		}
	}
}

// recv reads what waits.
func (in *inbox) recv(fd uintptr) {
	for i := range in.n { // the kernel has written there how long the names were
		in.heads[i].Hdr.Namelen = unix.SizeofSockaddrInet6
	}
	in.at, in.n = 0, 0
	n, _, errno := unix.RawSyscall6(unix.SYS_RECVMMSG, fd, uintptr(unsafe.Pointer(&in.heads)), inboxPackets, unix.MSG_DONTWAIT, 0, 0)
	if in.errno = errno; errno == 0 {
		in.n = int(n)
	}
	in.drained = errno == unix.EAGAIN || errno == 0 && in.n < inboxPackets
}

// sender tells who sent a packet.
func (in *inbox) sender(i int) netip.AddrPort {
	n := &in.names[i]
	port := swapped(n.Port)
	if n.Family == unix.AF_INET {
		four := (*unix.RawSockaddrInet4)(unsafe.Pointer(n))
		return netip.AddrPortFrom(netip.AddrFrom4(four.Addr), port)
	}
	a := netip.AddrFrom16(n.Addr)
	if n.Scope_id != 0 {
		a = a.WithZone(in.zone(n.Scope_id))
	}
	return unmapped(netip.AddrPortFrom(a, port))
}

func (in *inbox) zone(id uint32) string {
	if name, ok := in.zones[id]; ok {
		return name
	}
	i, err := net.InterfaceByIndex(int(id))
	if err != nil {
		return ""
	}
	in.zones[id] = i.Name
	return i.Name
}
