package risk

import (
	"math"
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

// fewDays is how many answers most people have in BaselineDays, two a day.
const fewDays = 2 * BaselineDays

// Trend says that an answer is far from what this person usually tells. It is a note
// for the reader and raises nothing by itself.
type Trend struct {
	Question string  `json:"question"`
	Value    float64 `json:"value"`
	Median   float64 `json:"median"`
}

// Baseline is what Trends needs of an earlier check-in. NaN: no answer.
type Baseline struct {
	ID                   string
	At                   time.Time
	Mood, Craving, Sleep float64
}

// Trends compares a check-in with those of the 14 days before it.
func Trends(c checkin.CheckIn, before []checkin.CheckIn) []Trend {
	return TrendsAmong(c, len(before), func(i int) Baseline {
		b := &before[i] // a check-in is large
		number := func(q string) float64 {
			if v, ok := b.Answers[q].(float64); ok {
				return v
			}
			return math.NaN()
		}
		return Baseline{b.ID, b.Moment(), number("mood"), number("craving"), number("sleep")}
	})
}

// TrendsAmong is Trends for who has no more of them than that: n, in any order.
func TrendsAmong(c checkin.CheckIn, n int, before func(i int) Baseline) []Trend {
	var room [3][fewDays]float64
	own := [3][]float64{room[0][:0], room[1][:0], room[2][:0]}
	first, last := c.Moment().Add(-BaselineDays*24*time.Hour), c.Moment()
	for i := range n {
		b := before(i)
		if b.At.Before(first) || b.At.After(last) || b.At.Equal(last) && b.ID == c.ID { // the same is of the same moment
			continue
		}
		for n, v := range [3]float64{b.Mood, b.Craving, b.Sleep} {
			if !math.IsNaN(v) {
				own[n] = append(own[n], v)
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

// trendsOf are the questions with a baseline, in the order of Baseline.
var trendsOf = [3]string{"mood", "craving", "sleep"}
