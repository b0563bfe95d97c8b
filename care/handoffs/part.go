package handoffs

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/handoff"
	"handrail/models/task"
	"handrail/store"
)

var space = uuid.MustParse("8a0a0f53-3e0c-4b79-9d0c-6f4f7d3e9a21")

func taskID(handoffID, what string) string {
	return uuid.NewHash(sha256.New(), space, store.JoinText(handoffID, what), 8).String()
}

// View is a handoff as one reader may see it.
type View struct {
	handoff.Handoff
	Missing []string          `json:"missing"`
	MustSay bool              `json:"needsReadBack"`
	MayTake bool              `json:"mayTake"`
	Mine    bool              `json:"mine"`
	Names   map[string]string `json:"names"`
	// Unreachable: nobody has taken it, and no channel reaches who was asked last.
	Unreachable bool `json:"unreachable"`
}

func (ch *Part) viewOf(ctx context.Context, h handoff.Handoff) (View, error) {
	team, err := ch.names(ctx)
	if err != nil {
		return View{}, err
	}
	return ch.withReach(ctx, ch.view(h, team))
}

func (ch *Part) view(h handoff.Handoff, team map[string]string) View {
	v := View{Handoff: h, Missing: h.Missing(), MustSay: h.NeedsReadBack(), Mine: h.Giver.AccountID == ch.actor.AccountID, Names: map[string]string{}}
	for _, id := range []string{h.CallDay1, h.CallDay7} {
		if team[id] != "" {
			v.Names[id] = team[id]
		}
	}
	if !ch.actor.Role.Staff() {
		v.Handoff, v.Missing, v.MustSay = h.ForPatient(), []string{}, false
		return v
	}
	v.MayTake = h.Status == handoff.Requested && h.WasAsked(ch.actor.AccountID) && ch.chart.Decide(models.SectionCarePlan, models.Write).Allowed
	return v
}

// withReach tells the people who work here, but for who was asked, that no channel reaches
// whoever is asked.
func (ch *Part) withReach(ctx context.Context, v View) (View, error) {
	if !ch.actor.Role.Staff() || v.Status != handoff.Requested || len(v.Asked) == 0 {
		return v, nil
	}
	last := v.Asked[len(v.Asked)-1].AccountID
	if last == ch.actor.AccountID {
		return v, nil
	}
	ok, err := ch.care.tasks.Reached(ctx, last)
	v.Unreachable = !ok && err == nil
	return v, err
}

// names are those of the team, also of who has left.
func (ch *Part) names(ctx context.Context) (map[string]string, error) {
	found, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
	out := map[string]string{}
	for _, m := range found {
		out[m.Value.AccountID] = m.Value.Name
	}
	return out, err
}

// Give begins a handoff: who is asked is told, and until somebody has taken it the giver
// answers. The same id with the same terms again is the same handoff.
//
// Errors: those of handoff.Terms.Check; KindInvalid with "to", "callDay1", "callDay7" for
// who may not read this part of the chart, "leads[…]" for what is not the giver's to give.
func (ch *Part) Give(ctx context.Context, id string, t handoff.Terms) (View, error) {
	d, err := ch.mayGive(ctx)
	if err != nil {
		return View{}, err
	}
	stands, err := chart.Load[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, id)
	if err == nil {
		return ch.same(ctx, stands.Value, t)
	}
	if models.KindOf(err) != models.KindNotFound {
		return View{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return View{}, err
	}
	where := ch.care.base.Location(ch.patient, p.Value.Zone)
	today := models.LocalDay(ch.care.now(), where)
	if t.Moves() && t.MovesOn == "" {
		t.MovesOn = today
	}
	if err := t.Check(ch.actor.AccountID, today); err != nil {
		return View{}, err
	}
	h, ops, err := ch.beginOps(ctx, id, p.Value, t, where)
	if err != nil {
		return View{}, err
	}
	err = ch.chart.Commit(ctx, d, "handoff.given", id, ops...)
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.First[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, id, err)
		if err != nil {
			return View{}, err
		}
		return ch.same(ctx, stands.Value, t)
	}
	if err != nil {
		return View{}, err
	}
	return ch.viewOf(ctx, h)
}

func (ch *Part) mayGive(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Write)
	if err == nil && !ch.actor.Role.Staff() {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	return d, err
}

func (ch *Part) same(ctx context.Context, h handoff.Handoff, t handoff.Terms) (View, error) {
	if t.Moves() && t.MovesOn == "" {
		t.MovesOn = h.MovesOn
	}
	if h.PatientID != ch.patient || h.Giver.AccountID != ch.actor.AccountID || !chart.SameJSON(h.Terms, t) {
		return View{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	return ch.viewOf(ctx, h)
}

// unreachedShare of the time is given to a receiver whom no channel reaches; then the next is
// asked, as with an alert.
const unreachedShare = 3

// beginOps are the handoff, its clock and the two calls, each a task.
func (ch *Part) beginOps(ctx context.Context, id string, p models.Patient, t handoff.Terms, where *time.Location) (handoff.Handoff, []store.Op, error) {
	none := handoff.Handoff{}
	now := ch.care.now().UTC()
	focus := &task.Reference{Type: task.FocusHandoff, ID: id}
	if err := ch.checkPeople(ctx, t); err != nil {
		return none, nil, err
	}
	due := now.Add(t.Within())
	o := task.Order{Code: task.CodeHandoff, PatientID: ch.patient, Focus: focus, Priority: task.Urgent, DueAt: due, RemindAt: due, To: t.Receiver}
	reached, err := ch.care.tasks.Reached(ctx, t.Receiver)
	if err != nil {
		return none, nil, err
	}
	if !reached { // the giver may tell them; nobody else does
		o.RemindAt = now.Add(t.Within() / unreachedShare)
	}
	if t.Severity == handoff.Unstable {
		o.Priority = task.ASAP
	}
	ops, to, err := ch.care.tasks.OrderOps(ctx, ch.actor, taskID(id, "take"), p.Name, o)
	if err != nil {
		return none, nil, err
	}
	for _, call := range []struct {
		field, who string
		days       int
	}{{"callDay1", t.CallDay1, 1}, {"callDay7", t.CallDay7, 7}} {
		if call.who == "" {
			continue
		}
		o := task.Order{Code: task.CodeHandoffCall, PatientID: ch.patient, Focus: focus, Priority: task.Urgent, DueAt: noonAfter(t.MovesOn, call.days, where), To: call.who}
		more, _, err := ch.care.tasks.OrderOps(ctx, ch.actor, taskID(id, call.field), p.Name, o)
		if err != nil {
			return none, nil, renamed(err, "to", call.field)
		}
		ops = append(ops, more...)
	}
	h := handoff.Begin(id, ch.patient, taskID(id, "take"), t, task.Person{AccountID: ch.actor.AccountID, Name: ch.actor.Name}, to, now)
	op, err := handoffOp(kept{Value: h})
	return h, append(ops, op), err
}

// checkPeople refuses a receiver who only reads, and leads that are not the giver's to
// give, or not for the receiver's profession.
func (ch *Part) checkPeople(ctx context.Context, t handoff.Terms) error {
	var checks models.Checks
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, t.Receiver)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	checks.Require(err == nil && a.Value.Role == models.RoleClinician && a.Value.Discipline != models.DisciplineTrainee, "to", "cannot-own-task",
		"This person can't take it. Choose somebody of the clinic who may read what it is about.")
	away, err := ch.given(ctx)
	if err != nil {
		return err
	}
	for i, id := range t.Leads {
		field := models.Indexed("leads", i)
		l, err := ch.care.tasks.Task(ctx, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		mine := err == nil && l.PatientID == ch.patient && l.Code == task.CodePlanLead && !l.Status.Ended() && l.Owner.AccountID == ch.actor.AccountID
		checks.Require(mine, field, "not-yours", "Name open parts of this plan that you lead.")
		if !mine {
			continue
		}
		ok, err := ch.care.tasks.MayLead(ctx, t.Receiver, l)
		if err != nil {
			return err
		}
		checks.Require(ok, field, "cannot-lead", "Their profession does not lead this. See who may do what.")
		checks.Require(!away[id], field, "handed-over", "This is on its way into other hands already.")
	}
	return checks.Err()
}

// given are the leads that open handoffs have in them already: found by their open tasks,
// however many handoffs there were before.
func (ch *Part) given(ctx context.Context) (map[string]bool, error) {
	open, err := ch.care.tasks.OpenAbout(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range open {
		if t.Code == task.CodeHandoff && t.Focus != nil {
			ids = append(ids, t.Focus.ID)
		}
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, ch.care.store, chart.ColHandoffs, ids...); err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, id := range ids {
		v, err := chart.Load[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, id)
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, lead := range v.Value.Leads {
			out[lead] = v.Value.Status == handoff.Requested || out[lead]
		}
	}
	return out, nil
}

// noonAfter is noon some days after a day, where the patient is.
func noonAfter(day string, days int, where *time.Location) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{} // checked before
	}
	return time.Date(at.Year(), at.Month(), at.Day()+days, 12, 0, 0, 0, where).UTC()
}

// renamed names a field of a refusal as the caller sent it.
func renamed(err error, from, to string) error {
	e, ok := errors.AsType[*models.Error](err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for i := range out.Fields {
		out.Fields[i].Field = strings.Replace(out.Fields[i].Field, from, to, 1)
	}
	return &out
}

// Handoffs lists them, the newest first. The patient and who acts for them are shown
// changes of setting alone.
func (ch *Part) Handoffs(ctx context.Context, cursor string, limit int) (chart.Page[View], error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return chart.Page[View]{}, err
	}
	page, err := chart.List[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[View]{}, err
	}
	team, err := ch.names(ctx)
	if err != nil {
		return chart.Page[View]{}, err
	}
	out := chart.Page[View]{Next: page.Next}
	for _, v := range page.Items {
		if ch.shown(v.Value) {
			out.Items = append(out.Items, ch.view(v.Value, team)) // whom nothing reaches is said where one is read: a list asks of nobody
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "handoff.read", "", len(out.Items))
}

func (ch *Part) shown(h handoff.Handoff) bool {
	return ch.actor.Role.Staff() || h.ShownToPatient()
}

// Handoff reads one.
func (ch *Part) Handoff(ctx context.Context, id string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	out, err := ch.viewOf(ctx, v.Value)
	if err != nil {
		return out, err
	}
	return out, ch.chart.NoteRead(ctx, d, "handoff.read", id, 1)
}

func (ch *Part) load(ctx context.Context, id string) (kept, error) {
	v, err := chart.Load[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, id)
	if err == nil && (v.Value.PatientID != ch.patient || !ch.shown(v.Value)) {
		err = models.NotFound()
	}
	return v, err
}
