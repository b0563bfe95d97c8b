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
	var out []Trend
	now := c.Moment()
	for _, q := range []string{"mood", "craving", "sleep"} {
		v, ok := c.Answers[q].(float64)
		if !ok {
			continue
		}
		var own []float64
		for i := range before {
			b := &before[i]
			x, ok := b.Answers[q].(float64)
			if !ok {
				continue
			}
			if age := now.Sub(b.Moment()); b.ID != c.ID && age >= 0 && age <= BaselineDays*24*time.Hour {
				own = append(own, x)
			}
		}
		if len(own) < fewest {
			continue
		}
		m := median(own)
		if v-m >= farFromOwn || m-v >= farFromOwn {
			out = append(out, Trend{q, v, m})
		}
	}
	return out
}
