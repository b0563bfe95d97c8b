package messages

import (
	"context"
	"errors"
	"maps"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// LineOverdue is the line of a thread whose answer is due: a worker reminds its owner.
const LineOverdue = "message.overdue"

// workOverdue is the worker that reminds owners.
const workOverdue = "messages-overdue"

// Follow reminds of what is not answered in time, and brings along what messages and worries
// could not. It is run by any number of instances: each step is written at the version that
// was read.
func (c *Service) Follow(ctx context.Context) error {
	if err := c.late(ctx, workMessages, c.lateMessage); err != nil {
		return err
	}
	if err := c.late(ctx, workWorries, c.lateWorry); err != nil {
		return err
	}
	round, err := c.aside.Round(ctx, workOverdue)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.EachDue(ctx, c.base, chart.ColThreads, round, func(v kept) error {
		h, _, _, err := c.alerts.HoursOf(ctx, v.Value.PatientID)
		if err != nil {
			return err
		}
		next, ok := v.Value.Remind(c.now().UTC(), h)
		if !ok {
			return nil
		}
		if next, err = c.owned(ctx, next); err != nil {
			return err
		}
		op, err := threadOp(kept{Value: next, Version: v.Version})
		if err != nil {
			return err
		}
		e := c.base.AuditEvent(chart.SystemActor, LineOverdue) // the office's own business
		e.Ref, e.Whom = next.ID, next.Waits.Owner
		err = c.base.Commit(ctx, e, op)
		if models.KindOf(err) == models.KindStale {
			return nil // somebody was faster
		}
		return err
	})
}

// owned gives a thread that waits to somebody who may answer, where its owner can't, or is on
// leave.
func (c *Service) owned(ctx context.Context, t message.Thread) (message.Thread, error) {
	if t.Waits == nil {
		return t, nil
	}
	s, err := c.alerts.Standing(ctx, t.PatientID, models.SectionMessages)
	if err != nil {
		return t, err
	}
	owner := answersFor(s.Now.Chain)
	may := slices.ContainsFunc(s.Now.Chain.Readers(), func(p risk.Person) bool { return p.AccountID == t.Waits.Owner })
	if may && (!slices.Contains(s.Now.Chain.Away, t.Waits.Owner) || slices.Contains(s.Now.Chain.Away, owner.AccountID)) {
		return t, nil
	}
	w := *t.Waits
	w.Owner, w.Name = owner.AccountID, owner.Name
	t.Waits = &w
	return t, nil
}

// Overdue tells whether the owner of a thread is still to be reminded.
func (c *Service) Overdue(ctx context.Context, threadID, accountID string) (bool, error) {
	t, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, threadID)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	_, on, failed := c.alerts.Hours(ctx)
	return on && t.Value.Waits != nil && t.Value.Waits.Owner == accountID, errors.Join(err, failed)
}

func (c *Service) late(ctx context.Context, work string, bring func(context.Context, string) error) error {
	round, err := c.aside.Round(ctx, work)
	if err != nil {
		return chart.Refusal(err)
	}
	for _, id := range round.Due() {
		if err := round.Do(ctx, id, func() error { return bring(ctx, id) }); err != nil {
			return err
		}
	}
	return nil
}

// lateMessage brings along what a message could not, unless the thread went on since: then
// the next message brought it.
func (c *Service) lateMessage(ctx context.Context, id string) error {
	for {
		m, err := chart.Load[message.Message](ctx, c.store, chart.ColMessages, id)
		if models.KindOf(err) == models.KindNotFound {
			return nil
		}
		if err != nil {
			return aside.Unreadable(err)
		}
		if !m.Value.Late {
			return nil // another instance has brought it
		}
		t, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, m.Value.ThreadID)
		if err != nil {
			return aside.Unreadable(err)
		}
		next, ops, err := c.brought(ctx, t.Value, m.Value)
		if err != nil {
			return err
		}
		if t.Value.Count > m.Value.Number && !chart.SameJSON(t.Value.LastBy, m.Value.By) && t.Value.LastBy.Role.Staff() {
			next = t.Value // answered since
		}
		op, err := threadOp(kept{Value: next, Version: t.Version})
		if err != nil {
			return err
		}
		m.Value.Late = false
		doc, err := messageDoc(m.Value, m.Version)
		if err != nil {
			return err
		}
		if err = chart.Refusal(c.store.Batch(ctx, append(ops, op, store.Replace(chart.ColMessages, doc))...)); !again(ctx, err) {
			return err
		}
	}
}

// Recheck gives what waits of a patient to those who read for them now, and takes it from
// the others. A worker calls it when a team or a consent has changed.
func (c *Service) Recheck(ctx context.Context, patientID string) error {
	s, err := c.alerts.Standing(ctx, patientID, models.SectionMessages)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	waiting, _, err := chart.ReadableOnes[unread](ctx, c.store, chart.ColThreadUnread, store.Query{Index: "patient", Equal: []any{patientID}}, 0)
	if err != nil {
		return err
	}
	held := map[string]map[string]chart.Versioned[unread]{}
	for _, v := range waiting {
		if held[v.Value.ID] == nil {
			held[v.Value.ID] = map[string]chart.Versioned[unread]{}
		}
		held[v.Value.ID][v.Value.AccountID] = v
	}
	var failed error
	for _, id := range slices.Sorted(maps.Keys(held)) {
		ops, err := moved(held[id], s.Now.Chain)
		if err == nil && len(ops) > 0 {
			err = chart.Refusal(c.store.Batch(ctx, ops...))
		}
		if !again(ctx, err) { // else somebody was faster
			failed = errors.Join(failed, err)
		}
	}
	return errors.Join(failed, c.newOwners(ctx, patientID))
}

func moved(has map[string]chart.Versioned[unread], chain risk.Chain) ([]store.Op, error) {
	var ops []store.Op
	var of unread
	for _, v := range has {
		of = v.Value
	}
	wanted := map[string]bool{}
	for _, p := range chain.Readers() {
		wanted[p.AccountID] = true
		if _, is := has[p.AccountID]; is || of.Waiting.Kind == message.InTeam {
			continue // inside the team each reads by themselves
		}
		of.AccountID = p.AccountID
		op, err := unreadOp(of, 0)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	for account, v := range has {
		if !wanted[account] {
			ops = append(ops, store.Delete(chart.ColThreadUnread, unreadID(v.Value.ID, account), v.Version))
		}
	}
	return ops, nil
}

func (c *Service) newOwners(ctx context.Context, patientID string) error {
	all, _, err := chart.ReadableOnes[message.Thread](ctx, c.store, chart.ColThreads, store.Query{Index: "waits", Equal: []any{patientID}}, 0)
	for _, t := range all {
		next, e := c.owned(ctx, t.Value)
		if e == nil && !chart.SameJSON(next, t.Value) {
			var op store.Op
			if op, e = threadOp(kept{Value: next, Version: t.Version}); e == nil {
				e = chart.Refusal(c.store.Batch(ctx, op))
			}
		}
		if !again(ctx, e) {
			err = errors.Join(err, e)
		}
	}
	return err
}

// RecheckOwner is Recheck for the patients of an account that was stopped: those whose
// messages wait in its list, and those of its teams, for who has read may owe an answer.
func (c *Service) RecheckOwner(ctx context.Context, accountID string) error {
	patients := map[string]bool{}
	teams, _, failed := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "account", Equal: []any{accountID}}, 0)
	for _, m := range teams {
		patients[m.Value.PatientID] = true
	}
	err := chart.ThroughDocs(ctx, c.store, chart.ColThreadUnread, store.Query{Index: "account", Equal: []any{accountID}, Unopened: true}, func(d store.Doc) (bool, error) {
		patients[d.Owner] = true
		return false, nil
	})
	err = errors.Join(failed, err)
	for id := range patients {
		err = errors.Join(err, c.Recheck(ctx, id))
	}
	return err
}
