package careplan

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/checkin"
	"handrail/store"
)

// Course is what was expected of the open things of a plan, beside what check-ins tell.
type Course struct {
	From     string       `json:"from"` // the first day of the lines, YYYY-MM-DD, the patient's
	Today    string       `json:"today"`
	Withheld bool         `json:"withheld"` // check-ins are not shared with the reader
	Items    []CourseItem `json:"items"`
	Lines    []CourseLine `json:"lines"`
}

// CourseItem is one thing of the plan, what is expected first in front.
type CourseItem struct {
	Item     string            `json:"item"`
	Name     string            `json:"name"`
	Expected []careplan.Beside `json:"expected"`
}

// CourseLine is what was told of a measure, day by day.
type CourseLine struct {
	careplan.Scale
	Points []checkin.SeriesPoint `json:"points"`
}

// A line goes back this many days at most, and no further than its oldest item.
const courseDays = 180

// mostCourseCheckIns is far more than anybody tells in that time; more is refused, since
// days must not go missing.
const mostCourseCheckIns = 20_000

// Course reads what was expected beside what happened. Scores of instruments are for the
// team; their range, which the patient said yes to, is not.
func (ch *Part) Course(ctx context.Context) (Course, error) {
	d, err := ch.mayReadAll(ctx)
	if err != nil {
		return Course{}, err
	}
	p, err := ch.parts(ctx)
	if err != nil {
		return Course{}, err
	}
	patient, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return Course{}, err
	}
	where := ch.care.base.Location(ch.patient, patient.Value.Zone)
	out := Course{From: models.LocalDay(ch.care.now(), where), Today: models.LocalDay(ch.care.now(), where), Items: []CourseItem{}, Lines: []CourseLine{}}
	items := slices.DeleteFunc(slices.Clone(p.plan.Items), func(i careplan.Item) bool { return !i.Open() || len(i.Expect) == 0 })
	for _, i := range items {
		out.From = min(out.From, models.LocalDay(i.AddedAt, where))
	}
	today, err := time.Parse(time.DateOnly, out.Today)
	if err != nil {
		return Course{}, err
	}
	out.From = max(out.From, today.AddDate(0, 0, 1-courseDays).Format(time.DateOnly))
	asks := slices.ContainsFunc(items, func(i careplan.Item) bool {
		return slices.ContainsFunc(i.Expect, func(e careplan.Expected) bool { return e.Measure != "" })
	})
	shared := ch.chart.Decide(models.SectionCheckIns, models.Read)
	out.Withheld = asks && !shared.Allowed
	var told []checkin.CheckIn
	if asks && shared.Allowed {
		if told, err = ch.told(ctx, out.From, out.Today); err != nil {
			return Course{}, err
		}
		if err := ch.chart.NoteRead(ctx, shared, "check-ins.read", "course", len(told)); err != nil {
			return Course{}, err
		}
	}
	for _, i := range items {
		out.add(ch.item(p, i), told, ch.actor.Role.Staff(), shared.Allowed)
	}
	return out, ch.chart.NoteRead(ctx, d, "care-plan.read", "", len(out.Items))
}

// told are the check-ins of local days, with one query.
func (ch *Part) told(ctx context.Context, from, to string) ([]checkin.CheckIn, error) {
	first, _ := time.Parse(time.DateOnly, from) // made from days here
	last, _ := time.Parse(time.DateOnly, to)
	found, err := chart.AtMost[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, store.Query{Index: "patient", Equal: []any{ch.patient},
		From: chart.Millis(first.AddDate(0, 0, -1)), To: chart.Millis(last.AddDate(0, 0, 3))}, mostCourseCheckIns)
	all := make([]checkin.CheckIn, 0, len(found))
	for _, c := range found {
		all = append(all, c.Value)
	}
	return all, err
}

func (c *Course) add(i ItemView, told []checkin.CheckIn, staff, shared bool) {
	out := CourseItem{Item: i.ID, Name: i.Name}
	all := slices.Clone(i.Expect)
	slices.SortStableFunc(all, func(a, b careplan.Expected) int { return cmp.Compare(a.By, b.By) })
	for _, e := range all {
		out.Expected = append(out.Expected, careplan.CourseOf(e, told, c.Today, staff, shared))
		s, ok := careplan.ScaleOf(e.Measure)
		if !ok || !shared || s.Score && !staff || slices.ContainsFunc(c.Lines, func(l CourseLine) bool { return l.Measure == s.Measure }) {
			continue
		}
		c.Lines = append(c.Lines, CourseLine{s, s.Points(c.From, c.Today, told)})
	}
	c.Items = append(c.Items, out)
}
