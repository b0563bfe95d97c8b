package tasks_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/task"
)

// BenchmarkWorklist reads the worklist of a clinician with 500 patients, each with a
// check-in that nobody has read, every other one with a task and every tenth with an
// alert. Goal: p99 of 50 ms.
func BenchmarkWorklist(b *testing.B) {
	h := caretest.New(b)
	who := h.Clinician(models.DisciplineNursing)
	on(b, h)
	for i := range 500 {
		p := h.Patient()
		if _, err := h.Chart(h.Admin, p.PatientID).People.JoinTeam(b.Context(), care.AnyVersion, who.AccountID, true); err != nil {
			b.Fatal(err)
		}
		s := checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(), Zone: "America/New_York", Answers: map[string]any{"mood": 3.0, "safety": i%10 == 0}}
		must(h.Chart(p, p.PatientID).Record.SendCheckIn(b.Context(), care.NewID(), s))(b)
		if i%2 == 0 {
			must(h.Care.Tasks.Make(b.Context(), who, care.NewID(), task.Order{Text: "Call.", PatientID: p.PatientID, Priority: task.Routine, DueAt: h.Clock.Now().Add(time.Hour)}))(b)
		}
	}
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		w, err := h.Care.Alerts.Worklist(b.Context(), who, always, func(all []alerts.Work) ([]alerts.Work, error) { return all[:100], nil })
		if err != nil || len(w.Items) != 100 {
			b.Fatal(len(w.Items), err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.Log(fmt.Sprint(len(took), " looks"))
}
