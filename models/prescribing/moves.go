package prescribing

import (
	"slices"
	"time"

	"handrail/models"
)

// Propose begins an agreement: who proposes it has signed it.
func Propose(id, patientID string, t Terms, by models.Author, now time.Time) Agreement {
	a := Agreement{ID: id, PatientID: patientID, Status: Proposed, By: by, At: now, Terms: t}
	a.Signatures = []Signature{{by, now}}
	a.step(Proposed, by, "", now)
	return a
}

func (a *Agreement) step(to Status, by models.Author, note string, now time.Time) {
	a.Status, a.ChangedAt = to, now
	a.Steps = append(slices.Clip(a.Steps), Step{now, to, by, note})
}

func cannot() error {
	return models.E(models.KindConflict, "agreement-move-not-allowed", "This can't be done with the agreement as it stands. Load it again.")
}

// Change sets other terms of what is proposed. Whoever signed the old ones signs anew.
func (a Agreement) Change(t Terms, by models.Author, now time.Time) (Agreement, error) {
	if a.Status != Proposed {
		return a, models.E(models.KindConflict, "agreement-stands", "This is agreed. Propose a new one that takes its place.")
	}
	a.Terms, a.Signatures = t, []Signature{{by, now}}
	a.step(Proposed, by, "", now)
	return a, nil
}

// Sign agrees. With the last signature it is agreed. The same again is no change.
func (a Agreement) Sign(by models.Author, now time.Time) (Agreement, error) {
	switch {
	case a.Signed(by.AccountID) && a.Status != Ended:
		return a, nil
	case a.Status != Proposed:
		return a, cannot()
	}
	a.Signatures = append(slices.Clip(a.Signatures), Signature{by, now})
	a.ChangedAt = now
	if !slices.ContainsFunc(a.Prescribers, func(p Prescriber) bool { return !a.Signed(p.AccountID) }) {
		a.step(Agreed, by, "", now)
	}
	return a, nil
}

// Begin puts it in force: its duties begin.
func (a Agreement) Begin(by models.Author, now time.Time) (Agreement, error) {
	if a.Status == InForce {
		return a, nil
	}
	if a.Status != Agreed {
		return a, cannot()
	}
	a.step(InForce, by, "", now)
	return a, nil
}

// Review begins to look at it. It holds meanwhile.
func (a Agreement) Review(by models.Author, note string, now time.Time) (Agreement, error) {
	if a.Status == UnderReview {
		return a, nil
	}
	if !MayMove(a.Status, UnderReview) {
		return a, cannot()
	}
	a.step(UnderReview, by, note, now)
	return a, nil
}

// Stand ends a review: it goes on as it is.
func (a Agreement) Stand(by models.Author, note string, now time.Time) (Agreement, error) {
	last := a.Steps[len(a.Steps)-1]
	if a.Status == InForce && last.By.AccountID == by.AccountID && last.Note == note {
		return a, nil
	}
	if a.Status != UnderReview {
		return a, cannot()
	}
	a.step(InForce, by, note, now)
	return a, nil
}

// End ends it. by gives the reason. The same again is no change.
func (a Agreement) End(by models.Author, note, replacedBy string, now time.Time) (Agreement, error) {
	if a.Status == Ended {
		return a, nil
	}
	a.ReplacedBy = replacedBy
	a.step(Ended, by, note, now)
	return a, nil
}
