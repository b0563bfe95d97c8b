package learn_test

import (
	"testing"

	"handrail/handlers/learn"
)

// FuzzByteRange: whatever is asked for, what is sent is inside of the file.
func FuzzByteRange(f *testing.F) {
	for _, s := range []string{"", "bytes=0-", "bytes=5-9", "bytes=-3", "bytes=99999999999999999999-", "bytes=1-0", "bytes=0-1,3-4", "bits=1-", "bytes=--", "bytes=0-99999999999999999999"} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, header string, length int) {
		if length < 0 || length > 1<<20 {
			return
		}
		from, to, partial := learn.ByteRange(header, length)
		if from < 0 || to > length || !partial && (from != 0 || to != length) {
			t.Errorf("%q of %d: %d to %d, %v", header, length, from, to, partial)
		}
	})
}
