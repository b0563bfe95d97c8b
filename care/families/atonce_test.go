package families_test

import (
	"sync"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/access"
	"handrail/models/family"
)

// atOnce makes the same call several times at once: all get an answer.
func atOnce(t *testing.T, what string, call func() error) {
	t.Helper()
	var all sync.WaitGroup
	begin := make(chan bool)
	for range 6 {
		all.Go(func() {
			<-begin
			if err := call(); err != nil {
				t.Errorf("%s, the same at once: %v", what, err)
			}
		})
	}
	close(begin)
	all.Wait()
}

// The same sent twice at once, as by a phone that lost an answer, is one thing and no
// conflict; and the room for different things holds then, too.
func TestTheSameAtOnceIsOne(t *testing.T) {
	h := caretest.NewWith(t, func(c *care.Config) { c.UnsignedTexts = true })
	p := h.Patient()
	mum, nurse := h.Supporter(p), h.Clinician(models.DisciplineNursing, p)
	h.Share(p, mum, models.ScopeMilestones)
	own, id := h.Chart(p, p.PatientID), care.NewID()
	atOnce(t, "a goal of their own", func() error {
		_, err := h.Care.Family.KeepGoal(t.Context(), mum, id, family.OwnGoalTerms{Kind: "task", Title: "Call my sister"})
		return err
	})
	atOnce(t, "a check-in of their own", func() error {
		_, err := h.Care.Family.Tell(t.Context(), mum, family.Coping{ID: id, Coping: "all-right"})
		return err
	})
	atOnce(t, "a proposal", func() error {
		_, err := h.Care.Family.ProposeGoal(t.Context(), mum, p.PatientID, id, "Walk with me", "")
		return err
	})
	atOnce(t, "its answer", func() error {
		_, err := own.Family.AnswerProposal(t.Context(), id, family.ProposalTaken, "health")
		return err
	})
	given := h.Chart(nurse, p.PatientID)
	atOnce(t, "a page", func() error {
		_, err := given.Learn.Give(t.Context(), id, "sleep", "You said that nights are hard.")
		return err
	})
	atOnce(t, "that it was read", func() error {
		_, err := own.Learn.TellRead(t.Context(), id)
		return err
	})
	office := h.Chart(h.Admin, p.PatientID)
	atOnce(t, "a lent device", func() error {
		_, err := office.Access.Lend(t.Context(), id, access.LoanTerms{Kind: "tablet", Label: "Tablet 7"})
		return err
	})
	atOnce(t, "that it came back", func() error {
		_, err := office.Access.EndLoan(t.Context(), id, access.LoanReturned)
		return err
	})
	if goals, err := own.Record.Goals(t.Context(), "", 10); err != nil || len(goals.Items) != 1 {
		t.Errorf("%+v, %v", goals, err)
	}

	kept := 0
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 2 * family.MaxProposals {
		all.Go(func() {
			_, err := h.Care.Family.ProposeGoal(t.Context(), mum, p.PatientID, care.NewID(), "Something else", "")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				kept++
			}
		})
	}
	all.Wait()
	mine, err := h.Care.Family.MyProposals(t.Context(), mum, p.PatientID)
	if err != nil || len(mine) != kept+1 || len(mine) > family.MaxProposals {
		t.Errorf("%d proposals of %d that were taken: %v", len(mine), kept, err)
	}
}
