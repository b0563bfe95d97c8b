package caretest

import (
	"time"

	"github.com/anishathalye/porcupine"
)

type raceStep int

const (
	raceBook raceStep = iota
	raceHold
	raceConfirm // of one's own hold
	raceRelease // of one's own hold, by another wish or by its time
)

type raceInput struct {
	window, worker int
	step           raceStep
}

// windowState is what a window is by the rules: free, held or booked by somebody.
type windowState struct {
	worker int
	step   raceStep // raceRelease: free
}

// raceModel is the whole of booking for one window, without clocks, ledgers or
// stores: what porcupine holds the history against.
var raceModel = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		by := map[int][]porcupine.Operation{}
		for _, op := range history {
			w := op.Input.(raceInput).window
			by[w] = append(by[w], op)
		}
		out := make([][]porcupine.Operation, 0, len(by))
		for _, ops := range by {
			out = append(out, ops)
		}
		return out
	},
	Init: func() any { return windowState{step: raceRelease} },
	Step: func(state, input, output any) (bool, any) {
		s, in, ok := state.(windowState), input.(raceInput), output.(bool)
		mine := s.step == raceHold && s.worker == in.worker
		switch in.step {
		case raceBook, raceHold:
			possible := s.step == raceRelease || mine
			if !ok {
				return !possible, s
			}
			return possible, windowState{in.worker, in.step}
		case raceConfirm:
			return mine, windowState{in.worker, raceBook}
		default:
			return mine, windowState{step: raceRelease}
		}
	},
}

// Linearizable tells whether what everybody saw could have been seen if one had gone
// after the other, each at a moment within its own call.
func (r *RaceResult) Linearizable(within time.Duration) porcupine.CheckResult {
	return porcupine.CheckOperationsTimeout(raceModel, r.history, within)
}
