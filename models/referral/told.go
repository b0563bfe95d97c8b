package referral

import (
	"slices"
	"strings"
	"time"
)

// QuestionPrefix and a need are together the id of the question of a check-in that asks
// for it.
const QuestionPrefix = "need-"

// danger is the answer to the question of safety that is met with help at once. To the
// team it is a need too.
const danger = "danger"

// ToldIn are the needs that the answers of a check-in tell. Who would rather not say, or
// skips a question, tells nothing.
func ToldIn(answers map[string]any, checkInID string) (out []Asked) {
	for _, need := range Needs {
		wants, _ := answers[QuestionPrefix+need].(string)
		if wants == danger {
			wants = "help"
		}
		if slices.Contains(Wants, wants) {
			out = append(out, Asked{Need: need, Wants: wants, CheckInID: checkInID})
		}
	}
	return out
}

// Told are the needs after a check-in that was answered at a moment. What somebody wrote
// about a need stays. Of a check-in that comes after the needs were said anew only a wish
// for help counts: nothing that somebody asked for is lost, and nothing newer is undone.
func (n SocialNeeds) Told(said []Asked, at time.Time) SocialNeeds {
	n.Needs = append([]Asked{}, n.Needs...)
	for _, a := range said {
		i := slices.IndexFunc(n.Needs, func(b Asked) bool { return b.Need == a.Need })
		switch {
		case i < 0:
			n.Needs = append(n.Needs, a)
		case n.Needs[i].Wants == a.Wants, a.Wants != "help" && at.Before(n.At):
		default:
			a.Words = n.Needs[i].Words
			n.Needs[i] = a
		}
	}
	return n
}

// From keeps of which check-in an answer is, where it is the same answer as before: who
// writes the needs anew does not say so themselves.
func (n SocialNeeds) From(before SocialNeeds) SocialNeeds {
	n.Needs = append([]Asked{}, n.Needs...)
	for i, a := range n.Needs {
		n.Needs[i].CheckInID = ""
		if j := slices.IndexFunc(before.Needs, func(b Asked) bool { return b.Need == a.Need && b.Wants == a.Wants }); j >= 0 {
			n.Needs[i].CheckInID = before.Needs[j].CheckInID
		}
	}
	return n
}

// IsQuestion tells whether a question of a check-in asks for a need.
func IsQuestion(id string) bool {
	need, is := strings.CutPrefix(id, QuestionPrefix)
	return is && slices.Contains(Needs, need)
}
