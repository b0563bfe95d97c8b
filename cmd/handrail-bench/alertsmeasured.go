package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// answers sends one unsafe answer after the other, each of another patient.
func (w *alertBench) answers(ctx context.Context) error {
	var took, wrote []time.Duration
	for i := range min(alertAnswers, len(w.own)) {
		p := w.own[i]
		ch, err := w.care.Open(ctx, p, p.PatientID, models.PurposeSelf)
		if err != nil {
			return err
		}
		began := time.Now()
		if _, err := ch.Record.SendCheckIn(ctx, care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: began, Zone: "UTC", Answers: map[string]any{"safety": true}}); err != nil {
			return err
		}
		durable := time.Now()
		wrote = append(wrote, durable.Sub(began))
		select {
		case at := <-w.pushes:
			took = append(took, max(0, at.Sub(durable)))
		case <-time.After(time.Minute):
			return errors.New("no push came within a minute")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	slices.Sort(took)
	slices.Sort(wrote)
	fmt.Printf("durable answer to handed-over push: p50 %s, p99 %s, most %s (%d answers; goal: p99 at most 1s)\n", of(took, 50), of(took, 99), took[len(took)-1].Round(time.Millisecond), len(took))
	fmt.Printf("the answer itself, with its alert in its batch: p50 %s, p99 %s\n", of(wrote, 50), of(wrote, 99))
	return nil
}

// lists reads the nurse's list again and again: an unread check-in of each patient.
func (w *alertBench) lists(ctx context.Context) error {
	for _, p := range w.own[min(alertAnswers, len(w.own)):] {
		ch, err := w.care.Open(ctx, p, p.PatientID, models.PurposeSelf)
		if err != nil {
			return err
		}
		if _, err := ch.Record.SendCheckIn(ctx, care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: time.Now(), Zone: "UTC", Answers: map[string]any{"mood": 5.0, "safety": false}}); err != nil {
			return err
		}
	}
	var took []time.Duration
	items := 0
	for range 200 {
		began := time.Now()
		_, err := w.care.Alerts.Worklist(context.WithValue(ctx, countedHere{}, true), w.nurse, func(string) error { return nil }, func(all []alerts.Work) ([]alerts.Work, error) {
			items = len(all)
			return all[:min(100, len(all))], nil
		})
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	fmt.Printf("worklist of %d patients, %d things in it: p50 %s, p90 %s, p99 %s (goal: p99 at most 50ms), %d reads of the store for each\n", len(w.own), items, of(took, 50), of(took, 90), of(took, 99), w.asked.times.Load()/200)
	return nil
}

// askedOf counts what is read for one kind of call.
type askedOf struct {
	store.Store
	times atomic.Int64
}

type countedHere struct{}

func (a *askedOf) count(ctx context.Context) {
	if ctx.Value(countedHere{}) != nil {
		a.times.Add(1)
	}
}

// Get implements store.Store.
func (a *askedOf) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	a.count(ctx)
	return a.Store.Get(ctx, collection, id)
}

// Query implements store.Store.
func (a *askedOf) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	a.count(ctx)
	return a.Store.Query(ctx, collection, q)
}
