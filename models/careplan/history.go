package careplan

import (
	"time"

	"handrail/models"
	"handrail/models/task"
)

// Change is one version of a plan: what is other in it than in the one before.
type Change struct {
	PatientID string          `json:"patientId"`
	Version   int64           `json:"version"`
	At        time.Time       `json:"at"`
	By        models.Author   `json:"by"`
	Reason    string          `json:"reason,omitempty"`
	Decision  *task.Reference `json:"decision,omitempty"` // what it comes from
	Matters   bool            `json:"matters"`            // false: a spelling
	Fields    []FieldChange   `json:"fields"`
	About     *About          `json:"about,omitempty"` // as it is after the change
	Items     []State         `json:"items,omitempty"` // those that changed, as they are after it
}

// FieldChange names a field of an item, or of About when there is no item.
type FieldChange struct {
	Item  string `json:"item,omitempty"`
	Field string `json:"field"`
}

// Empty tells whether nothing changed.
func (c Change) Empty() bool { return len(c.Fields) == 0 }

// State is what an item said in a version.
type State struct {
	ID string `json:"id"`
	Terms
}

// Snapshot is what a plan said in a version.
type Snapshot struct {
	Version int64     `json:"version"`
	At      time.Time `json:"at,omitzero"`
	About   About     `json:"about"`
	Items   []State   `json:"items"`
}

// Then is a plan after one more change.
func (s Snapshot) Then(c Change) Snapshot {
	out := Snapshot{Version: c.Version, At: c.At, About: s.About, Items: append([]State{}, s.Items...)}
	if c.About != nil {
		out.About = *c.About
	}
next:
	for _, i := range c.Items {
		for n := range out.Items {
			if out.Items[n].ID == i.ID {
				out.Items[n] = i
				continue next
			}
		}
		out.Items = append(out.Items, i)
	}
	return out
}

// SnapshotOf is what a plan says now.
func SnapshotOf(p Plan) Snapshot {
	out := Snapshot{Version: p.Version, At: p.ChangedAt, About: p.About, Items: []State{}}
	for _, i := range p.Items {
		out.Items = append(out.Items, State{i.ID, i.Terms})
	}
	return out
}

// Difference is one thing that is other in a later version.
type Difference struct {
	Item   string `json:"item,omitempty"`
	Field  string `json:"field,omitempty"` // none: the item is new
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Words  string `json:"words"` // for the patient, in their language
}

// Differences tells in words what changed between two versions, in a language (BCP 47;
// one that is not there gets English).
func Differences(before, after Snapshot, language string) []Difference {
	w, out := wordsIn(language), []Difference{}
	for _, f := range differ(before.About, after.About) {
		out = append(out, Difference{Field: f, Before: told(fieldsOf(before.About)[f]), After: told(fieldsOf(after.About)[f]), Words: w.fill(w.Diff["about"], "field", w.Fields[f])})
	}
	was := map[string]State{}
	for _, s := range before.Items {
		was[s.ID] = s
	}
	for _, s := range after.Items {
		old, there := was[s.ID]
		name := w.name(s.Terms)
		if !there {
			out = append(out, Difference{Item: s.ID, After: name, Words: w.fill(w.Diff["new"], "name", name)})
			continue
		}
		for _, f := range differ(old.Terms, s.Terms) {
			d := Difference{Item: s.ID, Field: f, Before: told(fieldsOf(old.Terms)[f]), After: told(fieldsOf(s.Terms)[f])}
			if f == "status" {
				d.Words = w.fill(w.Diff[string(s.Status)], "name", name)
			} else {
				d.Words = w.fill(w.Diff["field"], "name", name, "field", w.Fields[f])
			}
			out = append(out, d)
		}
	}
	return out
}
