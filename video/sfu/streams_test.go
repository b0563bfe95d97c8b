package sfu

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/pion/rtp"

	"handrail/video/videotest"
)

// sends is a client with a microphone and a camera of two layers, and one that names
// nothing.
func sends() *streams {
	return &streams{by: map[uint32]*stream{}, lines: []sending{
		{line: line{mid: "0", use: Microphone, codec: 111}, name: "0", mid: 1, ssrc: 5},
		{line: line{mid: "1", use: Camera, codec: 96, rtx: 97, rids: []string{"q", "h"}}, name: "1", mid: 1, rid: 2, rrid: 3},
		{line: line{mid: "2", use: Screen, codec: 98, rtx: 99}, name: "2", mid: 0}}}
}

func TestAStreamIsKnownByWhatIsSaidOfIt(t *testing.T) {
	for name, c := range map[string]struct {
		ssrc   uint32
		pt     uint8
		named  map[uint8]string
		mid    string
		index  int
		repair bool
	}{
		"told in the offer":         {5, 111, nil, "0", 0, false},
		"a new number, named":       {6, 111, map[uint8]string{1: "0"}, "0", 0, false},
		"a layer":                   {7, 96, map[uint8]string{1: "1", 2: "h"}, "1", 1, false},
		"the repeat of a layer":     {8, 97, map[uint8]string{1: "1", 3: "q"}, "1", 0, true},
		"a layer that is not named": {9, 96, map[uint8]string{1: "1"}, "", 0, false},
		"a layer that there is not": {9, 96, map[uint8]string{1: "1", 2: "x"}, "", 0, false},
		"by its type":               {10, 98, nil, "2", 0, false},
		"a repeat by its type":      {11, 99, nil, "2", 0, true},
		"another's name":            {12, 98, map[uint8]string{1: "9"}, "2", 0, false},
		"nothing of ours":           {13, 50, nil, "", 0, false},
	} {
		h := rtp.Header{Version: 2, SSRC: c.ssrc, PayloadType: c.pt}
		for id, v := range c.named {
			_ = h.SetExtension(id, []byte(v))
		}
		l, index, repair := sends().find(&h)
		got := ""
		if l != nil {
			got = l.name
		}
		if got != c.mid || index != c.index || repair != c.repair {
			t.Errorf("%s: line %q layer %d repeat %v", name, got, index, repair)
		}
	}
}

func TestARepeatBecomesWhatWasLost(t *testing.T) {
	line := &sending{line: line{codec: 96, rtx: 97}}
	s := &stream{line: line, layer: &Layer{ssrc: 7}, repair: true}
	h := rtp.Header{Version: 2, SSRC: 8, PayloadType: 97, SequenceNumber: 500, Timestamp: 99, Marker: true}
	_ = h.SetExtension(1, []byte("x"))
	raw, _ := (&rtp.Packet{Header: h, Payload: binary.BigEndian.AppendUint16(nil, 41)}).Marshal()
	raw = append(raw, "picture"...)
	var p rtp.Packet
	if err := p.Unmarshal(repaired(raw, &h, s)); err != nil {
		t.Fatal(err)
	}
	if p.SSRC != 7 || p.PayloadType != 96 || p.SequenceNumber != 41 || p.Timestamp != 99 || !p.Marker || string(p.Payload) != "picture" || string(p.GetExtension(1)) != "x" {
		t.Errorf("%+v", p)
	}
	empty, _ := (&rtp.Packet{Header: h}).Marshal()
	if repaired(empty, &h, s) != nil {
		t.Error("a probe is taken for a packet")
	}
}

// A client that names a new number in each packet must not grow the server.
func TestNumbersHaveALimit(t *testing.T) {
	p := &Peer{engine: &Engine{start: time.Unix(0, 0)}, from: sends()}
	p.member = (&Room{engine: p.engine, members: map[string]*Member{}}).Join("a")
	p.in = newRTCPIn(p)
	for i := range uint32(1000) {
		h := rtp.Header{Version: 2, SSRC: 100 + i, PayloadType: 111}
		_ = h.SetExtension(1, []byte("0"))
		p.recognise(&h)
	}
	if n := len(p.from.by); n != mostStreams {
		t.Errorf("%d numbers", n)
	}
	if n := len(*p.member.sources[KindAudio].layers.Load()); n != 1 {
		t.Errorf("%d layers of one microphone", n)
	}
}

// Media must not go the long way once ICE has chosen: it costs three times as much.
func TestMediaGoesFromSocketToSocket(t *testing.T) {
	h := newTestRoom(t, Events{})
	a, b := h.person("a", tagged(both, 1)), h.person("b", tagged(both, 2))
	h.room.SetRoutes(mesh("a", "b"))
	pump(a)
	pump(b)
	h.await("both ways", func() bool { return a.Count("video", 2) > 5 && b.Count("audio", 1) > 5 })
	h.room.mu.Lock()
	link := h.room.members["a"].active.link
	h.room.mu.Unlock()
	at := link.at.Load()
	if at == nil || h.engine.known.at(at.addr) != link {
		t.Fatal("the port does not know where a is")
	}
	sent := link.conn.BytesSent()
	n := a.Count("audio", 2)
	h.await("more", func() bool { return a.Count("audio", 2) > n+20 })
	if now := link.conn.BytesSent(); now != sent {
		t.Errorf("%d bytes went through ICE", now-sent)
	}
	h.room.Part("a")
	h.await("a is forgotten", func() bool { return h.engine.known.at(at.addr) == nil })
}

func TestAnotherCertificateIsRefused(t *testing.T) {
	h := newTestRoom(t, Events{})
	c, err := videotest.New(both)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	offer, uses, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	o, err := readOffer(offer, asUses(uses))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := o.secrets()
	if !ok {
		t.Fatal("no secrets")
	}
	if s.verify(h.engine.tls.Certificate, nil) == nil || s.verify(nil, nil) == nil {
		t.Error("a certificate that is not the client's is taken")
	}
	own, _ := h.engine.cert.GetFingerprints()
	s.hash, s.sum = own[0].Algorithm, own[0].Value
	if err := s.verify(h.engine.tls.Certificate, nil); err != nil {
		t.Error(err)
	}
}
