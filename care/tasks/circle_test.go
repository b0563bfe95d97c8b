package tasks_test

import (
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/task"
)

// TestACircleOfThreeHasOneOwner: three people hand a task of theirs to the next at once, and
// each says yes at once. Until then nothing moves, after it each has what the one before
// had, and a task that went around is where it began, with one owner at each step.
func TestACircleOfThreeHasOneOwner(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	var people []models.Actor
	var ids []string
	for range 3 {
		who := h.Clinician(models.DisciplineNursing, p)
		people, ids = append(people, who), append(ids, care.NewID())
		must(h.Care.Tasks.Make(t.Context(), who, ids[len(ids)-1], order(h, p.PatientID)))(t)
	}
	next := func(n int) models.Actor { return people[(n+1)%3] }
	owner := func(n int) task.View { return must(h.Care.Tasks.Task(t.Context(), people[0], ids[n], always))(t) }
	atOnce := func(do func(n int) error) {
		t.Helper()
		var all sync.WaitGroup
		errs := make([]error, 3)
		for n := range 3 {
			all.Go(func() { errs[n] = do(n) })
		}
		all.Wait()
		for n, err := range errs {
			if err != nil {
				t.Fatalf("person %d: %v", n, err)
			}
		}
	}
	atOnce(func(n int) error {
		_, err := h.Care.Tasks.HandOver(t.Context(), people[n], ids[n], next(n).AccountID, "")
		return err
	})
	for n := range 3 {
		if v := owner(n); v.Owner.AccountID != people[n].AccountID || v.Asked == nil || v.Asked.AccountID != next(n).AccountID {
			t.Errorf("before a yes task %d is with %+v, asked %+v", n, v.Owner, v.Asked)
		}
	}
	atOnce(func(n int) error {
		_, err := h.Care.Tasks.Accept(t.Context(), next(n), ids[n])
		return err
	})
	for n := range 3 {
		if v := owner(n); v.Owner.AccountID != next(n).AccountID || v.Asked != nil || v.Status != task.Accepted {
			t.Errorf("task %d is with %+v, asked %+v, %s", n, v.Owner, v.Asked, v.Status)
		}
	}
	for step := 1; step < 3; step++ { // task 0 goes on to where it began
		_, err := h.Care.Tasks.HandOver(t.Context(), people[0], ids[0], people[2].AccountID, "")
		wantKind(t, err, models.KindConflict) // it is not theirs
		must(h.Care.Tasks.HandOver(t.Context(), people[step], ids[0], next(step).AccountID, ""))(t)
		if v := must(h.Care.Tasks.Accept(t.Context(), next(step), ids[0]))(t); v.Owner.AccountID != next(step).AccountID {
			t.Errorf("step %d: %+v", step, v.Owner)
		}
	}
}
