package messages

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
	"handrail/store"
)

type kept = chart.Versioned[message.Thread]

// may decides about a thread. A thread inside the team is the team's alone, whatever was
// signed; who is let in by a consent reads what they take part in, and writes there.
func may(ch *chart.Chart, t message.Thread, v models.Verb) models.Decision {
	d := ch.Decide(models.SectionMessages, v)
	if v == models.Write && ch.Actor().Role == models.RoleSupporter {
		d = ch.Decide(models.SectionMessages, models.Read)
		d.Verb = v
	}
	if !d.Allowed {
		return d
	}
	switch {
	case t.Kind == message.InTeam && d.Basis != models.BasisTeam:
		d.Allowed, d.Rule = false, "inside-the-team"
	case ch.Actor().Role == models.RoleSupporter && (t.Kind != message.WithFamily || t.Supporter != ch.Actor().AccountID):
		d.Allowed, d.Rule = false, "not-in-this-thread"
	}
	return d
}

// open finds a thread for somebody who may read it. Anybody else gets what they would for
// an id that there is not; of a thread inside the team no line is left that they could read.
func (c *Service) open(ctx context.Context, actor models.Actor, id string) (*chart.Chart, kept, error) {
	t, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, t, err
	}
	turnedAway := func() error {
		return c.base.Unopened(actor, "", models.PurposeOf(actor.Role)).TurnAway(ctx, false)
	}
	if err != nil {
		return nil, t, turnedAway()
	}
	ch, err := c.base.ChartFor(ctx, actor, t.Value.PatientID, models.PurposeOf(actor.Role))
	switch {
	case err != nil:
		return nil, t, err
	case may(ch, t.Value, models.Read).Allowed:
		return ch, t, nil
	case t.Value.Kind == message.InTeam:
		return nil, t, turnedAway()
	}
	return nil, t, ch.TurnAway(ctx, true)
}

// event is the line of something about a thread. Inside the team it is the office's own:
// the patient's log, and all that follows it, says nothing of it.
func (c *Service) event(ch *chart.Chart, d models.Decision, kind message.Kind, action, ref string, changed bool) models.AuditEvent {
	e := ch.Event(d, action)
	e.Ref, e.Changed = ref, changed
	if kind == message.InTeam {
		e.PatientID = ""
	}
	return e
}

// supporterMay finds the consent by which a supporter takes part in threads of a patient;
// "" for none that is in force.
func (c *Service) supporterMay(ctx context.Context, patientID, supporter string) (consentID string, err error) {
	q := models.AccessQuestion{Actor: models.Actor{AccountID: supporter, Role: models.RoleSupporter}, PatientID: patientID,
		Section: models.SectionMessages, Verb: models.Read, Purpose: models.PurposeFamily, At: c.now()}
	consents, err := c.base.ConsentsBetween(ctx, patientID, supporter)
	if err != nil {
		return "", err
	}
	return models.Decide(q, models.AccessFacts{Consents: consents}).ConsentID, nil
}

// nobodyElse refuses a message of the team or the patient into a thread whose supporter has
// no consent any more: nobody would read it there, or somebody who may not.
func (c *Service) nobodyElse(ctx context.Context, t message.Thread) (consentID string, err error) {
	if t.Kind != message.WithFamily {
		return "", nil
	}
	consentID, err = c.supporterMay(ctx, t.PatientID, t.Supporter)
	if err == nil && consentID == "" {
		err = models.E(models.KindConflict, "no-consent", "The patient's consent for this person is not in force. Nothing can be written here.")
	}
	return consentID, err
}

// threadKeys are the index keys of a thread. What shows it to the patient, and to the
// supporter in it, are keys of their own: no page of a list tells of what it leaves out.
func threadKeys(t message.Thread) store.Keys {
	k := store.Keys{"patientId": t.PatientID, "lastAt": chart.Millis(t.LastAt)}
	if t.Kind != message.InTeam {
		k["shownTo"] = t.PatientID
	}
	if t.Kind == message.WithFamily {
		k["supporterOf"] = supporterKey(t.PatientID, t.Supporter)
	}
	if t.Waits != nil {
		k["waitsOf"] = t.PatientID
	}
	if due := t.Due(); !due.IsZero() {
		k["due"] = chart.Millis(due)
	}
	return k
}

func supporterKey(patientID, accountID string) string { return patientID + ":" + accountID }

func threadOp(v kept) (store.Op, error) {
	doc, err := chart.Encode(v.Value.ID, v.Value.PatientID, v.Version, threadKeys(v.Value), v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColThreads, doc), err
	}
	return store.Replace(chart.ColThreads, doc), err
}
