package risk

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

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
// level. Until they answer, their acknowledge clock runs. Whom no channel reaches may be told by
// who gives it: it is a hole at once, and the next is asked when they would be called again.
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
	if !to.Reached {
		a.step(Step{At: n.At, What: DidHole, Level: a.Level, Who: a.Owner, Code: "unreachable"})
	}
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

// EndDrill ends a drill. It is about nobody, so that nobody is to be in contact with.
func (a Alert) EndDrill(code string, who Person, at time.Time) Alert {
	a.Status, a.RepeatAt = Resolved, time.Time{}
	a.Outcome = &Outcome{Code: code, At: at, By: who.AccountID, Name: who.Name}
	a.step(Step{At: at, What: DidResolve, Level: a.Level, Who: who.AccountID, Name: who.Name, Code: code})
	return a
}
