package search_test

import (
	"slices"
	"testing"
	"time"

	"handrail/models/education/search"
	"handrail/models/education/search/searchtest"
)

// BenchmarkFind asks 2,000 pages with questions of seven words, of which some have slips;
// p99-µs is what one of a hundred exceeds.
func BenchmarkFind(b *testing.B) {
	for _, language := range search.Languages {
		docs, asked := searchtest.Docs(language, 2000, 500)
		ix := search.New(language, docs)
		b.Run(language, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := b.Elapsed()
				if len(ix.Find(asked[len(took)%len(asked)], 10)) == 0 {
					b.Fatal("nothing found")
				}
				took = append(took, b.Elapsed()-began)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(len(ix.Terms)), "terms")
		})
	}
}
