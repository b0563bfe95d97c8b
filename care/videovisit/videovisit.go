package videovisit

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// VideoRole is what somebody is in a video visit.
type VideoRole string

// The roles.
const (
	VideoLead        VideoRole = "lead" // runs the visit and can end it
	VideoClinician   VideoRole = "clinician"
	VideoPatient     VideoRole = "patient"
	VideoSupporter   VideoRole = "supporter"
	VideoInterpreter VideoRole = "interpreter"
	VideoObserver    VideoRole = "observer"
)

// VideoGuest is somebody who may come to a video visit.
type VideoGuest struct {
	AccountID string
	Name      string
	Role      VideoRole
}

// VideoVisit is a booked visit by video: when its door is open and who is expected.
type VideoVisit struct {
	ID, PatientID string
	Opens, Closes time.Time
	Expects       []VideoGuest
}

// VideoVisit reads a visit, or a conference, for the room that it takes place in. One that
// is not by video or was called off is not found.
func (c *Service) VideoVisit(ctx context.Context, visitID string) (VideoVisit, error) {
	v, err := c.visitByVideo(ctx, visitID)
	if err != nil {
		return VideoVisit{}, err
	}
	out := VideoVisit{ID: v.ID, PatientID: v.PatientID, Opens: v.JoinWindow().Opens, Closes: v.JoinWindow().Closes}
	lead, err := c.videoLead(ctx, v)
	if err != nil {
		return VideoVisit{}, err
	}
	for _, p := range v.Participants {
		if p.Status == schedule.Declined {
			continue
		}
		g, err := c.videoGuest(ctx, v, p, lead)
		if models.KindOf(err) == models.KindNotFound {
			continue // left the clinic or the team since, is no longer let in, or is a room
		}
		if err != nil {
			return VideoVisit{}, err
		}
		out.Expects = append(out.Expects, g)
	}
	return out, nil
}

// VideoGuest tells as what an account may come to a visit by video now. Who is not
// in the visit, has left the team or lost the patient's consent is not found.
func (c *Service) VideoGuest(ctx context.Context, visitID, accountID string) (VideoGuest, error) {
	v, err := c.visitByVideo(ctx, visitID)
	if err != nil {
		return VideoGuest{}, err
	}
	lead, err := c.videoLead(ctx, v)
	if err != nil {
		return VideoGuest{}, err
	}
	for _, p := range v.Participants {
		if p.Kind != schedule.Patient && p.Who != accountID {
			continue
		}
		g, err := c.videoGuest(ctx, v, p, lead)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return VideoGuest{}, err
		}
		if err == nil && g.AccountID == accountID {
			return g, nil
		}
	}
	return VideoGuest{}, models.NotFound()
}

func (c *Service) visitByVideo(ctx context.Context, visitID string) (visits.Visit, error) {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil {
		return visits.Visit{}, err
	}
	if v.Value.JoinWindow() == nil {
		return visits.Visit{}, models.NotFound()
	}
	return v.Value, nil
}

// videoLead finds who runs a visit: of its clinicians who have not declined the one
// who leads the patient's team, or else the first.
func (c *Service) videoLead(ctx context.Context, v visits.Visit) (string, error) {
	if v.PatientID == "" {
		return conferenceLead(v), nil
	}
	first := ""
	for _, p := range v.Participants {
		if p.Kind != schedule.Clinician || p.Status == schedule.Declined || videoRoleOf(p) != VideoClinician {
			continue
		}
		m, err := chart.Load[models.Membership](ctx, c.store, chart.ColMemberships, chart.MembershipID(v.PatientID, p.Who))
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return "", err
		}
		if m.Value.Active(c.now()) && m.Value.Lead {
			return p.Who, nil
		}
		if first == "" && m.Value.Active(c.now()) {
			first = p.Who
		}
	}
	return first, nil
}

// videoRoleOf is what a participant is in the room: an interpreter is a resource with
// an account, or booked under a part of that name, as an observer is.
func videoRoleOf(p schedule.Participant) VideoRole {
	switch {
	case p.Kind == schedule.Patient:
		return VideoPatient
	case p.Kind == schedule.Resource, p.Role == string(VideoInterpreter):
		return VideoInterpreter
	case p.Role == string(VideoObserver):
		return VideoObserver
	case p.Kind == schedule.Supporter:
		return VideoSupporter
	}
	return VideoClinician
}

// videoGuest makes a guest of a participant who may come as things stand now.
func (c *Service) videoGuest(ctx context.Context, v visits.Visit, p schedule.Participant, lead string) (VideoGuest, error) {
	if v.PatientID == "" {
		return c.conferenceGuest(ctx, v, p, lead)
	}
	id := p.Who
	if p.Kind == schedule.Patient {
		patient, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.PatientID)
		if err != nil {
			return VideoGuest{}, err
		}
		id = patient.Value.AccountID
	}
	actor, d, err := c.standingInVisit(ctx, id, v, p)
	if err != nil {
		return VideoGuest{}, err
	}
	if !d.Allowed {
		return VideoGuest{}, models.NotFound()
	}
	if _, in := v.SeatOf(id); p.Kind == schedule.Resource && (!in || actor.Role != models.RoleInterpreter) {
		return VideoGuest{}, models.NotFound()
	}
	g := VideoGuest{AccountID: id, Name: actor.Name, Role: videoRoleOf(p)}
	if id == lead {
		g.Role = VideoLead
	}
	return g, nil
}

// standing is an account as an actor and what it may know of a patient's visits, for
// what happens outside of a request.
func (c *Service) standing(ctx context.Context, accountID, patientID string) (models.Actor, models.Decision, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return models.Actor{}, models.Decision{}, err
	}
	actor := models.Actor{AccountID: a.Value.ID, Role: a.Value.Role, Discipline: a.Value.Discipline, PatientID: a.Value.PatientID, Name: a.Value.Name}
	if a.Value.Status != models.AccountActive {
		return actor, models.Decision{Basis: models.BasisNone, Section: models.SectionAppointments}, nil
	}
	facts, err := c.base.AccessFacts(ctx, actor, patientID)
	if err != nil {
		return actor, models.Decision{}, err
	}
	return actor, models.Decide(models.AccessQuestion{Actor: actor, PatientID: patientID, Section: models.SectionAppointments,
		Verb: models.Read, Purpose: models.PurposeOf(actor.Role), At: c.now()}, facts), nil
}

// JoinVideo lets the actor through to the room of a visit, or says why not; the
// line of it stands in the access log.
//
// Errors: not-found; forbidden not-in-this-visit; conflict not-by-video;
// gone visit-called-off.
func (ch *Part) JoinVideo(ctx context.Context, visitID string) (VideoGuest, error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return VideoGuest{}, err
	}
	v, err := ch.care.visits.OfChart(ctx, ch.chart, visitID)
	if err != nil {
		return VideoGuest{}, err
	}
	switch {
	case v.Value.Modality != schedule.Video:
		return VideoGuest{}, models.E(models.KindConflict, "not-by-video", "This visit is not by video.")
	case !visits.TakesPlace(v.Value):
		return VideoGuest{}, models.E(models.KindGone, "visit-called-off", "This visit will not take place.")
	}
	g, err := ch.care.VideoGuest(ctx, visitID, ch.actor.AccountID)
	if models.KindOf(err) == models.KindNotFound {
		return g, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-in-this-visit", "You are not one of the people in this visit."))
	}
	if err != nil {
		return g, err
	}
	return g, ch.chart.NoteRead(ctx, d, "visit.door", visitID, 1)
}
