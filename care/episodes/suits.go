package episodes

import (
	"context"
	"strconv"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/episode"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// Criteria are what a programme of the clinic is for.
type Criteria struct {
	Programme string              `json:"programme"`
	Criteria  []episode.Criterion `json:"criteria"`
	By        *models.Author      `json:"by,omitempty"`
}

func (c *Service) criteria(ctx context.Context, programme string) (chart.Versioned[Criteria], error) {
	v, err := chart.Load[Criteria](ctx, c.store, chart.ColCriteria, programme)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[Criteria]{Value: Criteria{Programme: programme, Criteria: []episode.Criterion{}}}, nil
	}
	return v, err
}

// there finds a programme that goes on.
func (c *Service) there(ctx context.Context, actor models.Actor, programme string) (risk.Programme, error) {
	all, err := c.parts.Programmes(ctx, actor, false)
	if err != nil {
		return risk.Programme{}, err
	}
	for _, p := range all {
		if p.Value.ID == programme {
			return p.Value, nil
		}
	}
	return risk.Programme{}, models.NotFound()
}

// CriteriaOf reads what a programme is for: for those who work here. The version is one
// above what is stored.
func (c *Service) CriteriaOf(ctx context.Context, actor models.Actor, programme string) (chart.Versioned[Criteria], error) {
	if _, err := c.there(ctx, actor, programme); err != nil {
		return chart.Versioned[Criteria]{}, err
	}
	v, err := c.criteria(ctx, programme)
	v.Version++
	return v, err
}

// SetCriteria writes it anew, if version is still the newest: for those who keep the
// programmes. The same again is done.
func (c *Service) SetCriteria(ctx context.Context, actor models.Actor, programme string, version int64, all []episode.Criterion) (chart.Versioned[Criteria], error) {
	none := chart.Versioned[Criteria]{}
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return none, c.base.Forbid(ctx, actor, "programme.change")
	}
	if _, err := c.there(ctx, actor, programme); err != nil {
		return none, err
	}
	if err := episode.CheckCriteria(all); err != nil {
		return none, err
	}
	v, err := c.criteria(ctx, programme)
	if err != nil {
		return none, err
	}
	if !v.IsNew() && chart.SameJSON(v.Value.Criteria, all) {
		v.Version++
		return v, nil
	}
	if v.Version+1 != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	by := models.AuthorOf(actor)
	next := Criteria{programme, append([]episode.Criterion{}, all...), &by}
	doc, err := chart.Encode(programme, chart.OwnerSite, v.Version, nil, next)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColCriteria, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColCriteria, doc)
	}
	e := c.base.AuditEvent(actor, "programme.criteria")
	e.Ref = programme
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[Criteria]{Value: next, Version: v.Version + 2}, err
}

// Suits is how one programme fits the patient, in reasons. Nothing of it decides.
type Suits struct {
	Programme string        `json:"programme"`
	Name      string        `json:"name"`
	Why       []episode.Why `json:"why"`
	In        bool          `json:"in"` // the patient is in it
}

// Suits holds the criteria of each programme against what is known of the patient: for
// those who write the care plan.
func (ch *Part) Suits(ctx context.Context) ([]Suits, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return nil, err
	}
	f, today, err := ch.facts(ctx)
	if err != nil {
		return nil, err
	}
	all, err := ch.care.parts.Programmes(ctx, ch.actor, false)
	if err != nil {
		return nil, err
	}
	in, err := chart.Load[risk.InProgramme](ctx, ch.care.store, chart.ColInProgramme, ch.patient)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.Value.ID
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, ch.care.store, chart.ColCriteria, ids...); err != nil {
		return nil, err
	}
	out := []Suits{}
	for _, p := range all {
		v, err := ch.care.criteria(ctx, p.Value.ID)
		if err != nil {
			return nil, err
		}
		if len(v.Value.Criteria) > 0 {
			out = append(out, Suits{p.Value.ID, p.Value.Name, episode.Fits(v.Value.Criteria, f, today), in.Value.Programme == p.Value.ID})
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "episode.read", "programmes", len(out))
}

// facts are what is known of the patient that criteria ask for.
func (ch *Part) facts(ctx context.Context) (f episode.Facts, today string, err error) {
	p, where, err := ch.care.patient(ctx, ch.patient)
	if err != nil {
		return f, "", err
	}
	known, err := ch.known(ctx)
	if err != nil {
		return f, "", err
	}
	plan, err := chart.Load[careplan.Plan](ctx, ch.care.store, chart.ColCarePlans, ch.patient)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return f, "", err
	}
	f = episode.Facts{Born: p.BirthDate, Language: p.Language, Needs: map[string]string{}}
	for need, a := range known {
		f.Needs[need] = a.Wants
	}
	for _, i := range plan.Value.Items {
		if i.Kind == careplan.Problem && i.Open() {
			f.Problems = append(f.Problems, i.Title)
		}
	}
	f.Wishes = append(f.Wishes, plan.Value.About.Preferences...)
	now, err := ch.care.current(ctx, ch.patient)
	if err != nil || now.Value.Last == "" {
		return f, models.LocalDay(ch.care.now(), where), err
	}
	e, err := ch.load(ctx, now.Value.Last)
	for _, q := range []string{"reason", "matters", "helped"} {
		f.Wishes = append(f.Wishes, e.Value.Answers[q].Words)
	}
	return f, models.LocalDay(ch.care.now(), where), err
}

// Choose writes down what a person decided about a programme, and why. A yes is a task of
// who keeps teams and programmes in order.
//
// Errors: those of Episode.Chosen; models.NotFound.
func (ch *Part) Choose(ctx context.Context, id string, c episode.Choice) (View, error) {
	d, err := ch.mayWork(ctx)
	if err != nil {
		return View{}, err
	}
	p, err := ch.care.there(ctx, ch.actor, c.Programme)
	if err != nil {
		return View{}, err
	}
	c.Name, c.By = p.Name, models.AuthorOf(ch.actor)
	return ch.change(ctx, d, id, "programme.chosen", func(e episode.Episode) (episode.Episode, []store.Op, error) {
		next, err := e.Chosen(c, ch.care.now())
		if err != nil || len(next.Choices) == len(e.Choices) || !c.Joins {
			return next, nil, err
		}
		ops, err := ch.care.tasks.RaiseOps(ctx, task.CodeProgramme, ch.patient, nil, id+strconv.Itoa(len(next.Choices)))
		return next, ops, err
	})
}
