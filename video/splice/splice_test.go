package splice

import (
	"math/rand/v2"
	"testing"
	"time"
)

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

func TestASwitchGoesOnWhereTheLastSourceStopped(t *testing.T) {
	s := New(90000, In{Seq: 99, TS: 1000, Picture: 6, TL0: 2})
	s.Switch(1)
	a, _ := s.Next(In{Seq: 5000, TS: 70000, Picture: 900, TL0: 9}, ms(0))
	if a != (In{Seq: 100, TS: 1001, Picture: 7, TL0: 3}) {
		t.Fatalf("%+v", a)
	}
	b, _ := s.Next(In{Seq: 5001, TS: 73000, Picture: 901, TL0: 10}, ms(33))
	if b != (In{Seq: 101, TS: 4001, Picture: 8, TL0: 4}) {
		t.Fatalf("%+v", b)
	}
	s.Switch(2)
	c, _ := s.Next(In{Seq: 7, TS: 5, Picture: 32767, TL0: 255}, ms(133))
	if c != (In{Seq: 102, TS: 4001 + 9000, Picture: 9, TL0: 5}) {
		t.Fatalf("%+v", c)
	}
	if _, ok := s.Next(In{Seq: 6}, ms(134)); ok {
		t.Error("a packet from before the switch went through")
	}
	if d, ok := s.Next(In{Seq: 9, TS: 6}, ms(140)); !ok || d.Seq != 104 {
		t.Errorf("a gap of the source must stay a gap: %+v", d)
	}
	if d, ok := s.Next(In{Seq: 8, TS: 6}, ms(141)); !ok || d.Seq != 103 {
		t.Errorf("a late packet of this source must keep its place: %+v", d)
	}
}

func TestFindGoesBackOverSwitches(t *testing.T) {
	s := New(48000, In{})
	for source := range uint64(4) {
		s.Switch(source)
		for i := range 10 {
			s.Next(In{Seq: uint16(source*1000) + uint16(i)}, ms(int(source)*200+i*20))
		}
	}
	for out := uint16(1); out <= 40; out++ {
		g, in, ok := s.Find(out)
		source := uint64(out-1) / 10
		if !ok || g.Source != source || in != uint16(source*1000)+(out-1)%10 {
			t.Errorf("out %d: source %d in %d %v", out, g.Source, in, ok)
		}
	}
	for _, out := range []uint16{41, 0, 60000} {
		if _, _, ok := s.Find(out); ok {
			t.Errorf("%d was never sent", out)
		}
	}
}

// out is the number under which the nth packet leaves.
func out(n int) uint16 { return uint16(11 + n) }

func TestALongSegmentWrapsManyTimes(t *testing.T) {
	s := New(48000, In{Seq: 10})
	s.Switch(1)
	for i := range 200_000 {
		got, ok := s.Next(In{Seq: uint16(i), TS: uint32(i) * 960}, ms(i*20))
		if !ok || got.Seq != out(i) {
			t.Fatalf("packet %d: %+v %v", i, got, ok)
		}
	}
	if _, in, ok := s.Find(out(199_000)); !ok || in != uint16(199_000%65536) {
		t.Errorf("find after wrapping: %d %v", in, ok)
	}
}

// TestRandomSwitching: whatever the sources do, what goes out is in order,
// without gaps of our making, and can be found again.
func TestRandomSwitching(t *testing.T) {
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 2))
		s, at := New(90000, In{Seq: uint16(rng.Uint32()), TS: rng.Uint32()}), time.Duration(0)
		in := map[uint64]In{}
		var last In
		begun := false
		for range 2000 {
			at += ms(rng.IntN(30))
			source := uint64(rng.IntN(3))
			if rng.IntN(20) == 0 || !begun {
				s.Switch(source)
			} else {
				source = s.source
			}
			p := in[source]
			if p == (In{}) {
				p = In{Seq: uint16(rng.Uint32()), TS: rng.Uint32(), Picture: uint16(rng.Uint32()) & 0x7fff}
			}
			p = In{Seq: p.Seq + 1, TS: p.TS + 3000, Picture: (p.Picture + 1) & 0x7fff, TL0: p.TL0 + 1}
			in[source] = p
			out, ok := s.Next(p, at)
			if !ok || begun && (out.Seq != last.Seq+1 || int32(out.TS-last.TS) <= 0) {
				t.Fatalf("seed %d: %+v after %+v (%v)", seed, out, last, ok)
			}
			if g, seq, ok := s.Find(out.Seq); !ok || g.Source != source || seq != p.Seq {
				t.Fatalf("seed %d: not found again", seed)
			}
			last, begun = out, true
		}
	}
}

func FuzzNext(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, at := New(90000, In{Seq: 65530}), time.Duration(0)
		s.Switch(1)
		highest, begun := uint16(0), false
		for len(data) >= 4 {
			at += time.Duration(data[0]) * time.Millisecond
			if data[1]&1 == 1 {
				s.Switch(uint64(data[1]))
			}
			in := In{Seq: uint16(data[2])<<8 | uint16(data[3]), TS: uint32(data[3]) << 10}
			fresh := s.fresh
			out, ok := s.Next(in, at)
			data = data[4:]
			if !ok {
				continue
			}
			if fresh && begun && out.Seq != highest+1 {
				t.Fatalf("a switch went from %d to %d", highest, out.Seq)
			}
			if !begun || int16(out.Seq-highest) > 0 {
				highest = out.Seq
			}
			begun = true
			if g, seq, ok := s.Find(out.Seq); !ok || g.Out(In{Seq: seq}).Seq != out.Seq {
				t.Fatalf("%d was sent and is not found", out.Seq)
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	s := New(90000, In{})
	s.Switch(1)
	b.ReportAllocs()
	for i := range b.N {
		s.Next(In{Seq: uint16(i), TS: uint32(i)}, time.Duration(i))
	}
}
