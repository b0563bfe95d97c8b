package careplan

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/alerts"
	plans "handrail/care/careplan"
	"handrail/care/record"
	"handrail/care/tasks"
	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/medicine"
	"handrail/models/schedule"
	"handrail/models/task"
)

// tagged is a plan with the tag of what its reader sees: the version, a dot, and a word
// for the rest.
type tagged struct {
	ETag string `header:"ETag" doc:"The version, a dot and a word for who leads what; send it back in If-Match or If-None-Match."`
	Body plans.View
}

func answer(r edge.Reading) func(plans.View, error) (*tagged, error) {
	return func(v plans.View, err error) (*tagged, error) {
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		out := &tagged{`"` + strconv.FormatInt(v.Version, 10) + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + `"`, v}
		return out, r.Unless(out.ETag)
	}
}

// PatientPage is all that somebody looks at first about a patient, for whom the care plan
// is open. Another part that is not for the reader is left out.
type PatientPage struct {
	Plan     plans.View          `json:"plan"`
	Changes  []careplan.Change   `json:"changes,omitempty" doc:"Of the plan, the newest first, at most five."`
	Team     []models.Membership `json:"team,omitempty"`
	Tasks    []task.View         `json:"tasks,omitempty" doc:"The open ones about the patient, what is due first in front, at most 30."`
	Alerts   []alerts.View       `json:"alerts,omitempty" doc:"The open ones."`
	Trends   []record.Trend      `json:"trends,omitempty" doc:"Mood, craving and sleep, for 30 days."`
	Marks    []PageMark          `json:"marks,omitempty" doc:"What happened in these days, to be read beside the trends, at most 60."`
	Withheld []string            `json:"withheld" doc:"The parts that are not for you: team, trends, visits, medicines."`
}

// PageMark is something that happened on a day of the trends.
type PageMark struct {
	On   string `json:"on" doc:"YYYY-MM-DD, the patient's."`
	Kind string `json:"kind" enum:"visit,missed-visit,medicine-begun,medicine-stopped"`
	Name string `json:"name" doc:"Of a medicine what it is called, of a visit its kind (an id of a visit type)."`
}

const (
	pageChanges = 5
	pageTasks   = 30
	pageDays    = 30
	pageMarks   = 60
)

var pageMeasures = []string{"mood", "craving", "sleep"}

func page(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readPatientPage", Method: http.MethodGet, Path: "/v1/patients/{patientId}/page", Tags: tag,
		Summary: "Plan, team, tasks, alerts and trend of a patient in one request"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[PatientPage], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(pageOf(ctx, a, ch))
		})
}

func pageOf(ctx context.Context, a *door.API, ch *care.Chart) (PatientPage, error) {
	p := PatientPage{Withheld: []string{}}
	var err error
	if p.Plan, err = ch.CarePlan.Plan(ctx); err != nil {
		return p, err
	}
	changes, err := ch.CarePlan.Versions(ctx, "", pageChanges)
	if err != nil {
		return p, err
	}
	p.Changes = changes.Items
	p.Team, err = ch.People.CareTeam(ctx)
	if err := p.part("team", err); err != nil {
		return p, err
	}
	today := a.Config().Now()
	from := today.AddDate(0, 0, 1-pageDays)
	p.Trends, err = ch.Record.Trends(ctx, pageMeasures, from.Format(time.DateOnly), today.Format(time.DateOnly))
	if err := p.part("trends", err); err != nil {
		return p, err
	}
	if err := p.mark(ctx, ch, from, today); err != nil {
		return p, err
	}
	if who := ch.Actor(); !who.Role.Staff() || who.Outside {
		return p, nil
	}
	open, err := a.Care.Tasks.Tasks(ctx, ch.Actor(), tasks.Filter{PatientID: ch.PatientID()}, "", pageTasks)
	if err != nil {
		return p, err
	}
	p.Tasks = open.Items
	p.Alerts, err = ch.Alerts.Open(ctx)
	return p, err
}

// mark notes visits and changes of medicines since from.
func (p *PatientPage) mark(ctx context.Context, ch *care.Chart, from, to time.Time) error {
	seen, err := ch.Visits.Visits(ctx, visits.VisitList{From: &from, To: &to, Latest: true, Limit: pageMarks})
	if err := p.part("visits", err); err != nil {
		return err
	}
	for _, v := range seen.Items {
		switch v.Value.Status {
		case schedule.Fulfilled, schedule.Arrived, schedule.CheckedIn:
			p.Marks = append(p.Marks, PageMark{v.Value.Local.Start.Format(time.DateOnly), "visit", v.Value.VisitType})
		case schedule.NoShow:
			p.Marks = append(p.Marks, PageMark{v.Value.Local.Start.Format(time.DateOnly), "missed-visit", v.Value.VisitType})
		}
	}
	lines, err := ch.Medicine.Recent(ctx, from.AddDate(0, 0, -2)) // a stop may be written down before its day
	if err := p.part("medicines", err); err != nil {
		return err
	}
	first := from.Format(time.DateOnly)
	for _, m := range lines {
		if m.Since >= first && m.Status != medicine.Mistake {
			p.Marks = append(p.Marks, PageMark{m.Since, "medicine-begun", m.Name})
		}
		if m.Stop != nil && m.Stop.On >= first {
			p.Marks = append(p.Marks, PageMark{m.Stop.On, "medicine-stopped", m.Name})
		}
	}
	slices.SortStableFunc(p.Marks, func(a, b PageMark) int { return cmp.Compare(b.On, a.On) })
	p.Marks = p.Marks[:min(len(p.Marks), pageMarks)]
	return nil
}

// part names a part that was not shared with the reader as withheld, which is no error.
func (p *PatientPage) part(name string, err error) error {
	if models.KindOf(err) == models.KindForbidden {
		p.Withheld = append(p.Withheld, name)
		return nil
	}
	return err
}
