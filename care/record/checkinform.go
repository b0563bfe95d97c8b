package record

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// FormView is a check-in form in the reader's language.
type FormView struct {
	PatientID   string            `json:"patientId"`
	Version     int64             `json:"version"`
	Questions   []QuestionView    `json:"questions"`
	Instruments []InstrumentView  `json:"instruments"`
	Monitoring  models.Monitoring `json:"monitoring"`
}

// QuestionView is a question in one language.
type QuestionView struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Unit    string   `json:"unit,omitempty"`
	Choices []string `json:"choices,omitempty"`
	MaxText int      `json:"maxText,omitempty"`
	Safety  bool     `json:"safety"`
	checkin.QuestionText
}

// QuestionsIn tells the known questions in a language.
func QuestionsIn(ids []string, language string) []QuestionView {
	out := []QuestionView{}
	for _, id := range ids {
		if q, ok := checkin.FindQuestion(id); ok {
			out = append(out, QuestionView{q.ID, q.Kind, q.Min, q.Max, q.Unit, q.Choices, q.MaxText, q.Safety, q.In(language)})
		}
	}
	return out
}

// FormOp inserts the form that every patient begins with.
func (c *Service) FormOp(patientID string) (store.Op, error) {
	doc, err := chart.Encode(patientID, patientID, 0, nil, checkin.DefaultForm(patientID, c.now()))
	return store.Insert(chart.ColForms, doc), err
}

// Form reads the patient's check-in form with its wording.
func (ch *Part) Form(ctx context.Context, language string) (chart.Versioned[FormView], error) {
	none := chart.Versioned[FormView]{}
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return none, err
	}
	f, err := chart.Load[checkin.Form](ctx, ch.care.store, chart.ColForms, ch.patient)
	if err != nil {
		return none, err
	}
	v := FormView{PatientID: ch.patient, Version: f.Version, Questions: QuestionsIn(f.Value.Questions, language),
		Instruments: []InstrumentView{}, Monitoring: ch.care.alerts.Monitoring(ctx, ch.patient)}
	for _, in := range f.Value.Instruments {
		view, err := ch.care.Instrument(ctx, in.ID, language)
		if err != nil {
			return none, err
		}
		view.EveryDays = in.EveryDays
		v.Instruments = append(v.Instruments, view)
	}
	return chart.Versioned[FormView]{Value: v, Version: f.Version}, ch.chart.NoteRead(ctx, d, "check-ins.read", "form", 1)
}

// ShapeForm replaces the form. The team shapes it; the patient answers it.
func (ch *Part) ShapeForm(ctx context.Context, version int64, questions []string, instruments []checkin.FormInstrument, language string) (chart.Versioned[FormView], error) {
	none := chart.Versioned[FormView]{}
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisTeam {
		d.Rule = "team-shapes-the-form"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "team-shapes-the-form", "Your care team shapes the form. Tell them what you would like."))
	}
	f := checkin.Form{PatientID: ch.patient, Questions: questions, Instruments: instruments,
		ChangedBy: models.AuthorOf(ch.actor), ChangedAt: ch.care.now().UTC().Truncate(time.Millisecond)}
	worded := func(id string) bool {
		v, err := ch.care.Instrument(ctx, id, language)
		return err == nil && v.Worded
	}
	if err := checkin.CheckForm(f, worded); err != nil {
		return none, err
	}
	doc, err := chart.Encode(ch.patient, ch.patient, version, nil, f)
	if err != nil {
		return none, err
	}
	if err := ch.chart.Commit(ctx, d, "check-in-form.shaped", ch.patient, store.Replace(chart.ColForms, doc)); err != nil {
		if _, err := chart.Again(ctx, ch.care.store, chart.ColForms, ch.patient, err, func(stands checkin.Form) bool {
			return chart.SameJSON(stands.Questions, f.Questions) && chart.SameJSON(stands.Instruments, f.Instruments)
		}); err != nil {
			return none, err
		}
	}
	return ch.Form(ctx, language)
}
