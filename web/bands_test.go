package web

import (
	"testing"

	"handrail/models/checkin"
)

// TestEveryBandHasItsWords: what a score means is told to the team in their language, and not
// as the code of the instrument's file.
func TestEveryBandHasItsWords(t *testing.T) {
	english := texts(t, "en")
	for _, instrument := range checkin.Instruments() {
		for _, band := range instrument.Bands {
			if english["band."+band.Code] == "" {
				t.Errorf("%s: the band %s has no words", instrument.ID, band.Code)
			}
		}
	}
}
