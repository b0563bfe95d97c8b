package careplan

import (
	"math"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

// Expected is what the team thinks will be so by a day, in words that the patient reads and,
// where check-ins tell of it, as a range of a measure. It is a hope that is looked at
// together, not a test that somebody passes.
type Expected struct {
	By      string   `json:"by"` // YYYY-MM-DD, the patient's
	Words   string   `json:"words"`
	Measure string   `json:"measure,omitempty"` // a question of check-ins that has numbers, or the score of an instrument
	Low     *float64 `json:"low,omitempty"`     // in the measure's unit
	High    *float64 `json:"high,omitempty"`
}

// MaxExpected is how much can be expected of one item.
const MaxExpected = 8

// Scale is what a measure goes between, in which unit; "" has none.
type Scale struct {
	Measure string  `json:"measure"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"`
	Unit    string  `json:"unit,omitempty"`
	Score   bool    `json:"score"` // of an instrument: its numbers are for the team
	of      checkin.Measure
}

// ScaleOf finds a measure that an expectation can name.
func ScaleOf(measure string) (Scale, bool) {
	if q, ok := checkin.FindQuestion(measure); ok && (q.Kind == "scale" || q.Kind == "number") {
		return Scale{q.ID, q.Min, q.Max, q.Unit, false, q}, true
	}
	if m, ok := checkin.FindScoreMeasure(measure); ok {
		return Scale{m.ID, m.Min, m.Max, m.Unit, true, m}, true
	}
	return Scale{}, false
}

// Scales lists the measures that an expectation can name.
func Scales() (all []Scale) {
	for _, q := range checkin.Questions() {
		if s, ok := ScaleOf(q.ID); ok {
			all = append(all, s)
		}
	}
	for _, m := range checkin.ScoreMeasures() {
		if s, ok := ScaleOf(m.ID); ok {
			all = append(all, s)
		}
	}
	return all
}

// expected holds what is expected of an item. A day that went by stays where it stood
// before, and is not added.
func (x *editing) expected(field string, t Terms, before []Expected) {
	c := &x.checks
	c.Require(len(t.Expect) == 0 || slices.Contains([]Kind{Goal, Problem, Activity, Step}, t.Kind), field, "not-here", "This has no course of its own.")
	c.Require(len(t.Expect) <= MaxExpected, field, "too-many", "Please keep it to 8.")
	for n, e := range t.Expect {
		at := models.Indexed(field, n)
		c.Require(e.By != "", at+".by", "required", "Say by which day.")
		c.Date(at+".by", e.By)
		same := func(b Expected) bool { return b.By == e.By }
		c.Require(e.By == "" || e.By > x.today || slices.ContainsFunc(before, same), at+".by", "in-the-past", "Give a day that is still to come.")
		c.Require(e.By <= x.day(2), at+".by", "too-far", "Give a day within two years.")
		c.Text(at+".words", e.Words, 1, MaxEntry)
		s, known := ScaleOf(e.Measure)
		c.Require(e.Measure == "" || known, at+".measure", "not-a-choice", "Choose one of those that are offered.")
		c.Require(e.Measure != "" || e.Low == nil && e.High == nil, at+".measure", "required", "Say what the numbers are of.")
		if !known {
			continue
		}
		c.Require(e.Low != nil && *e.Low >= s.Min && *e.Low <= s.Max, at+".low", "out-of-range", "Give a number of this measure.")
		c.Require(e.High != nil && *e.High >= s.Min && *e.High <= s.Max, at+".high", "out-of-range", "Give a number of this measure.")
		c.Require(e.Low == nil || e.High == nil || *e.Low <= *e.High, at+".high", "below-low", "The range ends above where it begins.")
	}
}

// How what was told stands beside what was expected. None of them is a verdict.
const (
	CourseToCome     = "to-come"      // the day is ahead
	CourseAsExpected = "as-expected"  // what was told lies in the range
	CourseOtherwise  = "otherwise"    // it does not, and is to be talked about
	CourseNotTold    = "not-told"     // there was no answer around that day
	CourseInWords    = "in-words"     // no measure: people say how it went
	CourseForTheTeam = "for-the-team" // the score of an instrument, which is not shown to its patient
	CourseWithheld   = "withheld"     // check-ins are not shared with the reader
)

// Beside is an expectation and what check-ins told.
type Beside struct {
	Expected
	Unit  string   `json:"unit,omitempty"`
	State string   `json:"state"`
	Value *float64 `json:"value,omitempty"` // what was told up to By, or until today
}

// Over how many days up to a day answers count: the mean of a question's, the last score.
const (
	answersDays = 7
	scoreDays   = 35
)

// CourseOf puts what check-ins tell beside an expectation; today is the patient's date.
// staff tells whether the reader may see scores, shared whether they may see check-ins.
func CourseOf(e Expected, told []checkin.CheckIn, today string, staff, shared bool) Beside {
	s, ok := ScaleOf(e.Measure)
	out := Beside{Expected: e, Unit: s.Unit, State: CourseToCome}
	switch {
	case !ok && e.By <= today:
		out.State = CourseInWords
		return out
	case !ok:
		return out
	case s.Score && !staff:
		out.State = CourseForTheTeam
		return out
	case !shared:
		out.State = CourseWithheld
		return out
	}
	out.Value = s.told(min(e.By, today), told)
	switch {
	case e.By > today:
	case out.Value == nil:
		out.State = CourseNotTold
	case e.Low != nil && e.High != nil && *out.Value >= *e.Low && *out.Value <= *e.High:
		out.State = CourseAsExpected
	default:
		out.State = CourseOtherwise
	}
	return out
}

// told is what was told of a measure up to a day, to one decimal; nil: nothing.
func (s Scale) told(day string, all []checkin.CheckIn) *float64 {
	last, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil // checked when it was written
	}
	days := answersDays
	if s.Score {
		days = scoreDays
	}
	sum, n := 0.0, 0.0
	for _, p := range checkin.Series(s.of, last.AddDate(0, 0, 1-days).Format(time.DateOnly), day, all) {
		switch {
		case p.Value == nil:
		case s.Score:
			sum, n = *p.Value, 1
		default:
			sum, n = sum+*p.Value, n+1
		}
	}
	if n == 0 {
		return nil
	}
	v := math.Round(sum/n*10) / 10
	return &v
}

// Points are what check-ins told of a measure on each day, with its gaps.
func (s Scale) Points(from, to string, told []checkin.CheckIn) []checkin.SeriesPoint {
	return checkin.Series(s.of, from, to, told)
}
