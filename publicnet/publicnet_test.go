package publicnet

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
)

// refused has at least one address of every line of IANA's two registries, and the ends
// of networks.
const refused = `
	0.0.0.0 0.1.2.3 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254
	172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.10 192.0.0.170 192.0.0.171 192.0.2.1 192.31.196.1 192.52.193.1
	192.88.99.1 192.88.99.2 192.168.1.1 192.175.48.1 192.175.48.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
	224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
	:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:192.52.193.1 ::ffff:0:127.0.0.1
	64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 100:0:0:1::1 1000::1 1fff::1
	2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:1::2 2001:1::3 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff::1
	2001:db8::1 2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 a000::1 c000::1
	fc00::1 fd12::1 fe80::1 fe80::1%eth0 2606:4700::1111%eth0 fec0::1 ff02::1 ff0e::1`

const taken = `8.8.8.8 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 172.15.255.255 172.32.0.1 192.0.1.1
	192.52.192.1 192.52.194.1 192.175.47.1 192.175.49.1 198.17.0.1 198.20.0.1 223.255.255.255 ::ffff:8.8.8.8
	2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 2620:4f:7fff::1 2a00:1450::1 3000::1`

func TestContains(t *testing.T) {
	for text, want := range map[string]bool{refused: false, taken: true} {
		for _, address := range strings.Fields(text) {
			if got := Contains(netip.MustParseAddr(address)); got != want {
				t.Errorf("%s: %v", address, got)
			}
		}
	}
	if Contains(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// TestControlSeesWhatIsDialled asks at the socket, whatever the name was.
func TestControlSeesWhatIsDialled(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	d := net.Dialer{Control: Control(Contains)}
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0"} {
		if c, err := d.DialContext(t.Context(), "tcp", net.JoinHostPort(host, port)); !errors.Is(err, ErrNotPublic) {
			t.Errorf("%s: %v %v", host, c, err)
		}
	}
	d.Control = Control(netip.Addr.IsLoopback)
	c, err := d.DialContext(t.Context(), "tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
}
