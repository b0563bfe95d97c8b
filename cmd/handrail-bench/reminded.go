package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/fcm"
)

// benchProject is the Firebase project that is played.
const benchProject = "demo-handrail"

// planDays is how many days of reminders each person has in the store.
const planDays = 10

// due is the minute at which everybody has the first of them, and planned is when
// they were planned.
var (
	due     = time.Date(2026, 3, 2, 17, 0, 0, 0, time.UTC) // noon in New York
	planned = due.Add(-3 * time.Hour)
)

// remind gives people a phone each, and a check-in at noon for ten days. They are made by
// the package's own ways on a store that hands them on in large batches.
func remind(ctx context.Context, b *bench, people int) error {
	phones, err := fcm.New(ctx, fcm.Config{ProjectID: benchProject, Endpoint: "http://127.0.0.1:9/v1"}) // nothing is sent yet
	if err != nil {
		return err
	}
	rules := []reminder.Rule{{ID: "noon", Kind: reminder.CheckIn, Policy: reminder.Here, Time: "12:00",
		From: due.Format(time.DateOnly), Until: due.AddDate(0, 0, planDays-1).Format(time.DateOnly)}}
	config := notify.Config{Store: b.store, Channels: []notify.Channel{phones}, Now: func() time.Time { return planned }, Limits: notify.Limits{PlanDays: planDays}}
	site, err := notify.New(ctx, config) // makes the keys of the site
	if err != nil {
		return err
	}
	began := time.Now()
	err = fill(ctx, b.store, people, func(f *filler) (func(int) error, error) {
		c := config
		c.Store = f
		n, err := notify.New(ctx, c)
		return func(int) error { return onePerson(ctx, n, rules) }, err
	})
	took := time.Since(began)
	if err == nil {
		err = site.FollowZones(ctx) // what a program does at its first start and not again
	}
	fmt.Printf("%d people with a phone and %d occurrences planned in %s (%.0f people a second)\n", people, people*planDays, took.Round(time.Second), float64(people)/took.Seconds())
	return err
}

func onePerson(ctx context.Context, n *notify.Notifier, rules []reminder.Rule) error {
	s := models.Session{ID: uuid.NewString(), AccountID: uuid.NewString(), PatientID: uuid.NewString(), Role: models.RolePatient, Device: models.Device{ID: uuid.NewString(), Platform: "android"}}
	if err := withPhone(ctx, n, s, s.PatientID, "token-"+s.ID); err != nil {
		return err
	}
	return n.SetRules(ctx, s.AccountID, "check-in", rules)
}

// withPhone makes somebody known, with the phone of a session.
func withPhone(ctx context.Context, n *notify.Notifier, s models.Session, owner, token string) error {
	if err := n.Enroll(ctx, notify.Person{AccountID: s.AccountID, Owner: owner, Home: "America/New_York", Language: "en"}); err != nil {
		return err
	}
	_, err := n.Register(ctx, s, notify.Registration{DeviceID: s.Device.ID, Channel: notify.ChannelFCM, Address: notify.Address{To: token}})
	return err
}
