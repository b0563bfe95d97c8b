package crisisplan

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"handrail/models"
)

//go:embed data/lines.json
var planLinesData []byte

type planLines struct {
	VerifiedOn string                           `json:"verifiedOn"`
	Countries  map[string][]models.NumberToCall `json:"countries"`
}

var readPlanLines = sync.OnceValue(func() planLines {
	var out planLines
	if err := json.Unmarshal(planLinesData, &out); err != nil {
		panic("models: crisisplan/lines.json: " + err.Error()) // built in; a test reads it
	}
	return out
})

// NeverUseAloneLines lists lines of a country that stay on the phone with somebody
// who uses alone. They are suggestions for whoever writes the plan: all of them are
// to be confirmed, so none gets into a plan by itself.
func NeverUseAloneLines(country string) []models.NumberToCall {
	return slices.Clone(readPlanLines().Countries[strings.ToUpper(country)])
}
