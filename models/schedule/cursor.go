package schedule

import (
	"fmt"
	"math"

	"handrail/models"
)

// A cursor is the key of the last slot of a page: "c1.<unfamiliar>.<start>.<site>".
// It holds no secret and stays good while the world changes; slots that come free
// before it are not shown again.

func (s *search) cursor(k key) string {
	return fmt.Sprintf("c1.%d.%d.%d", k.unfamiliar, k.start, k.site)
}

// readCursor gives the key to go on after; without a cursor, one before all.
func (s *search) readCursor(text string) (key, error) {
	if text == "" {
		return key{unfamiliar: math.MinInt}, nil
	}
	var k key
	n, err := fmt.Sscanf(text, "c1.%d.%d.%d", &k.unfamiliar, &k.start, &k.site)
	if n != 3 || err != nil || s.cursor(k) != text {
		return key{}, models.E(models.KindInvalid, "bad-cursor", "Please start the search again.")
	}
	return k, nil
}
