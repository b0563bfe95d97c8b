package schedule

// grid is the set of instants at which a visit may begin: those where the clock
// on the wall of a zone shows a multiple of step minutes past midnight. Of an hour
// that the clock shows twice only the first pass is in it, so that one reading is
// one slot.
type grid struct {
	zone *Zone
	step int64 // seconds
}

// next is the first instant of the grid that is not before unix.
func (g grid) next(unix int64) int64 {
	z := g.zone
	for i := z.period(unix); ; i++ {
		u := max(unix, z.from[i])
		if i > 0 && z.off[i-1] > z.off[i] { // set back: leave out what was shown before
			u = max(u, z.from[i]+z.off[i-1]-z.off[i])
		}
		u += floorMod(-(u + z.off[i]), g.step)
		if i+1 == len(z.from) || u < z.from[i+1] {
			return u
		}
	}
}

// on tells whether an instant is in the grid.
func (g grid) on(unix int64) bool { return g.next(unix) == unix }
