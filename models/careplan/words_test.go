package careplan

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"handrail/models"
	"handrail/models/reading"
)

// TestTheWordsAreThereInEachLanguage: each sentence, each field and each activity, with the
// same places to fill.
func TestTheWordsAreThereInEachLanguage(t *testing.T) {
	en := wordings()["en"]
	for _, language := range []string{"en", "es", "ar"} {
		w := wordings()[language]
		a, b := reflect.ValueOf(en), reflect.ValueOf(w)
		for i := range a.NumField() {
			name := a.Type().Field(i).Name
			if !a.Type().Field(i).IsExported() {
				continue
			}
			switch x := a.Field(i).Interface().(type) {
			case string:
				if places(x) != places(b.Field(i).String()) || b.Field(i).String() == "" {
					t.Errorf("%s: %s", language, name)
				}
			case []string:
				if len(x) != b.Field(i).Len() {
					t.Errorf("%s: %s", language, name)
				}
			case map[string]string:
				y := b.Field(i).Interface().(map[string]string)
				if !slices.Equal(slices.Sorted(maps.Keys(x)), slices.Sorted(maps.Keys(y))) {
					t.Errorf("%s: %s", language, name)
				}
				for k := range x {
					if places(x[k]) != places(y[k]) {
						t.Errorf("%s: %s.%s", language, name, k)
					}
				}
			}
		}
		for _, e := range Catalogue() {
			if e.Names[language] == "" {
				t.Errorf("%s has no name in %s", e.Code, language)
			}
		}
	}
	for _, k := range Kinds {
		if en.Sections[string(k)] == "" {
			t.Errorf("%s has no heading", k)
		}
	}
	for f := range fieldsOf(full()) {
		if en.Fields[f] == "" && f != "status" {
			t.Errorf("%s has no words", f)
		}
	}
}

func places(sentence string) string {
	var all []string
	for part := range strings.SplitSeq(sentence, "{") {
		if name, _, ok := strings.Cut(part, "}"); ok {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func full() Terms {
	x := []string{"x"}
	return Terms{Kind: Problem, Title: "x", Domain: "x", Areas: x, GoalID: "x", Activity: "x", For: x, Why: "x", DoneWhen: "x", StartOn: "x", EndOn: "x",
		ReviewOn: "x", Supporters: x, Checks: []Check{{Text: "x"}}, Source: "x", Edition: "x", Safety: true, Status: Active}
}

// TestASummaryIsAtMostGradeSix: all of the catalogue, with everything that the plan can say
// of an activity.
func TestASummaryIsAtMostGradeSix(t *testing.T) {
	p, who := New("p"), map[string]Who{}
	for n, e := range Catalogue() {
		i := Item{ID: e.Code, Terms: Terms{Kind: Activity, Activity: e.Code, Why: "I want to be there for my son.", DoneWhen: "I sleep well five nights.",
			ReviewOn: "2026-04-01", Safety: n%2 == 0, Status: []Status{Active, OnHold}[n%2]}, Fields: map[string]Mark{"why": {Version: 2}}}
		who[i.ID] = Who{Lead: "Dr. Cole", Asked: []string{"", "Grace Kim"}[n%2], Helps: []string{"Sam Lee"}}
		p.Items = append(p.Items, i)
	}
	p.About = About{Preferences: []string{"Calls, not letters"}, Fears: []string{"Being locked up"}, Barriers: []string{"The bus"}, Strengths: []string{"My dog"}}
	s := SummaryOf(p, who, nil, "en")
	if s.Grade == 0 || s.Grade > MaxGrade {
		t.Errorf("grade %.1f", s.Grade)
	}
	t.Logf("English: grade %.1f", s.Grade)
	if len(s.Hard) > 0 {
		t.Errorf("hard: %v", s.Hard)
	}
	var blocks []string
	for _, l := range SummaryOf(p, who, nil, "es").lines() {
		blocks = append(append(blocks, l.Name), l.Sentences...)
	}
	ease := reading.Count(reading.Text{Language: "es", Blocks: blocks}).FernandezHuerta()
	if t.Logf("Spanish: ease %.1f", ease); ease < 70 { // grade 6
		t.Errorf("Spanish: %.1f", ease)
	}
	if !strings.Contains(strings.Join(s.lines()[5].Sentences, " "), "Not agreed yet.") {
		t.Errorf("what is not agreed is not marked: %+v", s.lines()[5])
	}
}

func TestTheMatrixIsWhatDecides(t *testing.T) {
	rows := Authority()
	if len(rows) != 1+len(models.Disciplines)+5 {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		for _, a := range Acts {
			if May(a, r.Role, r.Discipline) != slices.Contains(r.May, a) {
				t.Errorf("%s %s %s", r.Role, r.Discipline, a)
			}
		}
		if r.Role != models.RolePatient && r.Role != models.RoleClinician && len(r.May)+len(r.Leads) > 0 {
			t.Errorf("%s may %v", r.Role, r.May)
		}
		if r.Discipline == models.DisciplineTrainee && !slices.Equal(r.May, []Act{ActRead}) {
			t.Errorf("a trainee may %v", r.May)
		}
	}
	if MayLead("medicine", models.RoleClinician, models.DisciplinePeer) || !MayLead("peer-support", models.RoleClinician, models.DisciplinePeer) {
		t.Error("who leads what")
	}
}
