package edge

import (
	"context"
	"net"
	"testing"
	"time"
)

func TestAConnectionThatSaysNothingDoesNotHoldUpTheEnd(t *testing.T) {
	w := newWorld(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- w.Serve(ln) }()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for taken := false; !taken; {
		if l := w.listener.Load(); l != nil {
			l.mu.Lock()
			taken = len(l.open) == 1
			l.mu.Unlock()
		}
		<-time.After(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // less than a read may take
	defer cancel()
	if err := w.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
