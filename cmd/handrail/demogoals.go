package main

import (
	"context"
	"time"

	"handrail/care"
	"handrail/models"
)

// goals writes what the two want, and one that the team proposes and that still
// waits for a yes.
func (f *filler) goals(ctx context.Context) error {
	three := 3.0
	due := f.start.AddDate(0, 5, 0).Format(time.DateOnly)
	if err := f.goal(ctx, maya, maya, models.GoalTerms{Title: "Walk with my son three times a week", Why: "He asks me every Sunday, and I sleep better after.",
		Domain: "health", Barriers: []string{"I get home late on Tuesdays"}, Strengths: []string{"The park is close"}, Shared: true,
		Target: &models.GoalTarget{Measure: "walks a week", Comparator: ">=", Value: &three, DueOn: due}}, "To the bridge and back", "The whole loop"); err != nil {
		return err
	}
	if err := f.goal(ctx, maya, therapist, models.GoalTerms{Title: "Call someone before a craving gets strong", Domain: "substance-use",
		Strengths: []string{"Sam answers at night"}}); err != nil {
		return err
	}
	return f.goal(ctx, daniel, daniel, models.GoalTerms{Title: "Keep my apartment", Why: "It is the first place of my own.", Domain: "housing",
		Barriers: []string{"Rent is due before pay day"}}, "Talk to the landlord with Tom")
}

func (f *filler) goal(ctx context.Context, patient, by int, terms models.GoalTerms, steps ...string) error {
	ch, err := f.chart(ctx, by, patient)
	if err != nil {
		return err
	}
	g, err := ch.Record.ProposeGoal(ctx, care.NewID(), terms)
	if err != nil {
		return plain(err)
	}
	for i, step := range steps {
		t := models.MilestoneTerms{Title: step, DueOn: f.start.AddDate(0, i+1, 0).Format(time.DateOnly)}
		if i == 0 {
			t.Status = "done"
		}
		if g, err = ch.Record.SetMilestone(ctx, g.Value.ID, g.Version, care.NewID(), t); err != nil {
			return plain(err)
		}
	}
	if g.Value.Status == models.GoalAccepted {
		if g, err = ch.Record.MoveGoal(ctx, g.Value.ID, g.Version, models.GoalActive, ""); err != nil {
			return plain(err)
		}
		_, err = ch.Record.AddGoalNote(ctx, g.Value.ID, care.NewID(), "A good first week.")
	}
	return err
}
