package visits

import (
	"context"
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
	Withheld     int                    `json:"withheld"`
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
	out := []chart.Versioned[ConferenceView]{}
	for _, v := range visits {
		if v.Value.PatientID != "" {
			continue
		}
		view, err := c.viewConference(ctx, actor, v)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, err
}

// viewConference shows a conference, and leaves a line in the log of each patient
// whose topic is shown.
func (c *Service) viewConference(ctx context.Context, actor models.Actor, v chart.Versioned[Visit]) (chart.Versioned[ConferenceView], error) {
	none := chart.Versioned[ConferenceView]{}
	out := ConferenceView{ID: v.Value.ID, Status: v.Value.Status, Start: v.Value.Start, End: v.Value.End,
		Local: localTime(c.site.Zone, v.Value.Start, v.Value.End), VisitType: v.Value.VisitType, Modality: v.Value.Modality, Site: v.Value.Site,
		Participants: []ParticipantView{}, Agenda: []AgendaView{}, CalledBy: v.Value.BookedBy, Cancellation: v.Value.Cancellation, Sequence: v.Value.Sequence}
	for _, x := range v.Value.Participants {
		name, err := c.nameOf(ctx, x, models.Patient{})
		if err != nil {
			return none, err
		}
		out.Participants = append(out.Participants, ParticipantView{x.Who, name, x.Kind, x.Role, x.Required, x.Status, x.Start, x.End})
	}
	lines, err := c.fillAgenda(ctx, actor, &out)
	if err != nil {
		return none, err
	}
	e := c.base.AuditEvent(actor, "conference.read")
	e.Ref, e.Count = out.ID, len(out.Agenda)
	return chart.Versioned[ConferenceView]{Value: out, Version: v.Version}, c.noteAll(ctx, e, lines)
}

// fillAgenda adds what the actor may see, and answers with the lines of it.
func (c *Service) fillAgenda(ctx context.Context, actor models.Actor, out *ConferenceView) ([]store.Op, error) {
	entries, err := c.agenda(ctx, out.ID)
	if err != nil {
		return nil, err
	}
	var lines []store.Op
	for _, e := range entries {
		ch, err := c.peek(ctx, actor, e.PatientID)
		if err != nil {
			return nil, err
		}
		if ch == nil {
			out.Withheld++
			continue
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
