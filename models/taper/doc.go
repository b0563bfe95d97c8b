// Package taper is a medicine that is begun or ended in steps, as a prescriber wrote it:
// which tablets on which day. It knows the rules and no store: what can be made of the
// strengths that exist, how fast a reduction may be before somebody else looks, and how
// the days move when a plan starts late, rests, goes one step back or ends. A day is a
// date where the person is (YYYY-MM-DD), so that neither a flight nor a clock change
// makes a dose come twice. What was missed is never added to a later day.
package taper
