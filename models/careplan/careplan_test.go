package careplan

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

var (
	noon   = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	sam    = models.Actor{AccountID: "sam", Name: "Sam", Role: models.RolePatient, PatientID: "p"}
	doctor = models.Actor{AccountID: "doc", Name: "Dr. Cole", Role: models.RoleClinician, Discipline: models.DisciplinePsychiatry}
	peer   = models.Actor{AccountID: "peer", Name: "Ana", Role: models.RoleClinician, Discipline: models.DisciplinePeer}
)

const day = "2026-03-02"

func edit(t *testing.T, p Plan, by models.Actor, e Edit) Plan {
	t.Helper()
	if e.Base == 0 {
		e.Base = p.Version
	}
	if e.Reason == "" {
		e.Reason = "We spoke about it."
	}
	next, _, err := Apply(p, e, by, noon, day)
	if err != nil {
		t.Fatal(err, fieldNames(err))
	}
	return next
}

func fieldNames(err error) (out []string) {
	if e, ok := errors.AsType[*models.Error](err); ok {
		for _, f := range e.Fields {
			out = append(out, f.Field)
		}
	}
	return out
}

func item(id string, kind Kind, more func(*ItemEdit)) ItemEdit {
	e := ItemEdit{ID: id, Kind: kind}
	switch kind {
	case Activity:
		e.Activity = new("sleep")
	case Problem:
		e.Title, e.Domain = new("Low mood"), new("psychiatric")
	default:
		e.Title = new("Call somebody")
	}
	if more != nil {
		more(&e)
	}
	return e
}

func first(t *testing.T) Plan {
	return edit(t, New("p"), doctor, Edit{Items: []ItemEdit{item("a", Activity, nil), item("b", Problem, nil)}})
}

func TestChangesAreMergedByField(t *testing.T) {
	p := first(t)
	one := edit(t, p, doctor, Edit{Items: []ItemEdit{{ID: "a", Title: new("Sleep by eleven")}}})
	both := edit(t, one, doctor, Edit{Base: p.Version, Items: []ItemEdit{{ID: "a", DoneWhen: new("Five nights in a row")}}})
	if a, _ := both.Item("a"); a.Title != "Sleep by eleven" || a.DoneWhen != "Five nights in a row" || both.Version != p.Version+2 {
		t.Errorf("%+v", a)
	}
	_, _, err := Apply(both, Edit{Base: p.Version, Reason: "x", Items: []ItemEdit{{ID: "a", Title: new("Sleep by ten"), Why: new("I am tired")}}}, doctor, noon, day)
	if models.KindOf(err) != models.KindConflict || !slices.Equal(fieldNames(err), []string{"items[0].title"}) {
		t.Errorf("the same field: %v %v", err, fieldNames(err))
	}
	again, change, err := Apply(both, Edit{Base: p.Version, Items: []ItemEdit{{ID: "a", Title: new("Sleep by eleven")}}}, doctor, noon, day)
	if err != nil || change.Version != 0 || again.Version != both.Version {
		t.Errorf("the same change again: %v %+v", err, change)
	}
	for _, base := range []int64{0, -1, both.Version + 1} {
		if _, _, err := Apply(both, Edit{Base: base}, doctor, noon, day); models.KindOf(err) != models.KindStale {
			t.Errorf("base %d: %v", base, err)
		}
	}
}

func TestAReasonIsAskedForWhatMattersAlone(t *testing.T) {
	p := edit(t, first(t), doctor, Edit{Items: []ItemEdit{{ID: "a", Title: new("Take a walk eahc evening, 20 minutes")}}})
	for _, c := range []struct {
		to      string
		matters bool
	}{{"take a walk each evening 20 minutes!", true}, {"Take a walk eahc evenning, 20 minutes", false}, {"take a walk eahc evening. 20 minutes", false},
		{"Take a walk eahc evening, 200 minutes", true}, {"Take a talk eahc evening, 20 minutes", true}, {"Take a walk eahc evening", true}} {
		_, change, err := Apply(p, Edit{Base: p.Version, Items: []ItemEdit{{ID: "a", Title: new(c.to)}}}, doctor, noon, day)
		if c.matters != slices.Equal(fieldNames(err), []string{"reason"}) || !c.matters && (err != nil || change.Matters) {
			t.Errorf("%q: %v", c.to, err)
		}
	}
	if _, _, err := Apply(p, Edit{Base: p.Version, Items: []ItemEdit{{ID: "a", Status: new(OnHold)}}}, doctor, noon, day); !slices.Equal(fieldNames(err), []string{"reason"}) {
		t.Errorf("a status: %v", err)
	}
	if _, _, err := Apply(p, Edit{Base: p.Version, Items: []ItemEdit{{ID: "a", Why: new("I want my mornings back")}}}, sam, noon, day); err != nil {
		t.Errorf("the patient owes no reason: %v", err)
	}
}

func TestAgreedIsOneVersionOfBoth(t *testing.T) {
	p := first(t)
	say := func(p Plan, by models.Actor, yes bool) Plan {
		t.Helper()
		next, err := p.Say(p.Version, yes, "", by, noon)
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	p = say(p, sam, true)
	p = edit(t, p, doctor, Edit{Items: []ItemEdit{{ID: "a", DoneWhen: new("Five nights")}}})
	if p = say(p, doctor, true); p.Agreed != 0 {
		t.Error("agreed by a yes to two versions")
	}
	if p = say(p, sam, true); p.Agreed != p.Version {
		t.Error("not agreed by both")
	}
	agreed := p.Agreed
	p = edit(t, p, doctor, Edit{Items: []ItemEdit{item("s", Checklist, func(e *ItemEdit) { e.Safety, e.Checks = new(true), &[]Check{{Text: "Naloxone at home"}} })}})
	a, _ := p.Item("a")
	s, _ := p.Item("s")
	if p.Agreed != agreed || !p.IsAgreed(a) || p.IsAgreed(s) || !p.InForce(s) {
		t.Error("what is new is not agreed, and safety does not wait")
	}
	if p = say(p, sam, false); p.Agreed != agreed {
		t.Error("a no to what is new took the old agreement")
	}
	trainee := models.Actor{AccountID: "x", Role: models.RoleClinician, Discipline: models.DisciplineTrainee}
	if _, err := p.Say(p.Version, true, "", trainee, noon); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a trainee: %v", err)
	}
	if _, err := p.Say(p.Version-1, true, "", sam, noon); models.KindOf(err) != models.KindStale {
		t.Errorf("an old version: %v", err)
	}
}

func TestWhatIsOddIsRefusedByItsName(t *testing.T) {
	p := first(t)
	long, many := strings.Repeat("x", 1<<20), make([]ItemEdit, 1000)
	tooMany := make([]string, MaxEntries+1)
	for _, c := range []struct {
		field string
		e     ItemEdit
	}{
		{"items[0].title", item("n", Step, func(e *ItemEdit) { e.Title = &long })},
		{"items[0].why", ItemEdit{ID: "a", Why: &long}},
		{"items[0].endOn", ItemEdit{ID: "a", EndOn: new("9999-12-31")}},
		{"items[0].startOn", ItemEdit{ID: "a", StartOn: new("1899-12-31")}},
		{"items[0].startOn", ItemEdit{ID: "a", StartOn: new("2026-02-30")}},
		{"items[0].reviewOn", ItemEdit{ID: "a", ReviewOn: new("2020-01-01")}},
		{"items[0].reviewOn", ItemEdit{ID: "a", ReviewOn: new("9999-12-31")}},
		{"items[0].endOn", ItemEdit{ID: "a", StartOn: new("2026-05-01"), EndOn: new("2026-04-01")}},
		{"items[0].for", ItemEdit{ID: "a", For: &tooMany}},
		{"items[0].for[0]", ItemEdit{ID: "a", For: &[]string{"a"}}},
		{"items[0].activity", ItemEdit{ID: "a", Activity: new("surgery")}},
		{"items[0].goalId", ItemEdit{ID: "a", GoalID: new("g")}},
		{"items[0].status", ItemEdit{ID: "a", Status: new(Status("gone"))}},
		{"items[0].kind", ItemEdit{ID: "a", Kind: Problem}},
		{"items[0].kind", ItemEdit{ID: "new"}},
		{"items[0].source", item("g", Guideline, nil)},
		{"items[0].title", item("g", Goal, func(e *ItemEdit) { e.GoalID = new("x") })},
	} {
		_, _, err := Apply(p, Edit{Base: p.Version, Reason: "x", Items: []ItemEdit{c.e}}, doctor, noon, day)
		if models.KindOf(err) != models.KindInvalid || !slices.Contains(fieldNames(err), c.field) {
			t.Errorf("%s: %v %v", c.field, err, fieldNames(err))
		}
	}
	if _, _, err := Apply(p, Edit{Base: p.Version, Items: many}, doctor, noon, day); !slices.Equal(fieldNames(err), []string{"items"}) {
		t.Errorf("1,000 at once: %v", err)
	}
	for n := 0; n < 1000; n += MaxAtOnce {
		e := Edit{Base: p.Version, Reason: "x"}
		for k := range MaxAtOnce {
			e.Items = append(e.Items, item("n"+string(rune('a'+k))+strings.Repeat("x", n/MaxAtOnce), Step, nil))
		}
		next, _, err := Apply(p, e, doctor, noon, day)
		if len(p.Items)+MaxAtOnce > MaxItems {
			if !slices.Equal(fieldNames(err), []string{"items"}) {
				t.Fatalf("%d items: %v", len(p.Items), err)
			}
			break
		}
		p = next
	}
}

func TestWhoMayChangeWhat(t *testing.T) {
	p := first(t)
	for name, c := range map[string]struct {
		by models.Actor
		e  ItemEdit
		ok bool
	}{
		"a peer names no problem":        {peer, item("n", Problem, nil), false},
		"a peer names a social one":      {peer, item("n", Problem, func(e *ItemEdit) { e.Domain = new("social") }), true},
		"a patient brings a step":        {sam, item("n", Step, nil), true},
		"a patient changes no problem":   {sam, ItemEdit{ID: "b", Title: new("Nothing")}, false},
		"a patient ends no activity":     {sam, ItemEdit{ID: "a", Status: new(Cancelled)}, false},
		"a patient says why":             {sam, ItemEdit{ID: "a", Why: new("For my son")}, true},
		"a patient marks no safety duty": {sam, item("n", Step, func(e *ItemEdit) { e.Safety = new(true) }), false},
	} {
		_, _, err := Apply(p, Edit{Base: p.Version, Reason: "x", Items: []ItemEdit{c.e}}, c.by, noon, day)
		if (err == nil) != c.ok || err != nil && models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	own := edit(t, p, sam, Edit{Items: []ItemEdit{{ID: "a", Why: new("For my son")}}})
	if _, _, err := Apply(own, Edit{Base: own.Version, Reason: "x", Items: []ItemEdit{{ID: "a", Why: new("Compliance")}}}, doctor, noon, day); models.KindOf(err) != models.KindForbidden {
		t.Errorf("the patient's words were changed: %v", err)
	}
}

func TestThreeTimesNotHelpfulAsks(t *testing.T) {
	p, asked := first(t), 0
	for n, answer := range []string{NotYet, NotYet, Helpful, NotYet, NotYet, NotYet} {
		next, ask, err := p.Rate("a", string(rune('0'+n)), answer, sam, noon)
		if err != nil {
			t.Fatal(err)
		}
		if p = next; ask {
			asked = n
		}
	}
	if a, _ := p.Item("a"); asked != 5 || a.Useful.Not != 5 || a.Useful.Helpful != 1 {
		t.Errorf("asked at %d: %+v", asked, a.Useful)
	}
	if _, ask, _ := p.Rate("a", "5", NotYet, sam, noon); ask {
		t.Error("the same answer again asks again")
	}
	if _, _, err := p.Rate("a", "6", NotYet, doctor, noon); models.KindOf(err) != models.KindForbidden {
		t.Errorf("the doctor answered for the patient: %v", err)
	}
}

func TestAnyVersionIsThereAgain(t *testing.T) {
	p, folded := New("p"), SnapshotOf(New("p"))
	var all []Snapshot
	for _, e := range []Edit{{Items: []ItemEdit{item("a", Activity, nil)}}, {About: &AboutEdit{Fears: &[]string{"Being locked up"}}},
		{Items: []ItemEdit{{ID: "a", Status: new(OnHold)}, item("b", Step, nil)}}, {Items: []ItemEdit{{ID: "b", Status: new(Completed)}}}} {
		e.Base, e.Reason = p.Version, "x"
		next, change, err := Apply(p, e, doctor, noon, day)
		if err != nil {
			t.Fatal(err)
		}
		p, folded = next, folded.Then(change)
		if len(differ(folded, SnapshotOf(p))) > 0 {
			t.Fatalf("%+v instead of %+v", folded, SnapshotOf(p))
		}
		all = append(all, folded)
	}
	for language, want := range map[string][]string{"en": {"We wrote down what you fear.", "This rests for now: Better sleep.", "New in your plan: Call somebody."},
		"es-MX": {"Anotamos lo que le da miedo.", "En pausa: Dormir mejor.", "Nuevo en su plan: Call somebody."}} {
		var got []string
		for _, d := range Differences(all[0], all[2], language) {
			got = append(got, d.Words)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", language, got)
		}
	}
}

// TestOppositeAdviceIsFound: two guidelines, and a guideline with an activity that is under
// way. What has ended, and what one of them alone says, is none.
func TestOppositeAdviceIsFound(t *testing.T) {
	p := New("p")
	add := func(e ItemEdit) {
		t.Helper()
		next, _, err := Apply(p, Edit{Base: p.Version, Reason: "x", Items: []ItemEdit{e}}, doctor, noon, noon.Format(time.DateOnly))
		if err != nil {
			t.Fatal(err, fieldNames(err))
		}
		p = next
	}
	guide := func(id string, advises, against []string) ItemEdit {
		return ItemEdit{ID: id, Kind: Guideline, Title: new("Guide " + id), Source: new("Site"), Edition: new("2026"), Advises: &advises, Against: &against}
	}
	found := func(want ...Contradiction) {
		t.Helper()
		got := ReportOf(p, nil, nil, noon, "2026-03-01").Contradictions
		if !slices.EqualFunc(got, want, func(a, b Contradiction) bool { return a.Activity == b.Activity && slices.Equal(a.Items, b.Items) }) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	add(guide("g1", []string{"movement"}, nil))
	add(guide("g2", []string{"sleep"}, nil))
	found()
	add(guide("g3", nil, []string{"movement", "medicine"}))
	found(Contradiction{Activity: "movement", Items: []string{"g3", "g1"}})
	add(ItemEdit{ID: "a1", Kind: Activity, Activity: new("medicine")})
	found(Contradiction{Activity: "movement", Items: []string{"g3", "g1"}}, Contradiction{Activity: "medicine", Items: []string{"g3", "a1"}})
	add(ItemEdit{ID: "g1", Status: new(Completed)})
	found(Contradiction{Activity: "medicine", Items: []string{"g3", "a1"}})
	for field, e := range map[string]ItemEdit{"items[0].against[0]": guide("g4", []string{"sleep"}, []string{"sleep"}), "items[0].advises[0]": guide("g5", []string{"surgery"}, nil),
		"items[0].advises": {ID: "a2", Kind: Activity, Activity: new("sleep"), Advises: &[]string{"sleep"}}} {
		_, _, err := Apply(p, Edit{Base: p.Version, Reason: "x", Items: []ItemEdit{e}}, doctor, noon, noon.Format(time.DateOnly))
		if !slices.Contains(fieldNames(err), field) {
			t.Errorf("%s: %v %v", field, err, fieldNames(err))
		}
	}
}
