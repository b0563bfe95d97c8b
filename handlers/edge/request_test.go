package edge

import (
	"testing"

	"github.com/google/uuid"
)

// TestRequestsOfTwoInstancesDiffer: what is random in an id is so in all of its bytes, for
// two machines may begin a request in the same moment.
func TestRequestsOfTwoInstancesDiffer(t *testing.T) {
	seen := map[byte]map[byte]bool{}
	for range 1000 {
		id := uuid.Must(uuid.NewV7FromReader(quick{}))
		for at, b := range id[8:] {
			if seen[byte(at)] == nil {
				seen[byte(at)] = map[byte]bool{}
			}
			seen[byte(at)][b] = true
		}
	}
	for at, values := range seen {
		if len(values) < 50 { // of 64 in the first, which has two bits of its own, and of 256
			t.Errorf("byte %d of the random part has %d values", at, len(values))
		}
	}
	odd := make([]byte, 11)
	if n, err := (quick{}).Read(odd); n != len(odd) || err != nil || odd[10] == 0 && odd[9] == 0 && odd[8] == 0 {
		t.Error(odd, n, err)
	}
}
