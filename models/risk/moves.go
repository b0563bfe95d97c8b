package risk

import (
	"slices"
	"strconv"
	"time"

	"handrail/models"
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
		if n.Chain.Holds(a.Owner) && !slices.Contains(n.Chain.Away, a.Owner) {
			a.Status = Notified
			return a.again(n), true
		}
		a.step(Step{At: n.At, What: DidMove})
		return a.ask(LevelAssigned, n), true
	case Notified:
		if !a.ContactBy.IsZero() && !n.At.Before(a.ContactBy) {
			return a.missed(n), true
		}
		if n.At.Before(a.AcknowledgeBy) {
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

// Moved gives an open alert to somebody else when its owner can't answer for it any
// more: suspended, off the team, or not to see it. ok is false when they still can.
func (a Alert) Moved(n Now) (Alert, bool) {
	if a.Status.Ended() || n.Chain.Holds(a.Owner) {
		return a, false
	}
	a.step(Step{At: n.At, What: DidMove, Level: a.Level, Who: a.Owner, Name: a.OwnerName})
	waits := a.Status == Open
	if !waits {
		a.AskAt = n.At
	}
	a = a.ask(LevelAssigned, n)
	if waits {
		a.Status = Open
	}
	return a, true
}

// Acknowledge notes that somebody handles it. It stops the acknowledge clock only. Who
// was asked at an earlier level, and anybody once it has ended, is written down and
// changes nothing: late is true. The same person again is no change.
func (a Alert) Acknowledge(who Person, at time.Time) (out Alert, late bool) {
	if a.Status.handled() && a.Owner == who.AccountID {
		return a, false
	}
	if a.Status.Ended() || a.Owner != who.AccountID && (a.Status.handled() || slices.Contains(a.asked(), who.AccountID)) {
		level := a.askedAt(who.AccountID)
		if !slices.ContainsFunc(a.History, func(s Step) bool { return s.What == DidLate && s.Who == who.AccountID && s.Level == level }) {
			a.step(Step{At: at, What: DidLate, Level: level, Who: who.AccountID, Name: who.Name})
		}
		return a, true
	}
	a.Status, a.Owner, a.OwnerName = Acknowledged, who.AccountID, who.Name
	a.step(Step{At: at, What: DidAcknowledge, Level: a.Level, Who: who.AccountID, Name: who.Name})
	return a, false
}

// HandOver gives an open alert to somebody of the chain, who is called at the same
// level. Until they answer, their acknowledge clock runs.
func (a Alert) HandOver(from, to Person, n Now) (Alert, error) {
	switch {
	case a.Status.Ended():
		return a, models.E(models.KindConflict, "alert-ended", "This alert has an outcome already.")
	case a.Owner != from.AccountID:
		return a, notOwner()
	case !n.Chain.Holds(to.AccountID):
		return a, models.E(models.KindInvalid, "cannot-own-alert", "This person can't answer for it. Choose a clinician of the team.")
	}
	a.step(Step{At: n.At, What: DidHandOver, Level: a.Level, Who: from.AccountID, Name: from.Name})
	a.Owner, a.OwnerName, a.Status = to.AccountID, to.Name, Notified
	return a.again(n), nil
}

func notOwner() error {
	return models.E(models.KindConflict, "not-the-owner", "Somebody else answers for this alert. Load it again.")
}

// Ending is what its owner says of an alert.
type Ending struct {
	Status Status `json:"status"`
	Code   string `json:"code,omitempty"`
	Note   string `json:"note,omitempty"`
	Tries  int    `json:"tries,omitempty"`
}

// CheckEnding says what is wrong. Errors: KindInvalid with fields.
func CheckEnding(e Ending, tier checkin.Tier) error {
	var c models.Checks
	c.Require(e.Status == InContact || e.Status.Ended(), "status", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", e.Note, 0, 2000)
	c.Require(e.Code == "" || slices.Contains(Outcomes, e.Code), "code", "not-a-choice", "Choose one of those that are offered.")
	c.Require(e.Code != "" || !e.Status.Ended(), "code", "required", "Say how it ended.")
	c.Require(e.Code != "not-reached" || e.Tries >= 1 && e.Tries <= 100, "tries", "required", "Say how often you tried.")
	c.Require(e.Code != "no-action-needed" || !Pages(tier), "code", "needs-contact", "An urgent alert needs what was done.")
	return c.Err()
}

// Record notes an outcome, or that the owner is in contact. It is the owner's, who
// thereby acknowledges. The same again is no change.
func (a Alert) Record(who Person, e Ending, at time.Time) (Alert, error) {
	if err := CheckEnding(e, a.Tier); err != nil {
		return a, err
	}
	if a.Status == e.Status && a.Status.Ended() {
		if o := a.Outcome; o != nil && o.By == who.AccountID && o.Code == e.Code && o.Note == e.Note && o.Tries == e.Tries {
			return a, nil
		}
	}
	if a.Status.Ended() {
		return a, models.E(models.KindConflict, "alert-ended", "This alert has an outcome already.")
	}
	if a.Owner != who.AccountID {
		return a, notOwner()
	}
	if a.Status == InContact && e.Status == InContact {
		return a, nil
	}
	if !a.Status.handled() {
		a, _ = a.Acknowledge(who, at)
	}
	a.Status = e.Status
	what := map[Status]string{InContact: DidContact, Resolved: DidResolve, Referred: DidRefer}[e.Status]
	s := Step{At: at, What: what, Level: a.Level, Who: who.AccountID, Name: who.Name, Code: e.Code, Count: e.Tries}
	a.step(s)
	if e.Status.Ended() {
		a.Outcome = &Outcome{Code: e.Code, Note: e.Note, Tries: e.Tries, At: at, By: who.AccountID, Name: who.Name}
		a.RepeatAt = time.Time{}
	}
	return a, nil
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

// EndDrill ends a drill. It is about nobody, so that nobody is to be in contact with.
func (a Alert) EndDrill(code string, who Person, at time.Time) Alert {
	a.Status, a.RepeatAt = Resolved, time.Time{}
	a.Outcome = &Outcome{Code: code, At: at, By: who.AccountID, Name: who.Name}
	a.step(Step{At: at, What: DidResolve, Level: a.Level, Who: who.AccountID, Name: who.Name, Code: code})
	return a
}
