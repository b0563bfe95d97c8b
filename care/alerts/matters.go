package alerts

import (
	"cmp"
	"slices"
	"time"

	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/models/task"
)

// matters are the lines of one worklist while they are put together: what belongs to an
// alert goes into its line.
type matters struct {
	lines []*Work
	of    map[string]*Work // alerts, by their id and by the check-ins that fired them
}

func (m *matters) alert(v View) {
	w := &Work{ID: v.ID, Kind: "alert", Tier: v.Tier, PatientID: v.PatientID, Patient: v.PatientName, At: v.FiredAt, Alert: &v, Withheld: v.withheld}
	m.lines = append(m.lines, w)
	if m.of == nil {
		m.of = map[string]*Work{}
	}
	m.of[v.ID] = w
	for _, e := range v.Evidence {
		if e.Source == risk.FromCheckIn {
			m.of[e.Ref] = w
		}
	}
}

// checkIn puts a check-in that nobody has read into the line of its alert; the newest
// is shown there.
func (m *matters) checkIn(w Work) {
	a := m.of[w.ID]
	if a == nil || a.PatientID != w.PatientID {
		m.lines = append(m.lines, &w)
		return
	}
	a.CheckIns = append(a.CheckIns, w.ID)
	if a.CheckIn == nil {
		a.CheckIn = w.CheckIn
	}
}

// other is what waits in another part of care; it has a line of its own.
func (m *matters) other(w Work) { m.lines = append(m.lines, &w) }

func (m *matters) task(v task.View, now time.Time) {
	if v.Focus != nil && v.Focus.Type == task.FocusAlert {
		if a := m.of[v.Focus.ID]; a != nil && a.PatientID == v.PatientID {
			a.Tasks = append(a.Tasks, v)
			return
		}
	}
	m.lines = append(m.lines, &Work{ID: v.ID, Kind: "task", Tier: v.Tier(now), PatientID: v.PatientID, Patient: v.PatientName, At: v.AuthoredAt, Task: &v})
}

// order is that of lines of the same tier.
func (w Work) order() int {
	return slices.Index([]string{"alert", "worry", "message", "check-in", "task"}, w.Kind)
}

// sorted are the lines, the most urgent first, then the oldest. Where a check-in asks for
// somebody, it stands before a task.
func (m *matters) sorted() []Work {
	var out []Work
	for _, w := range m.lines {
		out = append(out, *w)
	}
	kind := func(w Work) int {
		if w.Tier == checkin.Routine { // by age alone
			return 0
		}
		return w.order()
	}
	slices.SortStableFunc(out, func(a, b Work) int {
		return cmp.Or(risk.Rank(b.Tier)-risk.Rank(a.Tier), kind(a)-kind(b), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}
