package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"handrail/care"
	"handrail/care/signin"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

func init() { benches["slots"] = slots }

// slots measures what a patient waits for: a search over full calendars through the
// whole of care (consent, ledgers from the store, audit line), and a booking over
// HTTP. The computing alone is timed by go test -bench . ./models/schedule.
func slots(ctx context.Context, o options) (err error) {
	if err := searches(ctx, o); err != nil {
		return err
	}
	return bookings(ctx, o)
}

// searches fills 90 days of five clinicians with 60 visits a week, and asks for joint times.
func searches(ctx context.Context, o options) (err error) {
	now := time.Now()
	b, err := open(ctx, 6, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	talk, hours := benchTalk(now)
	clinicians, err := b.clinicOf(ctx, 5, talk, hours)
	if err != nil {
		return err
	}
	for i, p := range b.people {
		team := clinicians
		if i > 0 {
			team = clinicians[i-1 : i]
		}
		if err := b.join(ctx, p.Session.PatientID, team...); err != nil {
			return err
		}
	}
	began, n := time.Now(), 0
	for i, c := range clinicians {
		k, err := b.fill(ctx, b.people[i+1], c, now, 90, 60)
		if n += k; err != nil {
			return err
		}
	}
	fmt.Printf("%d visits booked one after the other for each of five clinicians at once in %s\n", n, time.Since(began).Round(time.Second))
	ch, err := b.chart(ctx, b.people[0])
	if err != nil {
		return err
	}
	for _, joint := range []int{1, 2, 5} {
		q := visits.SlotQuestion{Ask: talkWith(clinicians[:joint]...), From: now, To: now.AddDate(0, 0, 90), Limit: 20}
		var took []time.Duration
		found := 0
		for range 200 {
			asked := time.Now()
			page, err := ch.Visits.Slots(ctx, q)
			if err != nil {
				return err
			}
			took, found = append(took, time.Since(asked)), len(page.Items)
		}
		slices.Sort(took)
		fmt.Printf("first 20 of %d joint, 90 days, from the store: %d found, p50 %s, p99 %s\n", joint, found, took[100].Round(10*time.Microsecond), took[198].Round(10*time.Microsecond))
	}
	return nil
}

func talkWith(clinicians ...models.Account) visits.VisitAsk {
	ask := visits.VisitAsk{VisitType: "talk", Modality: schedule.Video}
	for i, c := range clinicians {
		ask.Roles = append(ask.Roles, visits.VisitRole{Key: fmt.Sprint("part-", i), Who: []string{c.ID}})
	}
	return ask
}

// fill books visits at random half hours of each week.
func (b *bench) fill(ctx context.Context, who signin.SignedIn, with models.Account, now time.Time, days, perWeek int) (int, error) {
	ch, err := b.chart(ctx, who)
	if err != nil {
		return 0, err
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		return 0, err
	}
	rng, n := rand.New(rand.NewPCG(1, uint64(len(with.Name)))), 0
	for week := 1; week*7 < days; week++ {
		for _, k := range rng.Perm(7 * 16)[:perWeek] {
			day := now.In(zone).AddDate(0, 0, week*7-6+k/16)
			at := time.Date(day.Year(), day.Month(), day.Day(), 9, 30*(k%16), 0, 0, zone)
			if _, err := ch.Visits.BookDirect(ctx, care.NewID(), talkWith(with), at.UTC()); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
