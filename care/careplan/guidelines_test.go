package careplan_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/guideline"
)

func (c *clinic) guide(title string, change func(*guideline.Terms)) guideline.Guideline {
	c.t.Helper()
	terms := guideline.Terms{Title: title, Source: "The clinic", Edition: "2026", ReviewOn: c.Day(100), Points: []guideline.Point{{ID: care.NewID(), Text: title + ": talk first."}, {ID: care.NewID(), Text: title + ": look again."}}}
	if change != nil {
		change(&terms)
	}
	return ok(c.Care.CarePlan.AddGuideline(c.t.Context(), c.Admin, care.NewID(), terms))(c.t).Value
}

// TestAGuidelineOfTheSiteIsTaken: its points are ticked with the day and who did, which
// nobody can say for somebody else and which unsays no yes; an activity links to it; a
// newer edition and a late look are told to the team.
func TestAGuidelineOfTheSiteIsTaken(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	g := c.guide("Rest", nil)
	taken := care.NewID()
	c.change(c.doctor, 2, careplan.ItemEdit{ID: taken, Kind: careplan.Guideline, Guideline: &g.ID}, careplan.ItemEdit{ID: c.sleep, Follows: &[]string{taken}})
	i := c.item(taken)
	if i.Title != "Rest" || i.Source != "The clinic" || i.Edition != "2026" || len(i.Checks) != 2 || !slices.Equal(c.item(c.sleep).Follows, []string{taken}) {
		t.Fatalf("%+v", i)
	}
	ok(c.plan(c.doctor).Say(ctx, 3, true, ""))(t)
	ok(c.plan(c.sam).Say(ctx, 3, true, ""))(t)
	checks := slices.Clone(i.Checks)
	liar := models.AuthorOf(c.doctor)
	checks[0].Done, checks[0].On, checks[0].By = true, "1999-01-01", &liar
	v := ok(c.plan(c.nurse).Change(ctx, careplan.Edit{Base: 3, Items: []careplan.ItemEdit{{ID: taken, Checks: &checks}}}))(t)
	if k := c.item(taken).Checks[0]; !k.Done || k.On != c.Day(0) || k.By == nil || k.By.AccountID != c.nurse.AccountID || v.Agreed != 4 {
		t.Errorf("ticked: %+v, agreed %d", k, v.Agreed)
	}
	c.Clock.Move(24 * time.Hour)
	checks = slices.Clone(c.item(taken).Checks)
	checks[1].Done = true
	c.change(c.doctor, 4, careplan.ItemEdit{ID: taken, Checks: &checks})
	if k := c.item(taken).Checks; k[0].On != c.Day(-1) || k[0].By.AccountID != c.nurse.AccountID || k[1].On != c.Day(0) {
		t.Errorf("the first tick moved: %+v", k)
	}
	stands := ok(c.Care.CarePlan.Guideline(ctx, c.doctor, g.ID))(t)
	next := stands.Value.Terms
	next.Edition = "2027"
	_, err := c.Care.CarePlan.SetGuideline(ctx, c.doctor, stands.Version, g.ID, next, false)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	ok(c.Care.CarePlan.SetGuideline(ctx, c.Admin, stands.Version, g.ID, next, false))(t)
	if r := ok(c.plan(c.doctor).Plan(ctx))(t).Report; !slices.Contains(r.Holes, careplan.Hole{Item: taken, Why: careplan.HoleNewerEdition}) {
		t.Errorf("a newer edition: %+v", r.Holes)
	}
	c.change(c.doctor, 5, careplan.ItemEdit{ID: taken, Guideline: &g.ID, Edition: new("x")})
	if i := c.item(taken); i.Edition != "2027" || !i.Checks[0].Done {
		t.Errorf("taken anew: %+v", i)
	}
	c.Clock.Move(120 * 24 * time.Hour)
	if r := ok(c.plan(c.doctor).Plan(ctx))(t).Report; !slices.Contains(r.Holes, careplan.Hole{Item: taken, Why: careplan.HoleGuidelineLate}) {
		t.Errorf("a late look: %+v", r.Holes)
	}
	_, err = c.plan(c.doctor).Change(ctx, careplan.Edit{Base: 6, Reason: "x", Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Guideline, Guideline: new(care.NewID())}}})
	if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "items[0].guideline" {
		t.Errorf("one that is not there: %v %v", err, f)
	}
}

// TestGuidelinesThatContradictAreFound: by what the site declares, at either of the two,
// and by a medicine that one advises and the other advises against.
func TestGuidelinesThatContradictAreFound(t *testing.T) {
	c := newClinic(t)
	one := c.guide("Rest", func(g *guideline.Terms) { g.AdvisesMedicines = []string{"naltrexone"} })
	other := c.guide("Move", func(g *guideline.Terms) {
		g.AgainstMedicines = []string{"naltrexone"}
		g.Contrary = []guideline.Contrary{{Point: g.Points[0].ID, Guideline: one.ID, OtherPoint: one.Points[1].ID}}
	})
	a, b := care.NewID(), care.NewID()
	c.change(c.doctor, 2, careplan.ItemEdit{ID: a, Kind: careplan.Guideline, Guideline: &one.ID}, careplan.ItemEdit{ID: b, Kind: careplan.Guideline, Guideline: &other.ID})
	found := ok(c.plan(c.doctor).Plan(t.Context()))(t).Report.Contradictions
	if len(found) != 2 || !slices.Equal(found[0].Points, []string{"Move: talk first.", "Rest: look again."}) || !slices.Equal(found[0].Items, []string{b, a}) ||
		found[1].Medicine != "naltrexone" || !slices.Equal(found[1].Items, []string{b, a}) {
		t.Errorf("%+v", found)
	}
	_, err := c.Care.CarePlan.AddGuideline(t.Context(), c.Admin, care.NewID(), guideline.Terms{Title: "x", Source: "x", Edition: "x", ReviewOn: c.Day(9), Points: one.Points,
		AgainstMedicines: []string{"nothing that is known"}, Contrary: []guideline.Contrary{{Point: one.Points[0].ID, Guideline: other.ID, OtherPoint: care.NewID()}}})
	if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "againstMedicines[0]" {
		t.Errorf("%v %v", err, f)
	}
}
