package care

import (
	"context"
	"fmt"
	"time"

	"handrail/models"
	"handrail/store"
)

// goalChangeID orders a goal's history by version.
func goalChangeID(goalID string, version int64) string {
	return fmt.Sprintf("%s:%08d", goalID, version)
}

// goalOps writes a goal and the entry of its history.
func (ch *Chart) goalOps(before models.Goal, g Versioned[models.Goal]) ([]store.Op, error) {
	doc, err := encode(g.Value.ID, ch.patient, g.Version, store.Keys{"patientId": ch.patient, "proposedAt": millis(g.Value.ProposedAt)}, g.Value)
	if err != nil {
		return nil, err
	}
	h := models.GoalChange{GoalID: g.Value.ID, Version: g.Version + 1, At: g.Value.ChangedAt, By: models.AuthorOf(ch.actor),
		Fields: models.ChangedFields(before, g.Value), Goal: g.Value}
	entry, err := encode(goalChangeID(h.GoalID, h.Version), ch.patient, 0, store.Keys{"goalId": h.GoalID, "revision": h.Version}, h)
	if g.Version == 0 {
		return []store.Op{store.Insert(colGoals, doc), store.Insert(colGoalHistory, entry)}, err
	}
	return []store.Op{store.Replace(colGoals, doc), store.Insert(colGoalHistory, entry)}, err
}

// GoalHistory lists who changed what, newest first.
func (ch *Chart) GoalHistory(ctx context.Context, id, cursor string, limit int) (Page[models.GoalChange], error) {
	var out Page[models.GoalChange]
	d, _, err := ch.readGoal(ctx, id)
	if err != nil {
		return out, err
	}
	if !d.Whole { // what the goal was before it was shared is not shared
		return out, ch.refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	page, err := list[models.GoalChange](ctx, ch.care.store, colGoalHistory, store.Query{Index: "goal",
		Equal: []any{id}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return values(page), ch.noteRead(ctx, d, "goals.read", id, len(page.Items))
}

// AddGoalNote adds a note on progress. The same note under the same id is one.
func (ch *Chart) AddGoalNote(ctx context.Context, goalID, id, text string) (models.GoalNote, error) {
	none := models.GoalNote{}
	d, err := ch.may(ctx, models.SectionGoals, models.Write)
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
	doc, err := encode(id, ch.patient, 0, store.Keys{"goalId": goalID, "at": millis(n.At)}, n)
	if err != nil {
		return none, err
	}
	err = ch.commit(ctx, d, "goal.noted", goalID, store.Insert(colGoalNotes, doc))
	if models.KindOf(err) == models.KindConflict {
		stands, ferr := first[models.GoalNote](ctx, ch.care.store, colGoalNotes, id, err)
		if n.At = stands.Value.At; ferr == nil && stands.Value != n {
			ferr = err
		}
		if ferr != nil {
			return none, ferr
		}
		return n, nil
	}
	return n, err
}

// GoalNotes lists the notes of a goal, newest first. They are for the patient and
// the team.
func (ch *Chart) GoalNotes(ctx context.Context, goalID, cursor string, limit int) (Page[models.GoalNote], error) {
	var out Page[models.GoalNote]
	d, _, err := ch.readGoal(ctx, goalID)
	if err != nil {
		return out, err
	}
	if !d.Whole {
		return out, ch.refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	page, err := list[models.GoalNote](ctx, ch.care.store, colGoalNotes, store.Query{Index: "goal",
		Equal: []any{goalID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	return values(page), ch.noteRead(ctx, d, "goals.read", goalID, len(page.Items))
}
