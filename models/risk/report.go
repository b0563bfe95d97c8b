package risk

import (
	"cmp"
	"slices"
	"time"
)

// Figures are counts of firings, or of times that somebody was asked. They are for
// relief, never for appraisal.
type Figures struct {
	Fired       int `json:"fired"`
	ActedOn     int `json:"actedOn"`
	NothingDone int `json:"nothingDone"`
	Waiting     int `json:"waiting"`
	// MedianMinutes is the median time to contact, in minutes; nil where there was none.
	MedianMinutes *float64 `json:"medianMinutes,omitempty"`

	times []time.Duration
}

// RuleLoad are the figures of one rule. Review asks for a look at the rule: nothing was
// done for 90 % of its last 60 firings. It goes on as before.
type RuleLoad struct {
	Rule string `json:"rule"`
	Figures
	Review bool `json:"review,omitempty"`
}

// Shift is a part of the day, on the clinic's clock.
type Shift string

// The shifts [P]: day is 07:00 to 19:00.
const (
	DayShift   Shift = "day"
	NightShift Shift = "night"
)

// PersonLoad are the figures of one person in one shift. Most is the most urgent alerts
// that they were asked about within 12 hours.
type PersonLoad struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Shift     Shift  `json:"shift"`
	Figures
	Most    int  `json:"most"`
	TooMuch bool `json:"tooMuch,omitempty"`
}

// Report is the load of a time.
type Report struct {
	From   time.Time    `json:"from"`
	To     time.Time    `json:"to"`
	Rules  []RuleLoad   `json:"rules"`
	People []PersonLoad `json:"people"`
}

// How much is too much (issue of alerts; risk reference, section 5).
const (
	LoadWindow  = 12 * time.Hour
	MostUrgent  = 2
	reviewAfter = 60
	reviewShare = 0.9
)

// ReportOf counts what fired, and who was asked, in [from, to). zone is the clinic's.
func ReportOf(alerts []Alert, from, to time.Time, zone *time.Location) Report {
	out := Report{From: from, To: to, Rules: []RuleLoad{}, People: []PersonLoad{}}
	within := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	rules := map[string]*RuleLoad{}
	firings := map[string][]firing{}
	people := map[personShift]*PersonLoad{}
	urgent := map[string][]time.Time{} // whatever the shift
	for _, a := range alerts {
		for _, e := range a.Evidence {
			if !within(e.At) {
				continue
			}
			r := entry(rules, e.Rule, func() *RuleLoad { return &RuleLoad{Rule: e.Rule} })
			end := a.endAfter(e.At, "")
			r.count(end, e.At)
			firings[e.Rule] = append(firings[e.Rule], firing{e.At, end.nothing})
		}
		for i, s := range a.History {
			if s.What != DidAsk || !within(s.At) || s.Who == "" {
				continue
			}
			k := personShift{s.Who, shiftAt(s.At, zone)}
			p := entry(people, k, func() *PersonLoad { return &PersonLoad{AccountID: s.Who, Shift: k.shift} })
			p.Name = s.Name
			p.count(a.endAfter(s.At, s.Who), s.At)
			if Pages(a.Tier) && !slices.ContainsFunc(a.History[:i], func(b Step) bool { return b.What == DidAsk && b.Who == s.Who && s.At.Sub(b.At) < LoadWindow }) {
				urgent[s.Who] = append(urgent[s.Who], s.At)
			}
		}
	}
	for _, r := range rules {
		r.finish()
		r.Review = asksForReview(firings[r.Rule])
		out.Rules = append(out.Rules, *r)
	}
	for k, p := range people {
		p.finish()
		p.Most = most(urgent[k.account])
		p.TooMuch = p.Most > MostUrgent
		out.People = append(out.People, *p)
	}
	slices.SortFunc(out.Rules, func(a, b RuleLoad) int { return cmp.Or(b.Fired-a.Fired, cmp.Compare(a.Rule, b.Rule)) })
	slices.SortFunc(out.People, func(a, b PersonLoad) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.AccountID, b.AccountID), cmp.Compare(a.Shift, b.Shift))
	})
	return out
}

type personShift struct {
	account string
	shift   Shift
}

type firing struct {
	at      time.Time
	nothing bool
}

func entry[K comparable, V any](in map[K]*V, k K, fresh func() *V) *V {
	if in[k] == nil {
		in[k] = fresh()
	}
	return in[k]
}

func shiftAt(t time.Time, zone *time.Location) Shift {
	if h := t.In(zone).Hour(); h < 7 || h >= 19 {
		return NightShift
	}
	return DayShift
}

// end is what became of something.
type end struct {
	ended, nothing, contact bool
	contactAt               time.Time
}

// endAfter finds what became of an alert after a moment: by one person, or by anybody.
func (a Alert) endAfter(at time.Time, who string) end {
	var out end
	for _, s := range a.History {
		if s.At.Before(at) || who != "" && s.Who != who {
			continue
		}
		is := s.What == DidResolve || s.What == DidRefer
		if s.What == DidContact || is && s.Code != "not-reached" && s.Code != "no-action-needed" {
			if !out.contact {
				out.contact, out.contactAt = true, s.At
			}
		}
		if is {
			out.ended, out.nothing = true, s.Code == "no-action-needed"
			return out
		}
	}
	return out
}

func (f *Figures) count(e end, from time.Time) {
	f.Fired++
	switch {
	case e.nothing:
		f.NothingDone++
	case e.ended || e.contact:
		f.ActedOn++
	default:
		f.Waiting++
	}
	if e.contact {
		f.times = append(f.times, e.contactAt.Sub(from))
	}
}

func (f *Figures) finish() {
	if len(f.times) == 0 {
		return
	}
	var minutes []float64
	for _, t := range f.times {
		minutes = append(minutes, t.Minutes())
	}
	m := median(minutes)
	f.MedianMinutes = &m
}

// asksForReview looks at the newest firings of a rule.
func asksForReview(all []firing) bool {
	if len(all) < reviewAfter {
		return false
	}
	slices.SortFunc(all, func(a, b firing) int { return b.at.Compare(a.at) })
	nothing := 0
	for _, f := range all[:reviewAfter] {
		if f.nothing {
			nothing++
		}
	}
	return float64(nothing) >= reviewShare*reviewAfter
}

// most is the most of some moments that lie within 12 hours.
func most(at []time.Time) int {
	slices.SortFunc(at, time.Time.Compare)
	out := 0
	for i := range at {
		n := 0
		for k := i; k >= 0 && at[i].Sub(at[k]) < LoadWindow; k-- {
			n++
		}
		out = max(out, n)
	}
	return out
}

// Asked tells whether an alert that pages asked somebody within the 12 hours before now.
func (a Alert) Asked(accountID string, now time.Time) bool {
	return Pages(a.Tier) && slices.ContainsFunc(a.History, func(s Step) bool {
		return s.What == DidAsk && s.Who == accountID && now.Sub(s.At) < LoadWindow
	})
}

// Narrowed leaves the alerts of some patients.
func Narrowed(alerts []Alert, patients map[string]bool) []Alert {
	return slices.DeleteFunc(slices.Clone(alerts), func(a Alert) bool { return !patients[a.PatientID] })
}
