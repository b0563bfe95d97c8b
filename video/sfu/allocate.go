package sfu

// Why is the reason for sending less than could be.
type Why string

// The reasons, in the words of the signaling protocol.
const (
	Fine         Why = ""
	YourNetwork  Why = "your-network"    // the receiver's connection
	TheirNetwork Why = "their-network"   // the sender's connection
	YourDevice   Why = "your-processor"  // the receiver's device is too busy
	TheirDevice  Why = "their-processor" // the sender's
	ShownSmall   Why = "shown-small"
	NotShown     Why = "not-shown"
)

// want is one picture that should be sent to somebody, most important first in a list.
type want struct {
	costs []float64 // bit/s of each layer, lowest first; at least one
	max   int       // highest that the page needs
	now   int       // what is sent now; -1 nothing
}

// grant is what it gets.
type grant struct {
	layer int // -1 paused
	why   Why
}

// headroom is how much more than its cost must be free before a higher layer than
// the one of now is tried, so that it does not swing.
const headroom = 1.15

// patience is the part of its cost for which a picture that is shown stays: a little
// too much loses packets, which are repaired; a pause is a black picture.
const patience = 0.7

// allocate divides a budget (bit/s, audio taken off already). Everybody is
// lowered before anybody is paused: first each picture gets its lowest layer in
// order, then each is raised in order as far as there is room.
func allocate(budget float64, wants []want) []grant {
	out := make([]grant, len(wants))
	for i, w := range wants {
		out[i] = grant{layer: -1, why: YourNetwork}
		if cost := price(w, 0); cost <= budget {
			out[i].layer = 0
			budget = max(0, budget-w.costs[0])
		}
	}
	for i, w := range wants {
		for out[i].layer >= 0 && out[i].layer < top(w) {
			next := out[i].layer + 1
			if step := price(w, next) - w.costs[next-1]; step > budget || budget == 0 {
				break
			}
			budget -= w.costs[next] - w.costs[next-1]
			out[i].layer = next
		}
		if out[i].layer == top(w) {
			out[i].why = Fine
			if top(w) < len(w.costs)-1 {
				out[i].why = ShownSmall
			}
		}
	}
	return out
}

func top(w want) int { return min(w.max, len(w.costs)-1) }

func price(w want, layer int) float64 {
	switch {
	case layer > w.now:
		return w.costs[layer] * headroom
	case layer == 0:
		return w.costs[0] * patience
	}
	return w.costs[layer]
}

// layerFor is the highest layer that a picture drawn this high (pixels) needs, when
// the sender's layers are quarter, half and whole of 720 lines.
func layerFor(height, layers int) int {
	switch {
	case layers <= 1 || height <= 240:
		return 0
	case layers == 2 || height <= 480:
		return 1
	}
	return 2
}

// assign gives each wanted thing a seat and moves nobody who sits already. More
// than there are seats: the first ones.
func assign[T comparable](seats []T, wanted []T) []T {
	var none T
	out := make([]T, len(seats))
	if len(wanted) > len(seats) {
		wanted = wanted[:len(seats)]
	}
	placed := map[T]bool{}
	for i, s := range seats {
		for _, w := range wanted {
			if s == w && s != none && !placed[w] {
				out[i], placed[w] = w, true
			}
		}
	}
	next := 0
	for _, w := range wanted {
		if placed[w] {
			continue
		}
		for out[next] != none {
			next++
		}
		out[next], placed[w] = w, true
	}
	return out
}
