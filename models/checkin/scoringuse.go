package checkin

import "strconv"

// auditCThreshold is used for everybody. The published one for men is 4; nobody is
// asked for their sex for the sake of one point, and 3 misses fewer [P].
const auditCThreshold = 3

// scoreAuditC: three items. Who never drinks may skip the other two.
func scoreAuditC(i Instrument, a InstrumentAnswers) Result {
	threshold := auditCThreshold
	q1, ok := a["1"]
	if missing := i.missing(a); len(missing) > 0 && !(ok && q1 == 0) {
		return Result{"complete": false, "score": nil, "threshold": threshold, "band": nil, "missing": missing, "pointsFromQ1Only": false}
	}
	score, band := i.sum(a), "negative"
	if score >= threshold {
		band = "positive"
	}
	return Result{"complete": true, "score": score, "threshold": threshold, "band": band,
		"pointsFromQ1Only": score >= threshold && a["2"] == 0 && a["3"] == 0}
}

// scoreAudit: ten items. Who never drinks goes from 1 to 9; who drinks little (2
// and 3 are 0) goes from 3 to 9. Items 9 and 10 are always needed.
func scoreAudit(i Instrument, a InstrumentAnswers) Result {
	if missing := auditMissing(a); len(missing) > 0 {
		return Result{"complete": false, "score": nil, "band": nil, "missing": missing}
	}
	score := i.sum(a)
	dependence := subtotal(a, 4, 6)
	return Result{"complete": true, "score": score, "band": i.band(float64(score)), "consumption": subtotal(a, 1, 3),
		"dependence": dependence, "problems": subtotal(a, 7, 10), "assessDependence": dependence >= 4}
}

// auditMissing lists the needed items without an answer.
func auditMissing(a InstrumentAnswers) []any {
	q1, drinks := a["1"]
	_, q2 := a["2"]
	_, q3 := a["3"]
	need := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	switch {
	case drinks && q1 == 0:
		need = []int{9, 10}
	case drinks && q2 && q3 && a["2"]+a["3"] == 0:
		need = []int{9, 10}
	}
	out := []any{}
	for _, n := range need {
		if _, ok := a[strconv.Itoa(n)]; !ok {
			out = append(out, n)
		}
	}
	return out
}

// scoreDAST10: a point for each yes, except item 3, which counts for no. With
// something missing there is no score, but the range that is possible.
func scoreDAST10(i Instrument, a InstrumentAnswers) Result {
	score, missing := 0, i.missing(a)
	for _, it := range i.Items {
		v, ok := a[it.N]
		if ok && (v == 1) != it.Reverse {
			score++
		}
	}
	if len(missing) > 0 {
		return Result{"complete": false, "score": nil, "band": nil, "missing": missing,
			"minimumPossible": score, "maximumPossible": score + len(missing)}
	}
	return Result{"complete": true, "score": score, "band": i.band(float64(score))}
}

// scoreBAM: three sums and no total. A sum with a missing item is null. Any
// answered use still raises the flag.
func scoreBAM(i Instrument, a InstrumentAnswers) Result {
	r, flags := Result{"total": nil, "complete": true}, []any{}
	for _, sub := range []string{"use", "risk", "protective"} {
		sum, whole := i.bamSum(a, sub)
		if r[sub] = sum; !whole {
			r[sub], r["complete"] = nil, false
		}
		switch {
		case sub == "use" && sum >= 1:
			flags = append(flags, "use>=1")
		case sub == "risk" && whole && sum >= 12:
			flags = append(flags, "risk>=12")
		case sub == "protective" && whole && sum <= 12:
			flags = append(flags, "protective<=12")
		}
	}
	r["flags"] = flags
	return r
}

// bamSum adds a subscale and tells whether it is whole. Item 5 (heavy drinking) is
// 0 when item 4 (any drinking) is.
func (i Instrument) bamSum(a InstrumentAnswers, subscale string) (sum int, whole bool) {
	whole = true
	q4, four := a["4"]
	for _, it := range i.Items {
		if it.Subscale != subscale {
			continue
		}
		v, ok := a[it.N]
		sum, whole = sum+v, whole && (ok || it.N == "5" && four && q4 == 0)
	}
	return sum, whole
}
