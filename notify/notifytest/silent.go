package notifytest

import "net"

// Silent listens at 127.0.0.1, takes every connection and never says anything, until
// stop is called. It gives its address, "127.0.0.1:…".
func Silent() (address string, stop func() error, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	go func() {
		var taken []net.Conn
		for {
			c, err := l.Accept()
			if err != nil {
				break
			}
			taken = append(taken, c)
		}
		for _, c := range taken {
			_ = c.Close()
		}
	}()
	return l.Addr().String(), l.Close, nil
}
