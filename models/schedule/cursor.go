package schedule

import (
	"fmt"
	"hash/crc32"
	"math"

	"handrail/models"
)

// A cursor is the key of the last slot of a page and what was asked for:
// "c2.<fingerprint>.<unfamiliar>.<start>.<site>". It holds no secret and stays good
// while ledgers change; slots that come free before it are not shown again.

func (s *search) cursor(k key) string {
	return fmt.Sprintf("c2.%08x.%d.%d.%d", fingerprint(s.req), k.unfamiliar, k.start, k.site)
}

// fingerprint tells searches apart, so that a cursor of another one is noticed. Who can
// play a role is left out, since teams change meanwhile, and so is the window.
func fingerprint(req Request) uint32 {
	sum := crc32.NewIEEE()
	fmt.Fprintf(sum, "%q %q %q %d", req.Visit.ID, req.Modality, req.Site, req.TravelMinutes)
	for _, r := range req.Roles {
		fmt.Fprintf(sum, " %q %q %q %q %d %t %d %d", r.Key, r.Kind, r.Discipline, r.Language, r.Need, r.Optional, r.OffsetMinutes, r.Minutes)
	}
	return sum.Sum32()
}

// readCursor gives the key to go on after; without a cursor, one before all.
func (s *search) readCursor(text string) (key, error) {
	if text == "" {
		return key{unfamiliar: math.MinInt}, nil
	}
	var k key
	var of uint32
	n, err := fmt.Sscanf(text, "c2.%08x.%d.%d.%d", &of, &k.unfamiliar, &k.start, &k.site)
	if n != 4 || of != fingerprint(s.req) || err != nil || s.cursor(k) != text {
		return key{}, models.E(models.KindInvalid, "bad-cursor", "Please start the search again.")
	}
	return k, nil
}
