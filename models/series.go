package models

import "slices"

// MaxSeriesDays bounds one trend.
const MaxSeriesDays = 400

// SeriesPoint is one day of a trend. Value is null on a day without an answer; it
// is never guessed.
type SeriesPoint struct {
	Day    string   `json:"day"` // YYYY-MM-DD, the patient's
	Value  *float64 `json:"value"`
	Reason string   `json:"reason,omitempty" enum:"no-check-in,not-asked" doc:"Why there is no value."`
	Count  int      `json:"count" doc:"How many answers the day has; the value is the last."`
}

// CheckSeries holds a question and a range of days.
func CheckSeries(measure, from, to string) (Question, error) {
	var c Checks
	q, ok := FindQuestion(measure)
	c.Require(ok && q.Kind != "text" && q.Kind != "choice", "measure", "unknown-measure", "Choose a question that has numbers.")
	c.Date("from", from)
	c.Date("to", to)
	c.Require(from != "" && to != "", "from", "required", "Say from which day to which.")
	if err := c.Err(); err != nil {
		return q, err
	}
	n := len(DaysBetween(from, to))
	c.Require(n > 0 && n <= MaxSeriesDays, "to", "range-too-long", "Ask for 1 to 400 days.")
	return q, c.Err()
}

// Series makes the trend of a question over days from check-ins in any order.
func Series(q Question, from, to string, checkIns []CheckIn) []SeriesPoint {
	byDay := map[string][]CheckIn{}
	for _, c := range checkIns {
		byDay[c.LocalDay] = append(byDay[c.LocalDay], c)
	}
	out := []SeriesPoint{}
	for _, day := range DaysBetween(from, to) {
		out = append(out, seriesPoint(q, day, byDay[day]))
	}
	return out
}

func seriesPoint(q Question, day string, of []CheckIn) SeriesPoint {
	p := SeriesPoint{Day: day, Reason: "no-check-in"}
	if len(of) > 0 {
		p.Reason = "not-asked"
	}
	slices.SortFunc(of, func(a, b CheckIn) int { return a.AnsweredAt.Compare(b.AnsweredAt) })
	for _, c := range of {
		if v, ok := q.measure(c.Answers[q.ID]); ok {
			p.Value, p.Reason = &v, ""
			p.Count++
		}
	}
	return p
}
