package videovisit

import (
	"context"
	"slices"
	"time"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// conferenceIdle is how long the rights of a running conference are not asked for by
// themselves, when nobody told of a line: a consent may run out meanwhile.
const conferenceIdle = 30 * time.Second

// conferenceLead is who runs a conference: who called it, else the first who comes.
func conferenceLead(v visits.Visit) string {
	first := ""
	for _, p := range v.Participants {
		if p.Status == schedule.Declined {
			continue
		}
		if p.Who == v.BookedBy.AccountID {
			return p.Who
		}
		if first == "" {
			first = p.Who
		}
	}
	return first
}

// conferenceGuest makes a guest of who may come to a conference as things stand now: a
// clinician of it who has not said no, with a right to one of the charts at least. Whom
// they may not hear about is told to the others on the page of the meeting.
func (c *Service) conferenceGuest(ctx context.Context, v visits.Visit, p schedule.Participant, lead string) (VideoGuest, error) {
	if p.Kind != schedule.Clinician || p.Status == schedule.Declined {
		return VideoGuest{}, models.NotFound()
	}
	about, err := c.visits.AboutIDs(ctx, v.ID)
	if err != nil {
		return VideoGuest{}, err
	}
	for _, patientID := range about {
		actor, d, err := c.standing(ctx, p.Who, patientID)
		if err != nil {
			return VideoGuest{}, err
		}
		if d.Allowed && d.Whole && actor.Role == models.RoleClinician {
			g := VideoGuest{AccountID: p.Who, Name: actor.Name, Role: VideoClinician}
			if p.Who == lead {
				g.Role = VideoLead
			}
			return g, nil
		}
	}
	return VideoGuest{}, models.NotFound()
}

// JoinConference lets the actor through to the room of a conference, or says why not.
//
// Errors: not-found; forbidden not-in-this-visit; conflict not-by-video; gone
// visit-called-off.
func (c *Service) JoinConference(ctx context.Context, actor models.Actor, id string) (VideoGuest, error) {
	v, err := c.visits.ConferenceOf(ctx, actor, id)
	if err != nil {
		return VideoGuest{}, err
	}
	switch {
	case v.Modality != schedule.Video:
		return VideoGuest{}, models.E(models.KindConflict, "not-by-video", "This visit is not by video.")
	case !visits.TakesPlace(v):
		return VideoGuest{}, models.E(models.KindGone, "visit-called-off", "This visit will not take place.")
	}
	g, err := c.VideoGuest(ctx, id, actor.AccountID)
	if models.KindOf(err) == models.KindNotFound {
		e := c.base.AuditEvent(actor, "conference.refused")
		e.Ref, e.Outcome, e.Rule = id, models.OutcomeDenied, "not-in-this-visit"
		if err := c.base.Note(ctx, e); err != nil {
			return g, err
		}
		return g, models.E(models.KindForbidden, "not-in-this-visit", "You are not one of the people in this visit.")
	}
	if err != nil {
		return g, err
	}
	e := c.base.AuditEvent(actor, "conference.door")
	e.Ref = id
	return g, c.base.Note(ctx, e)
}

// markConference is mark for a conference: its rights are asked for anew when any chart or
// conference has a new line, and now and then by themselves.
func (c *Service) markConference(m videoMark, told bool) videoMark {
	now := c.now()
	m.told = m.told || told
	since := now.Sub(m.at).Abs()
	if m.told && since >= rightsIdle || since >= conferenceIdle { // a busy clinic writes many lines a second
		m.line, m.at, m.told = m.line+1, now, false
	}
	return m
}

// ofConference names the mark of a conference, which has no patient.
const ofConference = "conference"

func changesConference(e models.AuditEvent) bool {
	return e.PatientID != "" || slices.Contains([]string{"conference.answered", "conference.cancelled", "account.suspended"}, e.Action)
}
