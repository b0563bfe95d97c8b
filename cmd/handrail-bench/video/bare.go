package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/srtp/v3"
	"github.com/pion/webrtc/v4"
)

// bare is the limit: one loop that receives, decrypts, encrypts for each of the others
// and sends, over one UDP socket, with nothing else: no ICE, no reports, no repeats, no
// rights, no rewriting. Keys are made of names; it is of use for nothing but this.
type bare struct{}

func (bare) name() string { return "bare loop" }

func (bare) start(ctx context.Context) (*process, error) { return startSelf(ctx, nil, "", "bare") }

const bareProfile = srtp.ProtectionProfileAeadAes256Gcm

// bareKeys are those of one direction of one person.
func bareKeys(name string) (*srtp.Context, error) {
	key, salt := sha256.Sum256([]byte(name)), sha256.Sum256([]byte("salt of "+name))
	return srtp.CreateContext(key[:], salt[:12], bareProfile, srtp.SRTPReplayProtection(1024))
}

// barePerson is one client as the loop knows it.
type barePerson struct {
	at       netip.AddrPort
	number   uint32
	dec, enc *srtp.Context
	others   []*barePerson
}

// serveBare is the loop. A packet that begins with "join" brings a person into a room,
// one that begins with "part" takes them out.
func serveBare(ctx context.Context) error {
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	_, _ = socket.SetReadBuffer(4<<20), socket.SetWriteBuffer(4<<20)
	context.AfterFunc(ctx, func() { _ = socket.Close() })
	fmt.Println(socket.LocalAddr())
	rooms, people := map[string][]*barePerson{}, map[netip.AddrPort]*barePerson{}
	buf, out := make([]byte, 2048), make([]byte, 2048)
	var in, head rtp.Header
	for {
		n, from, err := socket.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			continue
		}
		p := people[from]
		if n > 4 && (string(buf[:4]) == "join" || string(buf[:4]) == "part") {
			if err := bareAdmit(rooms, people, strings.Fields(string(buf[:n])), from); err != nil {
				return err
			}
			continue
		}
		if p == nil {
			continue
		}
		got, err := p.dec.DecryptRTP(buf[:n], buf[:n], &in)
		if err != nil {
			continue
		}
		for _, to := range p.others {
			copy(out, got)
			binary.BigEndian.PutUint32(out[8:], p.number<<1|in.SSRC)
			sealed, err := to.enc.EncryptRTP(out, out[:len(got)], &head)
			if err == nil {
				_, _ = socket.WriteToUDPAddrPort(sealed, to.at)
			}
		}
	}
}

func bareAdmit(rooms map[string][]*barePerson, people map[netip.AddrPort]*barePerson, words []string, from netip.AddrPort) (err error) {
	room := words[1]
	var list []*barePerson
	for _, o := range rooms[room] {
		if o.at != from {
			list = append(list, o)
		}
	}
	delete(people, from)
	if words[0] == "join" {
		p := &barePerson{at: from, number: uint32(from.Port())}
		if p.dec, err = bareKeys("up " + words[2]); err != nil {
			return err
		}
		if p.enc, err = bareKeys("down " + words[2]); err != nil {
			return err
		}
		people[from] = p
		list = append(list, p)
	}
	rooms[room] = list
	for _, p := range list {
		p.others = nil
		for _, o := range list {
			if o != p {
				p.others = append(p.others, o)
			}
		}
	}
	return nil
}

func (bare) join(ctx context.Context, p *process, room, person string, m *meter) (func(), error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "udp", p.address)
	if err != nil {
		return nil, err
	}
	up, err1 := bareKeys("up " + person)
	down, err2 := bareKeys("down " + person)
	if _, err3 := fmt.Fprintf(c, "join %s %s", room, person); errors.Join(err1, err2, err3) != nil {
		return nil, errors.Join(err1, err2, err3, c.Close())
	}
	wait(ctx, 10*time.Millisecond) // or media would come before it
	stop := make(chan struct{})
	var pumps sync.WaitGroup
	pumps.Go(func() { bareListen(c, down, m) })
	var mu sync.Mutex
	for kind, sound := range []bool{false, true} {
		f := &flow{}
		f.of(sound, person)
		pumps.Go(func() {
			f.pump(stop, func(k *rtp.Packet) {
				k.SSRC, k.PayloadType = uint32(kind), uint8(96+kind)
				raw, err := k.Marshal()
				if err != nil {
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if sealed, err := up.EncryptRTP(nil, raw, nil); err == nil {
					_, _ = c.Write(sealed)
				}
			})
		})
	}
	return func() {
		close(stop)
		_, _ = fmt.Fprintf(c, "part %s %s", room, person)
		_ = c.Close()
		pumps.Wait()
	}, nil
}

func bareListen(c net.Conn, down *srtp.Context, m *meter) {
	buf := make([]byte, 2048)
	var h rtp.Header
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		got, err := down.DecryptRTP(buf[:n], buf[:n], &h)
		if err != nil {
			continue
		}
		kind := webrtc.RTPCodecTypeVideo
		if h.PayloadType == 97 {
			kind = webrtc.RTPCodecTypeAudio
		}
		m.observe(kind, got[h.MarshalSize():])
	}
}
