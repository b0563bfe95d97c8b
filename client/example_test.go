package client_test

import (
	"context"
	"errors"
	"fmt"

	"handrail/client"
	"handrail/models"
)

// A device redeems its code once and keeps what it gets.
func ExampleClient_Enrol() {
	s, end := exampleServer()
	defer end()
	code := s.code(models.RolePatient) // from the clinic, on paper or as a QR code
	ctx := context.Background()

	var kept client.SignIn
	c, err := client.New(s.url, client.WithKeeper(func(in client.SignIn) error {
		kept = in // in a program: write it to a file that only this person can read
		return nil
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	in, err := c.Enrol(ctx, code, client.Device{ID: client.NewID(), Name: "Sam's laptop"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("signed in:", in.Session.Name, in.Session.Role)

	_, err = c.Enrol(ctx, code, client.Device{ID: client.NewID(), Name: "another device"})
	fmt.Println("again:", err)

	// At its next start the program goes on with what it kept.
	c, err = client.New(s.url, client.WithSignIn(kept))
	if err != nil {
		fmt.Println(err)
		return
	}
	me, err := c.Me(ctx)
	fmt.Println("later:", me.Name, err)
	// Output:
	// signed in: Sam patient
	// again: 422 code-not-valid: This code does not work. It may have run out. Ask your clinic for a new one.
	// later: Sam <nil>
}

func ExampleChart_Goals() {
	s, end := exampleServer()
	defer end()
	_, chart := s.patient()
	ctx := context.Background()

	_, err := chart.ProposeGoal(ctx, client.GoalTerms{Title: "Walk with my son", Domain: "health", Why: "I sleep better after."})
	if err != nil {
		fmt.Println(err)
		return
	}
	for goal, err := range chart.Goals(ctx) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(goal.Value.Title, "-", goal.Value.LifecycleStatus)
	}
	// Output:
	// Walk with my son - accepted
}

// What was refused says which field and why, all at once.
func ExampleProblem() {
	s, end := exampleServer()
	defer end()
	_, chart := s.patient()

	_, err := chart.ProposeGoal(context.Background(), client.GoalTerms{Title: "", Domain: "sailing"})
	var p *client.Problem
	if errors.As(err, &p) {
		fmt.Println(p.Status, p.Code)
		for _, f := range p.Errors {
			fmt.Println(f.Field, f.Code)
		}
	}
	// Output:
	// 422 invalid-input
	// domain not-one-of
	// title too-short
}

// Somebody changed the goal since it was read: read it again and repeat the change.
func ExampleChart_EditGoal() {
	s, end := exampleServer()
	defer end()
	_, chart := s.patient()
	ctx := context.Background()
	goal, err := chart.ProposeGoal(ctx, client.GoalTerms{Title: "Walk", Domain: "health"})
	if err != nil {
		fmt.Println(err)
		return
	}
	elsewhere := goal // on another device
	elsewhere.Value.Why = "He asks me every Sunday."
	if _, err := chart.EditGoal(ctx, elsewhere); err != nil {
		fmt.Println(err)
		return
	}

	goal.Value.Title = "Walk twice a week"
	edited, err := chart.EditGoal(ctx, goal)
	for client.IsCode(err, "version-not-newest") {
		fmt.Println("changed meanwhile")
		if goal, err = chart.Goal(ctx, goal.Value.ID); err != nil {
			break
		}
		goal.Value.Title = "Walk twice a week"
		edited, err = chart.EditGoal(ctx, goal)
	}
	fmt.Println(edited.Value.Title, "-", edited.Value.Why, err)
	// Output:
	// changed meanwhile
	// Walk twice a week - He asks me every Sunday. <nil>
}

// A list is fetched page by page, as far as it is walked.
func ExampleChart_CheckIns() {
	s, end := exampleServer()
	defer end()
	_, chart := s.patient()
	ctx := context.Background()
	for i := range 120 {
		_, err := chart.SendCheckIn(ctx, client.NewCheckIn{FormVersion: 1, AnsweredAt: s.house.Clock.Now().AddDate(0, 0, i-120), Zone: "UTC",
			Answers: map[string]any{"mood": i % 11, "safety": false}})
		if err != nil {
			fmt.Println(err)
			return
		}
	}

	n := 0
	for in, err := range chart.CheckIns(ctx) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if n++; n > 110 {
			fmt.Println("mood of 111 days ago:", in.Answers["mood"])
			break
		}
	}
	// Output:
	// mood of 111 days ago: 8
}
