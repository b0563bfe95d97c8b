package sfu

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"
)

// filled is a box with packets of these sizes, each of one letter.
func filled(sizes ...int) *outbox {
	o := newOutbox()
	for i, n := range sizes {
		b := o.room(n + 16)
		copy(b, bytes.Repeat([]byte{byte('a' + i)}, n))
		o.add(n)
	}
	return o
}

func TestPacketsOfOneSizeGoOutTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sizes    []int
		together bool
		want     string
	}{
		{[]int{5}, true, "aaaaa/5"},
		{[]int{3, 3, 2}, true, "aaabbbcc/3"},            // a shorter one may be the last
		{[]int{3, 2, 3}, true, "aaabb/3 ccc/3"},         // and nothing comes after it
		{[]int{2, 3, 3}, true, "aa/2 bbbccc/3"},         // a longer one begins anew
		{[]int{2, 2, 3}, true, "aabb/2 ccc/3"},          // as libwebrtc cuts an odd picture
		{[]int{3, 3}, false, "aaa/3 bbb/3"},             // the path takes none together
		{[]int{1, 1, 1, 1}, true, "abcd/1"},             //
		{[]int{4, 3, 2}, true, "aaaabbb/4 cc/2"},        //
		{[]int{3, 3, 3, 4}, true, "aaabbbccc/3 dddd/4"}, //
	} {
		o := filled(c.sizes...)
		var got []string
		_ = o.empty(c.together, func(run []byte, size int) error {
			got = append(got, fmt.Sprintf("%s/%d", run, size))
			return nil
		})
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%v: %s in place of %s", c.sizes, text, c.want)
		}
		if o.count != 0 || o.used != 0 {
			t.Errorf("%v: the box is not empty", c.sizes)
		}
	}
}

func TestAFullBoxTakesNoMore(t *testing.T) {
	t.Parallel()
	o := newOutbox()
	for range outboxPackets {
		if o.room(20) == nil {
			t.Fatal("it is full before its time")
		}
		o.add(20)
	}
	if o.room(20) != nil {
		t.Error("more packets than it counts")
	}
	if newOutbox().room(outboxBytes+1) != nil {
		t.Error("more bytes than it holds")
	}
}

// sockets are a port, and somebody who hears from it.
func sockets(t *testing.T) (*port, *net.UDPConn) {
	t.Helper()
	p, err := openPort("udp", "127.0.0.1:0", &known{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	c, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if s, ok := p.(*shared); ok {
		return s.port, c
	}
	return p.(*port), c
}

func TestWhatIsSentTogetherArrivesPacketByPacket(t *testing.T) {
	t.Parallel()
	p, c := sockets(t)
	for _, single := range []bool{false, true} {
		at := newPlace(p, c.LocalAddr().(*net.UDPAddr).AddrPort())
		refuse(at, single)
		sizes := []int{900, 900, 300, 50, 900}
		if err := at.send(filled(sizes...)); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 2000)
		for i, want := range sizes {
			n, err := c.Read(buf)
			if err != nil || n != want || buf[0] != byte('a'+i) || buf[n-1] != byte('a'+i) {
				t.Fatalf("packet %d: %d bytes in place of %d, %v", i, n, want, err)
			}
		}
	}
}

func TestStrangersReachTheMuxInTheirOrder(t *testing.T) {
	t.Parallel()
	p, err := openPort("udp", "127.0.0.1:0", &known{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.DialUDP("udp", nil, p.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	const many = 100 // several batches
	for i := range many {
		if _, err := c.Write([]byte{0, byte(i)}); err != nil {
			t.Fatal(err)
		}
	}
	from := c.LocalAddr().(*net.UDPAddr).AddrPort()
	read := p.(interface {
		ReadFromAddrPort([]byte) (int, netip.AddrPort, error)
	})
	buf := make([]byte, 100)
	for i := range many {
		n, who, err := read.ReadFromAddrPort(buf)
		if err != nil || n != 2 || buf[1] != byte(i) || who != from {
			t.Fatalf("packet %d: %v of %v, %v", i, buf[:n], who, err)
		}
	}
	ended := make(chan error)
	go func() { _, _, err := read.ReadFromAddrPort(buf); ended <- err }()
	runtime.Gosched()
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err == nil {
		t.Error("a closed port gives packets")
	}
}

func TestPausesBeginWhereMuchComes(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	var p pace
	second := func(packets int) bool {
		for range 100 {
			now = now.Add(10 * time.Millisecond)
			p.came(packets/100, 0, now)
		}
		return p.busy
	}
	for i, step := range []struct {
		packets int
		busy    bool
	}{{100, false}, {busyFrom - 500, false}, {busyFrom + 500, true}, {busyUntil + 500, true}, {busyUntil - 500, false}, {busyUntil + 500, false}} {
		if second(step.packets) != step.busy {
			t.Errorf("step %d: %d packets a second", i, step.packets)
		}
	}
}

// A turn is as long as it takes until some packets go out, within limits, and its work is
// a part of it.
func TestTurnsAreShorterWhereMoreGoesOut(t *testing.T) {
	t.Parallel()
	for _, step := range []struct {
		sent      int           // a second
		work      time.Duration // of a turn
		turn, gap time.Duration
	}{{0, 0, mostTurn, mostTurn}, {4000, 100 * time.Microsecond, mostTurn, mostTurn - 100*time.Microsecond}, {26000, 200 * time.Microsecond, 500 * time.Microsecond, 300 * time.Microsecond},
		{26000, time.Millisecond, 500 * time.Microsecond, leastPause}, {1 << 20, 0, leastTurn, leastTurn}} {
		now := time.Unix(1000, 0)
		p := pace{since: now}
		for range 10 {
			now = now.Add(paceEvery / 10)
			p.came(1000, step.sent/100, now)
			p.pause(now)
		}
		p.came(10, 0, now)
		p.came(10, 0, now.Add(step.work))
		if gap := p.pause(now.Add(step.work)); p.turn != step.turn || gap != step.gap {
			t.Errorf("%d sent a second: turns of %s, and a pause of %s after %s", step.sent, p.turn, gap, step.work)
		}
	}
}
