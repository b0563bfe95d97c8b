package care

import (
	"context"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/store"
)

// Chart is an open door to one patient's data, for one actor, for one request.
// It carries the facts that decide; each of its methods asks them again for its
// own section. Do not keep a Chart: a revocation holds from the next Open.
type Chart struct {
	care    *Care
	actor   models.Actor
	patient string
	purpose models.Purpose
	facts   models.AccessFacts
}

// Open opens the chart of a patient. Somebody with no right to any section gets
// models.NotFound, exactly as when there is no such patient: the same reads are
// made and the same line is written in both cases.
func (c *Care) Open(ctx context.Context, actor models.Actor, patientID string, purpose models.Purpose) (*Chart, error) {
	ch := c.unopened(actor, patientID, purpose)
	if uuid.Validate(patientID) != nil {
		return nil, models.NotFound()
	}
	if actor.Role == models.RolePatient && actor.PatientID == patientID {
		return ch, nil
	}
	facts, err := c.accessFacts(ctx, actor, patientID)
	if err != nil {
		return nil, err
	}
	ch.facts = facts
	exists, err := c.exists(ctx, patientID)
	if err != nil {
		return nil, err
	}
	if exists && ch.ground() != models.BasisNone {
		return ch, nil
	}
	return nil, ch.turnAway(ctx, exists)
}

// unopened is the chart of somebody for whom nothing of it is open: what they do
// decides by itself, and leaves a line.
func (c *Care) unopened(actor models.Actor, patientID string, purpose models.Purpose) *Chart {
	return &Chart{care: c, actor: actor, patient: patientID, purpose: purpose}
}

// chartFor is the chart with the facts that decide, for a list that shows it among
// others and for what waits: no line is left when nothing of it is open. The caller
// asks Decide before they use it.
func (c *Care) chartFor(ctx context.Context, actor models.Actor, patientID string, purpose models.Purpose) (*Chart, error) {
	ch := c.unopened(actor, patientID, purpose)
	var err error
	ch.facts, err = c.accessFacts(ctx, actor, patientID)
	return ch, err
}

// exists tells whether an id is a patient's. It is asked for everybody who is not
// the patient, so that the time taken tells nothing.
func (c *Care) exists(ctx context.Context, patientID string) (bool, error) {
	_, err := c.store.Get(ctx, colPatients, patientID)
	if err = refusal(err); models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil, err
}

// turnAway writes down that somebody without any right knocked. Who knocks at ids
// that they think up makes no log of a patient: the line is then their own.
func (ch *Chart) turnAway(ctx context.Context, exists bool) error {
	l := ch.line(models.Decision{Basis: models.BasisNone}, "chart.refused")
	l.Outcome, l.Rule = models.OutcomeDenied, "no-ground"
	if !exists {
		l.PatientID = ""
	}
	if err := ch.care.noteKnock(ctx, l); err != nil {
		return err
	}
	return models.NotFound()
}

func (ch *Chart) decide(s models.Section, v models.Verb) models.Decision {
	return models.Decide(models.AccessQuestion{Actor: ch.actor, PatientID: ch.patient,
		Section: s, Verb: v, Purpose: ch.purpose, At: ch.care.now()}, ch.facts)
}

// may decides about a section. A refusal is written down, and is a Forbidden:
// whoever holds a Chart may know that the patient exists.
func (ch *Chart) may(ctx context.Context, s models.Section, v models.Verb) (models.Decision, error) {
	d := ch.decide(s, v)
	if d.Allowed {
		return d, nil
	}
	return d, ch.refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you",
		"This part has not been shared with you."))
}

// refuse leaves the line of a refusal and returns why, or the store's error when
// the line could not be written.
func (ch *Chart) refuse(ctx context.Context, d models.Decision, why error) error {
	l := ch.line(d, "chart.refused")
	l.Outcome, l.Rule = models.OutcomeDenied, d.Rule
	if err := ch.care.noteKnock(ctx, l); err != nil {
		return err
	}
	return why
}

func (ch *Chart) line(d models.Decision, action string) models.AuditLine {
	l := ch.care.auditLine(ch.actor, action)
	l.PatientID, l.Section, l.Purpose = ch.patient, d.Section, ch.purpose
	l.Basis, l.ConsentID = d.Basis, d.ConsentID
	if d.Basis == models.BasisConsent {
		l.Notice = NoticeVersion
	}
	return l
}

// noteRead leaves the line of a read. Call it when the data is in hand and before
// it leaves; when it fails, nothing may leave.
func (ch *Chart) noteRead(ctx context.Context, d models.Decision, action, ref string, count int) error {
	l := ch.line(d, action)
	l.Ref, l.Count = ref, count
	return ch.care.note(ctx, l)
}

// commit writes ops with their audit line, all or nothing. The line is also the
// event that devices (GET /v1/sync) and workers follow. kind is e.g.
// "goal.changed"; ref is the id of what changed.
func (ch *Chart) commit(ctx context.Context, d models.Decision, kind, ref string, ops ...store.Op) error {
	l := ch.line(d, kind)
	l.Ref, l.Changed = ref, true
	return ch.care.commit(ctx, l, ops...)
}

// PatientID is whose chart it is.
func (ch *Chart) PatientID() string { return ch.patient }

// Actor is who opened it.
func (ch *Chart) Actor() models.Actor { return ch.actor }
