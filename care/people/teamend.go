package people

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// TeamEnds is what a membership whose end is asked for needs of tasks: who leads the team
// is due to answer.
type TeamEnds interface {
	TeamEndOps(ctx context.Context, patientID, leadID, accountID string) (taskID string, ops []store.Op, err error)
	EndOps(ctx context.Context, actor models.Actor, taskID string) ([]store.Op, error)
}

// EndsBy says who keeps the tasks of ends. It is set once, by care.New.
func (c *Service) EndsBy(t TeamEnds) { c.ends = t }

func (ch *Part) team(ctx context.Context) ([]chart.Versioned[models.Membership], error) {
	return chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
}

// AskToLeave asks to end a membership: it goes on until who leads the team says yes, so
// that nobody's work is left behind at night. It ends at once where nobody leads the team
// but who leaves, and with atOnce, which is for what can't wait. What the patient forbids
// somebody holds at once, whatever the team is. Asked twice is asked once.
func (ch *Part) AskToLeave(ctx context.Context, version int64, accountID string, atOnce bool) error {
	d, err := ch.mayChangeTeam(ctx)
	if err != nil {
		return err
	}
	team, err := ch.team(ctx)
	if err != nil {
		return err
	}
	now := ch.care.now().UTC()
	lead, at := "", -1
	for n, m := range team {
		if m.Value.AccountID == accountID {
			at = n
		} else if m.Value.Lead && m.Value.Active(now) {
			lead = m.Value.AccountID
		}
	}
	if at < 0 || !team[at].Value.Active(now) || lead == "" || atOnce {
		return ch.LeaveTeam(ctx, version, accountID)
	}
	m := team[at]
	if m.Value.EndAsked != nil {
		return nil
	}
	taskID, ops, err := ch.care.ends.TeamEndOps(ctx, ch.patient, lead, accountID)
	if err != nil {
		return err
	}
	m.Value.EndAsked = &models.EndAsked{At: now, By: ch.actor.AccountID, Name: ch.actor.Name, TaskID: taskID}
	op, err := memberOp(m)
	if err != nil {
		return err
	}
	return ch.commitTeam(ctx, d, version, "care-team.end-asked", accountID, append(ops, op)...)
}

// AnswerEnd is the word of who leads the team about an end that is asked for: with yes
// the membership ends now, else it goes on. Who asked hears of it. Said twice is said once.
//
// Errors: KindForbidden "leads-the-team"; KindConflict "not-asked" when nobody asks for it.
func (ch *Part) AnswerEnd(ctx context.Context, accountID string, yes bool) (models.Membership, error) {
	none := models.Membership{}
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Read)
	if err != nil {
		return none, err
	}
	for tries := 0; ; tries++ {
		team, err := ch.team(ctx)
		if err != nil {
			return none, err
		}
		now := ch.care.now().UTC()
		leads := func(m chart.Versioned[models.Membership]) bool {
			return m.Value.AccountID == ch.actor.AccountID && m.Value.Lead && m.Value.Active(now)
		}
		if !ch.actor.Role.Staff() || !slices.ContainsFunc(team, leads) {
			return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "leads-the-team", "Only who leads the team can say this."))
		}
		at := slices.IndexFunc(team, func(m chart.Versioned[models.Membership]) bool { return m.Value.AccountID == accountID })
		if at < 0 {
			return none, models.NotFound()
		}
		m := team[at]
		switch {
		case m.Value.EndAsked == nil && m.Value.Active(now) == !yes:
			return m.Value, nil
		case m.Value.EndAsked == nil:
			return none, models.E(models.KindConflict, "not-asked", "Nobody asks to end this. Load the team again.")
		}
		ops, err := ch.endedOps(ctx, &m.Value)
		if err != nil {
			return none, err
		}
		action, whom := "care-team.kept", m.Value.EndAsked
		if m.Value.EndAsked = nil; yes {
			action, m.Value.Until = "care-team.left", &now
		}
		op, err := memberOp(m)
		if err != nil {
			return none, err
		}
		err = ch.commitAnswer(ctx, d, action, whom.By, accountID, append(ops, op)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && tries < 20 && ctx.Err() == nil {
			continue // the team was changed meanwhile
		}
		return m.Value, err
	}
}

// endedOps end the task of an end that was asked for.
func (ch *Part) endedOps(ctx context.Context, m *models.Membership) ([]store.Op, error) {
	if m.EndAsked == nil || ch.care.ends == nil {
		return nil, nil
	}
	return ch.care.ends.EndOps(ctx, ch.actor, m.EndAsked.TaskID)
}

func (ch *Part) commitAnswer(ctx context.Context, d models.Decision, action, whom, accountID string, ops ...store.Op) error {
	turn, err := ch.care.base.Turn(ctx, teamTurn(ch.patient), ch.patient)
	if err != nil {
		return err
	}
	e := ch.chart.Event(d, action)
	e.Ref, e.Whom, e.Changed = accountID, whom, true
	return ch.care.base.Commit(ctx, e, append(ops, turn)...)
}

func memberOp(m chart.Versioned[models.Membership]) (store.Op, error) {
	doc, err := chart.Encode(m.Value.ID, m.Value.PatientID, m.Version, membershipKeys(m.Value), m.Value)
	return store.Replace(chart.ColMemberships, doc), err
}
