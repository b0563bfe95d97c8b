package reminder

import "slices"

// relied are a person's choices for what others rely on that they hear of: an alert that
// they answer for, a patient who is handed to them. It comes in the way and outside of the
// quiet hours that they chose, and no choice keeps it back for good: they count as somebody
// who looks.
func (t Traits) relied(k Kind, off bool) Traits {
	if off || len(t.Steps) == 0 {
		t.Steps = k.Traits().Steps
	}
	if t.Quiet == QuietSkip {
		t.Quiet = QuietWait
	}
	t.Digest = false
	return t
}

// ways are the steps that reach somebody by what leaves the house.
var ways = []Step{StepPush, StepEmail, StepSMS}

// withOthers adds the ways that were not chosen, behind those that were.
func withOthers(chosen []Step) []Step {
	out := slices.Clone(chosen)
	for _, w := range ways {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// above tells whether pauses and the cap leave an occurrence alone.
func (o Occurrence) above() bool { return o.Kind.above() || o.First > 0 }
