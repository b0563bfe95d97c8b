package tasks

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// viewOf leaves out what the reader has no right to: what a task about a patient says.
func viewOf(t task.Task, reader models.Actor, whole, name bool, now time.Time) task.View {
	v := task.View{Task: t, Whole: whole || t.PatientID == "", Mine: t.Owner.AccountID == reader.AccountID, Overdue: t.Overdue(now)}
	v.ForMe = t.Asked != nil && t.Asked.AccountID == reader.AccountID
	v.MayClaim = !t.Status.Ended() && t.Pool != "" && t.Pool.Of(reader.Role) && v.Whole
	if v.Whole {
		return v
	}
	if !name {
		v.PatientName = ""
	}
	v.Code, v.Text, v.Focus, v.BasedOn = task.CodeOther, "", nil, nil
	if t.Outcome != nil {
		v.Outcome = &task.Outcome{At: t.Outcome.At, By: t.Outcome.By}
	}
	v.History = slices.Clone(t.History)
	for i := range v.History {
		v.History[i].Note = ""
	}
	return v
}

func viewIn(r chart.Rights, t task.Task, now time.Time) task.View {
	return viewOf(t, r.Actor, t.PatientID == "" || r.Whole(t.PatientID, t.Section()),
		t.PatientID == "" || r.Decide(t.PatientID, models.SectionProfile).Allowed, now)
}

// may finds out what an actor is to a task. Owner, who was asked or asked for it, the
// office, its pool, and who may read what it is about know of it; for anybody else
// there is none.
func (c *Service) may(ctx context.Context, actor models.Actor, id string) (*chart.Chart, task.Task, error) {
	v, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id)
	t := v.Value
	if k := models.KindOf(err); k != 0 && k != models.KindNotFound {
		return nil, t, err
	}
	ch, failed := c.base.ChartFor(ctx, actor, t.PatientID, models.PurposeOf(actor.Role)) // as many reads for what is not there
	if failed != nil {
		return nil, t, failed
	}
	if err != nil || !actor.Role.Staff() || actor.Outside {
		return nil, t, ch.TurnAway(ctx, false)
	}
	v2 := c.viewOn(ch, t)
	knows := v2.Mine || v2.ForMe || t.Requester.AccountID == actor.AccountID || actor.Role == models.RoleAdministrator ||
		v2.Whole && (t.PatientID != "" || t.Pool != "" && t.Pool.Of(actor.Role))
	if !knows {
		return nil, t, ch.TurnAway(ctx, t.PatientID != "")
	}
	return ch, t, nil
}

func (c *Service) viewOn(ch *chart.Chart, t task.Task) task.View {
	d := ch.Decide(t.Section(), models.Read)
	return viewOf(t, ch.Actor(), d.Allowed && d.Whole && ch.Actor().Role.Staff(), ch.Decide(models.SectionProfile, models.Read).Allowed, c.now())
}

func (c *Service) viewFor(ctx context.Context, actor models.Actor, t task.Task) (task.View, error) {
	ch, err := c.base.ChartFor(ctx, actor, t.PatientID, models.PurposeOf(actor.Role))
	if err != nil {
		return task.View{}, err
	}
	return c.withReach(ctx, c.viewOn(ch, t))
}

// withReach says that no channel reaches whom a task asks, to everybody else.
func (c *Service) withReach(ctx context.Context, v task.View) (task.View, error) {
	if v.Asked == nil || v.ForMe || v.Status.Ended() {
		return v, nil
	}
	ok, err := c.alerts.Reached(ctx, v.Asked.AccountID)
	v.Unreachable = !ok && err == nil
	return v, err
}

// Task reads one. unless is asked with a tag that names its state before the look is
// noted: with its error nothing leaves.
func (c *Service) Task(ctx context.Context, actor models.Actor, id string, unless func(tag string) error) (task.View, error) {
	ch, t, err := c.may(ctx, actor, id)
	if err != nil {
		return task.View{}, err
	}
	v, err := c.withReach(ctx, c.viewOn(ch, t))
	if err != nil {
		return v, err
	}
	state, err := json.Marshal(v)
	if err != nil {
		return v, err
	}
	if err := unless(base64.RawURLEncoding.EncodeToString(chart.Hash(state))[:22]); err != nil {
		return task.View{}, err
	}
	return v, c.noteLooks(ctx, actor, "task.read", []task.View{v})
}

// noteLooks leaves one line for each patient of whom something was shown.
func (c *Service) noteLooks(ctx context.Context, actor models.Actor, action string, shown []task.View) error {
	var ops []store.Op
	var patients []string
	for _, v := range shown {
		if v.PatientID == "" || slices.Contains(patients, v.PatientID) {
			continue
		}
		patients = append(patients, v.PatientID)
		e := c.base.AuditEvent(actor, action)
		e.PatientID, e.Section, e.Basis, e.Purpose = v.PatientID, v.Section(), models.BasisTeam, models.PurposeOf(actor.Role)
		if !v.Whole {
			e.Basis = models.BasisOperations
		}
		op, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	for part := range slices.Chunk(ops, store.MaxBatch) {
		if err := c.store.Batch(ctx, part...); err != nil {
			return chart.Refusal(err)
		}
	}
	return nil
}

// The lists of tasks.
const (
	Mine   = "mine"  // open, and the actor's
	Asked  = "asked" // of whom somebody wants an answer
	Pooled = "pool"  // open to be claimed by the actor
	Made   = "made"  // by the actor, with what has ended
	Had    = "had"   // the actor's, with what has ended
)

// Lists are their names.
var Lists = []string{Mine, Asked, Pooled, Made, Had}

// Filter is which tasks are wanted: those of a list, or the open ones about a patient.
type Filter struct {
	List      string
	PatientID string
	Pool      task.Pool // of Pooled: which
}

func (f Filter) query(actor models.Actor) store.Query {
	me := []any{actor.AccountID}
	switch {
	case f.PatientID != "":
		return store.Query{Index: "openOf", Equal: []any{f.PatientID}}
	case f.List == Asked:
		return store.Query{Index: "openAsked", Equal: me}
	case f.List == Pooled:
		return store.Query{Index: "openPool", Equal: []any{string(f.Pool)}}
	case f.List == Made:
		return store.Query{Index: "requester", Equal: me, Desc: true}
	case f.List == Had:
		return store.Query{Index: "owner", Equal: me, Desc: true}
	}
	return store.Query{Index: "openOwner", Equal: me}
}

// Tasks lists tasks, what is due first in front; what was made or had, newest first. A
// page may hold fewer than limit: of a pool, those that the actor may not claim are
// left out.
func (c *Service) Tasks(ctx context.Context, actor models.Actor, f Filter, cursor string, limit int) (chart.Page[task.View], error) {
	var out chart.Page[task.View]
	if !actor.Role.Staff() || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "tasks.list")
	}
	if f.PatientID != "" {
		if _, err := c.base.Open(ctx, actor, f.PatientID, models.PurposeOf(actor.Role)); err != nil {
			return out, err
		}
	}
	if f.List == Pooled && f.Pool == "" {
		f.Pool = defaultPool(actor.Role)
	}
	q := f.query(actor)
	q.Limit, q.Cursor, q.Unopened = limit, cursor, true
	page, err := c.store.Query(ctx, chart.ColTasks, q)
	if err != nil {
		return out, chart.Refusal(err)
	}
	r, err := c.base.RightsOf(ctx, actor)
	if err == nil {
		err = knowOf(ctx, r, page.Docs)
	}
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, d := range page.Docs {
		v := viewIn(r, c.readable(d, actor), c.now())
		if (f.List != Pooled || v.MayClaim) && (f.PatientID == "" || v.Whole) {
			out.Items = append(out.Items, v)
		}
	}
	return out, c.noteLooks(ctx, actor, "tasks.listed", out.Items)
}

func defaultPool(r models.Role) task.Pool {
	switch r {
	case models.RoleClinician:
		return task.PoolTeam
	case models.RoleCoordinator:
		return task.PoolCoordinators
	}
	return task.PoolAdministrators
}

// readable is a task, or what is known of one whose document can't be read: that there
// is something to do, and until when.
func (c *Service) readable(d store.Doc, owner models.Actor) task.Task {
	v, err := chart.Readable[task.Task](d)
	if err == nil {
		return v.Value
	}
	at, _ := d.Keys["dueAt"].(int64)
	made, _ := d.Keys["authoredAt"].(int64)
	who, _ := d.Keys["ownerId"].(string)
	t := task.Task{ID: d.ID, Code: task.CodeOther, Priority: task.ASAP, Status: task.Requested, Owner: task.Person{AccountID: who},
		AuthoredAt: time.UnixMilli(made).UTC(), ModifiedAt: time.UnixMilli(made).UTC(), DueAt: time.UnixMilli(at).UTC(), RemindAt: time.UnixMilli(at).UTC(), History: []task.Step{}}
	if d.Owner != chart.OwnerSite {
		t.PatientID = d.Owner
	}
	return t
}
