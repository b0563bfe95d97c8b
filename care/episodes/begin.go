package episodes

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/task"
	"handrail/store"
)

func forbidden() error {
	return models.E(models.KindForbidden, "not-for-your-role", "Your role does not allow this.")
}

// mayWork is of those who write the care plan and work here.
func (ch *Part) mayWork(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err == nil && !ch.actor.Role.Staff() {
		err = ch.chart.Refuse(ctx, d, forbidden())
	}
	return d, err
}

// mayOwn is of the patient alone.
func (ch *Part) mayOwn(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err == nil && ch.actor.Role != models.RolePatient {
		err = ch.chart.Refuse(ctx, d, forbidden())
	}
	return d, err
}

// Begin begins an episode with its intake: each section is a task that waits for the team,
// and is until then the maker's or who leads it. The same id again is the same one.
//
// Errors: KindConflict "episode-open", "too-many-episodes".
func (ch *Part) Begin(ctx context.Context, id string) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	for range tries {
		stands, err := chart.Load[episode.Episode](ctx, ch.care.store, chart.ColEpisodes, id)
		if err == nil && stands.Value.PatientID == ch.patient && stands.Value.By.AccountID == ch.actor.AccountID {
			return ch.view(ctx, stands.Value)
		}
		if models.KindOf(err) != models.KindNotFound {
			return View{}, orExists(err)
		}
		e, ops, err := ch.beginOps(ctx, id)
		if err != nil {
			return View{}, err
		}
		err = ch.chart.Commit(ctx, d, "episode.begun", id, ops...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue // somebody else, or the same call, was faster: it is found now
		}
		if err != nil {
			return View{}, err
		}
		return ch.view(ctx, e)
	}
	return View{}, chart.Refusal(store.ErrConflict)
}

// tries bounds how often a write is repeated that others were first with.
const tries = 20

func orExists(err error) error {
	if err == nil {
		err = chart.Refusal(store.ErrExists)
	}
	return err
}

func (ch *Part) beginOps(ctx context.Context, id string) (e episode.Episode, ops []store.Op, err error) {
	now, err := ch.care.current(ctx, ch.patient)
	if err != nil {
		return e, nil, err
	}
	if now.Value.Open != "" {
		return e, nil, models.E(models.KindConflict, "episode-open", "Something has begun for this person already, and goes on.")
	}
	before, err := chart.AtMost[episode.Episode](ctx, ch.care.store, chart.ColEpisodes, store.Query{Index: "patient", Equal: []any{ch.patient}}, episode.MaxOf+1)
	if err != nil {
		return e, nil, err
	}
	if len(before) >= episode.MaxOf {
		return e, nil, models.E(models.KindConflict, "too-many-episodes", "This patient has had many of these. Please ask your administrator.")
	}
	p, _, err := ch.care.patient(ctx, ch.patient)
	if err != nil {
		return e, nil, err
	}
	e = episode.Begin(id, ch.patient, ch.actor, ch.care.now())
	now.Value.Open, now.Value.Last = id, id
	first, err := currentOp(ch.patient, now)
	if err != nil {
		return e, nil, err
	}
	op, err := episodeOp(kept{Value: e})
	if err != nil {
		return e, nil, err
	}
	ops = []store.Op{first, op}
	for _, s := range episode.Sections {
		o := task.Order{Code: task.CodeIntake, PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusEpisode, ID: id},
			BasedOn: []task.Reference{{Type: task.RefIntakeSection, ID: s.Key}}, Priority: task.Routine, DueAt: ch.care.now().Add(time.Duration(s.Days) * 24 * time.Hour), Pool: task.PoolTeam}
		more, _, err := ch.care.tasks.OrderOps(ctx, ch.actor, taskID(id, s.Key), p.Name, o)
		if err != nil {
			return e, nil, err
		}
		ops = append(ops, more...)
	}
	return e, ops, nil
}

func (ch *Part) load(ctx context.Context, id string) (kept, error) {
	v, err := chart.Load[episode.Episode](ctx, ch.care.store, chart.ColEpisodes, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

// change edits an episode until nobody came between; nothing changed is nothing written.
// What edit gives besides goes in the same batch.
func (ch *Part) change(ctx context.Context, d models.Decision, id, action string, edit func(episode.Episode) (episode.Episode, []store.Op, error)) (View, error) {
	for range tries {
		v, err := ch.load(ctx, id)
		if err != nil {
			return View{}, err
		}
		next, ops, err := edit(v.Value)
		if err != nil {
			return View{}, err
		}
		if chart.SameJSON(next, v.Value) {
			return ch.view(ctx, next)
		}
		op, err := episodeOp(kept{Value: next, Version: v.Version})
		if err != nil {
			return View{}, err
		}
		err = ch.chart.Commit(ctx, d, action, id, append(ops, op)...)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return View{}, err
		}
		return ch.view(ctx, next)
	}
	return View{}, chart.Refusal(store.ErrConflict)
}

// Move begins, holds, goes on with or calls off. What never began ends its tasks.
//
// Errors: those of Episode.Moved.
func (ch *Part) Move(ctx context.Context, id string, to episode.Status, why string) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.change(ctx, d, id, "episode.moved", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		next, err := e.Moved(to, ch.actor, why, ch.care.now())
		if err != nil || next.Status.Open() || next.Status == e.Status {
			return next, nil, err
		}
		ops, err := ch.closeOps(ctx, next, why)
		return next, ops, err
	})
}

// closeOps end what an episode that is over has open: its sections, and its place.
func (ch *Part) closeOps(ctx context.Context, e episode.Episode, why string) ([]store.Op, error) {
	now, err := ch.care.current(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	now.Value.Open = ""
	op, err := currentOp(ch.patient, now)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{op}
	for _, s := range episode.Sections {
		more, err := ch.care.tasks.CallOffOps(ctx, ch.actor, taskID(e.ID, s.Key), why)
		if err != nil {
			return nil, err
		}
		ops = append(ops, more...)
	}
	return ops, nil
}
