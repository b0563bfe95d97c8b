package arrival

import (
	"slices"
	"testing"
	"time"
)

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

func TestWhatIsMissingIsAskedForAndThenNotAgain(t *testing.T) {
	tr, buf := &Tracker{Clock: 90000}, make([]uint16, 0, 32)
	tr.Seen(65534, 0, ms(0))
	tr.Seen(2, 0, ms(1)) // 65535, 0, 1 are missing, over the wrap
	if got := tr.Due(ms(2), ms(50), buf); len(got) != 0 {
		t.Errorf("asked at once, it may only have been overtaken: %v", got)
	}
	tr.Seen(0, 0, ms(5))
	if got := tr.Due(ms(12), ms(50), buf); !slices.Equal(got, []uint16{65535, 1}) {
		t.Errorf("asked for %v", got)
	}
	if got := tr.Due(ms(40), ms(50), buf); len(got) != 0 {
		t.Errorf("asked again within a round trip: %v", got)
	}
	tr.Seen(1, 0, ms(60))
	if got := tr.Due(ms(70), ms(50), buf); !slices.Equal(got, []uint16{65535}) {
		t.Errorf("second try: %v", got)
	}
	if tr.Broken() {
		t.Error("broken too early")
	}
	tr.Due(ms(1200), ms(50), buf)
	if !tr.Broken() || tr.Broken() {
		t.Error("a packet that never came should break the stream once")
	}
}

func TestReport(t *testing.T) {
	tr := &Tracker{Clock: 48000}
	if _, ok := tr.Report(); ok {
		t.Fatal("a report about nothing")
	}
	for i := range 100 {
		if i%10 != 5 {
			tr.Seen(uint16(i), uint32(i*960), ms(i*20))
		}
	}
	r, _ := tr.Report()
	if r.Lost != 10 || r.Fraction < 0.09 || r.Fraction > 0.11 || r.Highest != 99 || r.Jitter != 0 {
		t.Errorf("%+v", r)
	}
	for i := 100; i < 200; i++ {
		tr.Seen(uint16(i), uint32(i*960), ms(i*20+i%2*8))
	}
	r, _ = tr.Report()
	if r.Fraction != 0 || r.Lost != 10 {
		t.Errorf("second interval %+v", r)
	}
	if j := tr.JitterTime(); j < ms(6) || j > ms(9) {
		t.Errorf("jitter %v, want near 8 ms", j)
	}
}

func TestOnesAskedForStayLostInTheReport(t *testing.T) {
	tr, buf := &Tracker{Clock: 90000}, make([]uint16, 0, 8)
	tr.Seen(1, 0, 0)
	tr.Seen(3, 0, ms(1))
	tr.Due(ms(20), 0, buf)
	tr.Seen(2, 0, ms(30))
	tr.Seen(2, 0, ms(31))
	if r, _ := tr.Report(); r.Lost != 1 {
		t.Errorf("%+v", r)
	}
}

func TestABreakIsNotThousandsOfLosses(t *testing.T) {
	tr, buf := &Tracker{Clock: 90000}, make([]uint16, 0, 200)
	tr.Seen(1, 0, 0)
	tr.Seen(30000, 0, ms(1))
	if got := tr.Due(ms(100), 0, buf); len(got) != 0 || !tr.Broken() {
		t.Errorf("asked for %d", len(got))
	}
	if r, _ := tr.Report(); r.Lost != 0 {
		t.Errorf("%+v", r)
	}
}

func BenchmarkSeen(b *testing.B) {
	tr := &Tracker{Clock: 90000}
	b.ReportAllocs()
	for i := range b.N {
		tr.Seen(uint16(i), uint32(i*3000), time.Duration(i)*time.Millisecond)
	}
}
