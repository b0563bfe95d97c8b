package checkin

import "strconv"

// scorePHQ9: sum of items 1-9; all are needed. Item 9 is never imputed: without an
// answer it is a follow-up of its own. The syndromes are those of the PHQ's
// diagnostic algorithm (item 9 counts from 1, the others from 2).
func scorePHQ9(i Instrument, a InstrumentAnswers) Result {
	r := i.sumResult(a, 2)
	item9, answered := a["9"]
	others := len(a) > 0
	r["item9"], r["safetyTrigger"], r["safetyItemUnanswered"] = nil, nil, !answered && others
	if answered {
		r["item9"], r["safetyTrigger"] = item9, item9 >= 1
	}
	if r["complete"] == true {
		n := 0
		for k := 1; k <= 9; k++ {
			if a[strconv.Itoa(k)] >= 2 || k == 9 && item9 >= 1 {
				n++
			}
		}
		core := a["1"] >= 2 || a["2"] >= 2
		r["majorSyndrome"], r["otherSyndrome"] = core && n >= 5, core && n >= 2 && n <= 4
	}
	return r
}

// scorePHQ2: both items; 3 or more asks for the PHQ-9.
func scorePHQ2(i Instrument, a InstrumentAnswers) Result {
	r := i.sumResult(a, 0)
	r["nextInstrument"] = nil
	if s, ok := r["score"].(int); ok && s >= 3 {
		r["nextInstrument"] = "phq-9"
	}
	return r
}

func scoreGAD7(i Instrument, a InstrumentAnswers) Result { return i.sumResult(a, 1) }

// scorePCL5: sum and the four DSM-5 clusters; an item counts for the provisional
// diagnosis from 2.
func scorePCL5(i Instrument, a InstrumentAnswers) Result {
	r := i.sumResult(a, 2)
	if r["complete"] != true {
		delete(r, "proratedBand")
		return r
	}
	sums, counts := map[string]int{}, map[string]int{}
	for _, it := range i.Items {
		sums[it.Cluster] += a[it.N]
		if a[it.N] >= 2 {
			counts[it.Cluster]++
		}
	}
	r["clusters"] = sums
	r["provisionalDx"] = counts["B"] >= 1 && counts["C"] >= 1 && counts["D"] >= 2 && counts["E"] >= 2
	return r
}

// scoreWHO5: raw sum and percent; higher is better.
func scoreWHO5(i Instrument, a InstrumentAnswers) Result {
	if len(i.missing(a)) > 0 {
		return Result{"complete": false, "raw": nil, "percent": nil, "band": nil}
	}
	raw := i.sum(a)
	return Result{"complete": true, "raw": raw, "percent": raw * 4, "band": i.band(float64(raw)), "depressionScreen": raw*4 <= 28}
}

// scoreWHODAS: simple sum of the 12 items, 0-4 each; one missing item takes the
// mean of the others [K].
func scoreWHODAS(i Instrument, a InstrumentAnswers) Result {
	missing := i.missing(a)
	if len(missing) > 1 {
		return Result{"complete": false, "score": nil, "percent": nil, "band": nil, "missing": missing}
	}
	score, imputed := float64(i.sum(a)), []any{}
	for k, it := range i.scored() {
		if _, ok := a[it.N]; !ok {
			score += score / 11
			imputed = append(imputed, k+1)
		}
	}
	percent := score / 48 * 100
	r := Result{"complete": len(missing) == 0, "score": rounded(score, 100), "percent": rounded(percent, 10), "band": nil, "imputed": imputed}
	for _, b := range i.Bands {
		if b.MinPercent != nil && percent >= *b.MinPercent && (percent < *b.MaxPercent || *b.MaxPercent == 100) {
			r["band"] = b.Code
		}
	}
	return r
}

// rounded rounds half up to 1/unit.
func rounded(v float64, unit float64) float64 { return float64(halfUp(v*unit)) / unit }
