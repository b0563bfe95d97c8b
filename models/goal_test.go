package models

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

var sam = Actor{AccountID: "p", Role: RolePatient, PatientID: patientA, Name: "Sam"}

func walkTerms() GoalTerms {
	three := 3.0
	return GoalTerms{Title: "Walk with my son", Why: "He asks me each Sunday.", Domain: "health", Barriers: []string{"My knee"},
		Strengths: []string{"The dog wants out"}, Target: &GoalTarget{Measure: "walks a week", Comparator: ">=", Value: &three, DueOn: "2026-06-01"}}
}

func TestWhoProposesAGoal(t *testing.T) {
	own, err := NewGoal("g", patientA, walkTerms(), sam, accessNow)
	if err != nil || own.Status != GoalAccepted || own.AcceptedAt == nil {
		t.Errorf("a patient's own: %s, %v", own.Status, err)
	}
	terms := walkTerms()
	terms.Shared = true
	theirs, err := NewGoal("g", patientA, terms, clinician, accessNow)
	if err != nil || theirs.Status != GoalProposed || theirs.AcceptedAt != nil || theirs.Shared {
		t.Errorf("the team's: %+v, %v", theirs, err)
	}
}

func TestGoalTermsAreHeld(t *testing.T) {
	long := make([]string, MaxGoalEntries+1)
	for i := range long {
		long[i] = "x"
	}
	five := 5.0
	for field, spoil := range map[string]func(*GoalTerms){
		"title":             func(g *GoalTerms) { g.Title = " \n" },
		"why":               func(g *GoalTerms) { g.Why = string(make([]rune, 1001)) },
		"domain":            func(g *GoalTerms) { g.Domain = "fun" },
		"barriers":          func(g *GoalTerms) { g.Barriers = long },
		"strengths[0]":      func(g *GoalTerms) { g.Strengths = []string{""} },
		"target.measure":    func(g *GoalTerms) { g.Target.Measure = "" },
		"target.value":      func(g *GoalTerms) { g.Target.Comparator = "" },
		"target.comparator": func(g *GoalTerms) { g.Target.Comparator, g.Target.Value = "~", &five },
		"target.dueOn":      func(g *GoalTerms) { g.Target.DueOn = "2026-02-30" },
	} {
		terms := walkTerms()
		spoil(&terms)
		_, err := NewGoal("g", patientA, terms, sam, accessNow)
		e, ok := err.(*Error)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestOnlyThePatientSaysYesOrNo(t *testing.T) {
	for _, to := range []GoalStatus{GoalAccepted, GoalRejected} {
		g, _ := NewGoal("g", patientA, walkTerms(), clinician, accessNow)
		if err := g.Move(to, "", clinician, accessNow); KindOf(err) != KindForbidden || g.Status != GoalProposed {
			t.Errorf("the team moved a goal to %s: %v", to, err)
		}
		if err := g.Move(to, "", sam, accessNow); err != nil || g.Status != to {
			t.Errorf("the patient could not move a goal to %s: %v", to, err)
		}
	}
}

func TestThePatientsOwnWordsStayTheirs(t *testing.T) {
	g, _ := NewGoal("g", patientA, walkTerms(), sam, accessNow)
	terms := walkTerms()
	terms.Title = "Exercise regularly"
	if err := g.Edit(terms, clinician, accessNow); KindOf(err) != KindForbidden {
		t.Errorf("a clinician changed the title: %v", err)
	}
	terms = walkTerms()
	terms.Shared = true
	if err := g.Edit(terms, clinician, accessNow); KindOf(err) != KindForbidden {
		t.Errorf("a clinician shared the goal: %v", err)
	}
	terms = walkTerms()
	terms.Barriers = append(terms.Barriers, "Winter")
	if err := g.Edit(terms, clinician, accessNow); err != nil || len(g.Barriers) != 2 {
		t.Errorf("a clinician could not add a barrier: %v", err)
	}
	if err := g.Edit(GoalTerms{Title: "Walk", Domain: "health", Shared: true}, sam, accessNow); err != nil || !g.Shared {
		t.Error(err)
	}
}

func TestMilestones(t *testing.T) {
	g, _ := NewGoal("g", patientA, walkTerms(), sam, accessNow)
	before := g
	if err := g.SetMilestone("m", MilestoneTerms{Title: "To the bridge", DueOn: "2026-04-01"}, sam, accessNow); err != nil {
		t.Fatal(err)
	}
	again := g
	if err := g.SetMilestone("m", MilestoneTerms{Title: "To the bridge", DueOn: "2026-04-01"}, sam, accessNow); err != nil || len(ChangedFields(again, g)) != 0 {
		t.Errorf("the same step again changed %v, %v", ChangedFields(again, g), err)
	}
	if err := g.SetMilestone("m", MilestoneTerms{Title: "To the bridge", Status: "done"}, sam, accessNow.Add(time.Hour)); err != nil || g.Milestones[0].DoneAt == nil {
		t.Errorf("done: %v", err)
	}
	if len(before.Milestones) != 0 || again.Milestones[0].Status != "open" {
		t.Error("an older state of the goal changed with the newer one")
	}
	if err := g.SetMilestone("n", MilestoneTerms{Title: "x", DueOn: "2026-13-01"}, sam, accessNow); KindOf(err) != KindInvalid {
		t.Errorf("a date that does not exist: %v", err)
	}
	if err := g.Move(GoalCancelled, "moved away", sam, accessNow); err != nil {
		t.Fatal(err)
	}
	if err := g.SetMilestone("n", MilestoneTerms{Title: "x"}, sam, accessNow); KindOf(err) != KindConflict {
		t.Errorf("a step on a goal that has ended: %v", err)
	}
}

// TestNoMoveOutsideOfTheTable throws 20,000 random moves by random people at goals
// and checks each against the table, and that a refused one leaves no trace.
func TestNoMoveOutsideOfTheTable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	people := []Actor{sam, clinician, mother, {AccountID: "adm", Role: RoleAdministrator}}
	g, _ := NewGoal("g", patientA, walkTerms(), clinician, accessNow)
	for range 20_000 {
		who, to := people[r.IntN(len(people))], GoalStatuses[r.IntN(len(GoalStatuses))]
		before := g
		err := g.Move(to, "", who, accessNow)
		switch {
		case err != nil && !reflect.DeepEqual(before, g):
			t.Fatal("a refused move left a trace")
		case err == nil && before.Status != to && !slices.Contains(goalMoves[before.Status], to):
			t.Fatalf("%s moved to %s", before.Status, to)
		case err == nil && before.Status != to && (to == GoalAccepted || to == GoalRejected) && who.Role != RolePatient:
			t.Fatalf("%s said %s for the patient", who.Role, to)
		}
		if g.Status == GoalError || g.Status == GoalRejected {
			g, _ = NewGoal("g", patientA, walkTerms(), clinician, accessNow)
		}
	}
}

func TestGoalMovesOffersOnlyWhatWorks(t *testing.T) {
	for _, from := range GoalStatuses {
		for _, who := range []Actor{sam, clinician} {
			offered := GoalMoves(from, who, clinician.AccountID)
			for _, to := range GoalStatuses {
				g := Goal{Status: from, ProposedBy: AuthorOf(clinician)}
				if works := to != from && g.Move(to, "", who, accessNow) == nil; works != slices.Contains(offered, to) {
					t.Errorf("%s, %s to %s: offered %v, works %v", who.Role, from, to, !works, works)
				}
			}
		}
	}
}
