package checkin

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"handrail/models"
)

// InstrumentAnswers are raw answers by the item's number: the option's value; yes
// is 1. What is missing was not answered.
type InstrumentAnswers map[string]int

// Result is what an instrument's rules make of the answers. Names are those of the
// reference: score, band, complete, missing, subscales ... A score that the rules
// do not allow is null; it is never guessed.
type Result map[string]any

// ScoredResponse keeps raw answers and rules together, so that a change of the
// rules never rewrites what was answered.
type ScoredResponse struct {
	Instrument string            `json:"instrument"`
	Version    string            `json:"instrumentVersion"`
	Algorithm  string            `json:"algorithm"` // name and version
	Answers    InstrumentAnswers `json:"answers"`
	Declined   []string          `json:"declined,omitempty"` // items that were asked and declined; they count as missing
	Result     Result            `json:"result"`
}

// algorithm is the rule of one instrument.
type algorithm struct {
	version string
	score   func(i Instrument, a InstrumentAnswers) Result
}

// algorithms by instrument. A change of a rule is a new version.
var algorithms = map[string]algorithm{
	"phq-9":                 {"1", scorePHQ9},
	"phq-2":                 {"1", scorePHQ2},
	"gad-7":                 {"1", scoreGAD7},
	"audit-c":               {"1", scoreAuditC},
	"audit":                 {"1", scoreAudit},
	"dast-10":               {"1", scoreDAST10},
	"bam-17":                {"1", scoreBAM},
	"cssrs-screener-recent": {"1", scoreCSSRS},
	"pcl-5":                 {"1", scorePCL5},
	"who-5":                 {"1", scoreWHO5},
	"whodas-2-12":           {"1", scoreWHODAS},
}

// Score holds answers against the instrument and scores them. Errors: KindInvalid.
func (i Instrument) Score(a InstrumentAnswers) (ScoredResponse, error) {
	var c models.Checks
	c.Require(len(a) <= len(i.Items), "answers", "too-many", "There are more answers than questions.")
	for _, n := range slices.Sorted(maps.Keys(a)) {
		it, ok := i.item(n)
		if !ok {
			c.Fail("answers", "unknown-item", "One of these questions is not known.")
			break
		}
		v := a[n]
		c.Require(it.accepts(v), "answers."+n, "not-a-choice", "Choose one of the answers.")
	}
	if err := c.Err(); err != nil {
		return ScoredResponse{}, err
	}
	alg := algorithms[i.ID]
	return ScoredResponse{Instrument: i.ID, Version: i.Version, Algorithm: i.ID + "/" + alg.version,
		Answers: a, Result: alg.score(i, a)}, nil
}

// number reads a number out of a result, fresh or read back from the store.
func (r Result) number(name string) (float64, bool) {
	switch v := r[name].(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// missing lists the scored items without an answer.
func (i Instrument) missing(a InstrumentAnswers) []any {
	out := []any{}
	for _, it := range i.scored() {
		if _, ok := a[it.N]; !ok {
			out = append(out, number(it.N))
		}
	}
	return out
}

// number tells an item's number as the reference does: as a number where it is one.
func number(n string) any {
	if v, err := strconv.Atoi(n); err == nil {
		return v
	}
	return n
}

// sum adds what was answered. With something missing it is the least that the
// total can be.
func (i Instrument) sum(a InstrumentAnswers) int {
	total := 0
	for _, it := range i.scored() {
		total += a[it.N]
	}
	return total
}

// subtotal adds the items from first to last.
func subtotal(a InstrumentAnswers, first, last int) int {
	total := 0
	for n := first; n <= last; n++ {
		total += a[strconv.Itoa(n)]
	}
	return total
}

// band names the range that a score falls into, or null.
func (i Instrument) band(score float64) any {
	for _, b := range i.Bands {
		if b.Min != nil && b.Max != nil && score >= *b.Min && score <= *b.Max {
			return b.Code
		}
	}
	return nil
}

// sumResult is the common rule: every item is needed. With up to prorate missing a
// prorated total is told beside it, and never as the score.
func (i Instrument) sumResult(a InstrumentAnswers, prorate int) Result {
	missing := i.missing(a)
	if len(missing) == 0 {
		total := i.sum(a)
		return Result{"complete": true, "score": total, "band": i.band(float64(total)), "prorated": false}
	}
	r := Result{"complete": false, "score": nil, "band": nil, "prorated": false, "missing": missing}
	if n := len(i.scored()); len(missing) <= prorate {
		p := halfUp(float64(i.sum(a)) * float64(n) / float64(n-len(missing)))
		r["proratedScore"], r["proratedBand"] = p, i.band(float64(p))
	}
	return r
}

// halfUp rounds half up, as the reference does everywhere.
func halfUp(v float64) int { return int(math.Floor(v + 0.5)) }
