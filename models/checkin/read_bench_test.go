package checkin

import "testing"

// BenchmarkRead is a check-in as phones send it.
func BenchmarkRead(b *testing.B) {
	raw := []byte(`{"id":"0190a6c2-7d1e-7c3b-9a52-3f1d8e6b4c20","formVersion":1,"answeredAt":"2026-11-29T21:00:00Z","zone":"America/New_York",` +
		`"answers":{"craving":2,"medicines":"all","mood":6,"note":"Slept better after the walk. Work was long, but I called Sam.","safety":false,"sleep":7.5,"use":"none"}}`)
	b.ReportAllocs()
	for b.Loop() {
		sent, err := Read(raw)
		if err != nil || !sent.whole {
			b.Fatal(sent, err)
		}
	}
}
