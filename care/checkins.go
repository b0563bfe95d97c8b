package care

import (
	"context"
	"time"

	"handrail/models"
	"handrail/store"
)

// CheckInAnswer is the answer to a check-in. When an answer asks for it, the way to
// help is in it, before anything else happens.
type CheckInAnswer struct {
	CheckIn models.CheckIn `json:"checkIn"`
	Help    *Help          `json:"help"`
}

// Help is the way to help: what to call, where the plan is, and who at the clinic
// reads this and when, as the site itself says it.
type Help struct {
	Needs      []models.Need           `json:"needs" doc:"Which kinds of help come first on the screen."`
	PlanBundle string                  `json:"planBundle"` // path
	Numbers    models.EmergencyNumbers `json:"numbers"`
	Monitoring models.Monitoring       `json:"monitoring"`
}

// checkInSent is the change that a check-in leaves.
const checkInSent = "check-in.sent"

// SendCheckIn takes a check-in. Only the patient sends one. The id is the phone's:
// the same content under the same id is the same check-in, however often and in
// whatever order it comes; other content is a conflict and the first stands.
func (ch *Chart) SendCheckIn(ctx context.Context, id string, s models.CheckInSubmission) (CheckInAnswer, error) {
	var out CheckInAnswer
	d, err := ch.may(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return out, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "check-ins-are-the-patients"
		return out, ch.refuse(ctx, d, models.E(models.KindForbidden, "check-ins-are-the-patients", "Only the patient sends check-ins."))
	}
	c, err := models.NewCheckIn(id, ch.patient, s, ch.care.now())
	if err != nil {
		return out, err
	}
	doc, err := encode(id, ch.patient, 0, checkInKeys(c), c)
	if err != nil {
		return out, err
	}
	err = ch.commit(ctx, d, checkInSent, id, store.Insert(colCheckIns, doc))
	if models.KindOf(err) == models.KindConflict {
		c, err = ch.sameCheckIn(ctx, c, err)
	}
	if err != nil {
		return out, err
	}
	out.CheckIn = c.ForPatient()
	if c.NeedsHelp() {
		out.Help = ch.help(ctx, c.Needs())
	}
	return out, nil
}

func checkInKeys(c models.CheckIn) store.Keys {
	return store.Keys{"patientId": c.PatientID, "answeredAt": millis(c.AnsweredAt)}
}

// sameCheckIn answers a repeated sending with the check-in that stands.
func (ch *Chart) sameCheckIn(ctx context.Context, again models.CheckIn, conflict error) (models.CheckIn, error) {
	stands, err := first[models.CheckIn](ctx, ch.care.store, colCheckIns, again.ID, conflict)
	if err != nil {
		return again, err
	}
	if stands.Value.PatientID != ch.patient || !sameJSON(stands.Value.CheckInSubmission, again.CheckInSubmission) {
		return again, conflict
	}
	return stands.Value, nil
}

// help gathers what is shown at once. It never fails: without the profile the
// site's country counts.
func (ch *Chart) help(ctx context.Context, needs []models.Need) *Help {
	country := ch.care.site.Country
	if p, err := load[models.Patient](ctx, ch.care.store, colPatients, ch.patient); err == nil {
		country = p.Value.Country
	}
	return &Help{Needs: needs, PlanBundle: "/v1/patients/" + ch.patient + "/crisis-plan/bundle",
		Numbers: models.NumbersFor(country), Monitoring: ch.care.site.Monitoring}
}

// view is a check-in as the reader may see it: scores and signals are for the team.
func (ch *Chart) viewCheckIn(c models.CheckIn) models.CheckIn {
	if ch.actor.Role == models.RolePatient {
		return c.ForPatient()
	}
	return c
}

// CheckIns lists check-ins by the moment they were answered, newest first.
func (ch *Chart) CheckIns(ctx context.Context, cursor string, limit int) (Page[models.CheckIn], error) {
	var out Page[models.CheckIn]
	d, err := ch.may(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return out, err
	}
	page, err := list[models.CheckIn](ctx, ch.care.store, colCheckIns, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out = values(page)
	for i := range out.Items {
		out.Items[i] = ch.viewCheckIn(out.Items[i])
	}
	return out, ch.noteRead(ctx, d, "check-ins.read", "", len(out.Items))
}

// CheckIn reads one check-in.
func (ch *Chart) CheckIn(ctx context.Context, id string) (models.CheckIn, error) {
	d, err := ch.may(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return models.CheckIn{}, err
	}
	c, err := load[models.CheckIn](ctx, ch.care.store, colCheckIns, id)
	if err == nil && c.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	if err != nil {
		return models.CheckIn{}, err
	}
	return ch.viewCheckIn(c.Value), ch.noteRead(ctx, d, "check-ins.read", id, 1)
}

// daysAround is a span of time that holds every local day from first to last,
// wherever on earth it was lived. A check-in of another day in it is left out later.
func daysAround(from, to string) (first, last time.Time) {
	first, _ = time.Parse(time.DateOnly, from) // models.CheckSeries has read both
	last, _ = time.Parse(time.DateOnly, to)
	return first.AddDate(0, 0, -1), last.AddDate(0, 0, 3)
}

// maxSeriesCheckIns is the most that one trend reads: dozens of check-ins on each day
// of the longest range. More are refused; the newest days must not go missing.
var maxSeriesCheckIns = 50_000

// Series is the trend of one question over local days, with its gaps.
func (ch *Chart) Series(ctx context.Context, measure, from, to string) ([]models.SeriesPoint, models.Question, error) {
	d, err := ch.may(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return nil, models.Question{}, err
	}
	q, err := models.CheckSeries(measure, from, to)
	if err != nil {
		return nil, q, err
	}
	first, last := daysAround(from, to)
	found, err := atMost[models.CheckIn](ctx, ch.care.store, colCheckIns, store.Query{Index: "patient",
		Equal: []any{ch.patient}, From: millis(first), To: millis(last)}, maxSeriesCheckIns)
	if err != nil {
		return nil, q, err
	}
	checkIns := make([]models.CheckIn, 0, len(found))
	for _, c := range found {
		checkIns = append(checkIns, c.Value)
	}
	points := models.Series(q, from, to, checkIns)
	return points, q, ch.noteRead(ctx, d, "check-ins.read", measure, len(points))
}
