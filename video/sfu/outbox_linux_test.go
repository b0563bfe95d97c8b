package sfu

import (
	"net"
	"testing"
	"time"
)

// refuse lets a path take no runs.
func refuse(at *place, single bool) { at.single = single }

// A path whose packets are too long for one piece of the network refuses the run, not the
// packets: they go one by one, from then on all.
func TestAPathThatTakesNoRunsGetsPackets(t *testing.T) {
	t.Parallel()
	p, c := sockets(t)
	at := newPlace(p, c.LocalAddr().(*net.UDPAddr).AddrPort())
	o := newOutbox()
	o.to = at
	const many = 200 // more than the kernel takes in one run
	if err := o.send(make([]byte, many), 1); err != nil || !at.single {
		t.Fatalf("%v, and %t that it is not tried again", err, at.single)
	}
	buf := make([]byte, 500)
	for i := range many {
		if n, err := c.Read(buf); err != nil || n != 1 {
			t.Fatalf("packet %d: %d bytes, %v", i, n, err)
		}
	}
}

// While pauses are made, what comes waits for their end and is not forgotten, at the
// change from one to the other neither.
func TestPausesForgetNothing(t *testing.T) {
	t.Parallel()
	u, err := listen("udp", "127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPort(u, &known{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	c, err := net.DialUDP("udp", nil, p.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	buf := make([]byte, 100)
	pass := func(many int, busy bool) {
		t.Helper()
		sent := make(chan error, 1)
		go func() {
			for i := range many {
				if _, err := c.Write([]byte{0, byte(i)}); err != nil {
					sent <- err
					return
				}
			}
			sent <- nil
		}()
		for i := range many {
			if n, _, err := p.ReadFromAddrPort(buf); err != nil || n != 2 || buf[1] != byte(i) {
				t.Fatalf("packet %d: %v, %v", i, buf[:n], err)
			}
		}
		if err := <-sent; err != nil || p.in.pace.busy != busy {
			t.Errorf("%v, busy %t", err, p.in.pace.busy)
		}
	}
	now := time.Unix(1000, 0)
	p.in.now = func() time.Time { return now }
	p.in.pace = pace{since: now}
	pass(40, false)
	p.in.pace = pace{busy: true, since: now}
	if err := p.in.arm(false); err != nil {
		t.Fatal(err)
	}
	pass(40, true)
	p.in.pace.since = now.Add(-time.Hour) // nothing came for long: the next packet ends the pauses
	pass(40, false)
	p.in.pace = pace{since: now.Add(-paceEvery), count: busyFrom} // much came: it begins them
	pass(40, true)
}
