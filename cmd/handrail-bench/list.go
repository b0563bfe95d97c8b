package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

func init() { benches["list"] = listing }

// listing measures 30 of a patient's 10,000 check-ins beside 30 of 100, through the
// whole program, and shows the query plan of the walk.
func listing(ctx context.Context, o options) (err error) {
	b, err := open(ctx, 2, time.Now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	for i, n := range []int{100, 10_000} {
		if err := fillCheckIns(ctx, b, b.people[i], n); err != nil {
			return err
		}
	}
	whole, err := b.serve()
	if err != nil {
		return err
	}
	get := func(who signin.SignedIn) func(int64, *fasthttp.Request) {
		return func(_ int64, r *fasthttp.Request) {
			r.Header.Set("Authorization", "Bearer "+who.AccessToken)
			r.SetRequestURI(whole + "/v1/patients/" + who.Session.PatientID + "/check-ins?limit=30")
		}
	}
	// One connection at a time: the time of one listing, and below the pace that one
	// account may keep.
	o.conns = 1
	lines, err := b.engine.Explain(ctx, "check_ins", store.Query{Index: "patient", Equal: []any{"p"}, Desc: true, Limit: 30})
	if err != nil {
		return err
	}
	fmt.Println("query plan:", lines)
	return compare(ctx, o, target{name: "30 of 100", request: get(b.people[0]), status: http.StatusOK}, target{name: "30 of 10,000", request: get(b.people[1]), status: http.StatusOK})
}

// fillCheckIns sends n check-ins of the last 30 days.
func fillCheckIns(ctx context.Context, b *bench, who signin.SignedIn, n int) error {
	ch, err := b.care.Open(ctx, who.Session.Actor(), who.Session.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	work, errs := make(chan int), make(chan error, 64)
	for range 64 {
		go func() {
			var first error
			for i := range work {
				at := time.Now().Add(-time.Duration(i) * 4 * time.Minute).UTC().Truncate(time.Second)
				_, err := ch.Record.SendCheckIn(ctx, care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: at, Zone: "UTC",
					Answers: map[string]any{"mood": float64(i % 11), "note": "A day like others, with a walk in it."}})
				first = errors.Join(first, err)
			}
			errs <- first
		}()
	}
	for i := range n {
		work <- i
	}
	close(work)
	for range 64 {
		err = errors.Join(err, <-errs)
	}
	return err
}
