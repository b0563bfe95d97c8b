package medicines

import (
	"context"
	"slices"
	"strconv"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/record"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/models/risk"
	"handrail/models/task"
	"handrail/store"
)

// LineDiffers is the action of a line that says that a list is not what is taken.
const LineDiffers = "medicines.differ"

// How soon the other prescriber looks at a change, and at what does not go together [P].
const (
	changeWithin = 2 * 24 * time.Hour
	pairWithin   = 4 * time.Hour
)

func keyOfTurn(ms int64) string { return strconv.FormatInt(ms, 10) }

// Tell does what a line of the log asks for about medicines: it asks the other
// prescribers about a change, and the prescribers about what does not go together. It may
// be called again for the same line.
func (c *Service) Tell(ctx context.Context, e models.AuditEvent) error {
	if e.PatientID == "" || e.Outcome != models.OutcomeAllowed {
		return nil
	}
	switch e.Action {
	case "medicine.ordered", "medicine.stopped":
		return c.askOthers(ctx, e)
	case "medicine.added":
		return c.tellPair(ctx, e)
	case record.CheckInSent:
		return c.LookForGaps(ctx, e.PatientID)
	case LineRefillAsked:
		return c.askForRefill(ctx, e)
	case record.LineDischarged:
		return chart.UnlessGone(c.discharged(ctx, e.PatientID, e.ID))
	case LineDiffers:
		return c.tasks.Raise(ctx, task.CodeMedicineDiffers, e.PatientID, nil, e.ID)
	}
	return c.tellOfTaper(ctx, e)
}

// prescribers are the people of the team who prescribe, in the order in which they came.
func (c *Service) prescribers(ctx context.Context, patientID string) ([]string, error) {
	team, err := chart.Every[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{patientID}})
	if err == nil {
		team, err = c.base.NotShut(ctx, patientID, team)
	}
	var out []string
	for _, v := range team {
		if v.Value.Active(c.now()) && v.Value.Role == models.RoleClinician && v.Value.Discipline.Prescribes() {
			out = append(out, v.Value.AccountID)
		}
	}
	return out, err
}

// askOthers asks each other prescriber of the team to look at a change. Who may not see
// that line is not asked: a task of it would tell.
func (c *Service) askOthers(ctx context.Context, e models.AuditEvent) error {
	v, err := chart.Load[medicine.Medicine](ctx, c.store, chart.ColMedicines, e.Ref)
	if err != nil || v.Value.Source != medicine.Here {
		return chart.UnlessGone(err)
	}
	who, err := c.prescribers(ctx, e.PatientID)
	if err != nil {
		return err
	}
	within, priority := changeWithin, task.Routine
	if c.agreed != nil {
		agreed, theirs, err := c.agreed(ctx, v.Value, e.AccountID)
		if err != nil {
			return err
		}
		if agreed > 0 {
			within = agreed
		}
		if !theirs {
			priority = task.Urgent
		}
	}
	for _, account := range who {
		if account == e.AccountID {
			continue
		}
		o := task.Order{Code: task.CodeMedicineChanged, PatientID: e.PatientID, Focus: focusOf(v.Value), Priority: priority, DueAt: c.now().Add(within), To: account}
		if _, err := c.tasks.Ask(ctx, o, e.ID); err != nil {
			return chart.UnlessGone(err)
		}
	}
	return nil
}

// tellPair asks the prescribers to look at what was told and must not go with what is
// taken (R-RX-1).
func (c *Service) tellPair(ctx context.Context, e models.AuditEvent) error {
	k, err := c.load(ctx, e.PatientID, all())
	if err != nil {
		return chart.UnlessGone(err)
	}
	v, ok := k.line(e.Ref)
	if !ok || v.Value.Status != medicine.Taken {
		return nil
	}
	in := k.input(c.now())
	for i := range in.Items {
		if in.Items[i].ID == e.Ref {
			in.Items[i].State = medicine.New
		}
	}
	checked, err := c.look(ctx, k, in)
	if err != nil || !slices.ContainsFunc(checked.Findings, func(f medicine.Finding) bool { return f.Interrupts && f.EachTime }) {
		return err
	}
	alert := evidenceOf(v.Value, risk.PairRule, c.now())
	alert.Tier = checkin.Urgent
	ops, err := c.fireOnce(ctx, e.PatientID, map[string]risk.Evidence{risk.PairRule + ":" + e.Ref: alert})
	if err := c.fireAlone(ctx, ops, err); err != nil {
		return err
	}
	who, err := c.prescribers(ctx, e.PatientID)
	if err != nil {
		return err
	}
	told := false
	for _, account := range who {
		o := task.Order{Code: task.CodeMedicinePair, PatientID: e.PatientID, Focus: focusOf(v.Value), Priority: task.Urgent, DueAt: c.now().Add(pairWithin), To: account}
		asked, err := c.tasks.Ask(ctx, o, e.ID)
		if err != nil {
			return chart.UnlessGone(err)
		}
		told = told || asked
	}
	if told {
		return nil
	}
	return chart.UnlessGone(c.tasks.Raise(ctx, task.CodeMedicinePair, e.PatientID, focusOf(v.Value), e.ID))
}

func focusOf(m medicine.Medicine) *task.Reference {
	if m.UseRelated {
		return &task.Reference{Type: task.FocusUseMedicine, ID: m.ID}
	}
	return &task.Reference{Type: task.FocusMedicine, ID: m.ID}
}
