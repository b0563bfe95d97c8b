package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
)

func init() { benches["races"] = races }

// races lets 32 patients of two instances of the program want the same 1,000 times
// of the same three clinicians, a million times. -count takes another number.
func races(ctx context.Context, o options) (err error) {
	var shift atomic.Int64 // the clock stands still, but for one step
	now := func() time.Time { return caretest.Start.Add(time.Duration(shift.Load())) }
	b, err := open(ctx, 32, now, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	clinicians, err := b.clinicOf(ctx, 3, caretest.RaceTalk, caretest.RaceHours())
	if err != nil {
		return err
	}
	other, err := b.another(ctx, now)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(caretest.Site.Zone)
	if err != nil {
		return err
	}
	r := &caretest.Race{Attempts: cmp.Or(o.count, 1_000_000), Windows: 1000, Seed: 1, First: time.Date(2026, 3, 3, 0, 0, 0, 0, zone),
		Clinicians: [3]string{clinicians[0].ID, clinicians[1].ID, clinicians[2].ID}}
	for i, p := range b.people {
		if err := b.join(ctx, p.Session.PatientID, clinicians...); err != nil {
			return err
		}
		instance := []*care.Care{b.care, other}[i%2]
		ch, err := instance.Open(ctx, p.Session.Actor(), p.Session.PatientID, "self")
		if err != nil {
			return err
		}
		r.Charts = append(r.Charts, ch)
	}
	began := time.Now()
	out, err := r.Run(ctx)
	if err != nil {
		return err
	}
	took := time.Since(began)
	shift.Store(int64(5 * time.Minute))
	if err := r.Fill(ctx, out); err != nil {
		return err
	}
	report, err := upkeep.VerifyClaims(ctx, b.store, now())
	if err != nil {
		return err
	}
	linear := out.Linearizable(5 * time.Minute)
	slices.Sort(out.Latency)
	fmt.Printf("%d attempts on %d times of three clinicians in %s (%.0f a second), two instances, 32 patients\n", r.Attempts, r.Windows, took.Round(time.Second), float64(r.Attempts)/took.Seconds())
	fmt.Printf("%d won, %d twice, %d refused; p50 %s, p99 %s\n", len(out.Won), out.Twice, out.Refused,
		out.Latency[len(out.Latency)/2].Round(10*time.Microsecond), out.Latency[len(out.Latency)*99/100].Round(10*time.Microsecond))
	fmt.Printf("history linearizable: %s; claims %d, of the wins %d, faults %d\n", linear, report.Claims, out.Claims, len(report.Faults))
	if len(out.Won) != r.Windows || out.Twice > 0 || linear != porcupine.Ok || report.Claims != out.Claims || len(report.Faults) > 0 {
		return errors.New("somebody was booked twice, or nobody")
	}
	return nil
}
