package meetings

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/meeting"
	"handrail/models/task"
	"handrail/store"
)

// Part is the meetings about the patient of an open chart. Do not keep it: a revocation
// holds from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// Head is a meeting in a list: when, and whether the patient was told of it.
type Head struct {
	MeetingID string    `json:"meetingId"`
	Start     time.Time `json:"start"`
	End       time.Time `json:"end"`
	Topic     string    `json:"topic,omitempty"`
	Mine      bool      `json:"mine"`
	Off       bool      `json:"calledOff"`
	Told      bool      `json:"told"`
}

// DecisionView is a decision with what became of it.
type DecisionView struct {
	meeting.Decision
	Owner        task.Person `json:"owner"`
	Status       task.Status `json:"status"`
	Overdue      bool        `json:"overdue"`
	Outcome      string      `json:"outcome,omitempty"`
	PlanVersions []int64     `json:"planVersions,omitempty"`
	Hard         bool        `json:"hard,omitempty"`
}

// Hearer is somebody of the meeting, and whether they may hear of this patient.
type Hearer struct {
	Seat
	MayHear bool `json:"mayHear"`
}

// View is a meeting about one patient, as their team sees it.
type View struct {
	Head
	PatientID   string          `json:"patientId"`
	PatientName string          `json:"patientName"`
	Voices      []meeting.Voice `json:"voices"`
	Points      []meeting.Voice `json:"points"`
	LastTold    *meeting.Told   `json:"lastTold,omitempty"`
	Seats       []Hearer        `json:"seats"`
	Decisions   []DecisionView  `json:"decisions"`
	Earlier     []DecisionView  `json:"earlier"`
}

type keptCase = chart.Versioned[meeting.Case]

func (ch *Part) caseOf(ctx context.Context, id string) (keptCase, error) {
	v, err := chart.Load[meeting.Case](ctx, ch.care.store, chart.ColMeetingCases, caseID(id, ch.patient))
	if models.KindOf(err) == models.KindNotFound {
		return keptCase{Value: meeting.NewCase(id, ch.patient)}, nil
	}
	return v, err
}

func caseID(meetingID, patientID string) string { return meetingID + ":" + patientID }

// Meetings lists the meetings about the patient, the last called first. The patient, and
// who acts for them, see those that they were told of.
func (ch *Part) Meetings(ctx context.Context, cursor string, limit int) (chart.Page[Head], error) {
	var out chart.Page[Head]
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return out, err
	}
	page, err := ch.care.visits.MeetingsAbout(ctx, ch.patient, cursor, limit)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	var ids []string
	for _, m := range page.Items {
		ids = append(ids, caseID(m.Visit.ID, ch.patient))
	}
	read, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(read, ch.care.store, chart.ColMeetingCases, ids...); err != nil {
		return out, err
	}
	for _, m := range page.Items {
		v, err := ch.caseOf(read, m.Visit.ID)
		if err != nil {
			return out, err
		}
		if h := ch.head(m, v.Value); ch.actor.Role.Staff() || h.Told {
			out.Items = append(out.Items, h)
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "meeting.read", "", len(out.Items))
}

func (ch *Part) head(m visits.Meeting, c meeting.Case) Head {
	h := Head{MeetingID: m.Visit.ID, Start: m.Visit.Start, End: m.Visit.End, Told: c.Told != nil}
	if ch.actor.Role.Staff() {
		h.Topic, h.Mine, h.Off = m.Topic, m.Has(ch.actor.AccountID), !visits.TakesPlace(m.Visit)
	}
	return h
}

// Meeting reads one, for the team: first what was said by those who can't come.
func (ch *Part) Meeting(ctx context.Context, id string) (View, error) {
	d, m, err := ch.may(ctx, id, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.view(ctx, m)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "meeting.read", id, len(v.Decisions))
}

// may opens a meeting for somebody who works here and may read, or write in, the care
// plan.
func (ch *Part) may(ctx context.Context, id string, verb models.Verb) (models.Decision, visits.Meeting, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, verb)
	if err == nil && (!ch.actor.Role.Staff() || !d.Whole) {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	if err != nil {
		return d, visits.Meeting{}, err
	}
	m, err := ch.care.visits.MeetingAbout(ctx, id, ch.patient)
	return d, m, err
}

func (ch *Part) view(ctx context.Context, m visits.Meeting) (View, error) {
	c, err := ch.caseOf(ctx, m.Visit.ID)
	if err != nil {
		return View{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return View{}, err
	}
	v := View{Head: ch.head(m, c.Value), PatientID: ch.patient, PatientName: p.Value.Name, Voices: c.Value.Voices, Points: c.Value.Points, LastTold: c.Value.Told,
		Seats: []Hearer{}, Decisions: []DecisionView{}, Earlier: []DecisionView{}}
	if v.Seats, err = ch.hearers(ctx, m.Visit); err != nil {
		return v, err
	}
	all, err := ch.decisions(ctx)
	for _, d := range all {
		switch {
		case d.MeetingID == m.Visit.ID:
			v.Decisions = append(v.Decisions, d)
		case !d.Status.Ended():
			v.Earlier = append(v.Earlier, d)
		}
	}
	return v, err
}

// hearers are those of the meeting; who may not hear of this patient is named to those who
// may, so that they can be asked to wait outside.
func (ch *Part) hearers(ctx context.Context, v visits.Visit) ([]Hearer, error) {
	r, err := ch.care.room(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	roster, err := ch.care.rosterOf(ctx, v, r.Value)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(roster.Seats))
	for _, s := range roster.Seats {
		ids = append(ids, s.AccountID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := errors.Join(ahead.Read(ctx, ch.care.store, chart.ColAccounts, ids...), ch.care.base.ReadAheadFor(ctx, ahead, ch.patient, ids)); err != nil {
		return nil, err
	}
	out := []Hearer{}
	for _, s := range roster.Seats {
		_, ok, err := ch.care.tasks.MayHold(ctx, s.AccountID, task.Task{PatientID: ch.patient, Focus: &task.Reference{Type: task.FocusMeeting, ID: v.ID}})
		if err != nil {
			return nil, err
		}
		out = append(out, Hearer{s, ok})
	}
	return out, nil
}

// mostDecisions bounds what is read of one patient: the newest.
const mostDecisions = 200

// decisions are those about the patient with what became of them, the newest first.
func (ch *Part) decisions(ctx context.Context) ([]DecisionView, error) {
	page, err := chart.List[meeting.Decision](ctx, ch.care.store, chart.ColDecisions, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: mostDecisions})
	if err != nil {
		return nil, err
	}
	var all []meeting.Decision
	for _, d := range page.Items {
		all = append(all, d.Value)
	}
	work, err := ch.care.tasksOf(ctx, all)
	if err != nil {
		return nil, err
	}
	changes, err := chart.List[careplan.Change](ctx, ch.care.store, chart.ColCarePlanChanges, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: mostDecisions})
	if err != nil {
		return nil, err
	}
	out := make([]DecisionView, 0, len(all))
	for _, d := range all {
		t := work[d.TaskID]
		v := DecisionView{Decision: d, Owner: t.Owner, Status: t.Status, Overdue: t.Overdue(ch.care.now()), Hard: d.Hard()}
		if t.Outcome != nil {
			v.Outcome = t.Outcome.Note
		}
		for _, c := range slices.Backward(changes.Items) {
			if r := c.Value.Decision; r != nil && r.Type == task.FocusDecision && r.ID == d.ID {
				v.PlanVersions = append(v.PlanVersions, c.Value.Version)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// Summary tells a meeting to the patient in plain words, in a language (BCP 47, "" for
// their own). Before they were told there is none.
func (ch *Part) Summary(ctx context.Context, id, language string) (meeting.Summary, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return meeting.Summary{}, err
	}
	m, err := ch.care.visits.MeetingAbout(ctx, id, ch.patient)
	if err != nil {
		return meeting.Summary{}, err
	}
	c, err := ch.caseOf(ctx, id)
	if err == nil && c.Value.Told == nil {
		err = models.NotFound()
	}
	if err != nil {
		return meeting.Summary{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return meeting.Summary{}, err
	}
	if language == "" {
		language = p.Value.Language
	}
	all, err := ch.decisions(ctx)
	if err != nil {
		return meeting.Summary{}, err
	}
	where := ch.care.base.Location(ch.patient, p.Value.Zone)
	var say []meeting.Say
	for _, d := range slices.Backward(all) {
		if d.MeetingID == id && d.Shown(c.Value.Told) {
			say = append(say, meeting.Say{Decision: d.Decision, Owner: d.Owner.Name, Status: d.Status, Day: models.LocalDay(d.DueAt, where)})
		}
	}
	s := meeting.SummaryOf(models.LocalDay(m.Visit.Start, where), c.Value.Told.Words, say, language)
	return s, ch.chart.NoteRead(ctx, d, "meeting.read", id, len(s.Lines))
}
