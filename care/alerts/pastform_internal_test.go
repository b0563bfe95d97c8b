package alerts

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestThePastIsWrittenAsTheLibraryWouldWriteIt: byte by byte, with numbers of each width.
func TestThePastIsWrittenAsTheLibraryWouldWriteIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 192))
	number := func() float64 {
		return []float64{math.NaN(), 0, math.Copysign(0, -1), float64(r.IntN(11)), 7.5, 7.25, 0.1, 1.0 / 3, 2049, 65504, 65536, 1 << 20, 1e-5, 6.1035e-5, 1.0 / (1 << 14), 1.0 / (1 << 15), 1e300, -3, math.Inf(1)}[r.IntN(19)]
	}
	some := func() int64 { return r.Int64() >> r.IntN(64) } // of each width
	whole := func() int64 { more := some(); return more - some() }
	for range 500 {
		p := past{Format: pastFormat, Life: "life", Made: whole(), From: whole()}
		var came []byte
		for range r.IntN(40) * r.IntN(12) {
			v := told{ID: strings.Repeat("i", r.IntN(40)), At: whole(), Mood: number(), Crave: number(), Sleep: number(), Use: strings.Repeat("é", r.IntN(150))}
			if r.IntN(4) == 0 {
				v.Scores = []scored{{Instrument: "phq-9", Answers: map[string]int{"9": 1}, Result: map[string]float64{"score": number()}}}
			}
			p.Told, came = append(p.Told, v), appendTold(came, &v)
		}
		p.Full = r.IntN(len(p.Told) + 1)
		if want, err := shortly.Marshal(p); err != nil || !bytes.Equal(want, p.form()) {
			t.Fatalf("the library writes\n%x\nand this\n%x (%v)", want, p.form(), err)
		}
		if p.Told == nil {
			p.Told = []told{} // what came is a list, also of none
		}
		l := late{Format: pastFormat, Of: whole(), Told: p.Told}
		if want, err := shortly.Marshal(l); err != nil || !bytes.Equal(want, lateForm(l.Of, len(l.Told), came)) {
			t.Fatalf("the library writes\n%x\nand this\n%x (%v)", want, lateForm(l.Of, len(l.Told), came), err)
		}
	}
}
