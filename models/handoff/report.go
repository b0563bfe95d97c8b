package handoff

import (
	"slices"
	"time"
)

// Report is how handoffs went: counts, of nobody by name.
type Report struct {
	Given         int            `json:"given"`
	Complete      int            `json:"complete"` // all that belongs in them was told
	Missing       map[string]int `json:"missing"`  // by element, how often it was left out
	Accepted      int            `json:"accepted"`
	InTime        int            `json:"inTime"`
	WentUp        int            `json:"wentUp"` // nobody had taken them in time
	Open          int            `json:"open"`
	NeedReadBack  int            `json:"needReadBack"` // of those that were accepted
	ReadBack      int            `json:"readBack"`     // of all that were accepted
	MedianMinutes int            `json:"medianMinutes"`
}

// ReportOf counts handoffs. One that was called off counts for nothing.
func ReportOf(all []Handoff) Report {
	r := Report{Missing: map[string]int{}}
	var took []time.Duration
	for _, h := range all {
		if h.Status == Cancelled {
			continue
		}
		r.Given++
		missing := h.Missing()
		for _, element := range missing {
			r.Missing[element]++
		}
		r.Complete += one(len(missing) == 0)
		r.WentUp += one(h.WentUp())
		if h.Status != Accepted {
			r.Open++
			continue
		}
		r.Accepted++
		r.InTime += one(!h.EndedAt.After(h.DueAt))
		r.NeedReadBack += one(h.NeedsReadBack())
		r.ReadBack += one(h.ReadBack != "")
		took = append(took, h.EndedAt.Sub(h.GivenAt))
	}
	if len(took) > 0 {
		slices.Sort(took)
		r.MedianMinutes = int(took[(len(took)-1)/2].Minutes())
	}
	return r
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
