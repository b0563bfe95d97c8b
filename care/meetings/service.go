// Package meetings keeps meetings about patients: what is said before by those who can't
// come, who is there, what was decided and became of it, and what the patient was told
// (docs/team.md). A meeting is a conference of package visits; what is said of a patient is
// a part of their chart, and nobody else's.
package meetings

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/meeting"
	"handrail/models/schedule"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of meetings.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	tasks  *tasks.Inside
	visits *visits.Inside
}

// New makes them.
func New(base *chart.Base, t *tasks.Inside, v *visits.Inside) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, tasks: t, visits: v}
}

// Seat is somebody of a meeting.
type Seat struct {
	AccountID  string            `json:"accountId"`
	Name       string            `json:"name"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Answer     schedule.Answer   `json:"answer"`
	Present    bool              `json:"present"`
}

// Roster is who a meeting brings together, by discipline. It names no patient.
type Roster struct {
	MeetingID string              `json:"meetingId"`
	Start     time.Time           `json:"start"`
	End       time.Time           `json:"end"`
	Seats     []Seat              `json:"seats"`
	Quorum    []models.Discipline `json:"quorum"`
	Missing   []models.Discipline `json:"missing"`
}

type keptRoom = chart.Versioned[meeting.Room]

func (c *Service) room(ctx context.Context, id string) (keptRoom, error) {
	v, err := chart.Load[meeting.Room](ctx, c.store, chart.ColMeetings, id)
	if models.KindOf(err) == models.KindNotFound {
		return keptRoom{Value: meeting.Room{MeetingID: id, Quorum: []models.Discipline{}, Present: []string{}}}, nil
	}
	return v, err
}

func (c *Service) rosterOf(ctx context.Context, v visits.Visit, r meeting.Room) (Roster, error) {
	out := Roster{MeetingID: v.ID, Start: v.Start, End: v.End, Seats: []Seat{}, Quorum: append([]models.Discipline{}, r.Quorum...)}
	ids := []string{}
	for _, p := range v.Participants {
		ids = append(ids, p.Who)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColAccounts, ids...); err != nil {
		return out, err
	}
	of := map[string]models.Discipline{}
	for _, p := range v.Participants {
		a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, p.Who)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return out, err
		}
		of[p.Who] = a.Value.Discipline
		out.Seats = append(out.Seats, Seat{p.Who, a.Value.Name, a.Value.Discipline, p.Status, slices.Contains(r.Present, p.Who)})
	}
	out.Missing = r.Missing(of)
	return out, nil
}

// Roster reads who is in a meeting, for those who are. For anybody else there is none.
func (c *Service) Roster(ctx context.Context, actor models.Actor, id string) (Roster, error) {
	v, err := c.visits.ConferenceOf(ctx, actor, id)
	if err != nil {
		return Roster{}, err
	}
	r, err := c.room(ctx, id)
	if err != nil {
		return Roster{}, err
	}
	out, err := c.rosterOf(ctx, v, r.Value)
	if err != nil {
		return out, err
	}
	e := c.base.AuditEvent(actor, "meeting.roster-read")
	e.Ref, e.Count = id, len(out.Seats)
	return out, c.base.Note(ctx, e)
}

// SetQuorum says which disciplines have to be there. The same again is no change.
func (c *Service) SetQuorum(ctx context.Context, actor models.Actor, id string, needed []models.Discipline) (Roster, error) {
	return c.change(ctx, actor, id, "meeting.quorum", func(_ visits.Visit, r meeting.Room) (meeting.Room, error) {
		if err := meeting.CheckQuorum(needed); err != nil {
			return r, err
		}
		r.Quorum = append([]models.Discipline{}, needed...)
		return r, nil
	})
}

// SetPresent says who is there. The same again is no change.
//
// Errors: KindInvalid with "accountId" for who is not in the meeting.
func (c *Service) SetPresent(ctx context.Context, actor models.Actor, id, accountID string, is bool) (Roster, error) {
	return c.change(ctx, actor, id, "meeting.present", func(v visits.Visit, r meeting.Room) (meeting.Room, error) {
		if !slices.ContainsFunc(v.Participants, func(p schedule.Participant) bool { return p.Who == accountID }) {
			var checks models.Checks
			checks.Fail("accountId", "not-in-the-meeting", "Name somebody who is in this meeting.")
			return r, checks.Err()
		}
		r.Present = slices.DeleteFunc(slices.Clone(r.Present), func(p string) bool { return p == accountID })
		if is {
			r.Present = append(r.Present, accountID)
		}
		slices.Sort(r.Present)
		return r, nil
	})
}

func (c *Service) change(ctx context.Context, actor models.Actor, id, action string, edit func(visits.Visit, meeting.Room) (meeting.Room, error)) (Roster, error) {
	for tries := 0; ; tries++ {
		v, err := c.visits.ConferenceOf(ctx, actor, id)
		if err != nil {
			return Roster{}, err
		}
		if !visits.TakesPlace(v) {
			return Roster{}, calledOff()
		}
		r, err := c.room(ctx, id)
		if err != nil {
			return Roster{}, err
		}
		next, err := edit(v, r.Value)
		if err != nil {
			return Roster{}, err
		}
		if !chart.SameJSON(next, r.Value) {
			doc, err := chart.Encode(id, chart.OwnerSite, r.Version, nil, next)
			if err != nil {
				return Roster{}, err
			}
			op := store.Replace(chart.ColMeetings, doc)
			if r.IsNew() {
				op = store.Insert(chart.ColMeetings, doc)
			}
			e := c.base.AuditEvent(actor, action)
			e.Ref, e.Changed = id, true
			err = c.base.Commit(ctx, e, op)
			if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && tries < mostTries && ctx.Err() == nil {
				continue // somebody else was faster
			}
			if err != nil {
				return Roster{}, err
			}
		}
		return c.rosterOf(ctx, v, next)
	}
}

func calledOff() error {
	return models.E(models.KindConflict, "meeting-called-off", "This meeting will not take place.")
}

// mostReported bounds what one report reads.
const mostReported = 5000

// Report tells what became of the decisions between two moments, and names nobody. The
// office, which lists every patient, gets all; anybody else those about patients whose care
// plan they may read: a count of one hour would tell of the others.
func (c *Service) Report(ctx context.Context, actor models.Actor, from, to time.Time) (meeting.Report, error) {
	var out meeting.Report
	if !actor.Role.Staff() || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "meetings.report")
	}
	if err := chart.CheckWindow(from, to); err != nil {
		return out, err
	}
	found, _, err := chart.ReadableOnes[meeting.Decision](ctx, c.store, chart.ColDecisions, store.Query{Index: "site", Equal: []any{chart.OwnerSite},
		From: chart.Millis(from), To: chart.Millis(to)}, mostReported)
	if err != nil {
		return out, err
	}
	all := make([]meeting.Decision, 0, len(found))
	for _, v := range found {
		all = append(all, v.Value)
	}
	if all, err = c.readable(ctx, actor, all); err != nil {
		return out, err
	}
	work, err := c.tasksOf(ctx, all)
	for _, d := range all {
		out.Count(d, work[d.TaskID], c.now())
	}
	return out, err
}

// readable leaves the decisions that a report may count for somebody.
func (c *Service) readable(ctx context.Context, actor models.Actor, all []meeting.Decision) ([]meeting.Decision, error) {
	if actor.Role == models.RoleAdministrator || actor.Role == models.RoleCoordinator {
		shut, err := c.base.Restrictions(ctx, actor)
		return slices.DeleteFunc(all, func(d meeting.Decision) bool { return shut.Shut(d.PatientID) }), err
	}
	ids := make([]string, 0, len(all))
	for _, d := range all {
		ids = append(ids, d.PatientID)
	}
	may, err := c.base.MayRead(ctx, actor, ids, models.SectionCarePlan)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(d meeting.Decision) bool { return !may[d.PatientID] }), nil
}

// tasksOf reads the tasks of decisions, in few queries.
func (c *Service) tasksOf(ctx context.Context, all []meeting.Decision) (map[string]task.Task, error) {
	out := map[string]task.Task{}
	for part := range slices.Chunk(all, 100) {
		ids := make([]string, 0, len(part))
		for _, d := range part {
			ids = append(ids, d.TaskID)
		}
		ctx, ahead := chart.NewAhead(ctx)
		if err := ahead.Read(ctx, c.store, chart.ColTasks, ids...); err != nil {
			return out, err
		}
		for _, id := range ids {
			t, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id)
			if err != nil {
				return out, err
			}
			out[id] = t.Value
		}
	}
	return out, nil
}
