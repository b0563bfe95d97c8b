package record

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// CheckInAnswer is the answer to a check-in. When an answer asks for it, the way to
// help is in it, before anything else happens.
type CheckInAnswer struct {
	CheckIn    checkin.CheckIn `json:"checkIn"`
	Help       *Help           `json:"help,omitempty"`
	Notes      []checkin.Note  `json:"notes,omitempty"`
	ServerTime time.Time       `json:"serverTime"`
}

// AppendJSON is the answer as encoding/json writes it, where there is nothing in it but a
// check-in of the short form; false: there is more, and nothing was written.
func (a *CheckInAnswer) AppendJSON(b []byte) ([]byte, bool) {
	if a.Help != nil || len(a.Notes) > 0 {
		return b, false
	}
	out, ok := a.CheckIn.AppendJSON(append(b, `{"checkIn":`...))
	if !ok {
		return b, false
	}
	out, ok = checkin.AppendMoment(append(out, `,"serverTime":`...), a.ServerTime)
	if !ok {
		return b, false
	}
	return append(out, '}'), true
}

// Help is the way to help: what to call, where the plan is, and who at the clinic
// reads this and when, as the site itself says it.
type Help struct {
	Needs      []checkin.Need          `json:"needs"`
	PlanBundle string                  `json:"planBundle"` // path
	Numbers    models.EmergencyNumbers `json:"numbers"`
	Monitoring models.Monitoring       `json:"monitoring"`
	Watch      alerts.Watch            `json:"watch"`
}

// CheckInSent is the change that a check-in leaves.
const CheckInSent = "check-in.sent"

// SendCheckIn is TakeCheckIn for a check-in that is put together here.
func (ch *Part) SendCheckIn(ctx context.Context, id string, s checkin.Submission) (CheckInAnswer, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return CheckInAnswer{}, err
	}
	sent, err := checkin.Read(raw)
	if err != nil {
		return CheckInAnswer{}, err
	}
	return ch.TakeCheckIn(ctx, id, sent)
}

// TakeCheckIn takes a check-in, whatever is in it. Only the patient sends one. The id
// is the phone's, or "" where it made none: the same content is then the same check-in.
// The same content under the same id is the same check-in too, however often and in
// whatever order it comes; other content under an id that is taken gets an id of its own.
func (ch *Part) TakeCheckIn(ctx context.Context, id string, sent checkin.Sent) (CheckInAnswer, error) {
	var out CheckInAnswer
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return out, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "check-ins-are-the-patients"
		return out, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "check-ins-are-the-patients", "Only the patient sends check-ins."))
	}
	if id == "" {
		id = ch.idOf(sent, "")
	}
	c, err := ch.keepCheckIn(ctx, d, id, sent, nil)
	if models.KindOf(err) == models.KindConflict {
		sent.Notes = append(slices.Clip(sent.Notes), checkin.Note{Field: "id", Code: "id-taken", Text: "Something else has this id. It got another one."})
		c, err = ch.keepCheckIn(ctx, d, ch.idOf(sent, id), sent, nil)
	}
	if err != nil {
		return out, err
	}
	out.CheckIn, out.Notes, out.ServerTime = c.ForPatient(), c.Notes, ch.care.now().UTC()
	out.CheckIn.Raw = "" // the phone has it; what could not be read is not echoed
	if len(c.needs) > 0 {
		out.Help = ch.help(ctx, c)
	}
	return out, nil
}

// help gathers what is shown at once. It never fails: without the profile the
// site's country counts.
func (ch *Part) help(ctx context.Context, in keptCheckIn) *Help {
	country := ch.care.site.Country
	if p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient); err == nil {
		country = p.Value.Country
	}
	return &Help{Needs: in.needs, PlanBundle: "/v1/patients/" + ch.patient + "/crisis-plan/bundle",
		Numbers: models.NumbersFor(country), Monitoring: ch.care.alerts.Monitoring(ctx, ch.patient), Watch: ch.care.alerts.Watch(ctx, in.CheckIn)}
}

// view is a check-in as the reader may see it: scores and signals are for the team.
func (ch *Part) viewCheckIn(c checkin.CheckIn) checkin.CheckIn {
	if ch.actor.Role == models.RolePatient {
		return c.ForPatient()
	}
	return c
}

// maxRawInList is the longest text, in bytes, that a list shows as it was sent.
const maxRawInList = 4096

// CheckIns lists check-ins by the moment they were answered, newest first; those of a
// phone whose clock can't be believed by the moment they came.
func (ch *Part) CheckIns(ctx context.Context, cursor string, limit int) (chart.Page[checkin.CheckIn], error) {
	var out chart.Page[checkin.CheckIn]
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out = chart.Values(page)
	read, err := ch.readBy(ctx, out.Items)
	if err != nil {
		return out, err
	}
	wrong, err := ch.mistakes(ctx, out.Items)
	if err != nil {
		return out, err
	}
	for i := range out.Items {
		out.Items[i] = ch.viewCheckIn(out.Items[i])
		if by, ok := read[out.Items[i].ID]; ok {
			out.Items[i].Read = &by
		}
		if m, ok := wrong[out.Items[i].ID]; ok {
			out.Items[i].Mistake = &m
		}
		if len(out.Items[i].Raw) > maxRawInList {
			out.Items[i].Raw = ""
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "check-ins.read", "", len(out.Items))
}

// readBy tells who read the check-ins of one page, which are by their moment.
func (ch *Part) readBy(ctx context.Context, page []checkin.CheckIn) (map[string]checkin.ReadBy, error) {
	if len(page) == 0 {
		return nil, nil
	}
	return ch.care.alerts.ReadBy(ctx, ch.patient, page[len(page)-1].Moment(), page[0].Moment())
}

// CheckIn reads one check-in.
func (ch *Part) CheckIn(ctx context.Context, id string) (checkin.CheckIn, error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return checkin.CheckIn{}, err
	}
	c, err := chart.Load[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, id)
	if err == nil && c.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	if err != nil {
		return checkin.CheckIn{}, err
	}
	out := ch.viewCheckIn(c.Value)
	read, err := ch.readBy(ctx, []checkin.CheckIn{c.Value})
	if err != nil {
		return checkin.CheckIn{}, err
	}
	if by, ok := read[id]; ok {
		out.Read = &by
	}
	wrong, err := ch.mistakes(ctx, []checkin.CheckIn{c.Value})
	if err != nil {
		return checkin.CheckIn{}, err
	}
	if m, ok := wrong[id]; ok {
		out.Mistake = &m
	}
	return out, ch.chart.NoteRead(ctx, d, "check-ins.read", id, 1)
}

// daysAround is a span of time that holds every local day from first to last,
// wherever on earth it was lived. A check-in of another day in it is left out later.
func daysAround(from, to string) (first, last time.Time) {
	first, _ = time.Parse(time.DateOnly, from) // models.CheckSeries has read both
	last, _ = time.Parse(time.DateOnly, to)
	return first.AddDate(0, 0, -1), last.AddDate(0, 0, 3)
}

// Series is the trend of one question over local days, with its gaps.
func (ch *Part) Series(ctx context.Context, measure, from, to string) ([]checkin.SeriesPoint, checkin.Question, error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return nil, checkin.Question{}, err
	}
	q, err := checkin.CheckSeries(measure, from, to)
	if err != nil {
		return nil, q, err
	}
	first, last := daysAround(from, to)
	found, err := chart.AtMost[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, store.Query{Index: "patient",
		Equal: []any{ch.patient}, From: chart.Millis(first), To: chart.Millis(last)}, ch.care.MaxSeries)
	if err != nil {
		return nil, q, err
	}
	checkIns := make([]checkin.CheckIn, 0, len(found))
	for _, c := range found {
		checkIns = append(checkIns, c.Value)
	}
	points := checkin.Series(q, from, to, checkIns)
	return points, q, ch.chart.NoteRead(ctx, d, "check-ins.read", measure, len(points))
}
