package seal

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"handrail/store"
	"handrail/store/sqlite"
)

// BenchmarkSealing is the cost of the seal alone, with the key in the cache: 600
// bytes, sealed and opened.
func BenchmarkSealing(b *testing.B) {
	ctx := context.Background()
	dir := b.TempDir()
	kek, err := CreateKEK(filepath.Join(dir, "kek.json"))
	if err != nil {
		b.Fatal(err)
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, "s.db"), []store.Collection{{Name: "things"}})
	if err != nil {
		b.Fatal(err)
	}
	s, err := Open(ctx, db, kek, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	d := store.Doc{ID: "018f2c4e-7b1a-7c3d-9e5f-0123456789ab", Owner: "018f2c4e-0000-7c3d-9e5f-0123456789ab", Body: bytes.Repeat([]byte("x"), 600)}
	sealed, err := s.seal(ctx, "things", d)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("seal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.seal(ctx, "things", d); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.unseal(ctx, "things", &sealed); err != nil {
				b.Fatal(err)
			}
		}
	})
}
