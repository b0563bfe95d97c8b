package models

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestEachTermHasItsAuthor(t *testing.T) {
	g, err := NewGoal("g", patientA, walkTerms(), clinician, accessNow)
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(g.WrittenBy)); !slices.Equal(got, []string{"barriers", "domain", "strengths", "target", "title", "why"}) {
		t.Errorf("at first: %v", got)
	}
	before := g
	terms := walkTerms()
	terms.Why, terms.Shared = "I miss him", true
	if err := g.Edit(terms, sam, accessNow.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]Actor{"why": sam, "shared": sam, "title": clinician, "barriers": clinician} {
		if g.WrittenBy[field].AccountID != want.AccountID {
			t.Errorf("%s by %+v", field, g.WrittenBy[field])
		}
	}
	if before.WrittenBy["why"].AccountID != clinician.AccountID {
		t.Error("the goal as it was changed too")
	}
	if got := ChangedFields(before, g); !slices.Equal(got, []string{"why", "shared"}) {
		t.Errorf("changed %v", got)
	}
}

// Whoever edits, in whatever order: a term's author is the last who changed it.
func TestAuthorsFollowTheEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	people := []Actor{sam, clinician, doctor}
	g, _ := NewGoal("g", patientA, walkTerms(), sam, accessNow)
	last := maps.Clone(g.WrittenBy)
	for range 3000 {
		who, terms := people[r.IntN(3)], g.GoalTerms
		switch r.IntN(4) {
		case 0:
			terms.Title = string(rune('a' + r.IntN(5)))
		case 1:
			terms.Barriers = []string{string(rune('a' + r.IntN(5)))}
		case 2:
			terms.Domain = GoalDomains[r.IntN(len(GoalDomains))]
		case 3:
			terms.Shared = r.IntN(2) == 0
		}
		before := g
		if g.Edit(terms, who, accessNow) == nil {
			for _, f := range ChangedFields(before, g) {
				last[f] = AuthorOf(who)
			}
		}
		if !maps.Equal(g.WrittenBy, last) {
			t.Fatalf("%v instead of %v", g.WrittenBy, last)
		}
	}
}

func TestGoalValuesHaveBounds(t *testing.T) {
	for value, ok := range map[float64]bool{1e6: true, -1e6: true, 1e6 + 1: false, math.Inf(-1): false, math.NaN(): false} {
		terms := walkTerms()
		terms.Target.Value = &value
		if _, err := NewGoal("g", patientA, terms, sam, accessNow); (err == nil) != ok {
			t.Errorf("%v: %v", value, err)
		}
	}
}
