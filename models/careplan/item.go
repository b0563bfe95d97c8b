package careplan

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"handrail/models"
)

// item adds an item or changes it.
func (x *editing) item(path string, e ItemEdit) error {
	at := x.plan.index(e.ID)
	if at < 0 {
		return x.add(path, e)
	}
	i := x.plan.Items[at]
	if e.Kind != "" && e.Kind != i.Kind {
		x.checks.Fail(path+".kind", "stays", "What kind of thing it is stays. End it, and add another.")
		return nil
	}
	next, changed := set(i.Terms, valuesOf(e))
	if e.Checks != nil {
		next.Checks = x.ticked(i.Checks, next.Checks)
		changed = differ(i.Terms, next)
	}
	if len(changed) == 0 {
		return nil
	}
	if err := x.may(i, next, changed); err != nil {
		return err
	}
	if i.Status.Ended() && !next.Open() && i.Status == next.Status {
		return models.E(models.KindConflict, "item-ended", "This has ended. Begin it again first.")
	}
	i.Fields = maps.Clone(i.Fields)
	x.mark(i.Fields, path+".", changed)
	if i.Status.Ended() && next.Open() {
		i.Opened++
	}
	x.change.Matters = x.change.Matters || matters(i.Terms, next, changed)
	i.Terms = next
	x.plan.Items[at] = i
	x.note(i.ID, changed)
	x.change.Items = append(x.change.Items, State{i.ID, i.Terms})
	return nil
}

// valuesOf are the terms that an edit names.
func valuesOf(e ItemEdit) fields {
	values := fieldsOf(e)
	delete(values, "id")
	delete(values, "to")
	return values
}

func (x *editing) add(path string, e ItemEdit) error {
	if !slices.Contains(Kinds, e.Kind) {
		x.checks.Fail(path+".kind", "required", "Say what kind of thing you add, or name one that is in the plan.")
		return nil
	}
	t, _ := set(Terms{Status: Active}, valuesOf(e))
	t.Checks = x.ticked(nil, t.Checks)
	if t.ReviewOn == "" {
		day, err := time.Parse(time.DateOnly, x.today)
		if err == nil {
			t.ReviewOn = day.AddDate(0, 0, reviewDays).Format(time.DateOnly)
		}
	}
	i := Item{ID: e.ID, Terms: t, Fields: map[string]Mark{}, AddedAt: x.now, AddedBy: models.AuthorOf(x.by), Opened: 1}
	changed := differ(Terms{}, t)
	if err := x.may(Item{Terms: Terms{Kind: t.Kind}}, t, changed); err != nil {
		return err
	}
	x.checks.Require(t.Open(), path+".status", "not-a-choice", "What is added is not over yet.")
	for _, f := range changed {
		i.Fields[f] = Mark{x.change.Version, models.AuthorOf(x.by)}
	}
	x.plan.Items = append(x.plan.Items, i)
	x.note(i.ID, changed)
	x.change.Items = append(x.change.Items, State{i.ID, t})
	x.change.Matters = true
	return nil
}

// reviewDays is after how many days somebody looks at an item again, unless they say so.
const reviewDays = 90

// may refuses who may not change these fields of an item.
func (x *editing) may(i Item, next Terms, changed []string) error {
	act := ActEdit
	if next.Kind == Problem && next.Domain != "social" {
		act = ActProblem
	}
	for _, f := range changed {
		switch {
		case f == "why":
			if by := i.Fields["why"].By; by.Role == models.RolePatient && x.by.Role != models.RolePatient {
				return models.E(models.KindForbidden, "patients-own-words", "These are the patient's own words. Please talk it over and let them change it.")
			}
			if May(ActOwnWords, x.by.Role, x.by.Discipline) {
				continue
			}
			return notYours()
		case May(ActPropose, x.by.Role, x.by.Discipline) && i.ID == "" && (next.Kind == Activity || next.Kind == Step || next.Kind == Goal) && !teams(f):
			continue // what somebody brings
		case x.by.Role == models.RolePatient && i.AddedBy.AccountID == x.by.AccountID && !teams(f):
			continue // what they brought
		}
		if !May(act, x.by.Role, x.by.Discipline) {
			return notYours()
		}
	}
	return nil
}

// teams are the fields that whoever brings something in leaves to the team.
func teams(field string) bool { return field == "safety" || field == "expect" }

// hold checks what an item says now, where the edit touched it.
func (x *editing) hold(path string, i Item, e ItemEdit) {
	t, at := i.Terms, func(f string) string { return path + "." + f }
	c := &x.checks
	switch {
	case t.Kind == Goal:
		c.Require(t.GoalID != "", at("goalId"), "required", "Name a goal of the record.")
		c.Require(t.Title == "", at("title"), "not-here", "What a goal says stands in the goal itself.")
	case t.Kind == Activity && t.Activity != "other":
		c.Text(at("title"), t.Title, 0, MaxTitle)
	default:
		c.Text(at("title"), t.Title, 1, MaxTitle)
	}
	c.Require(t.Kind == Goal || t.GoalID == "", at("goalId"), "not-here", "Only a goal has this.")
	c.Require(len(t.GoalID) <= 64, at("goalId"), "too-long", "This is too long.")
	c.Require((t.Kind == Problem) == (t.Domain != ""), at("domain"), "required", "A problem says what it is of; nothing else does.")
	c.Require(t.Domain == "" || slices.Contains(ProblemDomains, t.Domain), at("domain"), "not-a-choice", "Choose one of those that are offered.")
	_, known := CatalogueEntry(t.Activity)
	c.Require((t.Kind == Activity) == (t.Activity != ""), at("activity"), "required", "An activity is one of the catalogue; nothing else is.")
	c.Require(t.Activity == "" || known, at("activity"), "not-a-choice", "Choose one of the catalogue.")
	c.Require(len(t.Areas) <= len(Areas), at("areas"), "too-many", "There are four.")
	for n, a := range t.Areas {
		c.Require(slices.Contains(Areas, a), models.Indexed(at("areas"), n), "not-a-choice", "Choose one of those that are offered.")
	}
	c.Text(at("why"), t.Why, 0, MaxText)
	c.Text(at("doneWhen"), t.DoneWhen, 0, MaxText)
	c.Text(at("source"), t.Source, 0, MaxTitle)
	c.Text(at("edition"), t.Edition, 0, MaxTitle)
	c.Require(t.Kind != Guideline || t.Source != "" && t.Edition != "", at("source"), "required", "Say who publishes it, and which version it is.")
	was, _ := x.was.Item(i.ID)
	x.expected(at("expect"), t, was.Expect)
	x.advice(at("advises"), t, t.Advises, nil)
	x.advice(at("against"), t, t.Against, t.Advises)
	c.Require(t.Kind != Checklist || len(t.Checks) > 0, at("checks"), "required", "A checklist has a line at least.")
	c.Require(slices.Contains(Statuses, t.Status), at("status"), "not-a-choice", "Choose one of those that are offered.")
	x.lists(at, i)
	x.dates(at, t, e)
}

// advice holds what a guideline advises, or advises against: activities of the catalogue,
// and none both ways.
func (x *editing) advice(field string, t Terms, codes, opposite []string) {
	c := &x.checks
	c.Require(len(codes) == 0 || t.Kind == Guideline, field, "not-here", "Only a guideline has this.")
	c.Require(len(codes) <= MaxEntries, field, "too-many", "Please keep it to 20.")
	for n, code := range codes {
		_, known := CatalogueEntry(code)
		c.Require(known && code != "other", models.Indexed(field, n), "not-a-choice", "Choose one of the catalogue.")
		c.Require(!slices.Contains(opposite, code), models.Indexed(field, n), "both-ways", "One guideline can't advise it and advise against it.")
	}
}

func (x *editing) lists(at func(string) string, i Item) {
	c := &x.checks
	c.Require(len(i.Checks) <= MaxEntries, at("checks"), "too-many", "Please keep it to 20.")
	for n, k := range i.Checks {
		c.Text(models.Indexed(at("checks"), n)+".text", k.Text, 1, MaxEntry)
		c.Require(k.Point == "" || models.IsID(k.Point), models.Indexed(at("checks"), n)+".point", "bad-id", "Name a point of the guideline.")
	}
	c.Require(len(i.Supporters) <= MaxEntries, at("supporters"), "too-many", "Please keep it to 20.")
	for n, s := range i.Supporters {
		c.Require(models.IsID(s), models.Indexed(at("supporters"), n), "bad-id", "Name an account.")
	}
	c.Require(len(i.For) <= MaxEntries, at("for"), "too-many", "Please keep it to 20.")
	c.Require(i.Guideline == "" || i.Kind == Guideline, at("guideline"), "not-here", "Only a guideline has this.")
	c.Require(len(i.Follows) == 0 || i.Kind == Activity || i.Kind == Step, at("follows"), "not-here", "Only what is done follows a guideline.")
	c.Require(len(i.Follows) <= MaxEntries, at("follows"), "too-many", "Please keep it to 20.")
	for n, id := range i.Follows {
		other, ok := x.plan.Item(id)
		c.Require(ok && other.Kind == Guideline, models.Indexed(at("follows"), n), "not-there", "Name a guideline of this plan.")
	}
	for n, id := range i.For {
		other, ok := x.plan.Item(id)
		c.Require(ok && id != i.ID && (other.Kind == Problem || other.Kind == Goal), models.Indexed(at("for"), n), "not-there", "Name a problem or a goal of this plan.")
	}
}

// The years that a date of a plan can have: what began long ago, and what is ahead as
// far as anybody plans.
const (
	firstDay   = "1900-01-01"
	yearsAhead = 20
)

func (x *editing) dates(at func(string) string, t Terms, e ItemEdit) {
	c, last := &x.checks, x.day(yearsAhead)
	for _, d := range []struct {
		field, day string
	}{{"startOn", t.StartOn}, {"endOn", t.EndOn}} {
		c.Date(at(d.field), d.day)
		c.Require(d.day == "" || d.day >= firstDay && d.day <= last, at(d.field), "out-of-range", "Give a date within twenty years.")
	}
	c.Require(t.EndOn == "" || t.StartOn <= t.EndOn, at("endOn"), "before-start", "It can't end before it begins.")
	c.Date(at("reviewOn"), t.ReviewOn)
	asked := e.ReviewOn != nil || e.Status != nil
	c.Require(!t.Open() || t.ReviewOn != "", at("reviewOn"), "required", "Say when somebody looks at it again.")
	c.Require(!t.Open() || !asked || t.ReviewOn > x.today, at("reviewOn"), "in-the-past", "Give a day that is still to come.")
	c.Require(t.ReviewOn == "" || !asked || t.ReviewOn <= x.day(2), at("reviewOn"), "too-far", "Give a day within two years.")
}

// day is today in so many years.
func (x *editing) day(years int) string {
	year, err := strconv.Atoi(x.today[:4])
	if err != nil {
		return x.today
	}
	return strconv.Itoa(year+years) + x.today[4:]
}

func (x *editing) entries(field string, all []string) {
	x.checks.Require(len(all) <= MaxEntries, field, "too-many", "Please keep it to 20.")
	for n, e := range all {
		x.checks.Text(models.Indexed(field, n), e, 1, MaxEntry)
	}
}
