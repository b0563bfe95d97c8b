package promises

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Asked is a call as the supporter who was called reads it: for whom, since when, and
// what they said. Why, and who asked, are not theirs to know.
type Asked struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"` // of the patient
	Text     string     `json:"text"`
	At       time.Time  `json:"at"`
	Answer   Answer     `json:"answer,omitempty"`
	AnswerAt *time.Time `json:"answeredAt,omitempty"`
}

// openFor is how long a call can be answered.
const openFor = 48 * time.Hour

// Own lists the calls to the actor of the last two days, newest first.
func (c *Service) Own(ctx context.Context, actor models.Actor) ([]Asked, error) {
	out := []Asked{}
	if actor.Role != models.RoleSupporter {
		return nil, c.base.Forbid(ctx, actor, "help-calls.read")
	}
	found, err := chart.Every[Call](ctx, c.store, chart.ColHelpCalls, store.Query{Index: "account", Equal: []any{actor.AccountID}, From: chart.Millis(c.now().Add(-openFor)), Desc: true})
	if err != nil {
		return nil, err
	}
	for _, v := range found {
		a, ok, err := c.asked(ctx, v.Value)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// asked is a call for the reader it was made to; ok is false when the patient took the
// promise back, or the record says that they died.
func (c *Service) asked(ctx context.Context, v Call) (Asked, bool, error) {
	_, ok, err := c.promised(ctx, v.PatientID, v.AccountID, models.ScopeCallForHelp)
	if err != nil || !ok {
		return Asked{}, false, err
	}
	if dead, err := c.died(ctx, v.PatientID); dead || err != nil {
		return Asked{}, false, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.PatientID)
	return Asked{v.ID, p.Value.Name, v.Terms.Text, v.At, v.Answer, v.AnswerAt}, err == nil, err
}

// Answer notes what the actor found out. A later answer replaces the one before: who is
// reached may be in danger an hour later. Whoever answers for the alert is told.
func (c *Service) Answer(ctx context.Context, actor models.Actor, id string, a Answer) (Asked, error) {
	v, err := chart.Load[Call](ctx, c.store, chart.ColHelpCalls, id)
	if err != nil {
		return Asked{}, err
	}
	if v.Value.AccountID != actor.AccountID || !c.now().Before(v.Value.At.Add(openFor)) {
		return Asked{}, models.NotFound()
	}
	out, ok, err := c.asked(ctx, v.Value)
	if err != nil || !ok {
		if err == nil {
			err = models.NotFound()
		}
		return Asked{}, err
	}
	if !slices.Contains(Answers, a) {
		var checks models.Checks
		checks.Fail("answer", "not-a-choice", "Choose one of those that are offered.")
		return Asked{}, checks.Err()
	}
	at := c.now().UTC()
	err = c.change(ctx, id, actor, LineAnswered, func(v *Call) bool {
		if v.Answer == a {
			at = *v.AnswerAt
			return false
		}
		v.Answer, v.AnswerAt = a, &at
		return true
	})
	out.Answer, out.AnswerAt = a, &at
	return out, err
}
