package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/care"
	"handrail/care/visits"
	"handrail/models/schedule"
)

// demoVisit is a visit of the past: who, with whom, and how it went.
type demoVisit struct {
	day      int // of the history, on which it is booked
	patient  int
	kind     string
	modality schedule.Modality
	with     []int
	then     schedule.Status
}

var demoPast = []demoVisit{
	{20, maya, "talk", schedule.Video, []int{therapist}, schedule.Fulfilled},
	{34, maya, "medicine-check", schedule.InPerson, []int{psychiatrist}, schedule.Fulfilled},
	{41, daniel, "talk", schedule.InPerson, []int{socialWorker}, schedule.Fulfilled},
	{55, maya, "team-visit", schedule.Video, []int{psychiatrist, specialist}, schedule.Fulfilled},
	{62, daniel, "medicine-check", schedule.Phone, []int{specialist}, schedule.NoShow},
	{69, maya, "talk", schedule.InPerson, []int{therapist}, schedule.Cancelled},
	{76, maya, "talk", schedule.Video, []int{therapist}, schedule.Fulfilled},
}

// demoBooked is a visit that still has to come to its end.
type demoBooked struct {
	demoVisit
	visit care.Versioned[visits.VisitView]
}

// visits books what is booked on a day, and notes how earlier visits went.
func (f *filler) visits(ctx context.Context, day int) error {
	for _, v := range demoPast {
		if v.day != day {
			continue
		}
		booked, err := f.book(ctx, v, f.clock.now)
		if err != nil {
			return err
		}
		f.booked = append(f.booked, demoBooked{v, booked})
	}
	var failed error
	f.booked = slices.DeleteFunc(f.booked, func(b demoBooked) bool {
		over := b.then == schedule.Cancelled || !b.visit.Value.End.After(f.clock.now)
		if over && failed == nil {
			failed = plain(f.end(ctx, b))
		}
		return over
	})
	return failed
}

// end notes how a visit went, by those who do.
func (f *filler) end(ctx context.Context, b demoBooked) error {
	if b.then == schedule.Cancelled {
		ch, err := f.chart(ctx, b.patient, b.patient)
		if err != nil {
			return err
		}
		_, err = ch.Visits.CancelVisit(ctx, b.visit.Value.ID, b.visit.Version, "pat-lt")
		return err
	}
	ch, err := f.chart(ctx, b.with[0], b.patient)
	if err != nil {
		return err
	}
	_, err = ch.Visits.MoveVisit(ctx, b.visit.Value.ID, b.visit.Version, b.then)
	return err
}

// book takes the first time from a moment on.
func (f *filler) book(ctx context.Context, v demoVisit, from time.Time) (care.Versioned[visits.VisitView], error) {
	none := care.Versioned[visits.VisitView]{}
	ch, err := f.chart(ctx, v.patient, v.patient)
	if err != nil {
		return none, err
	}
	ask := f.ask(v)
	page, err := ch.Visits.Slots(ctx, visits.SlotQuestion{Ask: ask, From: from, To: from.AddDate(0, 0, 14), Limit: 1})
	if err != nil {
		return none, plain(err)
	}
	if len(page.Items) == 0 {
		return none, fmt.Errorf("the demo's hours have no time for a %s", v.kind)
	}
	booked, err := ch.Visits.BookDirect(ctx, care.NewID(), ask, page.Items[0].Start)
	return booked, plain(err)
}

func (f *filler) ask(v demoVisit) visits.VisitAsk {
	ask := visits.VisitAsk{VisitType: v.kind, Modality: v.modality}
	for _, who := range v.with {
		ask.Roles = append(ask.Roles, visits.VisitRole{Key: string(f.people[who].Discipline), Who: []string{f.people[who].ID}})
	}
	return ask
}

// coming books what both patients have before them, one of it soon.
func (f *filler) coming(ctx context.Context) error {
	f.clock.now = f.start.AddDate(0, 0, demoDays-1).Add(4 * time.Hour)
	for _, v := range []demoVisit{
		{day: 3, patient: maya, kind: "team-visit", modality: schedule.Video, with: []int{psychiatrist, specialist}},
		{day: 10, patient: maya, kind: "medicine-check", modality: schedule.InPerson, with: []int{psychiatrist}},
		{day: 2, patient: daniel, kind: "medicine-check", modality: schedule.Phone, with: []int{nurse}},
		{day: 5, patient: daniel, kind: "talk", modality: schedule.InPerson, with: []int{socialWorker}},
	} {
		if _, err := f.book(ctx, v, f.clock.now.AddDate(0, 0, v.day)); err != nil {
			return err
		}
	}
	ch, err := f.chart(ctx, maya, maya)
	if err != nil {
		return err
	}
	soon := f.ask(demoVisit{kind: "talk", modality: schedule.Video, with: []int{therapist}})
	soon.Roles = append(soon.Roles, visits.VisitRole{Key: "mother", Kind: schedule.Supporter, Who: []string{f.people[rosa].ID}})
	_, err = ch.Visits.BookDirect(ctx, care.NewID(), soon, f.soonStart())
	return plain(err)
}
