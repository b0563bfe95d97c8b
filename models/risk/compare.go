package risk

import (
	"cmp"
	"slices"
	"time"

	"handrail/models/checkin"
)

// LookBack is how far back Compare needs what was told before: two PHQ-9 may be months
// apart [P].
const LookBack = 180 * 24 * time.Hour

// Past is how far back a check-in is compared with what was told before it: two weeks for
// its trends, the two before them too where a craving could have risen, and LookBack where
// an earlier filling of an instrument, or a break from opioids, counts. most bounds how
// many are worth reading: two a day.
func Past(in checkin.CheckIn) (back time.Duration, most int) {
	days := BaselineDays
	if craves(in) {
		days = 2 * BaselineDays
	}
	if len(in.Scores) > 0 || opioid(in) {
		days = int(LookBack.Hours()) / 24
	}
	return time.Duration(days) * 24 * time.Hour, 2 * days
}

// craves tells whether a craving could have risen: it is 0 at least, so that less than
// this is not so far above anybody's median.
func craves(in checkin.CheckIn) bool {
	craving, ok := in.Answers["craving"].(float64)
	return ok && craving >= farFromOwn
}

// Compares tells whether any of the rules below can apply: most check-ins ask none.
func Compares(in checkin.CheckIn) bool { return craves(in) || len(in.Scores) > 0 || opioid(in) }

// comparedVersion is the version of the rules below. A change of any is a new one.
const comparedVersion = "1"

// Compare asks the rules that hold a check-in against what the same person told before
// (risk reference, section 3). Each is asked where the check-in alone does not give as
// much already. before may be in any order.
func Compare(in checkin.CheckIn, before []checkin.CheckIn) []checkin.Signal {
	if !Compares(in) {
		return nil
	}
	h := historyOf(in, before)
	var out []checkin.Signal
	for _, r := range compared {
		inputs := r.when(in, h)
		if inputs == nil || slices.ContainsFunc(in.Signals, func(s checkin.Signal) bool { return s.Rule == r.rule && Rank(s.Tier) >= Rank(r.tier) }) {
			continue
		}
		out = append(out, checkin.Signal{Rule: r.rule, Version: comparedVersion, Tier: r.tier, Inputs: inputs})
	}
	return out
}

type comparedRule struct {
	rule string
	tier checkin.Tier
	when func(in checkin.CheckIn, h history) map[string]any
}

var compared = []comparedRule{
	{"R-SI-2", checkin.Urgent, newItem9},
	{"R-OD-1", checkin.Urgent, opioidAfterBreak},
	{"R-CR-1", checkin.Elevated, cravingRose},
	{"R-SC-1", checkin.Elevated, phqRose},
	{"R-SC-3", checkin.Elevated, useIsNew},
}

// history is what somebody told before, the newest first.
type history []checkin.CheckIn

func historyOf(in checkin.CheckIn, before []checkin.CheckIn) history {
	out := slices.DeleteFunc(slices.Clone(before), func(b checkin.CheckIn) bool {
		return b.ID == in.ID || b.Moment().After(in.Moment()) || in.Moment().Sub(b.Moment()) > LookBack
	})
	newest := func(a, b checkin.CheckIn) int { return cmp.Or(b.Moment().Compare(a.Moment()), cmp.Compare(a.ID, b.ID)) }
	if !slices.IsSortedFunc(out, newest) { // to sort them copies them many times
		slices.SortStableFunc(out, newest)
	}
	return out
}

// last is the newest filling of an instrument.
func (h history) last(instrument string) (checkin.ScoredResponse, bool) {
	for _, c := range h {
		if s, ok := scored(c, instrument); ok {
			return s, true
		}
	}
	return checkin.ScoredResponse{}, false
}

func scored(c checkin.CheckIn, instrument string) (checkin.ScoredResponse, bool) {
	i := slices.IndexFunc(c.Scores, func(s checkin.ScoredResponse) bool { return s.Instrument == instrument })
	if i < 0 {
		return checkin.ScoredResponse{}, false
	}
	return c.Scores[i], true
}

func points(s checkin.ScoredResponse, name string) (float64, bool) {
	switch v := s.Result[name].(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// newItem9: PHQ-9 item 9 rose from 0, and a screener told of an attempt once.
func newItem9(in checkin.CheckIn, h history) map[string]any {
	now, ok := scored(in, "phq-9")
	was, known := h.last("phq-9")
	if !ok || !known || now.Answers["9"] < 1 {
		return nil
	}
	if v, answered := was.Answers["9"]; !answered || v != 0 {
		return nil
	}
	attempt := slices.ContainsFunc(append(history{in}, h...), func(c checkin.CheckIn) bool {
		s, ok := scored(c, "cssrs-screener-recent")
		return ok && s.Answers["6"] > 0
	})
	if !attempt {
		return nil
	}
	return map[string]any{"item9": now.Answers["9"], "before": 0, "history": "attempt"}
}

// breakDays is how long an abstinence is for tolerance to be lost (R-OD-1).
const breakDays = 7

// opioidAfterBreak: the person's own answers told of no opioid for a week and more.
// Days on which nothing was told are no proof, so that one answer must lie in the break.
// After detox, release or the end of a long-acting medicine is not known here.
func opioidAfterBreak(in checkin.CheckIn, h history) map[string]any {
	if !opioid(in) {
		return nil
	}
	var since time.Time
	for _, c := range h {
		if opioid(c) {
			break
		}
		if _, told := c.Answers["use"]; told {
			since = c.Moment()
		}
	}
	days := in.Moment().Sub(since).Hours() / 24
	if since.IsZero() || days < breakDays {
		return nil
	}
	return map[string]any{"use": in.Answers["use"], "daysWithout": int(days)}
}

func opioid(c checkin.CheckIn) bool {
	u := c.Answers["use"]
	s, _ := scored(c, "bam-17")
	return u == "opioid" || u == "opioid-and-other" || u == "unknown-pill" || s.Answers["7e"] > 0
}

// cravingRose: two readings in a row are 3 and more above the median of the 14 days
// before them. The one person's own baseline is better than a fixed number.
func cravingRose(in checkin.CheckIn, h history) map[string]any {
	now, ok := in.Answers["craving"].(float64)
	if !ok {
		return nil
	}
	var readings []float64 // before, the newest first
	var first time.Time    // of the two
	for _, c := range h {
		v, ok := c.Answers["craving"].(float64)
		if !ok {
			continue
		}
		if len(readings) == 0 {
			first = c.Moment()
		}
		if first.Sub(c.Moment()) <= BaselineDays*24*time.Hour {
			readings = append(readings, v)
		}
	}
	if len(readings) < 1+fewest || in.Moment().Sub(first) > BaselineDays*24*time.Hour {
		return nil
	}
	usual := median(readings[1:])
	if now-usual < farFromOwn || readings[0]-usual < farFromOwn {
		return nil
	}
	return map[string]any{"craving": now, "before": readings[0], "median": usual}
}

// median of one number and more; it leaves them in their order.
func median(of []float64) float64 {
	var room [fewDays]float64
	own := append(room[:0], of...)
	slices.Sort(own)
	return (own[(len(own)-1)/2] + own[len(own)/2]) / 2
}

// worse is by how many points a PHQ-9 is worse than the last one (R-SC-1).
const worse = 5

func phqRose(in checkin.CheckIn, h history) map[string]any {
	s, _ := scored(in, "phq-9")
	now, ok := points(s, "score")
	last, _ := h.last("phq-9")
	was, known := points(last, "score")
	if !ok || !known || now-was < worse {
		return nil
	}
	return map[string]any{"score": now, "before": was}
}

// useIsNew: BAM tells of use, and the last one told of none.
func useIsNew(in checkin.CheckIn, h history) map[string]any {
	s, _ := scored(in, "bam-17")
	now, ok := points(s, "use")
	last, _ := h.last("bam-17")
	was, known := points(last, "use")
	if !ok || !known || now < 1 || was >= 1 {
		return nil
	}
	return map[string]any{"use": now, "before": was}
}
