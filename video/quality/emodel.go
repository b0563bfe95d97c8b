// Package quality turns what was measured of a connection into a score and a cause,
// while the visit runs and as a report for after it.
package quality

import "time"

// The reduced E-model for sound. Rating factor of ITU-T G.107 (06/2015) with its
// default values: R = 93.2 - Id - Ie,eff. The delay impairment Id is the fit of
// Cole and Rosenbluth, "Voice over IP performance monitoring" (ACM CCR 31(2), 2001).
// Ie,eff follows G.107, equation 7-29, with random loss (BurstR = 1).
//
// ITU-T G.113 gives no values for Opus; Ie = 0 and Bpl = 20 are assumed here, which
// is near what is published there for wideband codecs with concealment. The score
// compares connections; it is no promise of how a listener would vote.
const (
	ratingBest = 93.2
	opusIe     = 0.0
	opusBpl    = 20.0
)

// fixedDelay is what every path has besides the network: a packet of 20 ms, the
// codec's look-ahead and the playing device.
const fixedDelay = 60 * time.Millisecond

// MOS estimates the mean opinion score (1 to 4.5) of a voice path from its
// round-trip time, jitter and loss (0..1, after repair).
func MOS(rtt, jitter time.Duration, loss float64) float64 {
	d := float64((rtt/2+2*jitter+fixedDelay)/time.Microsecond) / 1000 // one way, ms; the buffer takes twice the jitter
	id := 0.024 * d
	if d > 177.3 {
		id += 0.11 * (d - 177.3)
	}
	ppl := max(0, min(100, loss*100))
	ie := opusIe + (95-opusIe)*ppl/(ppl+opusBpl)
	return fromRating(ratingBest - id - ie)
}

// fromRating is G.107, Annex B.
func fromRating(r float64) float64 {
	switch {
	case r <= 0:
		return 1
	case r >= 100:
		return 4.5
	}
	return max(1, 1+0.035*r+r*(r-60)*(100-r)*7e-6)
}
