package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/taper"
	"handrail/models/task"
)

// How soon somebody signs second, looks at what was stopped at once, and at a wish that was
// taken back [P].
const (
	secondWithin = 24 * time.Hour
	reviewWithin = 24 * time.Hour
	wishWithin   = 4 * time.Hour
	refillWithin = 24 * time.Hour
)

// tellOfTaper does what a line about a plan of steps asks for.
func (c *Service) tellOfTaper(ctx context.Context, e models.AuditEvent) error {
	o := task.Order{PatientID: e.PatientID, Priority: task.Routine}
	within := changeWithin
	switch e.Action {
	case LineTaperSigned:
		o.Code, within = task.CodeTaperSecond, secondWithin
	case lineOf[taper.Hold], lineOf[taper.Stop]:
		o.Code, within, o.Priority = task.CodeTaperReview, reviewWithin, task.Urgent
	case LineTaperNoWish:
		o.Code, within, o.Priority = task.CodeTaperWish, wishWithin, task.Urgent
	case LineTaperBegun, lineOf[taper.Pause], lineOf[taper.StepBack], lineOf[taper.Resume]:
		o.Code = task.CodeMedicineChanged
	default:
		return nil
	}
	v, err := chart.Load[taper.Plan](ctx, c.store, chart.ColTapers, e.Ref)
	if err != nil {
		return chart.UnlessGone(err)
	}
	o.Focus = focusOf(medicine.Medicine{ID: v.Value.MedicineID, UseRelated: v.Value.UseRelated})
	o.DueAt = c.now().Add(within)
	who, err := c.prescribers(ctx, e.PatientID)
	if err != nil {
		return err
	}
	who = slices.DeleteFunc(who, func(id string) bool { return id == e.AccountID })
	return c.askEach(ctx, o, who, e.ID, o.Code != task.CodeMedicineChanged)
}

// askEach asks people for one thing each; where none of them can, and somebody must, the
// team.
func (c *Service) askEach(ctx context.Context, o task.Order, who []string, key string, must bool) error {
	told := false
	for _, account := range who {
		o.To = account
		asked, err := c.tasks.Ask(ctx, o, key)
		if err != nil {
			return chart.UnlessGone(err)
		}
		told = told || asked
	}
	if told || !must {
		return nil
	}
	return chart.UnlessGone(c.tasks.Raise(ctx, o.Code, o.PatientID, o.Focus, key))
}

// askForRefill asks who prescribes a medicine, or else the other prescribers.
func (c *Service) askForRefill(ctx context.Context, e models.AuditEvent) error {
	r, err := chart.Load[medicine.Refill](ctx, c.store, chart.ColRefills, e.Ref)
	if err != nil {
		return chart.UnlessGone(err)
	}
	line, err := chart.Load[medicine.Medicine](ctx, c.store, chart.ColMedicines, r.Value.MedicineID)
	if err != nil {
		return chart.UnlessGone(err)
	}
	who, err := c.prescribers(ctx, e.PatientID)
	if err != nil {
		return err
	}
	if p := line.Value.Prescriber; p != nil && slices.Contains(who, p.AccountID) {
		who = []string{p.AccountID}
	}
	o := task.Order{Code: task.CodeRefill, PatientID: e.PatientID, Focus: focusOf(line.Value), Priority: task.Routine, DueAt: c.now().Add(refillWithin)}
	return c.askEach(ctx, o, who, e.ID, true)
}
