package careplan

import (
	"slices"
	"time"

	"handrail/models/guideline"
	"handrail/models/task"
)

// Report is what a plan lacks and what is in it twice. It says gaps and counts no score.
type Report struct {
	Gaps     []string  `json:"gaps"`     // areas for which nothing stands in it
	Holes    []Hole    `json:"holes"`    // where nobody is, or is not yet
	Overlaps []Overlap `json:"overlaps"` // the same work of two people

	Contradictions []Contradiction `json:"contradictions"` // what open guidelines say opposite things about
}

// Hole is an item for which something is missing.
type Hole struct {
	Item string `json:"item"`
	Why  string `json:"why"` // one of the Hole… below
}

// What is missing.
const (
	HoleNotAccepted   = "not-accepted"   // nobody has said "I lead this"
	HoleLate          = "late"           // somebody should have looked at it
	HoleNothingFor    = "nothing-for"    // a problem or a goal for which nothing is done
	HoleNewerEdition  = "newer-edition"  // the site has another edition of the guideline, or uses it no more
	HoleGuidelineLate = "guideline-late" // the site should have looked at the guideline again
	HoleNoOwner       = "no-owner"       // there is no task of it: it can't be, and is shown if it is
)

// Overlap is activities of one kind for the same thing that different people lead.
type Overlap struct {
	Items []string `json:"items"`
}

// Tasks are the open ones of a plan's items, by item.
func Tasks(all []task.Task) map[string][]task.Task {
	out := map[string][]task.Task{}
	for _, t := range all {
		if t.Focus != nil && t.Focus.Type == FocusItem && t.Code == task.CodePlanLead && !t.Status.Ended() {
			out[t.Focus.ID] = append(out[t.Focus.ID], t)
		}
	}
	return out
}

// AreasOf are the areas that an item is about.
func AreasOf(t Terms) []string {
	if len(t.Areas) > 0 {
		return t.Areas
	}
	e, _ := CatalogueEntry(t.Activity)
	return e.Areas
}

// ReportOf looks at a plan with its open tasks and the site's guidelines that it follows;
// today is the patient's date.
func ReportOf(p Plan, tasks map[string][]task.Task, library map[string]guideline.Guideline, now time.Time, today string) Report {
	out := Report{Gaps: []string{}, Holes: []Hole{}, Overlaps: []Overlap{}, Contradictions: append(contradictions(p), declared(p, library)...)}
	seen, worked := map[string]bool{}, map[string]bool{}
	for _, i := range p.Items {
		if !i.Open() {
			continue
		}
		for _, a := range AreasOf(i.Terms) {
			seen[a] = true
		}
		if i.Kind == Activity || i.Kind == Step {
			for _, f := range i.For {
				worked[f] = true
			}
		}
	}
	for _, a := range Areas {
		if !seen[a] {
			out.Gaps = append(out.Gaps, a)
		}
	}
	for _, i := range p.Items {
		if i.Open() {
			out.Holes = append(out.Holes, holesOf(i, tasks[i.ID], worked, now)...)
		}
	}
	out.Holes = append(out.Holes, outdated(p, library, today)...)
	out.overlaps(p, tasks)
	return out
}

func holesOf(i Item, tasks []task.Task, worked map[string]bool, now time.Time) (out []Hole) {
	if len(tasks) == 0 {
		return []Hole{{i.ID, HoleNoOwner}}
	}
	if s := tasks[0].Status; s == task.Requested || s == task.Rejected {
		out = append(out, Hole{i.ID, HoleNotAccepted})
	}
	if tasks[0].Overdue(now) {
		out = append(out, Hole{i.ID, HoleLate})
	}
	if (i.Kind == Problem || i.Kind == Goal) && !worked[i.ID] {
		out = append(out, Hole{i.ID, HoleNothingFor})
	}
	return out
}

// overlaps finds activities of one code, for the same thing or for nothing that is
// named, that different people lead.
func (r *Report) overlaps(p Plan, tasks map[string][]task.Task) {
	done := map[string]bool{}
	for n, a := range p.Items {
		if a.Kind != Activity || !a.Open() || done[a.ID] || len(tasks[a.ID]) == 0 {
			continue
		}
		same := []string{a.ID}
		for _, b := range p.Items[n+1:] {
			if b.Kind == Activity && b.Open() && b.Activity == a.Activity && meets(a.For, b.For) && len(tasks[b.ID]) > 0 &&
				tasks[a.ID][0].Owner.AccountID != tasks[b.ID][0].Owner.AccountID && (a.Activity != "other" || spelling(a.Title, b.Title)) {
				same, done[b.ID] = append(same, b.ID), true
			}
		}
		if len(same) > 1 {
			r.Overlaps = append(r.Overlaps, Overlap{same})
		}
	}
}

func meets(a, b []string) bool {
	return len(a) == 0 && len(b) == 0 || slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}
