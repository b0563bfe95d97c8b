package visits

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// ConferenceView is a case conference as somebody who is in it sees it.
type ConferenceView struct {
	ID           string                 `json:"id"`
	Status       schedule.Status        `json:"status"`
	Start        time.Time              `json:"start"`
	End          time.Time              `json:"end"`
	Local        schedule.Local         `json:"local"`
	VisitType    string                 `json:"visitType"`
	Modality     schedule.Modality      `json:"modality"`
	Site         string                 `json:"site,omitempty"`
	Participants []ParticipantView      `json:"participants"`
	Agenda       []AgendaView           `json:"agenda"`
	JoinWindow   *JoinWindow            `json:"door,omitempty"`
	CalledBy     models.Author          `json:"calledBy"`
	Cancellation *schedule.Cancellation `json:"cancellation,omitempty"`
	Sequence     int                    `json:"sequence"`
}

// AgendaView is one patient of an agenda.
type AgendaView struct {
	AgendaItem
	PatientName string `json:"patientName"`
}

// conference loads one for somebody who is in it; to all others there is none.
func (c *Service) conference(ctx context.Context, actor models.Actor, id string) (chart.Versioned[Visit], error) {
	v, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, id)
	if err == nil && (v.Value.PatientID != "" || !v.Value.has(actor.AccountID)) {
		err = models.NotFound()
	}
	if err != nil {
		return chart.Versioned[Visit]{}, err
	}
	return v, nil
}

// has tells whether somebody is in the visit.
func (v Visit) has(accountID string) bool {
	return slices.ContainsFunc(v.Participants, func(p schedule.Participant) bool { return p.Who == accountID })
}

// Conference reads one conference. The right to each chart is asked again: who lost
// one since does not see that part of the agenda.
func (c *Service) Conference(ctx context.Context, actor models.Actor, id string) (chart.Versioned[ConferenceView], error) {
	v, err := c.conference(ctx, actor, id)
	if err != nil {
		return chart.Versioned[ConferenceView]{}, err
	}
	return c.viewConference(ctx, actor, v)
}

// Conferences lists the conferences of the actor between two moments, by start.
func (c *Service) Conferences(ctx context.Context, actor models.Actor, from, to time.Time) ([]chart.Versioned[ConferenceView], error) {
	if err := checkCalendarWindow(from, to); err != nil {
		return nil, err
	}
	visits, err := c.visitsOf(ctx, actor.AccountID, from, to)
	if err != nil {
		return nil, err
	}
	visits = slices.DeleteFunc(visits, func(v chart.Versioned[Visit]) bool { return v.Value.PatientID != "" })
	ctx, ahead := chart.NewAhead(ctx)
	agendas, err := c.agendas(ctx, ahead, visits)
	if err != nil {
		return nil, err
	}
	var patients []string
	for _, e := range slices.Concat(agendas...) {
		patients = append(patients, e.PatientID)
	}
	if err := errors.Join(c.readNames(ctx, ahead, visits), c.base.ReadAhead(ctx, ahead, actor, patients)); err != nil {
		return nil, err
	}
	out, lines := []chart.Versioned[ConferenceView]{}, []store.Op{}
	for i, v := range visits {
		view, read, err := c.showConference(ctx, actor, v, agendas[i])
		if err != nil {
			return nil, err
		}
		out, lines = append(out, view), append(lines, read...)
	}
	return out, c.noteEvents(ctx, lines)
}

// viewConference shows a conference, and leaves a line in the log of each patient
// whose topic is shown.
func (c *Service) viewConference(ctx context.Context, actor models.Actor, v chart.Versioned[Visit]) (chart.Versioned[ConferenceView], error) {
	entries, err := c.agenda(ctx, v.Value.ID)
	if err != nil {
		return chart.Versioned[ConferenceView]{}, err
	}
	out, lines, err := c.showConference(ctx, actor, v, entries)
	if err != nil {
		return out, err
	}
	return out, c.noteEvents(ctx, lines)
}

// showConference makes the view, and the lines that must be written before it leaves.
func (c *Service) showConference(ctx context.Context, actor models.Actor, v chart.Versioned[Visit], entries []agendaEntry) (chart.Versioned[ConferenceView], []store.Op, error) {
	none := chart.Versioned[ConferenceView]{}
	out := ConferenceView{ID: v.Value.ID, Status: v.Value.Status, Start: v.Value.Start, End: v.Value.End,
		Local: localTime(c.site.Zone, v.Value.Start, v.Value.End), VisitType: v.Value.VisitType, Modality: v.Value.Modality, Site: v.Value.Site,
		Participants: []ParticipantView{}, Agenda: []AgendaView{}, CalledBy: v.Value.BookedBy, Cancellation: v.Value.Cancellation, Sequence: v.Value.Sequence,
		JoinWindow: v.Value.joinWindowFor(actor)}
	for _, x := range v.Value.Participants {
		name, err := c.nameOf(ctx, x, models.Patient{})
		if err != nil {
			return none, nil, err
		}
		out.Participants = append(out.Participants, ParticipantView{x.Who, name, x.Kind, x.Role, x.Required, x.Status, x.Start, x.End, x.OtherTime})
	}
	lines, err := c.fillAgenda(ctx, actor, &out, entries)
	if err != nil {
		return none, nil, err
	}
	e := c.base.AuditEvent(actor, "conference.read")
	e.Ref, e.Count = out.ID, len(out.Agenda)
	own, err := chart.AuditOp(e)
	return chart.Versioned[ConferenceView]{Value: out, Version: v.Version}, append(lines, own), err
}

// fillAgenda adds what the actor may see, and answers with the lines of it.
func (c *Service) fillAgenda(ctx context.Context, actor models.Actor, out *ConferenceView, entries []agendaEntry) ([]store.Op, error) {
	var lines []store.Op
	for _, e := range entries {
		ch, err := c.peek(ctx, actor, e.PatientID)
		if err != nil {
			return nil, err
		}
		if ch == nil {
			continue // not even that there is somebody else
		}
		p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, e.PatientID)
		if err != nil {
			return nil, err
		}
		line, err := ch.conferenceEvent(out.ID, "conference.read")
		if err != nil {
			return nil, err
		}
		out.Agenda, lines = append(out.Agenda, AgendaView{e.AgendaItem, p.Value.Name}), append(lines, line)
	}
	return lines, nil
}
