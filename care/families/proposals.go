package families

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/record"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// ProposeGoal proposes a goal to somebody beside whom the actor has a place. It opens
// nothing and is in no record: the patient reads it, and may make a goal of it. The same
// under the same id is one, also at once.
func (c *Service) ProposeGoal(ctx context.Context, actor models.Actor, patientID, id, title, why string) (family.GoalProposal, error) {
	none := family.GoalProposal{}
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return none, err
	}
	p := family.GoalProposal{ID: id, PatientID: patientID, By: models.AuthorOf(actor), At: c.now().UTC().Truncate(time.Millisecond), Title: title, Why: why}
	if err := p.Check(); err != nil {
		return none, err
	}
	return chart.InTurn(ctx, func() (family.GoalProposal, error) { return c.suggest(ctx, ch, d, p) })
}

func (c *Service) suggest(ctx context.Context, ch *chart.Chart, d models.Decision, p family.GoalProposal) (family.GoalProposal, error) {
	none := family.GoalProposal{}
	stands, err := chart.Load[family.GoalProposal](ctx, c.store, chart.ColGoalProposals, p.ID)
	if models.KindOf(err) != models.KindNotFound {
		v := stands.Value
		if err == nil && (v.By.AccountID != p.By.AccountID || v.PatientID != p.PatientID || v.Title != p.Title || v.Why != p.Why) {
			err = chart.Refusal(store.ErrExists)
		}
		return v.ToProposer(), err
	}
	turn, err := c.base.Turn(ctx, "goal-proposals:"+chart.MembershipID(p.PatientID, p.By.AccountID), p.By.AccountID)
	if err != nil {
		return none, err
	}
	mine, err := c.proposed(ctx, p.PatientID, p.By.AccountID)
	if err != nil {
		return none, err
	}
	since := p.At.AddDate(0, 0, -family.ProposalDays)
	fresh := slices.DeleteFunc(mine, func(v chart.Versioned[family.GoalProposal]) bool { return v.Value.At.Before(since) })
	if len(fresh) >= family.MaxProposals || len(mine) >= family.MaxProposed {
		return none, models.E(models.KindConflict, "too-many-proposals", "You have proposed a lot this month. Please wait a while.")
	}
	op, err := proposalOp(p, 0)
	if err != nil {
		return none, err
	}
	return p.ToProposer(), ch.Commit(ctx, d, "goal.suggested", p.ID, turn, op)
}

func proposalOp(p family.GoalProposal, version int64) (store.Op, error) {
	doc, err := chart.Encode(p.ID, p.By.AccountID, version, store.Keys{"patientId": p.PatientID, "by": p.By.AccountID, "at": chart.Millis(p.At)}, p)
	if version == 0 {
		return store.Insert(chart.ColGoalProposals, doc), err
	}
	return store.Replace(chart.ColGoalProposals, doc), err
}

// proposed are all that somebody proposed to a patient, the newest first.
func (c *Service) proposed(ctx context.Context, patientID, accountID string) ([]chart.Versioned[family.GoalProposal], error) {
	return chart.Every[family.GoalProposal](ctx, c.store, chart.ColGoalProposals, store.Query{Index: "pair", Equal: []any{patientID, accountID}, Desc: true})
}

// MyProposals lists what the actor proposed to somebody, the newest first, as
// GoalProposal.ToProposer shows it.
func (c *Service) MyProposals(ctx context.Context, actor models.Actor, patientID string) ([]family.GoalProposal, error) {
	ch, d, err := c.beside(ctx, actor, patientID)
	if err != nil {
		return nil, err
	}
	mine, err := c.proposed(ctx, patientID, actor.AccountID)
	if err != nil {
		return nil, err
	}
	out := make([]family.GoalProposal, 0, len(mine))
	for _, v := range mine {
		out = append(out, v.Value.ToProposer())
	}
	return out, ch.NoteRead(ctx, d, "own.read", "", len(out))
}

// Proposals lists what family and friends proposed and the patient has not answered, the
// newest first. Only the patient reads it.
func (ch *Part) Proposals(ctx context.Context) ([]family.GoalProposal, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return nil, err
	}
	found, err := chart.Every[family.GoalProposal](ctx, ch.care.store, chart.ColGoalProposals, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
	if err != nil {
		return nil, err
	}
	out := []family.GoalProposal{}
	for _, v := range found {
		if v.Value.Answer == "" {
			out = append(out, v.Value)
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "goal-proposals.read", "", len(out))
}

// AnswerProposal takes a proposal up as a goal of the patient's own, in a part of life
// that they choose, or leaves it. The goal has the id of the proposal: cut off between
// the two, the same call again goes on. Only the patient answers, and once.
func (ch *Part) AnswerProposal(ctx context.Context, id, answer, domain string) (family.GoalProposal, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return family.GoalProposal{}, err
	}
	return chart.InTurn(ctx, func() (family.GoalProposal, error) { return ch.answer(ctx, d, id, answer, domain) })
}

func (ch *Part) answer(ctx context.Context, d models.Decision, id, answer, domain string) (family.GoalProposal, error) {
	v, err := chart.Load[family.GoalProposal](ctx, ch.care.store, chart.ColGoalProposals, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	if err != nil || v.Value.Answer == answer {
		return v.Value, err
	}
	var checks models.Checks
	checks.Require(answer == family.ProposalTaken || answer == family.ProposalLeft, "answer", "not-a-choice", "Choose one of those that are offered.")
	if err := checks.Err(); err != nil {
		return v.Value, err
	}
	if v.Value.Answer != "" {
		return v.Value, models.E(models.KindConflict, "answered", "This was answered before.")
	}
	v.Value.Answer = answer
	if answer == family.ProposalTaken {
		if v.Value.GoalID, err = ch.take(ctx, v.Value, domain); err != nil {
			return v.Value, err
		}
	}
	op, err := proposalOp(v.Value, v.Version)
	if err != nil {
		return v.Value, err
	}
	return v.Value, ch.chart.Commit(ctx, d, "goal-proposal.answered", id, op)
}

func (ch *Part) take(ctx context.Context, p family.GoalProposal, domain string) (string, error) {
	var g chart.Versioned[record.GoalView]
	g, err := ch.care.record.Part(ch.chart).ProposeGoal(ctx, p.ID, models.GoalTerms{Title: p.Title, Why: p.Why, Domain: domain})
	return g.Value.ID, err
}
