package handlers_test

import (
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models/careplan"
	"handrail/models/checkin"
)

// fiveYears fills the patient's chart with a check-in a day, a plan of 30 things and 200
// versions.
func (c *clinic) fiveYears(b *testing.B) []string {
	b.Helper()
	own, part := c.Chart(c.patient, c.patient.PatientID), c.Chart(c.therapist, c.patient.PatientID).CarePlan
	now := c.Clock.Now()
	for n := range 5 * 365 {
		c.Clock.Set(now.AddDate(0, 0, n-5*365)) // a check-in counts for the day on which it comes
		if _, err := own.Record.SendCheckIn(b.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: c.Clock.Now(), Zone: "America/New_York", Answers: map[string]any{"mood": 6.0}}); err != nil {
			b.Fatal(err)
		}
	}
	c.Clock.Set(now)
	var ids []string
	v, err := part.Plan(b.Context())
	for n := 0; err == nil && n < 200; n++ {
		item := careplan.ItemEdit{ID: care.NewID(), Kind: careplan.Activity, Activity: new("sleep"), Why: new("I want my mornings back.")}
		if n >= 30 {
			item = careplan.ItemEdit{ID: ids[n%30], DoneWhen: new(time.Duration(n).String())}
		} else {
			ids = append(ids, item.ID)
		}
		v, err = part.Change(b.Context(), careplan.Edit{Base: v.Version, Reason: "We spoke about it.", Items: []careplan.ItemEdit{item}})
	}
	if err != nil {
		b.Fatal(err)
	}
	return ids
}

// p99 reports the 99th percentile of durations, in milliseconds.
func p99(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
}

// BenchmarkPatientPage is the page of a patient with five years of history: bound 20 ms.
func BenchmarkPatientPage(b *testing.B) {
	c := openClinic(b)
	c.fiveYears(b)
	c.api = handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}}) // answers are not held against the document
	token := c.SignIn(c.therapist.AccountID).AccessToken
	ops := operations()
	op := ops[slices.IndexFunc(ops, func(o *huma.Operation) bool { return o.OperationID == "readPatientPage" })]
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		if res := c.call(b, op, visit{path: map[string]string{"patientId": c.patient.PatientID}}, token); res.StatusCode != http.StatusOK {
			b.Fatal(res.Status)
		}
		took = append(took, time.Since(began))
	}
	p99(b, took)
}

// BenchmarkSixteenWriters is sixteen who change another thing of one plan each at once:
// bound 100 ms.
func BenchmarkSixteenWriters(b *testing.B) {
	c := openClinic(b)
	ids := c.fiveYears(b)
	part := c.Chart(c.therapist, c.patient.PatientID).CarePlan
	var took []time.Duration
	var mu sync.Mutex
	round := 0
	for b.Loop() {
		round++
		v, err := part.Plan(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		var all sync.WaitGroup
		for n := range 16 {
			all.Go(func() {
				began := time.Now()
				_, err := part.Change(b.Context(), careplan.Edit{Base: v.Version, Reason: "x", Items: []careplan.ItemEdit{{ID: ids[n], DoneWhen: new(time.Duration(round*100 + n).String())}}})
				mu.Lock()
				defer mu.Unlock()
				if took = append(took, time.Since(began)); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
	p99(b, took)
}
