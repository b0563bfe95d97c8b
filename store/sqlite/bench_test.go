package sqlite_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/storetest"
)

// A check-in as the use cases store it: about 600 bytes, one patient's list, a line
// in the access log, an event.
var benchCollections = []store.Collection{
	{Name: "check_ins", Indexes: []store.Index{{Name: "byPatient", Keys: []string{"patient", "at"}}}},
	{Name: "outbox", Indexes: []store.Index{{Name: "byDue", Keys: []string{"due"}}}},
	{Name: "audit", AppendOnly: true},
}

var benchBody = []byte(strings.Repeat("0123456789abcdef", 36))

func benchDoc(i int64) store.Doc {
	patient := fmt.Sprintf("patient-%03d", i%100)
	return store.Doc{ID: fmt.Sprintf("018f-%016x", i), Owner: patient, Keys: store.Keys{"patient": patient, "at": i}, Body: benchBody}
}

func benchBatch(i int64) []store.Op {
	d := benchDoc(i)
	event := store.Doc{ID: d.ID, Owner: store.Site, Keys: store.Keys{"due": i}, Body: benchBody[:64]}
	entry := store.Doc{ID: d.ID, Owner: d.Owner, Lane: d.Owner, Body: benchBody[:128]}
	return []store.Op{store.Insert("check_ins", d), store.Insert("outbox", event), store.Insert("audit", entry)}
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkInsert(b *testing.B) {
	s := storetest.Open(b, benchCollections...)
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		must(b, s.Insert(context.Background(), "check_ins", benchDoc(i)))
	}
}

func BenchmarkBatchOfThree(b *testing.B) {
	s := storetest.Open(b, benchCollections...)
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		must(b, s.Batch(context.Background(), benchBatch(i)...))
	}
}

func benchParallel(b *testing.B, write func(ctx context.Context, s store.Store, i int64) error) {
	s := storetest.Open(b, benchCollections...)
	var n atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(32) // times GOMAXPROCS: 64 on two cores
	b.ResetTimer()
	before := cpuTime()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := write(context.Background(), s, n.Add(1)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(b.N), "cpu-us/op")
}

// cpuTime is what this process has used: on a shared machine it says more than the
// clock.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkParallelInsert(b *testing.B) {
	benchParallel(b, func(ctx context.Context, s store.Store, i int64) error {
		return s.Insert(ctx, "check_ins", benchDoc(i))
	})
}

func BenchmarkParallelBatchOfThree(b *testing.B) {
	benchParallel(b, func(ctx context.Context, s store.Store, i int64) error {
		return s.Batch(ctx, benchBatch(i)...)
	})
}

// fill gives one patient n check-ins, among those of others.
func fill(tb testing.TB, s store.Store, patient string, n int) {
	tb.Helper()
	for done := 0; done < n; done += store.MaxBatch {
		var ops []store.Op
		for i := done; i < min(n, done+store.MaxBatch); i++ {
			ops = append(ops, store.Insert("check_ins", store.Doc{
				ID: fmt.Sprintf("%s-%06d", patient, i), Owner: patient, Keys: store.Keys{"patient": patient, "at": int64(i)}, Body: benchBody,
			}))
		}
		must(tb, s.Batch(context.Background(), ops...))
	}
}

func BenchmarkGet(b *testing.B) {
	s := storetest.Open(b, benchCollections...)
	fill(b, s, "p", 10_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, err := s.Get(context.Background(), "check_ins", fmt.Sprintf("p-%06d", i*7919%10_000))
		must(b, err)
	}
}

// BenchmarkGetUnderWay is a Get of a request that may be cancelled, as all are.
func BenchmarkGetUnderWay(b *testing.B) {
	s := storetest.Open(b, benchCollections...)
	fill(b, s, "p", 10_000)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	b.ReportAllocs()
	before := cpuTime()
	for i := 0; b.Loop(); i++ {
		_, err := s.Get(ctx, "check_ins", fmt.Sprintf("p-%06d", i*7919%10_000))
		must(b, err)
	}
	b.ReportMetric(float64((cpuTime()-before).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

// BenchmarkNewest30 should cost the same among 10,000 as among 100.
func BenchmarkNewest30(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint("of=", n), func(b *testing.B) {
			s := storetest.Open(b, benchCollections...)
			fill(b, s, "p", n)
			fill(b, s, "q", 1000)
			q := store.Query{Index: "byPatient", Equal: []any{"p"}, Desc: true, Limit: 30}
			b.ReportAllocs()
			for b.Loop() {
				page, err := s.Query(context.Background(), "check_ins", q)
				must(b, err)
				if len(page.Docs) != 30 {
					b.Fatal(len(page.Docs))
				}
			}
		})
	}
}
