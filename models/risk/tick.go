package risk

import "slices"

// Tick does what is due: calls the owner when the clinic opens, calls again, asks the
// next level. ok is false when nothing is.
func (a Alert) Tick(n Now) (out Alert, ok bool) {
	due := a.Due()
	if due.IsZero() || n.At.Before(due) {
		return a, false
	}
	switch a.Status {
	case Open:
		a.AskAt = n.At
		if !n.At.Before(a.ContactBy) { // the program stood still: nobody was asked yet who could have missed it
			a.ContactBy = a.contactFrom(n.At, n.Hours)
		}
		holds := n.Chain.Holds(a.Owner) && !slices.Contains(n.Chain.Away, a.Owner)
		if holds && n.Chain.reaches(a.Owner) {
			a.Status = Notified
			return a.again(n), true
		}
		if holds { // what reached them when it was raised does not any more
			a.step(Step{At: n.At, What: DidHole, Level: a.Level, Who: a.Owner, Code: "unreachable"})
		}
		a.step(Step{At: n.At, What: DidMove})
		return a.ask(LevelAssigned, n), true
	case Notified:
		if !a.ContactBy.IsZero() && !n.At.Before(a.ContactBy) {
			return a.missed(n), true
		}
		if n.At.Before(a.AcknowledgeBy) {
			if a.Owner != n.Chain.FailSafe.AccountID && !n.Chain.reaches(a.Owner) {
				a.step(Step{At: n.At, What: DidHole, Level: a.Level, Who: a.Owner, Code: "unreachable"})
				return a.up(n), true
			}
			return a.repeat(n), true
		}
		return a.up(n), true
	case Unanswered:
		return a.repeat(n), true
	case Acknowledged, InContact:
		return a.missed(n), true
	}
	return a, false
}

// missed asks the next level, since the time to be in contact is over without an outcome.
func (a Alert) missed(n Now) Alert {
	a.step(Step{At: n.At, What: DidMiss, Level: a.Level, Who: a.Owner, Name: a.OwnerName})
	a = a.up(n)
	a.ContactBy = a.contactFrom(n.At, n.Hours)
	return a
}

// again calls the one who owns it, with their whole time.
func (a Alert) again(n Now) Alert {
	a.AcknowledgeBy = a.shifted(n.At.Add(targets[a.Tier].Acknowledge), n.Hours)
	a.RepeatAt = n.At.Add(targets[a.Tier].Acknowledge / 3)
	a.step(Step{At: n.At, What: DidAsk, Level: a.Level, Who: a.Owner, Name: a.OwnerName})
	return a
}

// repeat calls the owner once more. Repeats of one level are one step with a count.
func (a Alert) repeat(n Now) Alert {
	a.RepeatAt = n.At.Add(targets[a.Tier].Acknowledge / 3)
	if last := len(a.History) - 1; last >= 0 && a.History[last].What == DidRepeat {
		a.History = slices.Clone(a.History)
		a.History[last].Count, a.History[last].At = a.History[last].Count+1, n.At
		return a
	}
	a.step(Step{At: n.At, What: DidRepeat, Level: a.Level, Who: a.Owner, Name: a.OwnerName, Count: 1})
	return a
}

// up asks the next level; after the last one the alert is unanswered, and the fail-safe
// is called on and on.
func (a Alert) up(n Now) Alert {
	a.AskAt = n.At
	if a.Level < LevelFailSafe && (a.Level < LevelSupervisor || a.Owner != n.Chain.FailSafe.AccountID) {
		return a.ask(a.Level+1, n)
	}
	a.Status, a.Owner, a.OwnerName = Unanswered, n.Chain.FailSafe.AccountID, n.Chain.FailSafe.Name
	a.RepeatAt = n.At.Add(targets[a.Tier].Acknowledge)
	a.step(Step{At: n.At, What: DidUnanswer, Level: a.Level, Who: a.Owner, Name: a.OwnerName})
	return a
}
