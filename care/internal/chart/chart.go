package chart

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
	care    *Base
	actor   models.Actor
	patient string
	purpose models.Purpose
	facts   models.AccessFacts
	trial   bool // shows what somebody else would see; leaves no line in their name
}

// Open opens the chart of a patient. Somebody with no right to any section gets
// models.NotFound, exactly as when there is no such patient: the same reads are
// made and the same line is written in both cases.
func (c *Base) Open(ctx context.Context, actor models.Actor, patientID string, purpose models.Purpose) (*Chart, error) {
	ch := c.Unopened(actor, patientID, purpose)
	if uuid.Validate(patientID) != nil {
		return nil, models.NotFound()
	}
	if actor.Role == models.RolePatient && actor.PatientID == patientID {
		return ch, nil
	}
	facts, err := c.AccessFacts(ctx, actor, patientID)
	if err != nil {
		return nil, err
	}
	ch.facts = facts
	if ch.Ground() == models.BasisNone {
		return nil, ch.TurnAwayStranger(ctx)
	}
	exists, err := c.Exists(ctx, patientID)
	if err != nil {
		return nil, err
	}
	if exists {
		return ch, nil
	}
	return nil, ch.TurnAway(ctx, exists)
}

// TurnAwayStranger is TurnAway for whom nothing could be open whether there is such a
// patient or not. It asks the log and not the record: opening that takes the patient's
// own key, which nobody's id has none of, and the time to fetch it would tell them apart.
func (ch *Chart) TurnAwayStranger(ctx context.Context) error {
	page, err := ch.care.Store.Query(ctx, ColAudit, store.Query{Index: store.LaneIndex, Equal: []any{ch.patient}, Limit: 1, Unopened: true})
	if err != nil {
		return Refusal(err)
	}
	return ch.TurnAway(ctx, len(page.Docs) > 0 && ReadLine(page.Docs[0]).PatientID == ch.patient)
}

// Unopened is the chart of somebody for whom nothing of it is open: what they do
// decides by itself, and leaves a line.
func (c *Base) Unopened(actor models.Actor, patientID string, purpose models.Purpose) *Chart {
	return &Chart{care: c, actor: actor, patient: patientID, purpose: purpose}
}

// ChartFor is the chart with the facts that decide, for a list that shows it among
// others and for what waits: no line is left when nothing of it is open. The caller
// asks Decide before they use it.
func (c *Base) ChartFor(ctx context.Context, actor models.Actor, patientID string, purpose models.Purpose) (*Chart, error) {
	ch := c.Unopened(actor, patientID, purpose)
	var err error
	ch.facts, err = c.AccessFacts(ctx, actor, patientID)
	return ch, err
}

// AsSeenBy is the chart as somebody would have it open with these facts, for the patient
// whose chart this is: what the same code answers then is what that person would be
// answered. It leaves no line in their name, and changes nothing.
func (ch *Chart) AsSeenBy(actor models.Actor, purpose models.Purpose, facts models.AccessFacts) *Chart {
	return &Chart{care: ch.care, actor: actor, patient: ch.patient, purpose: purpose, facts: facts, trial: true}
}

// Exists tells whether an id is a patient's. It is asked for everybody who is not
// the patient, so that the time taken tells nothing.
func (c *Base) Exists(ctx context.Context, patientID string) (bool, error) {
	_, err := get(ctx, c.Store, ColPatients, patientID)
	if err = Refusal(err); models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil, err
}

// TurnAway writes down that somebody without any right asked for a chart. Who tries ids
// that they think up makes no log of a patient: the line is then their own.
func (ch *Chart) TurnAway(ctx context.Context, exists bool) error {
	e := ch.Event(models.Decision{Basis: models.BasisNone}, "chart.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "no-ground"
	if !exists {
		e.PatientID = ""
	}
	if err := ch.care.noteDenial(ctx, e, ch.patient); err != nil {
		return err
	}
	return models.NotFound()
}

// Decide decides about a section, and writes nothing down.
func (ch *Chart) Decide(s models.Section, v models.Verb) models.Decision {
	return models.Decide(models.AccessQuestion{Actor: ch.actor, PatientID: ch.patient,
		Section: s, Verb: v, Purpose: ch.purpose, At: ch.care.Now()}, ch.facts)
}

// May decides about a section. A refusal is written down, and is a Forbidden:
// whoever holds a Chart may know that the patient exists.
func (ch *Chart) May(ctx context.Context, s models.Section, v models.Verb) (models.Decision, error) {
	d := ch.Decide(s, v)
	if d.Allowed {
		return d, nil
	}
	return d, ch.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you",
		"This part has not been shared with you."))
}

// Refuse leaves the line of a refusal and returns why, or the store's error when
// the line could not be written.
func (ch *Chart) Refuse(ctx context.Context, d models.Decision, why error) error {
	if ch.trial {
		return why
	}
	e := ch.Event(d, "chart.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, d.Rule
	if err := ch.care.noteDenial(ctx, e, ch.patient); err != nil {
		return err
	}
	return why
}

// Event is the  event of what a decision allowed or not.
func (ch *Chart) Event(d models.Decision, action string) models.AuditEvent {
	e := ch.care.AuditEvent(ch.actor, action)
	e.PatientID, e.Section, e.Purpose = ch.patient, d.Section, ch.purpose
	e.Basis, e.ConsentID = d.Basis, d.ConsentID
	if d.Basis == models.BasisConsent {
		e.Notice = NoticeVersion
	}
	return e
}

// NoteRead leaves the line of a read. Call it when the data is in hand and before
// it leaves; when it fails, nothing may leave.
func (ch *Chart) NoteRead(ctx context.Context, d models.Decision, action, ref string, count int) error {
	if ch.trial {
		return nil
	}
	e := ch.Event(d, action)
	e.Ref, e.Count = ref, count
	return ch.care.Note(ctx, e)
}

// Commit writes ops with their  event, all or nothing. The line is also the
// event that devices (GET /v1/sync) and workers follow. kind is e.g.
// "goal.changed"; ref is the id of what changed.
func (ch *Chart) Commit(ctx context.Context, d models.Decision, kind, ref string, ops ...store.Op) error {
	if ch.trial {
		return models.E(models.KindForbidden, "only-a-look", "This shows what somebody would see. Nothing can be changed here.")
	}
	e := ch.Event(d, kind)
	e.Ref, e.Changed = ref, true
	return ch.care.Commit(ctx, e, ops...)
}

// Restricted tells somebody of the clinic that the chart is closed to others who work there.
func (ch *Chart) Restricted() bool {
	return ch.facts.Restricted == models.RestrictedNamed || ch.facts.Restricted == models.RestrictedOut
}

// PatientID is whose chart it is.
func (ch *Chart) PatientID() string { return ch.patient }

// Actor is who opened it.
func (ch *Chart) Actor() models.Actor { return ch.actor }
