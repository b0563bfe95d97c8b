package care

import (
	"context"
	"time"

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

// VideoVisit reads a visit for the room that it takes place in. A visit that is not
// by video, was called off or has no patient is not found.
func (c *Care) VideoVisit(ctx context.Context, visitID string) (VideoVisit, error) {
	v, err := c.visitByVideo(ctx, visitID)
	if err != nil {
		return VideoVisit{}, err
	}
	out := VideoVisit{ID: v.ID, PatientID: v.PatientID, Opens: v.door().Opens, Closes: v.door().Closes}
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
func (c *Care) VideoGuest(ctx context.Context, visitID, accountID string) (VideoGuest, error) {
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

func (c *Care) visitByVideo(ctx context.Context, visitID string) (Visit, error) {
	v, err := load[Visit](ctx, c.store, colVisits, visitID)
	if err != nil {
		return Visit{}, err
	}
	if v.Value.door() == nil {
		return Visit{}, models.NotFound()
	}
	return v.Value, nil
}

// videoLead finds who runs a visit: of its clinicians who have not declined the one
// who leads the patient's team, or else the first.
func (c *Care) videoLead(ctx context.Context, v Visit) (string, error) {
	first := ""
	for _, p := range v.Participants {
		if p.Kind != schedule.Clinician || p.Status == schedule.Declined || videoRoleOf(p) != VideoClinician {
			continue
		}
		m, err := load[models.Membership](ctx, c.store, colMemberships, membershipID(v.PatientID, p.Who))
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
func (c *Care) videoGuest(ctx context.Context, v Visit, p schedule.Participant, lead string) (VideoGuest, error) {
	id := p.Who
	if p.Kind == schedule.Patient {
		patient, err := load[models.Patient](ctx, c.store, colPatients, v.PatientID)
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
	if _, in := v.seatOf(id); p.Kind == schedule.Resource && (!in || actor.Role != models.RoleInterpreter) {
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
func (c *Care) standing(ctx context.Context, accountID, patientID string) (models.Actor, models.Decision, error) {
	a, err := load[models.Account](ctx, c.store, colAccounts, accountID)
	if err != nil {
		return models.Actor{}, models.Decision{}, err
	}
	actor := models.Actor{AccountID: a.Value.ID, Role: a.Value.Role, Discipline: a.Value.Discipline, PatientID: a.Value.PatientID, Name: a.Value.Name}
	if a.Value.Status != models.AccountActive {
		return actor, models.Decision{Basis: models.BasisNone, Section: models.SectionAppointments}, nil
	}
	facts, err := c.accessFacts(ctx, actor, patientID)
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
func (ch *Chart) JoinVideo(ctx context.Context, visitID string) (VideoGuest, error) {
	d, err := ch.may(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return VideoGuest{}, err
	}
	v, err := ch.visitOfChart(ctx, visitID)
	if err != nil {
		return VideoGuest{}, err
	}
	switch {
	case v.Value.Modality != schedule.Video:
		return VideoGuest{}, models.E(models.KindConflict, "not-by-video", "This visit is not by video.")
	case !takesPlace(v.Value):
		return VideoGuest{}, models.E(models.KindGone, "visit-called-off", "This visit will not take place.")
	}
	g, err := ch.care.VideoGuest(ctx, visitID, ch.actor.AccountID)
	if models.KindOf(err) == models.KindNotFound {
		return g, ch.refuse(ctx, d, models.E(models.KindForbidden, "not-in-this-visit", "You are not one of the people in this visit."))
	}
	if err != nil {
		return g, err
	}
	return g, ch.noteRead(ctx, d, "visit.door", visitID, 1)
}
