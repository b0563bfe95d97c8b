package people

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// GuardianTerms is what the office reads in the document of a guardian.
type GuardianTerms struct {
	Basis    models.GuardianBasis
	Document string
	models.GuardianSpan
	Sections []models.Section
	Signs    bool
}

// RecordGuardian lets an account of a guardian act for the patient, as far as the document
// goes that the office has checked, until its date. The patient is told. The newer record
// takes the place of the older; the same twice is one.
//
// Errors: forbidden, step-up-required; not-found; invalid not-a-guardian, a-minor, fields.
func (ch *Part) RecordGuardian(ctx context.Context, accountID string, t GuardianTerms) (models.Guardian, error) {
	var none models.Guardian
	d, err := ch.mayRecordGuardians(ctx)
	if err != nil {
		return none, err
	}
	if err := ch.care.signin.StepUpNeeded(ctx, ch.actor); err != nil {
		return none, err
	}
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, accountID)
	if err != nil {
		return none, err
	}
	if a.Value.Role != models.RoleGuardian {
		return none, models.E(models.KindInvalid, "not-a-guardian", "Only an account of a guardian can be added here.")
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return none, err
	}
	now := ch.care.now().UTC()
	if err := ch.care.mayBeGuardian(ctx, p.Value.BirthDate, t, now); err != nil {
		return none, err
	}
	g := models.Guardian{PatientID: ch.patient, AccountID: accountID, Name: a.Value.Name, Basis: t.Basis, Document: t.Document,
		CheckedBy: ch.actor.AccountID, CheckedByName: ch.actor.Name, CheckedAt: now, GuardianSpan: t.GuardianSpan, Sections: append([]models.Section{}, t.Sections...), Signs: t.Signs}
	if err := models.CheckGuardian(g, now); err != nil {
		return none, err
	}
	stands, err := chart.Load[models.Guardian](ctx, ch.care.store, chart.ColGuardians, chart.MembershipID(ch.patient, accountID))
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	if !stands.IsNew() && stands.Value.EndedAt == nil {
		again := g
		again.CheckedBy, again.CheckedByName, again.CheckedAt = stands.Value.CheckedBy, stands.Value.CheckedByName, stands.Value.CheckedAt
		if chart.SameJSON(stands.Value, again) {
			return stands.Value, nil
		}
	}
	op, err := guardianOp(g, stands.Version)
	if err != nil {
		return none, err
	}
	return g, ch.chart.Commit(ctx, d, "guardian.recorded", accountID, op)
}

// mayBeGuardian holds what is recorded of a minor against the rule of the clinic's
// jurisdiction that two people signed: a parent, what that rule lets a parent see, and no signature. Of an adult
// a parent is no guardian.
func (c *Service) mayBeGuardian(ctx context.Context, birthDate string, t GuardianTerms, now time.Time) error {
	if !models.Minor(birthDate, now) {
		var checks models.Checks
		checks.Require(t.Basis != models.BasisParent, "basis", "not-a-minor", "This patient is not known to be a minor: a parent needs a document.")
		return checks.Err()
	}
	rule, err := c.base.MinorRule(ctx)
	if err != nil {
		return err
	}
	may := rule.ParentMaySee(birthDate, now)
	if t.Basis != models.BasisParent || len(may) == 0 || t.Signs ||
		slices.ContainsFunc(t.Sections, func(s models.Section) bool { return !slices.Contains(may, s) }) {
		return models.E(models.KindInvalid, "a-minor", "This patient is a minor. The rules of this place do not let a parent or guardian see or sign this.")
	}
	return nil
}

func guardianOp(g models.Guardian, version int64) (store.Op, error) {
	doc, err := chart.Encode(chart.MembershipID(g.PatientID, g.AccountID), g.PatientID, version,
		store.Keys{"patientId": g.PatientID, "accountId": g.AccountID, "since": chart.Millis(g.From)}, g)
	if version == 0 {
		return store.Insert(chart.ColGuardians, doc), err
	}
	return store.Replace(chart.ColGuardians, doc), err
}

// EndGuardian ends what an account may do for the patient, from the next request on. It
// never asks for a fresh factor. Twice is once.
func (ch *Part) EndGuardian(ctx context.Context, accountID string) error {
	d, err := ch.mayRecordGuardians(ctx)
	if err != nil {
		return err
	}
	g, err := chart.Load[models.Guardian](ctx, ch.care.store, chart.ColGuardians, chart.MembershipID(ch.patient, accountID))
	if err != nil || g.Value.EndedAt != nil {
		return err
	}
	now := ch.care.now().UTC()
	g.Value.EndedAt, g.Value.EndedBy = &now, ch.actor.AccountID
	op, err := guardianOp(g.Value, g.Version)
	if err != nil {
		return err
	}
	return ch.chart.Commit(ctx, d, "guardian.ended", accountID, op)
}

// Guardians lists who may act for the patient, and who might before, with what was
// checked: for the patient, their team and the office. A guardian reads their own record,
// whatever it opens.
func (ch *Part) Guardians(ctx context.Context) ([]models.Guardian, error) {
	d := ch.chart.Decide(models.SectionCareTeam, models.Read)
	if ch.actor.Role == models.RoleGuardian {
		d = models.Decision{Allowed: true, Basis: models.BasisGuardian, Section: models.SectionConsents, Verb: models.Read}
	} else if !ch.office() {
		var err error
		if d, err = ch.chart.May(ctx, models.SectionConsents, models.Read); err != nil {
			return nil, err
		}
	}
	found, err := chart.Every[models.Guardian](ctx, ch.care.store, chart.ColGuardians, store.Query{Index: "patient", Equal: []any{ch.patient}})
	out := make([]models.Guardian, 0, len(found))
	for _, g := range found {
		if ch.actor.Role != models.RoleGuardian || g.Value.AccountID == ch.actor.AccountID {
			out = append(out, g.Value)
		}
	}
	if err != nil {
		return nil, err
	}
	return out, ch.chart.NoteRead(ctx, d, "guardians.read", "", len(out))
}

func (ch *Part) office() bool {
	return ch.actor.Role == models.RoleAdministrator || ch.actor.Role == models.RoleCoordinator
}

func (ch *Part) mayRecordGuardians(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Write)
	if err == nil && !ch.office() {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role does not allow this."))
	}
	return d, err
}

// guardianCharts are the charts that a guardian could have a right to.
func (c *Service) guardianCharts(ctx context.Context, actor models.Actor) ([]string, error) {
	found, _, err := chart.ReadableOnes[models.Guardian](ctx, c.store, chart.ColGuardians, store.Query{Index: "account", Equal: []any{actor.AccountID}}, 0)
	var ids []string
	for _, g := range found {
		if g.Value.Active(c.now()) {
			ids = append(ids, g.Value.PatientID)
		}
	}
	return ids, err
}
