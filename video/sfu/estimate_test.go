package sfu

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// link is a model of a downlink: what it carries, and what it loses anyway.
type link struct{ carries, noise float64 }

func (l link) loss(sent float64) float64 {
	over := 0.0
	if sent > l.carries {
		over = 1 - l.carries/sent
	}
	return over + l.noise*(1-over)
}

// drive runs an estimate against a link: what is sent is what the estimate allows, up
// to what there is to send, and never less than the sound.
func drive(d *downlink, l link, demand float64, seconds int, from int) (bps float64) {
	for i := range seconds {
		sent := max(50_000, min(d.bps, demand))
		bps = d.update(seen{sent: sent, loss: l.loss(sent), rtt: 50 * time.Millisecond}, time.Duration(from+i)*time.Second)
	}
	return bps
}

func TestTheEstimateFallsFastAndRecovers(t *testing.T) {
	d := newDownlink()
	if bps := drive(d, link{carries: 300_000}, 2_000_000, 4, 0); bps > 330_000 {
		t.Errorf("after 4 s on a link of 300 kbit/s: %.0f", bps)
	}
	for i := range 60 {
		if bps := drive(d, link{carries: 300_000}, 2_000_000, 1, 4+i); i > 2 && i < 6 && bps > 310_000 {
			t.Errorf("tried again after %d s: %.0f", i, bps)
		}
	}
	if bps := drive(d, link{carries: 5e6}, 2_000_000, 60, 64); bps < 900_000 {
		t.Errorf("60 s after the link got wide: %.0f", bps)
	}
}

func TestALossyLinkIsNotTakenForANarrowOne(t *testing.T) {
	d := newDownlink()
	if bps := drive(d, link{carries: 5e6, noise: 0.15}, 800_000, 20, 0); bps < 800_000 {
		t.Errorf("a link that loses 15 %% of everything is starved: %.0f", bps)
	}
	if bps := drive(d, link{carries: 400_000, noise: 0.15}, 800_000, 6, 20); bps > 520_000 {
		t.Errorf("it got narrow as well and nobody noticed: %.0f", bps)
	}
}

func TestAQueueIsSeenBeforeItOverflows(t *testing.T) {
	d := newDownlink()
	d.update(seen{sent: 1e6, rtt: 40 * time.Millisecond}, time.Second)
	if bps := d.update(seen{sent: 1e6, rtt: 300 * time.Millisecond}, 2*time.Second); bps > 950_000 {
		t.Errorf("%.0f", bps)
	}
}

func TestTheReceiversOwnEstimateCounts(t *testing.T) {
	d := newDownlink()
	d.remb(450_000, time.Second)
	if bps := d.update(seen{sent: 1e6}, time.Second); bps != 450_000 {
		t.Errorf("%.0f", bps)
	}
	if bps := d.update(seen{sent: 1e6}, time.Minute); bps == 250_000 {
		t.Error("an old one still counts")
	}
}

// A busy phone takes its own delays for a full link, and with no pictures its estimate
// never rises again. Nothing is paused for that; with loss beside it, it is believed.
func TestALowEstimateOfTheReceiverAlonePausesNothing(t *testing.T) {
	d := newDownlink()
	for at := time.Second; at < 20*time.Second; at += time.Second {
		d.remb(40_000, at)
		if bps := d.update(seen{sent: 60_000, rtt: 20 * time.Millisecond}, at); bps < queueLeast {
			t.Fatalf("after %s: %.0f", at, bps)
		}
	}
	d.remb(90_000, 20*time.Second)
	if bps := d.update(seen{sent: 300_000, loss: 0.05, rtt: 20 * time.Millisecond}, 20*time.Second); bps != 90_000 {
		t.Errorf("with loss: %.0f", bps)
	}
}

func TestEverybodyIsLoweredBeforeAnybodyIsPaused(t *testing.T) {
	three := want{costs: []float64{100, 400, 1200}, max: 2, now: -1}
	for _, c := range []struct {
		budget float64
		want   []int
	}{{5000, []int{2, 2, 2}}, {2000, []int{2, 1, 0}}, {400, []int{0, 0, 0}}, {230, []int{0, 0, -1}}, {50, []int{-1, -1, -1}}} {
		var got []int
		for _, g := range allocate(c.budget, []want{three, three, three}) {
			got = append(got, g.layer)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("budget %.0f: %v, want %v", c.budget, got, c.want)
		}
	}
}

// Who receives little is believed to receive little: a screen must not have to be
// sent first to be sent.
func TestAScreenIsBegunWhereLittleCouldBeMeasured(t *testing.T) {
	camera := want{costs: []float64{60_000, 400_000}, max: 0, now: 0}
	screen := want{costs: []float64{screenCost}, now: -1}
	got := allocate(queueLeast-2*soundCost, []want{screen, camera})
	if got[0].layer != 0 || got[1].layer != 0 {
		t.Errorf("%+v", got)
	}
}

func TestAllocateProperties(t *testing.T) {
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 4))
		var wants []want
		for range rng.IntN(6) {
			w := want{max: rng.IntN(4), now: rng.IntN(4) - 1}
			cost := 0.0
			for range 1 + rng.IntN(3) {
				cost += float64(1 + rng.IntN(500))
				w.costs = append(w.costs, cost)
			}
			w.now = min(w.now, len(w.costs)-1)
			wants = append(wants, w)
		}
		budget := float64(rng.IntN(4000))
		spent := 0.0
		for i, g := range allocate(budget, wants) {
			if g.layer > top(wants[i]) {
				t.Fatalf("seed %d: more than is shown", seed)
			}
			if g.layer >= 0 {
				spent += wants[i].costs[g.layer]
				if wants[i].now >= 0 {
					spent -= wants[i].costs[0] * (1 - patience)
				}
			}
			if (g.layer < top(wants[i])) != (g.why == YourNetwork) {
				t.Fatalf("seed %d: layer %d of %d and why %q", seed, g.layer, top(wants[i]), g.why)
			}
		}
		if spent > budget {
			t.Fatalf("seed %d: spent %.0f of %.0f", seed, spent, budget)
		}
	}
}

func TestAssignMovesNobody(t *testing.T) {
	for _, c := range []struct{ seats, wanted, want []string }{
		{[]string{"", ""}, []string{"a"}, []string{"a", ""}},
		{[]string{"a", "b", ""}, []string{"c", "b", "a"}, []string{"a", "b", "c"}},
		{[]string{"a", "b"}, []string{"c", "b", "a"}, []string{"c", "b"}},
		{[]string{"a", "b"}, nil, []string{"", ""}},
		{nil, []string{"a"}, []string{}},
	} {
		if got := assign(c.seats, c.wanted); !slices.Equal(got, c.want) {
			t.Errorf("%v wanting %v: %v", c.seats, c.wanted, got)
		}
	}
}

func TestLayerForHeight(t *testing.T) {
	for _, c := range [][3]int{{180, 3, 0}, {360, 3, 1}, {720, 3, 2}, {720, 1, 0}, {720, 2, 1}, {100, 2, 0}} {
		if got := layerFor(c[0], c[1]); got != c[2] {
			t.Errorf("%d lines of %d layers: %d", c[0], c[1], got)
		}
	}
}

// A receiver's estimate is at most one and a half of what it gets, and less on a starved
// machine. With one small picture that is too little for a second, which must be begun
// all the same while round trips are short and nothing is lost.
func TestALowEstimateOfTheReceiverKeepsNoPictureFromBeginning(t *testing.T) {
	const voice, picture = 40_000.0, 210_000.0
	for _, part := range []float64{1.5, 0.5} {
		d := newDownlink()
		d.bps = queueLeast
		wants := []want{{costs: []float64{picture}, now: 0}, {costs: []float64{picture}, now: -1}}
		for at := time.Second; at < 20*time.Second; at += time.Second {
			sent := 2 * voice
			for i, g := range allocate(d.bps-2*voice, wants) {
				if wants[i].now = g.layer; g.layer >= 0 {
					sent += picture
				}
			}
			d.remb(part*sent, at)
			d.update(seen{sent: sent, rtt: 20 * time.Millisecond}, at)
		}
		if wants[0].now < 0 || wants[1].now < 0 {
			t.Errorf("told %.1f of what is sent: paused at %.0f bit/s: %+v", part, d.bps, wants)
		}
	}
}

// A round trip that is longer because this machine is late, or because the person's own
// processor is, is no queue.
func TestWhoIsLateDoesNotCallItTheNetwork(t *testing.T) {
	for _, o := range []seen{{late: 80 * time.Millisecond}, {busy: true}} {
		d := newDownlink()
		for i := range 20 {
			o.sent, o.rtt = 300_000, 20*time.Millisecond
			if i > 2 {
				o.rtt = 400 * time.Millisecond
			}
			d.remb(60_000, time.Duration(i)*time.Second)
			if bps := d.update(o, time.Duration(i)*time.Second); bps < queueLeast {
				t.Fatalf("%+v: %.0f after %d s", o, bps, i)
			}
		}
	}
}
