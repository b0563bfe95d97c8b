package tasks

import (
	"context"
	"slices"

	"handrail/models"
	"handrail/models/risk"
	"handrail/models/task"
)

// Reached tells whether a channel reaches somebody now.
func (i *Inside) Reached(ctx context.Context, accountID string) (bool, error) {
	return i.service.alerts.Reached(ctx, accountID)
}

// Above finds who is asked next for what nobody of asked has ended in time, straight up by
// the chain of alerts: who leads the team, who supervises, who else of the team may hold it,
// at last the fail-safe. ok is false when all were asked.
func (i *Inside) Above(ctx context.Context, section models.Section, t task.Task, asked []string) (who task.Person, ok bool, err error) {
	s, err := i.service.alerts.Standing(ctx, t.PatientID, section)
	if err != nil {
		return who, false, err
	}
	chain := s.Now.Chain
	for _, level := range []int{risk.LevelLead, risk.LevelAssigned} { // straight up; where that is nobody, whoever of the team is left
		p, at, _ := chain.From(level, asked)
		for at < risk.LevelFailSafe {
			if who, ok, err = i.service.holds(ctx, p.AccountID, t); ok || err != nil {
				return who, ok, err
			}
			asked = append(slices.Clip(asked), p.AccountID)
			p, at, _ = chain.From(at, asked)
		}
	}
	last := task.Person{AccountID: chain.FailSafe.AccountID, Name: chain.FailSafe.Name}
	return last, last.AccountID != "" && !slices.Contains(asked, last.AccountID), nil
}
