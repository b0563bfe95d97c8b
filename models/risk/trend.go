package risk

import (
	"time"

	"handrail/models/checkin"
)

// BaselineDays is how far back a person's own baseline goes (risk reference, R-CR-1).
const BaselineDays = 14

// farFromOwn is how far an answer of 0 to 10 is from the person's own median to be
// worth a word; fewest is how many answers make a baseline [P].
const (
	farFromOwn = 3
	fewest     = 4
)

// Trend says that an answer is far from what this person usually tells. It is a note
// for the reader and raises nothing by itself.
type Trend struct {
	Question string  `json:"question"`
	Value    float64 `json:"value"`
	Median   float64 `json:"median"`
}

// Trends compares a check-in with those of the 14 days before it.
func Trends(c checkin.CheckIn, before []checkin.CheckIn) []Trend {
	own := make([][]float64, len(trendsOf))
	first, last := c.Moment().Add(-BaselineDays*24*time.Hour), c.Moment()
	for i := range before { // once: a check-in is large, and there are many
		b := &before[i]
		if at := b.Moment(); at.Before(first) || at.After(last) || b.ID == c.ID {
			continue
		}
		for n, q := range trendsOf {
			if x, ok := b.Answers[q].(float64); ok {
				own[n] = append(own[n], x)
			}
		}
	}
	var out []Trend
	for n, q := range trendsOf {
		v, ok := c.Answers[q].(float64)
		if !ok || len(own[n]) < fewest {
			continue
		}
		m := median(own[n])
		if v-m >= farFromOwn || m-v >= farFromOwn {
			out = append(out, Trend{q, v, m})
		}
	}
	return out
}

// trendsOf are the questions with a baseline.
var trendsOf = []string{"mood", "craving", "sleep"}
