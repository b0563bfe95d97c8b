package quality

import (
	"math"
	"testing"
	"time"
)

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// TestMOSAgainstTheFormulas: values worked out by hand from G.107 and the fit.
func TestMOSAgainstTheFormulas(t *testing.T) {
	for _, c := range []struct {
		rtt, jitter time.Duration
		loss, want  float64
	}{
		{0, 0, 0, 4.38},       // d=60, R=91.76
		{ms(100), 0, 0, 4.36}, // d=110, R=90.56
		{ms(100), 0, 0.05, 3.68},
		{ms(600), 0, 0, 3.33}, // d=360, R=64.5
		{ms(100), 0, 1, 1.06},
	} {
		got := MOS(c.rtt, c.jitter, c.loss)
		if math.Abs(got-c.want) > 0.05 {
			t.Errorf("rtt %v loss %v: %.2f, want about %.2f", c.rtt, c.loss, got, c.want)
		}
	}
}

func TestMOSNeverRisesWithTrouble(t *testing.T) {
	for rtt := 0; rtt < 2000; rtt += 50 {
		last := 5.0
		for loss := 0.0; loss <= 1; loss += 0.02 {
			m := MOS(ms(rtt), 0, loss)
			if m > last || m < 1 || m > 4.5 {
				t.Fatalf("rtt %d loss %.2f: %.3f after %.3f", rtt, loss, m, last)
			}
			if MOS(ms(rtt+50), 0, loss) > m || MOS(ms(rtt), ms(40), loss) > m {
				t.Fatalf("rtt %d loss %.2f: more delay scored better", rtt, loss)
			}
			last = m
		}
	}
}

func TestReport(t *testing.T) {
	c, at := NewCollector("ann"), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if _, ok := c.Report(); ok {
		t.Fatal("a report about nothing")
	}
	c.Add(Sample{At: at}) // waiting for the first connection counts for nothing
	for i := range 180 {
		s := Sample{At: at.Add(time.Duration(i) * time.Second), Connected: true, RTT: ms(50), DownBps: 500_000, UpBps: 300_000, Path: "udp"}
		if i >= 60 && i < 120 {
			s.UpLoss = 0.2
		}
		if i >= 170 {
			s.Connected = false
		}
		c.Add(s)
	}
	c.AddClient(Client{Freezes: 2, Frozen: ms(900), Path: "relay"})
	r, ok := c.Report()
	if !ok || r.ConnectedSec != 170 || r.GapSec != 10 || r.Cause != Uplink || r.Path != "relay" || r.Freezes != 2 || r.FrozenMs != 900 {
		t.Errorf("%+v", r)
	}
	if r.WorstMinute >= r.MOS || r.WorstMinute > 3.2 || r.MOS < 3 || math.Abs(r.DownKbps-500) > 1 {
		t.Errorf("%+v", r)
	}
}

func TestCauses(t *testing.T) {
	for want, s := range map[Cause]Sample{
		Good: {Connected: true}, Absent: {}, Device: {Connected: true, Silent: true}, Uplink: {Connected: true, UpLoss: 0.1},
		Downlink: {Connected: true, DownJitter: ms(80)}, Both: {Connected: true, UpLoss: 0.1, DownLoss: 0.1}, Delay: {Connected: true, RTT: ms(500)},
	} {
		if got := CauseOf(s); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}

// A device that is too busy reads late, which looks like jitter and delay. It is told
// from a network that loses, and the record says for how long.
func TestABusyDeviceIsNotTheNetwork(t *testing.T) {
	for want, s := range map[Cause]Sample{
		Processor: {Connected: true, Busy: true, DownJitter: ms(90), RTT: ms(700)},
		Downlink:  {Connected: true, Busy: true, DownLoss: 0.1},
		Device:    {Connected: true, Busy: true, Silent: true},
	} {
		if got := CauseOf(s); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
	c, at := NewCollector("ann"), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for i := range 100 {
		c.Add(Sample{At: at.Add(time.Duration(i) * time.Second), Connected: true, RTT: ms(50), Busy: i < 40})
	}
	if r, _ := c.Report(); r.Cause != Processor || r.BusySec != 40 {
		t.Errorf("%+v", r)
	}
}
