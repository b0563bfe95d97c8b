package checkin

import (
	"cmp"
	"slices"

	"handrail/models"
)

// MaxSeriesDays bounds one trend.
const MaxSeriesDays = 400

// Why a day has no value.
const (
	NoCheckIn   = "no-check-in"
	NotAnswered = "not-answered"
	Declined    = "asked-declined" // FHIR data-absent-reason: "I'd rather not say"
)

// SeriesPoint is one day of a trend. Value is null on a day without an answer; it
// is never guessed.
type SeriesPoint struct {
	Day    string   `json:"day"` // YYYY-MM-DD, the patient's
	Value  *float64 `json:"value"`
	Reason string   `json:"reason,omitempty"`
	Count  int      `json:"count"`
}

// Measure is something that a check-in may tell as a number.
type Measure interface {
	// Measure is false when the check-in does not tell it.
	Measure(c CheckIn) (float64, bool)
}

// CheckSeries holds a question and a range of days.
func CheckSeries(measure, from, to string) (Question, error) {
	var c models.Checks
	q, ok := FindQuestion(measure)
	c.Require(ok && q.Kind != "text" && q.Kind != "choice", "measure", "unknown-measure", "Choose a question that has numbers.")
	checkDays(&c, from, to)
	return q, c.Err()
}

// CheckScoreSeries holds a score and a range of days. Scores are for the team: who
// answers a patient does not ask this.
func CheckScoreSeries(measure, from, to string) (ScoreMeasure, error) {
	var c models.Checks
	m, ok := FindScoreMeasure(measure)
	c.Require(ok, "measure", "unknown-measure", "Choose an instrument that has a score.")
	checkDays(&c, from, to)
	return m, c.Err()
}

func checkDays(c *models.Checks, from, to string) {
	c.Require(from != "" && to != "", "from", "required", "Say from which day to which.")
	c.Date("from", from)
	c.Date("to", to)
	_, n := models.DaysFrom(from, to)
	c.Require(len(c.Fields()) > 0 || n > 0 && n <= MaxSeriesDays, "to", "range-too-long", "Ask for 1 to 400 days.")
}

// Series makes the trend of a measure over days from check-ins in any order. A day
// shows the answer that was given last.
func Series(m Measure, from, to string, checkIns []CheckIn) []SeriesPoint {
	byDay := map[string][]CheckIn{}
	for _, c := range checkIns {
		if c.unknownForm() {
			continue // its numbers may be on another scale
		}
		byDay[c.LocalDay] = append(byDay[c.LocalDay], c)
	}
	out := []SeriesPoint{}
	for _, day := range models.DaysBetween(from, to) {
		out = append(out, seriesPoint(m, day, byDay[day]))
	}
	return out
}

func seriesPoint(m Measure, day string, of []CheckIn) SeriesPoint {
	p := SeriesPoint{Day: day, Reason: NoCheckIn}
	if len(of) > 0 {
		p.Reason = NotAnswered
	}
	slices.SortFunc(of, func(a, b CheckIn) int { // ids break ties: the order of arrival must not count
		return cmp.Or(a.AnsweredAt.Compare(b.AnsweredAt), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range of {
		if q, is := m.(Question); is && slices.Contains(c.Declined, q.ID) && p.Value == nil {
			p.Reason = Declined
		}
		if v, ok := m.Measure(c); ok {
			p.Value, p.Reason = &v, ""
			p.Count++
		}
	}
	return p
}
