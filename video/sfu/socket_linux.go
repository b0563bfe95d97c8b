package sfu

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// socket is a UDP socket of which the runtime's poller knows nothing, so that packets that
// come during a pause wake nobody. Two things that the poller knows wake its reader: an
// epoll of the socket alone, which is armed except for pauses, and a timer.
//
// The calls on the socket never wait, and so are made without a word to Go's scheduler
// (RawSyscall): each other call after a rest wakes the runtime's watcher (sysmon), which was
// a sixth of the server's processor time.
type socket struct {
	file   syscall.RawConn // of the socket
	ready  syscall.RawConn // of the epoll
	timer  syscall.RawConn
	four   bool          // it knows IPv4 alone
	began  bool          // the pause is under way
	pause  time.Duration // how long it is
	fire   func(uintptr) bool
	fdOf   [2]int // the socket and its epoll, while they are open
	closed sync.Once
	all    []*os.File
}

// together takes over the port's socket from the net package, where it is one of the machine.
func (p *port) together() error {
	if p.udp == nil {
		return nil
	}
	s := &socket{}
	if err := s.open(p.udp); err != nil {
		_ = s.close()
		return err
	}
	if err := p.udp.Close(); err != nil { // of its own descriptor
		return errors.Join(err, s.close())
	}
	p.in, p.held = newInbox(p, s), &held{}
	return nil
}

func (s *socket) open(c *net.UDPConn) error {
	raw, err := c.SyscallConn()
	if err != nil {
		return err
	}
	fd, domain := -1, 0
	var err1, err2 error
	if err := raw.Control(func(was uintptr) {
		fd, err1 = unix.FcntlInt(was, unix.F_DUPFD_CLOEXEC, 0)
		domain, err2 = unix.GetsockoptInt(int(was), unix.SOL_SOCKET, unix.SO_DOMAIN)
	}); errors.Join(err, err1, err2) != nil {
		return errors.Join(err, err1, err2)
	}
	s.four = domain == unix.AF_INET
	if err := unix.SetNonblock(fd, false); err != nil { // or the poller would have it
		return errors.Join(err, unix.Close(fd))
	}
	if s.file, err = s.keep(fd, "media"); err != nil {
		return err
	}
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return err
	}
	err1 = unix.SetNonblock(epoll, true)
	err2 = unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN})
	if s.ready, err = s.keep(epoll, "media's epoll"); errors.Join(err, err1, err2) != nil {
		return errors.Join(err, err1, err2)
	}
	timer, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK)
	if err != nil {
		return err
	}
	s.fdOf, s.fire = [2]int{fd, epoll}, s.rung
	s.timer, err = s.keep(timer, "media's timer")
	return err
}

// keep makes a file of a descriptor, which closes it.
func (s *socket) keep(fd int, name string) (syscall.RawConn, error) {
	f := os.NewFile(uintptr(fd), name)
	s.all = append(s.all, f)
	return f.SyscallConn()
}

// arm lets packets wake the reader, or not.
func (s *socket) arm(on bool) error {
	e := unix.EpollEvent{}
	if on {
		e.Events = unix.EPOLLIN
	}
	var err, of error
	err = s.file.Control(func(fd uintptr) { of = unix.EpollCtl(s.fdOf[1], unix.EPOLL_CTL_MOD, int(fd), &e) })
	return errors.Join(err, of)
}

// rest waits for a pause.
func (s *socket) rest(d time.Duration) error {
	s.began, s.pause = false, d
	return s.timer.Read(s.fire)
}

// rung begins the pause, and then says that it is over.
func (s *socket) rung(fd uintptr) bool {
	if s.began {
		return true
	}
	s.began = true
	t := unix.ItimerSpec{Value: unix.NsecToTimespec(int64(s.pause))}
	_, _, errno := unix.RawSyscall6(unix.SYS_TIMERFD_SETTIME, fd, 0, uintptr(unsafe.Pointer(&t)), 0, 0, 0)
	return errno != 0
}

func (s *socket) close() (err error) {
	s.closed.Do(func() {
		for _, f := range s.all {
			err = errors.Join(err, f.Close())
		}
	})
	return err
}

// fullFor is how long a packet waits for room in a full socket; then it is lost, as
// on the network.
const fullFor = 20 * time.Millisecond

// wait waits until a full socket has room.
func (s *socket) wait() bool {
	n := 0
	err := s.file.Control(func(fd uintptr) {
		n, _ = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, int(fullFor.Milliseconds()))
	})
	return err == nil && n > 0
}

// WriteToAddrPort sends one packet.
func (p *port) WriteToAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if p.in == nil {
		return p.UDPConn.WriteTo(b, net.UDPAddrFromAddrPort(to))
	}
	o := outboxes.Get().(*outbox)
	defer outboxes.Put(o)
	o.to = newPlace(p, to)
	if err := o.one(b, len(b)); err != nil {
		return 0, err
	}
	return len(b), nil
}

// WriteTo is the same for who has a net.Addr.
func (p *port) WriteTo(b []byte, to net.Addr) (int, error) {
	if u, ok := to.(*net.UDPAddr); ok && p.in != nil {
		return p.WriteToAddrPort(b, unmapped(u.AddrPort()))
	}
	return p.UDPConn.WriteTo(b, to)
}

// Close ends the reader too.
func (p *port) Close() error {
	if p.in == nil {
		return p.UDPConn.Close()
	}
	return p.in.close()
}

// SetWriteDeadline has no use on a socket of the machine: no write waits for longer than fullFor.
func (p *port) SetWriteDeadline(t time.Time) error {
	if p.in == nil {
		return p.UDPConn.SetWriteDeadline(t)
	}
	return nil
}

func swapped(port uint16) uint16 { return port<<8 | port>>8 }
