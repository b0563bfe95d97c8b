package notify_test

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"handrail/models/reminder"
	"handrail/notify"
)

// BenchmarkHandOver measures how fast reminders that are due in one minute leave:
// from the sealed store through the real SDK to an endpoint of 20 ms latency, with
// everything written down. Try -benchtime=20000x.
func BenchmarkHandOver(b *testing.B) {
	for _, workers := range []int{6, 10, 14} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			w, f := firebase(b, func(c *notify.Config) { c.Limits.Workers = workers })
			w.dueAtNoon(b.N)
			f.Latency = 20 * time.Millisecond
			before := processor()
			b.ResetTimer()
			_, err := w.Drain(b.Context())
			b.StopTimer()
			w.ok(err)
			if f.Count() != b.N {
				b.Fatalf("%d of %d arrived", f.Count(), b.N)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reminders/s")
			// Robust where others use the machine too; the endpoint's share is in it.
			b.ReportMetric(float64((processor()-before).Microseconds())/float64(b.N), "cpu-us/reminder")
		})
	}
}

// BenchmarkEdit measures an edit of one person's rules, with its new plan.
func BenchmarkEdit(b *testing.B) {
	w := newClinic(b)
	s := w.patient()
	times := [][]string{{"09:00", "13:00", "18:00"}, {"09:30", "13:30", "18:30"}}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.rules(s, "check-in", reminder.ForCheckIn(times[i%2], nil))
	}
}

// processor is the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
