package episode

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"handrail/models"
)

// The kinds of a criterion.
const (
	ByAge       = "age"
	ByNeed      = "need"
	ByDiagnosis = "diagnosis" // the text of a problem of the care plan
	ByLanguage  = "language"
	ByWish      = "wish" // words of the patient
)

// CriterionKinds lists them.
var CriterionKinds = []string{ByAge, ByNeed, ByDiagnosis, ByLanguage, ByWish}

// Limits of criteria.
const (
	MaxCriteria = 20
	MaxAny      = 20
	MaxAnyWord  = 100
	maxAge      = 120
)

// Criterion is one thing that a programme is for. Of the kind age Min to Max years, both
// with; of the others any of Any.
type Criterion struct {
	Kind string   `json:"kind"`
	Min  int      `json:"min,omitempty"`
	Max  int      `json:"max,omitempty"`
	Any  []string `json:"any,omitempty"`
}

// CheckCriteria says what is wrong. Errors: KindInvalid with fields.
func CheckCriteria(all []Criterion) error {
	var c models.Checks
	c.Require(len(all) <= MaxCriteria, "criteria", "too-many", "Please keep it to 20.")
	for i, r := range all {
		at := models.Indexed("criteria", i)
		c.Require(slices.Contains(CriterionKinds, r.Kind), at+".kind", "not-a-choice", "Choose one of those that are offered.")
		if r.Kind == ByAge {
			c.Require(r.Min >= 0 && r.Max <= maxAge && r.Min <= r.Max, at+".max", "out-of-range", "Give years from 0 to 120, the lower first.")
			continue
		}
		c.Require(len(r.Any) > 0 && len(r.Any) <= MaxAny, at+".any", "out-of-range", "Name one to 20.")
		for n, w := range r.Any {
			c.Text(models.Indexed(at+".any", n), w, 1, MaxAnyWord)
			c.Require(r.Kind != ByNeed || slices.Contains(Needs, w), models.Indexed(at+".any", n), "not-a-choice", "Choose one of those that are offered.")
		}
	}
	return c.Err()
}

// Facts are what is known of somebody. What nobody knows is no reason against them.
type Facts struct {
	Born     string            // YYYY-MM-DD; "" is not known
	Needs    map[string]string // what they said of a need
	Problems []string
	Language string
	Wishes   []string
}

// The answers of a criterion.
const (
	Met     = "yes"
	NotMet  = "no"
	Unknown = "unknown"
)

// Why is how one criterion fits somebody, and what it was held against.
type Why struct {
	Criterion
	Met   string `json:"met"`
	Found string `json:"found,omitempty"`
}

// Fits holds criteria against somebody: reasons for a person who decides, and never a
// decision. today is the patient's day.
func Fits(all []Criterion, f Facts, today string) []Why {
	out := make([]Why, 0, len(all))
	for _, c := range all {
		met, found := c.holds(f, today)
		out = append(out, Why{c, met, found})
	}
	return out
}

func (c Criterion) holds(f Facts, today string) (met, found string) {
	switch c.Kind {
	case ByAge:
		years, ok := age(f.Born, today)
		if !ok {
			return Unknown, ""
		}
		return yes(years >= c.Min && years <= c.Max), strconv.Itoa(years)
	case ByNeed:
		said := false
		for _, n := range c.Any {
			switch f.Needs[n] {
			case "help":
				return Met, n
			case "":
			default:
				said = true
			}
		}
		if !said {
			return Unknown, ""
		}
		return NotMet, ""
	case ByLanguage:
		if f.Language == "" {
			return Unknown, ""
		}
		base, _, _ := strings.Cut(strings.ToLower(f.Language), "-")
		return yes(slices.ContainsFunc(c.Any, func(w string) bool { return strings.ToLower(w) == base || strings.EqualFold(w, f.Language) })), f.Language
	case ByDiagnosis:
		return c.within(f.Problems)
	}
	return c.within(f.Wishes)
}

// within looks for a word in texts. Nothing found is not known: it may be said otherwise.
func (c Criterion) within(texts []string) (met, found string) {
	for _, w := range c.Any {
		for _, t := range texts {
			if strings.Contains(strings.ToLower(t), strings.ToLower(w)) {
				return Met, w
			}
		}
	}
	return Unknown, ""
}

func yes(is bool) string {
	if is {
		return Met
	}
	return NotMet
}

func age(born, today string) (years int, ok bool) {
	b, err := time.Parse(time.DateOnly, born)
	if err != nil {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, today)
	if err != nil || t.Before(b) {
		return 0, false
	}
	years = t.Year() - b.Year()
	if t.Month() < b.Month() || t.Month() == b.Month() && t.Day() < b.Day() {
		years--
	}
	return years, true
}

// Choice is what a person decided about a programme.
type Choice struct {
	ID        string        `json:"id"`
	Programme string        `json:"programme"`
	Name      string        `json:"name"`
	Joins     bool          `json:"joins"`
	Why       string        `json:"why"` // the patient reads it
	By        models.Author `json:"by"`
	At        time.Time     `json:"at"`
}

// Chosen is the episode with a decision. The same id again is the same one.
//
// Errors: KindInvalid with "why"; KindConflict "already-exists", "too-many", "episode-over".
func (e Episode) Chosen(c Choice, now time.Time) (Episode, error) {
	var checks models.Checks
	checks.Text("why", c.Why, 1, MaxWords)
	if err := checks.Err(); err != nil {
		return e, err
	}
	for _, b := range e.Choices {
		if b.ID == c.ID && b.Programme == c.Programme && b.Joins == c.Joins && b.Why == c.Why {
			return e, nil
		} else if b.ID == c.ID {
			return e, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
	}
	switch {
	case !e.Status.Open():
		return e, errOver()
	case len(e.Choices) >= MaxComments:
		return e, models.E(models.KindConflict, "too-many", "That is too many. Please talk with your team.")
	}
	c.At = now.UTC().Truncate(time.Millisecond)
	e.Choices = append(slices.Clone(e.Choices), c)
	return e, nil
}
