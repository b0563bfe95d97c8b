package care

import (
	"context"

	"handrail/care/access"
	"handrail/care/alerts"
	"handrail/care/careplan"
	"handrail/care/comments"
	"handrail/care/crisis"
	"handrail/care/disagreements"
	"handrail/care/education"
	"handrail/care/episodes"
	"handrail/care/families"
	"handrail/care/handoffs"
	"handrail/care/internal/chart"
	"handrail/care/medicines"
	"handrail/care/meetings"
	"handrail/care/messages"
	"handrail/care/peers"
	"handrail/care/people"
	"handrail/care/prescribing"
	"handrail/care/record"
	"handrail/care/referrals"
	"handrail/care/sideeffects"
	"handrail/care/supply"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
)

// Chart is an open door to one patient's data, for one actor, for one request, in
// parts. Each use case of a part asks again for its own section. Do not keep a Chart: a
// revocation holds from the next Open.
type Chart struct {
	People    *people.Part
	Record    *record.Part
	Alerts    *alerts.Part
	Messages  *messages.Part
	Crisis    *crisis.Part
	Visits    *visits.Part
	Video     *videovisit.Part
	Learn     *education.Part
	Family    *families.Part
	Access    *access.Part
	CarePlan  *careplan.Part
	Medicine  *medicines.Part
	Agreement *prescribing.Part
	Effects   *sideeffects.Part
	Supply    *supply.Part
	Disagreed *disagreements.Part
	Handoffs  *handoffs.Part
	Meetings  *meetings.Part
	chart     *chart.Chart
	Referral  *referrals.Part
	Episode   *episodes.Part
	Peer      *peers.Part
	Comment   *comments.Part
}

// Open opens the chart of a patient. Somebody with no right to any section gets
// models.NotFound, exactly as when there is no such patient: the same reads are made
// and the same line is written in both cases.
func (c *Care) Open(ctx context.Context, actor models.Actor, patientID string, purpose models.Purpose) (*Chart, error) {
	ch, err := c.base.Open(ctx, actor, patientID, purpose)
	if err != nil {
		return nil, err
	}
	return &Chart{c.People.Part(ch), c.Record.Part(ch), c.Alerts.Part(ch), c.Messages.Part(ch), c.Crisis.Part(ch), c.Visits.Part(ch), c.Video.Part(ch), c.Learn.Part(ch), c.Family.Part(ch), c.Access.Part(ch), c.CarePlan.Part(ch), c.Medicine.Part(ch), c.Agreement.Part(ch), c.Effects.Part(ch), c.Supply.Part(ch), c.Disagreed.Part(ch), c.Handoffs.Part(ch), c.Meetings.Part(ch), ch, c.Referral.Part(ch), c.Episode.Part(ch), c.Peer.Part(ch), c.Comment.Part(ch)}, nil
}

// PatientID is whose chart it is.
func (ch *Chart) PatientID() string { return ch.chart.PatientID() }

// Actor is who opened it.
func (ch *Chart) Actor() models.Actor { return ch.chart.Actor() }
