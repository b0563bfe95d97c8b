package relay

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
)

func listen(t *testing.T) net.PacketConn {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func selfSigned(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Unix(1<<33, 0)}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

func open(t *testing.T, media net.PacketConn, change func(*Config)) *Relay {
	t.Helper()
	c := Config{Listen: "127.0.0.1", Secret: make([]byte, 32), Media: []net.Addr{media.LocalAddr()}, PerPerson: 2}
	if change != nil {
		change(&c)
	}
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// guest is a TURN client with somebody's credentials.
func guest(t *testing.T, r *Relay, user, password string) (*turn.Client, net.PacketConn, error) {
	t.Helper()
	c, err := turn.NewClient(&turn.ClientConfig{TURNServerAddr: net.JoinHostPort("127.0.0.1", portOf(r)), Conn: listen(t),
		Username: user, Password: password, Realm: "handrail", RTO: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	relayed, err := c.Allocate()
	if err == nil {
		t.Cleanup(func() { _ = relayed.Close() })
	}
	return c, relayed, err
}

func portOf(r *Relay) string {
	_, port, _ := strings.Cut(strings.TrimPrefix(strings.Split(r.Servers("x")[0].URLs[0], "?")[0], "turn:"), ":")
	return port
}

func TestSelfTestOverAllThreePaths(t *testing.T) {
	r := open(t, listen(t), func(c *Config) { c.TLS = selfSigned(t) })
	if err := r.SelfTest(context.Background()); err != nil {
		t.Fatal(err)
	}
	if urls := r.Servers("ann")[0].URLs; len(urls) != 3 || !strings.HasPrefix(urls[2], "turns:") {
		t.Errorf("%v", urls)
	}
	_ = r.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	err := r.SelfTest(ctx)
	if err == nil || !strings.Contains(err.Error(), "strict firewalls") {
		t.Errorf("a dead relay should be told in a sentence: %v", err)
	}
}

func TestARelayReachesMediaAndNothingElse(t *testing.T) {
	media, other := listen(t), listen(t)
	r := open(t, media, nil)
	s := r.Servers("ann")[0]
	c, relayed, err := guest(t, r, s.Username, s.Credential)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := relayed.WriteTo([]byte("hello"), media.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 100)
	_ = media.SetReadDeadline(time.Now().Add(3 * time.Second))
	n, from, err := media.ReadFrom(buf)
	if err != nil || string(buf[:n]) != "hello" {
		t.Fatalf("%q %v", buf[:n], err)
	}
	_, _ = media.WriteTo([]byte("back"), from)
	_ = relayed.SetReadDeadline(time.Now().Add(3 * time.Second))
	if n, _, err = relayed.ReadFrom(buf); err != nil || string(buf[:n]) != "back" {
		t.Fatalf("%q %v", buf[:n], err)
	}
	// The same address and another port: the permission holds, the gate does not open.
	_, _ = relayed.WriteTo([]byte("secret service"), other.LocalAddr())
	_ = other.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if _, _, err := other.ReadFrom(buf); err == nil {
		t.Error("another service on the machine was reached through TURN")
	}
	for _, ip := range []string{"10.0.0.1", "192.168.1.1", "169.254.169.254", "8.8.8.8"} {
		if c.CreatePermission(&net.UDPAddr{IP: net.ParseIP(ip), Port: 80}) == nil {
			t.Errorf("%s is permitted", ip)
		}
	}
}

func TestThePublicAddressOfMediaLeadsHome(t *testing.T) {
	media := listen(t)
	r := open(t, media, func(c *Config) { c.Published = []string{"203.0.113.9"} })
	s := r.Servers("ann")[0]
	_, relayed, err := guest(t, r, s.Username, s.Credential)
	if err != nil {
		t.Fatal(err)
	}
	public := &net.UDPAddr{IP: net.ParseIP("203.0.113.9"), Port: media.LocalAddr().(*net.UDPAddr).Port}
	if _, err := relayed.WriteTo([]byte("x"), public); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 10)
	_ = media.SetReadDeadline(time.Now().Add(3 * time.Second))
	_, from, err := media.ReadFrom(buf)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = media.WriteTo([]byte("y"), from)
	_ = relayed.SetReadDeadline(time.Now().Add(3 * time.Second))
	if _, seen, err := relayed.ReadFrom(buf); err != nil || seen.String() != public.String() {
		t.Errorf("the answer came from %v: %v", seen, err)
	}
}

func TestCredentials(t *testing.T) {
	var ahead atomic.Int64
	r := open(t, listen(t), func(c *Config) { c.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) } })
	s := r.Servers("ann")[0]
	if strings.Contains(s.Username, "ann") {
		t.Error("the user name shows who it is")
	}
	if _, _, err := guest(t, r, s.Username, "wrong"); err == nil {
		t.Error("a wrong password was taken")
	}
	for range 2 {
		if _, _, err := guest(t, r, s.Username, s.Credential); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := guest(t, r, s.Username, s.Credential); err == nil {
		t.Error("a third allocation was given, the limit is two")
	}
	if o := r.Servers("mum")[0]; true {
		if _, _, err := guest(t, r, o.Username, o.Credential); err != nil {
			t.Errorf("one person's limit hit another: %v", err)
		}
	}
	if n := r.Allocations(); n != 3 {
		t.Errorf("%d allocations", n)
	}
	ahead.Store(int64(credentialLife + time.Minute))
	if _, _, ok := r.auth(&turn.RequestAttributes{Username: s.Username, Method: stun.MethodAllocate}); ok {
		t.Error("old credentials opened an allocation")
	}
	if _, _, ok := r.auth(&turn.RequestAttributes{Username: s.Username, Method: stun.MethodRefresh}); !ok {
		t.Error("an open allocation died with its credentials")
	}
	for _, bad := range []string{"", "x", "x:y", "99999999999", "99999999999:"} {
		if _, _, ok := r.auth(&turn.RequestAttributes{Username: bad, Method: stun.MethodAllocate}); ok {
			t.Errorf("user %q was taken", bad)
		}
	}
}

func TestAWeakSecretIsRefused(t *testing.T) {
	if _, err := New(Config{Listen: "127.0.0.1", Secret: make([]byte, 8)}); err == nil {
		t.Error("taken")
	}
}
