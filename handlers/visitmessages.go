package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/videovisit"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// visitMessages registers what becomes of the messages that are written in a visit by
// video: they are gone with it, unless somebody who treats the patient keeps them.
func (a *API) visitMessages() {
	tag := []string{"Video"}
	const path = "/v1/patients/{patientId}/appointments/{appointmentId}/messages"
	door.Register(a.API, huma.Operation{OperationID: "keepVisitMessages", Method: http.MethodPost, Path: path, Tags: tag,
		Summary: "Keep what was written for everyone in the visit that runs",
		Description: "For a clinician inside the visit. Everybody in it is told. What was kept before stays; the same call twice is one. " +
			"Messages to one person are never kept."},
		func(ctx context.Context, in *AppointmentPath) (*edge.Answer[videovisit.VisitMessages], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.keepMessages(ctx, ch, in.AppointmentID))
		})
	door.Register(a.API, huma.Operation{OperationID: "readVisitMessages", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "What was kept of the messages of a visit by video", Description: "For the patient and the team."},
		func(ctx context.Context, in *AppointmentPath) (*edge.Answer[videovisit.VisitMessages], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Video.VisitMessages(ctx, in.AppointmentID))
		})
}

// keepMessages asks the chart first: it decides about the visit and the right, and
// leaves the line of a refusal.
func (a *API) keepMessages(ctx context.Context, ch *care.Chart, visitID string) (videovisit.VisitMessages, error) {
	if _, err := ch.Video.VisitMessages(ctx, visitID); err != nil {
		return videovisit.VisitMessages{}, err
	}
	if a.config.Video == nil {
		return videovisit.VisitMessages{}, models.E(models.KindUnavailable, "video-off", "Video visits can't be held here right now. Call the clinic.")
	}
	lines, err := a.config.Video.Written(visitID, ch.Actor().AccountID)
	if err != nil {
		return videovisit.VisitMessages{}, err
	}
	written := make([]videovisit.VisitMessage, len(lines))
	for i, l := range lines {
		written[i] = videovisit.VisitMessage{ID: l.ID, At: l.At.UTC(), Name: l.Name, Role: videovisit.VideoRole(l.Role), Text: l.Text}
	}
	kept, err := ch.Video.KeepVisitMessages(ctx, visitID, written)
	if err == nil {
		a.config.Video.Kept(visitID, ch.Actor().AccountID)
	}
	return kept, err
}
