package sfu

import (
	"net"
	"testing"
	"time"

	"github.com/pion/ice/v4"
)

func TestAnEngineEndsAtOnceWithAConnectionThatSaysNothing(t *testing.T) {
	t.Parallel()
	e, err := New(Config{Address: "127.0.0.1", Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", e.tcp.(*ice.TCPMuxDefault).LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	<-time.After(100 * time.Millisecond) // it is accepted
	ended := make(chan error)
	go func() { ended <- e.Close() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(firstWord / 2):
		t.Error("it waits for the first word")
	}
}
