package checkin

import "slices"

// ScoreMeasure is the number of an instrument that a team follows over time.
type ScoreMeasure struct {
	ID         string  `json:"id"`
	Instrument string  `json:"instrument"`
	Min        float64 `json:"min"`
	Max        float64 `json:"max"`
	Unit       string  `json:"unit,omitempty"` // "%" or none
	result     string  // its name in the Result
}

// scoreMeasures: an instrument without a total has its parts, the C-SSRS, which has
// levels and no number, has none.
var scoreMeasures = []ScoreMeasure{
	{ID: "phq-9", Instrument: "phq-9", Max: 27, result: "score"},
	{ID: "phq-2", Instrument: "phq-2", Max: 6, result: "score"},
	{ID: "gad-7", Instrument: "gad-7", Max: 21, result: "score"},
	{ID: "audit-c", Instrument: "audit-c", Max: 12, result: "score"},
	{ID: "audit", Instrument: "audit", Max: 40, result: "score"},
	{ID: "dast-10", Instrument: "dast-10", Max: 10, result: "score"},
	{ID: "pcl-5", Instrument: "pcl-5", Max: 80, result: "score"},
	{ID: "who-5", Instrument: "who-5", Max: 100, Unit: "%", result: "percent"},
	{ID: "whodas-2-12", Instrument: "whodas-2-12", Max: 100, Unit: "%", result: "percent"},
	{ID: "bam-17.use", Instrument: "bam-17", Max: 12, result: "use"},
	{ID: "bam-17.risk", Instrument: "bam-17", Max: 24, result: "risk"},
	{ID: "bam-17.protective", Instrument: "bam-17", Max: 24, result: "protective"},
}

// ScoreMeasures lists what a team can follow.
func ScoreMeasures() []ScoreMeasure { return slices.Clone(scoreMeasures) }

// FindScoreMeasure finds a measure by its id.
func FindScoreMeasure(id string) (ScoreMeasure, bool) {
	k := slices.IndexFunc(scoreMeasures, func(m ScoreMeasure) bool { return m.ID == id })
	if k < 0 {
		return ScoreMeasure{}, false
	}
	return scoreMeasures[k], true
}

// Measure reads the score out of a check-in. A prorated total is no score.
func (m ScoreMeasure) Measure(c CheckIn) (float64, bool) {
	for _, s := range slices.Backward(c.Scores) {
		if v, ok := s.Result.number(m.result); ok && s.Instrument == m.Instrument {
			return v, true
		}
	}
	return 0, false
}
