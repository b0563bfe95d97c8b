package sfu

import (
	"slices"
	"testing"
	"time"
)

// BenchmarkAdmit measures how soon somebody who waits hears and sees once they are let
// in, at 50 ms round trip. Try -benchtime=100x.
func BenchmarkAdmit(b *testing.B) {
	w := newWAN(b, 25*time.Millisecond, Events{})
	a := w.person("a", w.at(b, "10.0.0.2", tagged(both, 1)))
	c := w.person("c", w.at(b, "10.0.0.3", tagged(both, 2)))
	pump(a)
	pump(c)
	var sound, picture []time.Duration
	for range b.N {
		w.room.SetRoutes(nil)
		<-time.After(300 * time.Millisecond) // what is under way arrives, and the ring gets older
		c.Forget()
		admitted := time.Now()
		w.room.SetRoutes(mesh("a", "c"))
		w.await("sound", func() bool { return c.Count("audio", 1) > 0 })
		sound = append(sound, time.Since(admitted))
		w.await("a picture", func() bool { return c.Count("video", 1) > 0 })
		picture = append(picture, time.Since(admitted))
	}
	for _, of := range []struct {
		name string
		all  []time.Duration
	}{{"sound", sound}, {"picture", picture}} {
		slices.Sort(of.all)
		b.ReportMetric(float64(of.all[len(of.all)/2].Milliseconds()), "ms-to-"+of.name+"-p50")
		b.ReportMetric(float64(of.all[len(of.all)*95/100].Milliseconds()), "ms-to-"+of.name+"-p95")
	}
}
