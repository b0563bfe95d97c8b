package people

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/imports"
	"handrail/store"
)

// planConsent is a consent on paper of a line. What is not sure is refused: a patient or
// recipient of whom there are none or several, an element that is missing, a paper that is
// older than what the patient decided about the same person.
func (i *importing) planConsent(ctx context.Context, row imports.Row) (planned, error) {
	c := i.care
	zone, err := time.LoadLocation(c.site.Zone)
	if err != nil {
		return planned{}, err
	}
	now := c.now().UTC()
	paper, err := imports.PaperConsentOf(row, now.In(zone).Format(time.DateOnly))
	if err != nil {
		return refusedLine(row, err)
	}
	var checks models.Checks
	patient := i.patientOf(paper, &checks)
	seenBy := i.seenBy(paper.SeenBy, &checks)
	checks.Require(imports.AlikeName(paper.Discloser) == imports.AlikeName(c.site.Name), "discloser", "not-this-clinic", "The paper must name this clinic as who may share.")
	if err := checks.Err(); err != nil {
		return refusedLine(row, err)
	}
	checks.Require(slices.ContainsFunc([]string{patient.Name, patient.PreferredName}, func(name string) bool {
		return imports.AlikeName(name) == imports.AlikeName(paper.Terms.Signature.Name)
	}), "signature", "not-the-patient", "Only what the patient signed is taken from a list.")
	recipient, related, err := i.recipientOf(ctx, paper, patient, &checks)
	if err != nil {
		return planned{}, err
	}
	signedAt, err := time.ParseInLocation(time.DateOnly, paper.SignedOn, zone)
	if err != nil {
		return planned{}, err
	}
	t := paper.Terms
	t.Recipient, t.Expiry = cmp.Or(recipient.ID, models.TreatingProviders), paper.Expiry(recipient.Role, signedAt.UTC(), zone)
	purpose := models.PurposeTreatment
	if recipient.Role == models.RoleSupporter {
		purpose = models.PurposeFamily
	}
	checks.Require(recipient.ID == "" || slices.Equal(t.Purposes, []models.Purpose{purpose}), "purposes", "other-purpose", "For family and friends it is family, for who works here treatment.")
	if err := checks.Err(); err != nil {
		return refusedLine(row, err)
	}
	if err := models.CheckPaperConsent(t, recipient.Role, now); err != nil {
		return refusedLine(row, err)
	}
	v := models.Consent{ID: i.id(row, "consent"), PatientID: patient.ID, Discloser: c.site.Name, SignedAt: signedAt.UTC(), NoticeText: chart.NoticeVersion, ConsentTerms: t,
		Paper: &models.Paper{SignedOn: paper.SignedOn, SeenBy: seenBy, By: models.AuthorOf(i.actor), At: now}}
	line := imports.Line{Line: row.N, Name: patient.Name, Role: models.RolePatient, For: cmp.Or(recipient.Name, models.TreatingProviders)}
	if line.State, line.Twin, err = i.holdConsent(ctx, v); err != nil {
		return planned{}, err
	}
	if line.State == imports.Refused {
		return planned{line: imports.RefusedBy(row.N, models.FieldError{Field: "signed", Code: "decided-since", Text: "The patient decided something else about this person since. Talk with them."})}, nil
	}
	ch, err := c.base.Open(ctx, i.actor, patient.ID, models.PurposeOperations)
	if err == nil && !ch.Decide(models.SectionCareTeam, models.Write).Allowed {
		err = models.NotFound()
	}
	if k := models.KindOf(err); k == models.KindNotFound || k == models.KindForbidden {
		checks.Fail("patient", "nobody", "There is no such patient.")
		return refusedLine(row, checks.Err())
	}
	write := func(turn store.Op) error {
		p := c.Part(ch)
		if !related {
			if _, err := p.AddRelated(ctx, recipient.ID, paper.Relationship); err != nil {
				return err
			}
		}
		return p.recordPaperConsent(ctx, v, turn)
	}
	return planned{line, write, func() { i.seen[consentKey(v)] = row.N }}, err
}

// recordPaperConsent keeps a consent of paper, by who arranges for the clinic. The patient
// hears of it and can take it back as any other.
func (ch *Part) recordPaperConsent(ctx context.Context, v models.Consent, turn store.Op) error {
	d, err := ch.mayChangeTeam(ctx)
	if err != nil {
		return err
	}
	ops, err := ch.care.consentOps(v)
	if err != nil {
		return err
	}
	return ch.chart.Commit(ctx, d, "consent.recorded", v.ID, append(ops, turn)...)
}

// patientOf finds whose paper it is: one patient, or a refusal.
func (i *importing) patientOf(p imports.PaperConsent, checks *models.Checks) models.Patient {
	field, found := "patient", i.known.crowd.Named(p.Patient)
	if p.RecordNumber != "" {
		field, found = "recordnumber", i.known.crowd.Numbered(p.RecordNumber)
	}
	found = slices.DeleteFunc(slices.Clone(found), func(s imports.Somebody) bool {
		return s.Role != models.RolePatient || p.BirthDate != "" && s.BirthDate != p.BirthDate ||
			p.Patient != "" && imports.AlikeName(s.Name) != imports.AlikeName(p.Patient)
	})
	checks.Require(len(found) > 0, field, "nobody", "There is no such patient.")
	checks.Require(len(found) < 2, field, "several", "There are several of whom this could be.")
	if len(found) != 1 {
		return models.Patient{}
	}
	return i.known.patients[i.known.accounts[found[0].Twin.AccountID].PatientID]
}

// seenBy is who works here and saw the paper.
func (i *importing) seenBy(name string, checks *models.Checks) models.Author {
	found := i.named(name, func(a models.Account) bool { return a.Role.Staff() && a.Status == models.AccountActive })
	checks.Require(len(found) > 0, "seenby", "nobody", "Nobody of this name works here.")
	checks.Require(len(found) < 2, "seenby", "several", "There are several of whom this could be.")
	if len(found) != 1 {
		return models.Author{}
	}
	return models.Author{AccountID: found[0].ID, Name: found[0].Name, Role: found[0].Role}
}

// named are the accounts of a name, or with that id, that are shown to the actor.
func (i *importing) named(name string, are func(models.Account) bool) (out []models.Account) {
	if a, ok := i.known.accounts[name]; ok && !i.known.hidden[name] && are(a) {
		return []models.Account{a}
	}
	for _, s := range i.known.crowd.Named(name) {
		if a := i.known.accounts[s.Twin.AccountID]; are(a) {
			out = append(out, a)
		}
	}
	return out
}

// recipientOf finds who may see something by the paper: as on the phone somebody of the
// patient's circle, or who works here. related is whether they need not be put into the
// circle first.
func (i *importing) recipientOf(ctx context.Context, p imports.PaperConsent, patient models.Patient, checks *models.Checks) (_ models.Account, related bool, err error) {
	if p.Terms.Kind == models.ConsentTreatment {
		checks.Require(p.Recipient == models.TreatingProviders, "recipient", "unknown-recipient", "A consent of this kind is for treating-providers.")
		return models.Account{}, true, nil
	}
	circle := map[string]bool{}
	found := i.named(p.Recipient, func(a models.Account) bool {
		return a.Status == models.AccountActive && (a.Role.Staff() || a.Role == models.RoleSupporter)
	})
	for _, a := range found {
		if a.Role == models.RoleSupporter {
			if circle[a.ID], err = i.care.base.IsRelated(ctx, patient.ID, a.ID); err != nil {
				return models.Account{}, false, err
			}
		}
	}
	found = slices.DeleteFunc(found, func(a models.Account) bool {
		if p.Relationship != "" {
			return a.Role != models.RoleSupporter
		}
		return a.Role == models.RoleSupporter && !circle[a.ID]
	})
	checks.Require(len(found) > 0, "recipient", "unknown-recipient", "Nobody of this name works here or is in the patient's circle. A relationship puts them into it.")
	checks.Require(len(found) < 2, "recipient", "several", "There are several of whom this could be.")
	if len(found) != 1 {
		return models.Account{}, true, nil
	}
	return found[0], found[0].Role != models.RoleSupporter || circle[found[0].ID], nil
}

// holdConsent holds a paper against what the patient decided about the same recipient. A
// day of a paper counts from its beginning, so that what was decided on it is later.
func (i *importing) holdConsent(ctx context.Context, v models.Consent) (state imports.State, twin *imports.Twin, err error) {
	state = imports.New
	now := i.care.now()
	if n := i.seen[consentKey(v)]; n > 0 {
		state, twin = imports.Double, &imports.Twin{By: imports.ByConsentInFile, Line: n}
	}
	err = chart.Through(ctx, i.care.store, chart.ColConsents, store.Query{Index: "pair", Equal: []any{v.PatientID, v.Recipient}},
		func(o chart.Versioned[models.Consent]) (bool, error) {
			was := o.Value
			switch {
			case was.ID == v.ID:
				state, twin = imports.Made, nil
				return true, nil
			case was.Kind != v.Kind:
			case was.Provision == models.Deny && was.Active(now), was.RevokedAt != nil && !was.RevokedAt.Before(v.SignedAt):
				state, twin = imports.Refused, nil
			case state == imports.Refused:
			case was.Active(now) && consentKey(was) == consentKey(v):
				state, twin = imports.Double, &imports.Twin{By: imports.ByConsent}
			case state == imports.New && !was.SignedAt.Before(v.SignedAt):
				state = imports.Refused
			}
			return false, nil
		})
	return state, twin, err
}

// consentKey is what makes two consents one: whose, for whom, of which kind, and what they open.
func consentKey(v models.Consent) string {
	key := v.PatientID + " " + v.Recipient + " " + string(v.Kind)
	for _, s := range slices.Sorted(slices.Values(v.Scopes)) {
		key += " " + string(s)
	}
	return key
}

// refusedLine is a line that was refused, by the columns of the file.
func refusedLine(row imports.Row, err error) (planned, error) {
	fields := fieldsOf(err)
	if len(fields) == 0 {
		return planned{}, err
	}
	for n := range fields {
		fields[n].Field = imports.Column(fields[n].Field)
	}
	return planned{line: imports.RefusedBy(row.N, fields...)}, nil
}
