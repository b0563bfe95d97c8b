package alerts

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/risk"
	"handrail/store"
)

// Others is what else waits for a person, of another part of care, with a text that names
// its state. decide tells what the reader may read of a patient.
type Others func(ctx context.Context, actor models.Actor, decide func(patientID string, s models.Section) models.Decision) ([]Work, string, error)

// AlsoWaits adds to the worklist. It is called before the program serves.
func (i *Inside) AlsoWaits(o Others) { i.service.others = append(i.service.others, o) }

// Waiting is a thread with messages that the person has not read, or a worry.
type Waiting struct {
	Kind     message.Kind    `json:"kind,omitempty"`
	From     string          `json:"from,omitempty"`
	Urgency  message.Urgency `json:"urgency,omitempty"`
	Count    int             `json:"count,omitempty"`
	Text     string          `json:"text,omitempty"`
	AnswerBy *time.Time      `json:"answerBy,omitempty"`
}

// Standing is who reads for a patient now, and when somebody is there.
type Standing struct {
	On      bool // alerts, and messages to staff, are set up at this clinic
	Patient models.Patient
	Now     risk.Now
}

// Standing finds who may read a section of a patient, and write in it.
func (i *Inside) Standing(ctx context.Context, patientID string, section models.Section) (Standing, error) {
	c := i.service
	s, err := c.settings(ctx)
	if err != nil {
		return Standing{}, err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return Standing{}, err
	}
	out := Standing{On: s.Value.On, Patient: p.Value, Now: risk.Now{At: c.now().UTC(), Hours: s.Value.Hours}}
	out.Now.Chain, err = c.chainOf(ctx, patientID, s.Value, section)
	return out, err
}

// Hours is when somebody answers at this clinic; false where it has not said so.
func (i *Inside) Hours(ctx context.Context) (risk.Hours, bool, error) {
	s, err := i.service.settings(ctx)
	return s.Value.Hours, s.Value.On, err
}

// FiredOps are the alerts of what fired at one moment about a patient, for the batch of what
// set it off; none while alerts are off. A batch that is refused as stale is to be made anew.
func (i *Inside) FiredOps(ctx context.Context, patientID string, fired ...risk.Evidence) ([]store.Op, error) {
	s, err := i.Standing(ctx, patientID, models.SectionCheckIns)
	if err != nil || !s.On || len(fired) == 0 {
		return nil, err
	}
	return i.service.firedOps(ctx, s.Patient, fired, s.Now)
}
