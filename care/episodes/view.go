package episodes

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/schedule"
	"handrail/models/task"
	"handrail/store"
)

// View is an episode as one reader may see it: the patient and their team.
type View struct {
	episode.Episode
	Sections []SectionView `json:"sections"`
	Missing  []string      `json:"missing"` // what a discharge still needs
	Booked   []Booked      `json:"booked"`
	MayWork  bool          `json:"mayWork"`
}

// SectionView is a part of the intake: who answers for it, and until when.
type SectionView struct {
	Key       string             `json:"key"`
	Questions []episode.Question `json:"questions"`
	Reads     []string           `json:"reads"`
	Open      []string           `json:"open"` // questions that nobody has answered
	Said      []episode.Said     `json:"said"` // what was said of it elsewhere
	TaskID    string             `json:"taskId,omitempty"`
	Owner     *task.Person       `json:"owner,omitempty"`
	Accepted  bool               `json:"accepted"` // the owner said yes
	DueAt     *time.Time         `json:"dueAt,omitempty"`
	MayAsk    bool               `json:"mayAsk"`
}

// Booked is a visit in the time in which somebody is seen after they left.
type Booked struct {
	Day     int       `json:"day"` // the follow-up that it is for
	VisitID string    `json:"visitId"`
	Start   time.Time `json:"start"`
	Missed  bool      `json:"missed"`
}

func (ch *Part) view(ctx context.Context, e episode.Episode) (View, error) {
	v := View{Episode: e, Sections: []SectionView{}, Missing: []string{}, Booked: []Booked{}}
	v.MayWork = ch.actor.Role.Staff() && ch.chart.Decide(models.SectionCarePlan, models.Write).Allowed
	known, err := ch.known(ctx)
	if err != nil {
		return v, err
	}
	open, err := ch.care.tasks.OpenAbout(ctx, ch.patient)
	if err != nil {
		return v, err
	}
	ours := map[string]task.Task{}
	for _, t := range open {
		if t.Code == task.CodeIntake && t.About(task.FocusEpisode, e.ID) {
			ours[t.Based(task.RefIntakeSection)] = t
		}
	}
	for _, s := range episode.Sections {
		sv := SectionView{Key: s.Key, Questions: append([]episode.Question{}, s.Questions...), Reads: append([]string{}, s.Reads...), Open: e.Open(s, names(known)), Said: []episode.Said{},
			MayAsk: ch.actor.Role == models.RolePatient || episode.MayAsk(s.Key, ch.actor.Role, ch.actor.Discipline)}
		for _, q := range s.Questions {
			a, there := known[q.Key]
			if _, here := e.Answers[q.Key]; there && !here && s.Key == episode.SectionNeeds {
				sv.Said = append(sv.Said, episode.Said{Question: q.Key, Choice: a.Wants, Words: a.Words})
			}
		}
		if t, there := ours[s.Key]; there {
			sv.TaskID, sv.Owner, sv.DueAt = t.ID, &t.Owner, &t.DueAt
			sv.Accepted = t.Status == task.Accepted || t.Status == task.InProgress
		}
		v.Sections = append(v.Sections, sv)
	}
	if e.Discharge == nil {
		return v, nil
	}
	return ch.wayOut(ctx, v)
}

// wayOut adds what a discharge needs still, or which visits are booked after it.
func (ch *Part) wayOut(ctx context.Context, v View) (View, error) {
	t := v.Discharge.Terms
	if v.Status.Open() {
		s, _, _, err := ch.care.standing(ctx, v.Episode)
		v.Missing = t.Missing(s)
		return v, err
	}
	_, where, err := ch.care.patient(ctx, ch.patient)
	if err != nil {
		return v, err
	}
	next, last := DayAfter(t.LeavesOn, 1, 0, where), DayAfter(t.LeavesOn, 31, 0, where)
	found, err := chart.Every[visits.Visit](ctx, ch.care.store, chart.ColVisits, store.Query{Index: "patient", Equal: []any{ch.patient}, From: chart.Millis(next), To: chart.Millis(last)})
	if err != nil {
		return v, err
	}
	week := DayAfter(t.LeavesOn, 8, 0, where)
	for _, f := range found {
		b := Booked{Day: 30, VisitID: f.Value.ID, Start: f.Value.Start, Missed: f.Value.Status == schedule.NoShow}
		if b.Start.Before(week) {
			b.Day = 7
		}
		switch f.Value.Status {
		case schedule.Cancelled, schedule.EnteredInError:
		default:
			v.Booked = append(v.Booked, b)
		}
	}
	return v, nil
}

// DayAfter is an hour of a day some days after another, where the patient is.
func DayAfter(day string, days, hour int, where *time.Location) time.Time {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{} // checked before
	}
	return time.Date(at.Year(), at.Month(), at.Day()+days, hour, 0, 0, 0, where).UTC()
}

// Episodes lists them, the newest first, without their sections.
func (ch *Part) Episodes(ctx context.Context, cursor string, limit int) (chart.Page[episode.Episode], error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return chart.Page[episode.Episode]{}, err
	}
	page, err := chart.List[episode.Episode](ctx, ch.care.store, chart.ColEpisodes, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[episode.Episode]{}, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "episode.read", "", len(page.Items))
}

// Episode reads one.
func (ch *Part) Episode(ctx context.Context, id string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	out, err := ch.view(ctx, v.Value)
	if err != nil {
		return out, err
	}
	return out, ch.chart.NoteRead(ctx, d, "episode.read", id, 1)
}
