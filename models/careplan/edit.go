package careplan

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/task"
)

// Edit is what somebody wants to change: fields that are left out stay as they are. Base
// is the version that they saw.
type Edit struct {
	Base     int64
	Reason   string
	Decision *task.Reference
	About    *AboutEdit
	Items    []ItemEdit
}

// AboutEdit changes what stands on top.
type AboutEdit struct {
	Preferences *[]string `json:"preferences,omitempty"`
	Fears       *[]string `json:"fears,omitempty"`
	Barriers    *[]string `json:"barriers,omitempty"`
	Strengths   *[]string `json:"strengths,omitempty"`
}

// ItemEdit changes an item, or adds it: then Kind says what it is, and To whom somebody
// asks to lead it.
type ItemEdit struct {
	ID         string      `json:"id"`
	To         string      `json:"to,omitempty"`
	Kind       Kind        `json:"kind,omitempty"`
	Title      *string     `json:"title,omitempty"`
	Domain     *string     `json:"domain,omitempty"`
	Areas      *[]string   `json:"areas,omitempty"`
	GoalID     *string     `json:"goalId,omitempty"`
	Activity   *string     `json:"activity,omitempty"`
	For        *[]string   `json:"for,omitempty"`
	Why        *string     `json:"why,omitempty"`
	DoneWhen   *string     `json:"doneWhen,omitempty"`
	StartOn    *string     `json:"startOn,omitempty"`
	EndOn      *string     `json:"endOn,omitempty"`
	ReviewOn   *string     `json:"reviewOn,omitempty"`
	Supporters *[]string   `json:"supporters,omitempty"`
	Checks     *[]Check    `json:"checks,omitempty"`
	Source     *string     `json:"source,omitempty"`
	Edition    *string     `json:"edition,omitempty"`
	Advises    *[]string   `json:"advises,omitempty"`
	Against    *[]string   `json:"against,omitempty"`
	Guideline  *string     `json:"guideline,omitempty"`
	Follows    *[]string   `json:"follows,omitempty"`
	Expect     *[]Expected `json:"expect,omitempty"`
	Safety     *bool       `json:"safety,omitempty"`
	Status     *Status     `json:"status,omitempty"`
}

// fields are the values that an edit names, by JSON name, or all of a thing.
type fields map[string]json.RawMessage

func fieldsOf(v any) fields {
	out := fields{}
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic("careplan: " + err.Error()) // plain structs of texts
	}
	return out
}

// set puts values into a thing and tells which of its fields are others now.
func set[T any](to T, values fields) (out T, changed []string) {
	all := fieldsOf(to)
	maps.Copy(all, values)
	b, err := json.Marshal(all)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic("careplan: " + err.Error())
	}
	return out, differ(to, out)
}

// differ names the fields in which two things differ.
func differ[T any](a, b T) []string {
	was, is := fieldsOf(a), fieldsOf(b)
	changed := []string{}
	for name := range is {
		if !bytes.Equal(was[name], is[name]) {
			changed = append(changed, name)
		}
	}
	for name := range was {
		if _, still := is[name]; !still {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// editing is one edit under way.
type editing struct {
	plan   Plan
	was    Plan
	edit   Edit
	by     models.Actor
	now    time.Time
	today  string
	checks models.Checks
	clash  []models.FieldError
	change Change
	first  bool // nothing was in the plan before
}

// Apply merges an edit into a plan by field: only what another changed since the base,
// and the edit would change to something else, is refused. today is the patient's date.
// A change that changes nothing has Version 0.
//
// Errors: KindInvalid with fields, KindForbidden, KindStale for a base that is no
// version, KindConflict with the fields that were changed meanwhile.
func Apply(p Plan, e Edit, by models.Actor, now time.Time, today string) (Plan, Change, error) {
	if e.Base < 1 || e.Base > p.Version {
		return p, Change{}, models.E(models.KindStale, "version-not-newest", "This is no version of the plan. Load it again and repeat your change.")
	}
	x := editing{plan: p, was: p, edit: e, by: by, now: now.UTC().Truncate(time.Millisecond), today: today, first: p.Version == 1}
	x.plan.Items, x.plan.AboutFields = slices.Clone(p.Items), maps.Clone(p.AboutFields)
	x.change = Change{PatientID: p.PatientID, Version: p.Version + 1, At: x.now, By: models.AuthorOf(by), Reason: e.Reason, Decision: e.Decision}
	x.checks.Text("reason", e.Reason, 0, MaxReason)
	x.checks.Require(len(e.Items) <= MaxAtOnce, "items", "too-many", "Please change at most 25 things at once.")
	if err := x.checks.Err(); err != nil {
		return p, Change{}, err
	}
	if err := x.all(); err != nil {
		return p, Change{}, err
	}
	if x.change.Empty() {
		return p, Change{}, x.checks.Err()
	}
	return x.done(p)
}

func (x *editing) all() error {
	if err := x.about(); err != nil {
		return err
	}
	for n, e := range x.edit.Items {
		if err := x.item(models.Indexed("items", n), e); err != nil {
			return err
		}
	}
	open := 0
	for _, i := range x.plan.Items {
		if i.Open() {
			open++
		}
	}
	x.checks.Require(len(x.plan.Items) <= MaxItems*5 && open <= MaxItems, "items", "too-many", "A plan holds at most 200 open things. Please end some first.")
	for n, e := range x.edit.Items {
		if i, ok := x.plan.Item(e.ID); ok {
			x.hold(models.Indexed("items", n), i, e)
		}
	}
	return nil
}

// done finishes a change: a clash wins over what else is wrong, since who made it has to
// look again anyway.
func (x *editing) done(before Plan) (Plan, Change, error) {
	if len(x.clash) > 0 {
		return before, Change{}, &models.Error{Kind: models.KindConflict, Code: "field-changed", Fields: x.clash,
			Text: "Somebody changed the same thing meanwhile. See the fields, and decide again."}
	}
	if x.change.Matters && !x.first && x.by.Role != models.RolePatient {
		x.checks.Require(x.edit.Reason != "", "reason", "required", "Say why this changes.")
	}
	if err := x.checks.Err(); err != nil {
		return before, Change{}, err
	}
	was := x.plan.Version
	x.plan.Version, x.plan.ChangedAt = x.change.Version, x.now
	if !x.change.Matters { // a spelling: what was agreed is agreed still
		if x.plan.Agreed == was {
			x.plan.Agreed = x.plan.Version
		}
		x.plan.Answers = slices.Clone(x.plan.Answers)
		for i := range x.plan.Answers {
			if x.plan.Answers[i].Version == was {
				x.plan.Answers[i].Version = x.plan.Version
			}
		}
	}
	return x.plan, x.change, nil
}

func (x *editing) about() error {
	if x.edit.About == nil {
		return nil
	}
	next, changed := set(x.plan.About, fieldsOf(*x.edit.About))
	if len(changed) == 0 {
		return nil
	}
	if !May(ActOwnWords, x.by.Role, x.by.Discipline) {
		return notYours()
	}
	for _, part := range []struct {
		name    string
		entries []string
	}{{"preferences", next.Preferences}, {"fears", next.Fears}, {"barriers", next.Barriers}, {"strengths", next.Strengths}} {
		x.entries("about."+part.name, part.entries)
	}
	if x.plan.AboutFields == nil {
		x.plan.AboutFields = map[string]Mark{}
	}
	x.mark(x.plan.AboutFields, "about.", changed)
	x.plan.About, x.change.About = next, &next
	x.note("", changed)
	x.change.Matters = true
	return nil
}

// mark notes who changed fields, or the clash with somebody who did.
func (x *editing) mark(marks map[string]Mark, path string, changed []string) {
	for _, f := range changed {
		if marks[f].Version > x.edit.Base {
			x.clash = append(x.clash, models.FieldError{Field: path + f, Code: "changed-meanwhile", Text: "Somebody else changed this after you loaded it."})
		}
		marks[f] = Mark{x.change.Version, models.AuthorOf(x.by)}
	}
}

func (x *editing) note(item string, changed []string) {
	for _, f := range changed {
		x.change.Fields = append(x.change.Fields, FieldChange{item, f})
	}
}

func notYours() error {
	return models.E(models.KindForbidden, "not-for-your-profession", "Your profession does not change this part of the plan. See who may do what.")
}
