package risk

import (
	"slices"
	"strconv"
	"time"

	"handrail/models/checkin"
)

// Now is what a move needs to know of the moment.
type Now struct {
	At    time.Time
	Chain Chain
	Hours Hours
}

// Begin makes an alert and asks for it, or waits with its owner until somebody is
// there. What is emergent while nobody is there goes to the fail-safe at once.
func Begin(id string, patientID, patientName string, e Evidence, n Now) Alert {
	a := Alert{ID: id, PatientID: patientID, PatientName: patientName, Rule: e.Rule, Tier: e.Tier, RaisedAt: n.At}
	a.addEvidence(e)
	a.step(Step{At: n.At, What: DidRaise, Code: e.Rule})
	return a.begin(n)
}

// begin starts a round: a new one of each alert, and of one that is reopened.
func (a Alert) begin(n Now) Alert {
	level := LevelAssigned
	a.AskAt = n.At
	if !n.Hours.Open(n.At) {
		onCall := Pages(a.Tier) && slices.ContainsFunc(n.Chain.OnCall, func(p Person) bool { return p.Reached })
		if onCall {
			level = LevelCover
			n.Chain.Covers = n.Chain.OnCall
		} else if a.Tier == checkin.Emergent {
			level = LevelFailSafe
		} else if next, ok := n.Hours.Next(n.At); ok {
			a.AskAt = next
		}
	}
	a.Level = 0
	a = a.ask(level, n)
	a.ContactBy = a.contactFrom(a.AskAt, n.Hours)
	if a.AskAt.After(n.At) {
		a.Status = Open
	}
	return a
}

// ask gives the alert to the next person from a level on.
func (a Alert) ask(level int, n Now) Alert {
	who, at, holes := n.Chain.From(level, a.asked())
	for _, h := range holes {
		a.step(Step{At: n.At, What: DidHole, Level: h.Level, Who: h.Who, Code: h.Code})
	}
	from := n.At
	if a.AskAt.After(from) {
		from = a.AskAt
	}
	a.Owner, a.OwnerName, a.Level, a.Status = who.AccountID, who.Name, at, Notified
	a.AcknowledgeBy = a.shifted(from.Add(targets[a.Tier].Acknowledge), n.Hours)
	a.RepeatAt = from.Add(targets[a.Tier].Acknowledge / 3)
	a.step(Step{At: from, What: DidAsk, Level: at, Who: who.AccountID, Name: who.Name})
	return a
}

// asked are those whom this round has asked: since it was raised, reopened or missed.
func (a Alert) asked() []string {
	var out []string
	for i := len(a.History) - 1; i >= 0; i-- {
		switch s := a.History[i]; s.What {
		case DidAsk:
			out = append(out, s.Who)
		case DidRaise, DidReopen:
			return out
		}
	}
	return out
}

// askedAt is the level that an answer of somebody belongs to: that at which they were
// asked last; the alert's own for who was never asked.
func (a Alert) askedAt(accountID string) int {
	for i := len(a.History) - 1; i >= 0; i-- {
		if s := a.History[i]; s.What == DidAsk && s.Who == accountID {
			return s.Level
		}
	}
	return a.Level
}

// shifted moves the end of a time that runs over days into staffed hours.
func (a Alert) shifted(t time.Time, h Hours) time.Time {
	if Pages(a.Tier) {
		return t
	}
	if next, ok := h.Next(t); ok {
		return next
	}
	return t
}

func (a Alert) contactFrom(t time.Time, h Hours) time.Time {
	return a.shifted(t.Add(targets[a.Tier].Contact), h)
}

// Again adds what fired to an alert that stands. The same rule, or one that is as
// urgent, calls people anew where somebody had answered already; so does what is more
// urgent than what stood. Nothing lowers a tier.
func (a Alert) Again(e Evidence, combined bool, n Now) Alert {
	same := slices.Contains(a.Rules, e.Rule) && e.Tier != checkin.Routine
	a.addEvidence(e)
	tier := e.Tier
	if combined {
		a.Combined, tier = true, checkin.Urgent
	}
	rose := Rank(tier) > Rank(a.Tier)
	if rose {
		a.Tier = tier
		a.step(Step{At: n.At, What: DidRise, Code: string(tier)})
	}
	anew := same || Rank(tier) >= Rank(a.Tier)
	if anew && a.Status.handled() || a.Status.Ended() {
		a.step(Step{At: n.At, What: DidReopen, Code: e.Rule})
		by, ended := a.ContactBy, a.Status.Ended()
		a.Outcome = nil
		a = a.begin(n)
		if !ended && by.Before(a.ContactBy) && by.After(n.At) {
			a.ContactBy = by // what was promised first still runs
		}
		return a
	}
	if rose {
		a.step(Step{At: n.At, What: DidReopen, Code: e.Rule})
		return a.begin(n)
	}
	return a.fired(e.Rule, n.At)
}

// fired notes that a rule fired again and asked nobody. Its firings in a row are one step
// with a count, so that a flood of answers does not grow an alert until it can't be stored.
func (a Alert) fired(rule string, at time.Time) Alert {
	for i := len(a.History) - 1; i >= 0 && a.History[i].What == DidFire; i-- {
		if s := a.History[i]; s.Code == rule {
			a.History = slices.Clone(a.History)
			a.History[i].Count, a.History[i].At = max(s.Count, 1)+1, at
			return a
		}
	}
	a.step(Step{At: at, What: DidFire, Code: rule})
	return a
}

// Round names which call of an alert is the newest: a call goes out once for each.
func (a Alert) Round() string {
	n := 0
	for _, s := range a.History {
		if s.What == DidAsk || s.What == DidUnanswer {
			n++
		} else if s.What == DidRepeat {
			n += s.Count
		}
	}
	return strconv.Itoa(n)
}

// Calls tells whether the owner is to be called now: nobody has answered.
func (a Alert) Calls() bool { return a.Status == Notified || a.Status == Unanswered }
