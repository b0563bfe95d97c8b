package models

import "strconv"

// scoreAuditC: three items. Who never drinks may skip the other two. The threshold
// is 4 for men and 3 for everybody else [P for unknown].
func scoreAuditC(i Instrument, a InstrumentAnswers, sex string) Result {
	threshold := 3
	if sex == "male" {
		threshold = 4
	}
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
func scoreAudit(i Instrument, a InstrumentAnswers, _ string) Result {
	if !auditComplete(a) {
		return Result{"complete": false, "score": nil, "band": nil, "missing": i.missing(a)}
	}
	score := i.sum(a)
	dependence := subtotal(a, 4, 6)
	return Result{"complete": true, "score": score, "band": i.band(float64(score)), "consumption": subtotal(a, 1, 3),
		"dependence": dependence, "problems": subtotal(a, 7, 10), "assessDependence": dependence >= 4}
}

func auditComplete(a InstrumentAnswers) bool {
	has := func(first, last int) bool {
		for n := first; n <= last; n++ {
			if _, ok := a[strconv.Itoa(n)]; !ok {
				return false
			}
		}
		return true
	}
	q1, ok := a["1"]
	switch {
	case !ok || !has(9, 10):
		return false
	case q1 == 0:
		return true
	case has(2, 3) && a["2"]+a["3"] == 0:
		return true
	}
	return has(2, 8)
}

// scoreDAST10: a point for each yes, except item 3, which counts for no. With
// something missing there is no score, but the range that is possible.
func scoreDAST10(i Instrument, a InstrumentAnswers, _ string) Result {
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

// scoreBAM: three sums and no total. A sum with a missing item is null; item 5 is
// 0 when item 4 is. Any answered use still raises the flag.
func scoreBAM(i Instrument, a InstrumentAnswers, _ string) Result {
	r, flags, anyUse := Result{"total": nil}, []any{}, false
	for _, sub := range []string{"use", "risk", "protective"} {
		sum, whole := 0, true
		for _, it := range i.Items {
			if it.Subscale != sub {
				continue
			}
			v, ok := a[it.N]
			if q4, four := a["4"]; !ok && !(it.N == "5" && four && q4 == 0) {
				whole = false
			}
			sum += v
			anyUse = anyUse || sub == "use" && v >= 1
		}
		r[sub] = nil
		if whole {
			r[sub] = sum
		}
		switch {
		case sub == "use" && anyUse:
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
