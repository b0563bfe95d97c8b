package ring

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"
)

func packet(seq uint16, n int) []byte {
	return bytes.Repeat([]byte{byte(seq), byte(seq >> 8)}, n/2+1)[:n]
}

// TestAgainstAList holds the ring against a plain list: what it gives back is
// right, and the newest bytes are always there.
func TestAgainstAList(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 3))
		r, sizes := New(20_000), map[uint16]int{}
		seq, buf := uint16(65000), make([]byte, 1500)
		for range 3000 {
			seq++
			n := 1 + rng.IntN(1400)
			sizes[seq] = n
			r.Put(seq, packet(seq, n), false, 0)
			back := uint16(rng.IntN(600))
			want := sizes[seq-back]
			got := r.Get(seq-back, buf)
			if got != 0 && (got != want || !bytes.Equal(buf[:got], packet(seq-back, want))) {
				t.Fatalf("seed %d: packet %d came back wrong", seed, back)
			}
			if got == 0 && back < 10 && want != 0 {
				t.Fatalf("seed %d: the %dth newest packet is gone", seed, back)
			}
		}
	}
}

func TestALateOneTakesItsPlace(t *testing.T) {
	r, buf := New(10_000), make([]byte, 100)
	r.Put(10, packet(10, 50), false, 0)
	r.Put(12, packet(12, 50), false, 0)
	if r.Get(11, buf) != 0 {
		t.Fatal("found what never came")
	}
	r.Put(11, packet(11, 60), false, 0)
	if r.Get(11, buf) != 60 || r.newest != 12 {
		t.Error("a late packet was lost or became the newest")
	}
	if r.Get(12, buf[:10]) != 0 {
		t.Error("a packet was cut to fit")
	}
}

func TestSinceKey(t *testing.T) {
	r := New(50_000)
	if _, _, ok := r.SinceKey(100, 0); ok {
		t.Fatal("a key frame out of nothing")
	}
	for i := range uint16(20) {
		r.Put(i, packet(i, 100), i == 5, time.Duration(i)*time.Second)
	}
	first, n, ok := r.SinceKey(100, 0)
	if !ok || first != 5 || n != 15 {
		t.Fatalf("%d %d %v", first, n, ok)
	}
	if _, _, ok = r.SinceKey(14, 0); ok {
		t.Error("longer than asked for")
	}
	if _, _, ok = r.SinceKey(100, 6*time.Second); ok {
		t.Error("showed what was before")
	}
	r.Put(22, packet(22, 100), false, 0)
	if _, _, ok = r.SinceKey(100, 0); ok {
		t.Error("a hole was overlooked")
	}
	r.Forget()
	if r.Get(22, make([]byte, 200)) != 0 {
		t.Error("not forgotten")
	}
}

func BenchmarkPut(b *testing.B) {
	r, p := New(256<<10), packet(1, 1100)
	b.ReportAllocs()
	for i := range b.N {
		r.Put(uint16(i), p, false, 0)
	}
}

// A ring that grows is held against the same list; it stays small for a small stream.
func TestItGrowsWithTheStream(t *testing.T) {
	for _, c := range []struct{ bytes, size int }{{200, 12 << 10}, {1000, 62_208}} { // a packet each 33 ms, kept for 2 s
		r, buf := Growing(8<<10, 64<<10, 2*time.Second), make([]byte, 1500)
		for i := range 1000 {
			seq, at := uint16(65000+i), time.Duration(i)*33*time.Millisecond
			r.Put(seq, packet(seq, c.bytes), false, at)
			for _, back := range []int{0, 5, 30} {
				old := seq - uint16(back)
				if n := r.Get(old, buf); back <= i && c.bytes*back < 7<<10 && n == 0 || n > 0 && !bytes.Equal(buf[:n], packet(old, c.bytes)) {
					t.Fatalf("%d bytes: the %dth before the %dth came back wrong (%d)", c.bytes, back, i, n)
				}
			}
		}
		if len(r.bytes) != c.size {
			t.Errorf("%d bytes a packet: grew to %d", c.bytes, len(r.bytes))
		}
		last := 65000 + 999
		oneBack := uint16(last - 50)
		if n := r.Get(oneBack, buf); n != c.bytes {
			t.Errorf("%d bytes a packet: one of 1.7 s ago is gone", c.bytes)
		}
	}
}
