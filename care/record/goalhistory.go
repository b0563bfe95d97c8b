package record

import (
	"context"
	"fmt"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// goalChangeID orders a goal's history by version.
func goalChangeID(goalID string, version int64) string {
	return fmt.Sprintf("%s:%08d", goalID, version)
}

// goalOps writes a goal and the entry of its history.
func (ch *Part) goalOps(before models.Goal, g chart.Versioned[models.Goal]) ([]store.Op, error) {
	doc, err := chart.Encode(g.Value.ID, ch.patient, g.Version, store.Keys{"patientId": ch.patient, "proposedAt": chart.Millis(g.Value.ProposedAt)}, g.Value)
	if err != nil {
		return nil, err
	}
	h := models.GoalChange{GoalID: g.Value.ID, Version: g.Version + 1, At: g.Value.ChangedAt, By: models.AuthorOf(ch.actor),
		Fields: models.ChangedFields(before, g.Value), Goal: g.Value}
	entry, err := chart.Encode(goalChangeID(h.GoalID, h.Version), ch.patient, 0, store.Keys{"goalId": h.GoalID, "revision": h.Version}, h)
	if g.Version == 0 {
		return []store.Op{store.Insert(chart.ColGoals, doc), store.Insert(chart.ColGoalHistory, entry)}, err
	}
	return []store.Op{store.Replace(chart.ColGoals, doc), store.Insert(chart.ColGoalHistory, entry)}, err
}

// GoalHistory lists who changed what, newest first.
func (ch *Part) GoalHistory(ctx context.Context, id, cursor string, limit int) (chart.Page[models.GoalChange], error) {
	var out chart.Page[models.GoalChange]
	d, _, err := ch.readGoal(ctx, id)
	if err != nil {
		return out, err
	}
	if !d.Whole { // what the goal was before it was shared is not shared
		return out, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	page, err := chart.List[models.GoalChange](ctx, ch.care.store, chart.ColGoalHistory, store.Query{Index: "goal",
		Equal: []any{id}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "goals.read", id, len(page.Items))
}

// AddGoalNote adds a note on progress. The same note under the same id is one.
func (ch *Part) AddGoalNote(ctx context.Context, goalID, id, text string) (models.GoalNote, error) {
	none := models.GoalNote{}
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Write)
	if err != nil {
		return none, err
	}
	if err := models.CheckGoalNote(text); err != nil {
		return none, err
	}
	if _, err := ch.goal(ctx, goalID); err != nil {
		return none, err
	}
	n := models.GoalNote{ID: id, GoalID: goalID, Text: text, By: models.AuthorOf(ch.actor), At: ch.care.now().UTC().Truncate(time.Millisecond)}
	doc, err := chart.Encode(id, ch.patient, 0, store.Keys{"goalId": goalID, "at": chart.Millis(n.At)}, n)
	if err != nil {
		return none, err
	}
	err = ch.chart.Commit(ctx, d, "goal.noted", goalID, store.Insert(chart.ColGoalNotes, doc))
	if models.KindOf(err) == models.KindConflict {
		stands, ferr := chart.First[models.GoalNote](ctx, ch.care.store, chart.ColGoalNotes, id, err)
		n.At, n.Struck = stands.Value.At, stands.Value.Struck // it may have been struck since
		if ferr == nil && stands.Value != n {
			ferr = err
		}
		if ferr != nil {
			return none, ferr
		}
		return n.ShownTo(ch.actor.Role), nil
	}
	return n, err
}

// GoalNotes lists the notes of a goal, newest first. They are for the patient and
// the team.
func (ch *Part) GoalNotes(ctx context.Context, goalID, cursor string, limit int) (chart.Page[models.GoalNote], error) {
	var out chart.Page[models.GoalNote]
	d, _, err := ch.readGoal(ctx, goalID)
	if err != nil {
		return out, err
	}
	if !d.Whole {
		return out, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	page, err := chart.List[models.GoalNote](ctx, ch.care.store, chart.ColGoalNotes, store.Query{Index: "goal",
		Equal: []any{goalID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out = chart.Values(page)
	for i, n := range out.Items {
		out.Items[i] = n.ShownTo(ch.actor.Role)
	}
	return out, ch.chart.NoteRead(ctx, d, "goals.read", goalID, len(out.Items))
}

// StrikeGoalNote says that a note was entered in error, such as in the wrong chart. Its words
// are shown to nobody any more; that there was one stays, and the log says who struck it. The
// patient and who treats them hear that something changed. Twice is once.
//
// Errors: those of GoalNote.Strike.
func (ch *Part) StrikeGoalNote(ctx context.Context, goalID, id, why string) (models.GoalNote, error) {
	none := models.GoalNote{}
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Write)
	if err != nil {
		return none, err
	}
	if _, err := ch.goal(ctx, goalID); err != nil {
		return none, err
	}
	for {
		v, err := chart.Load[models.GoalNote](ctx, ch.care.store, chart.ColGoalNotes, id)
		if err == nil && v.Value.GoalID != goalID {
			err = models.NotFound()
		}
		if err != nil {
			return none, err
		}
		n, err := v.Value.Strike(why, ch.actor, ch.care.now())
		if err != nil {
			if models.KindOf(err) == models.KindForbidden {
				err = ch.chart.Refuse(ctx, d, err)
			}
			return none, err
		}
		if v.Value.Struck != nil {
			return n.ShownTo(ch.actor.Role), nil
		}
		doc, err := chart.Encode(id, ch.patient, v.Version, store.Keys{"goalId": goalID, "at": chart.Millis(n.At)}, n)
		if err != nil {
			return none, err
		}
		err = ch.chart.Commit(ctx, d, "goal.note-struck", goalID, store.Replace(chart.ColGoalNotes, doc))
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue // struck by another tap meanwhile
		}
		return n.ShownTo(ch.actor.Role), err
	}
}
