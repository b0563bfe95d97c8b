package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/videovisit"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/video"
	"handrail/video/quality"
	"handrail/video/signal"
)

// SocketPath is where the messages of a video visit go; docs/signaling.md is its
// protocol.
const SocketPath = "/v1/visits/socket"

// Joining is the way into the room of a visit by video.
type Joining struct {
	Ticket     string               `json:"ticket" doc:"Opens one connection to socket."`
	Expires    time.Time            `json:"expires"`
	Socket     string               `json:"socket" doc:"Path of the WebSocket on this server. Its protocol: docs/signaling.md."`
	ICEServers []signal.ICEServer   `json:"iceServers" doc:"For RTCPeerConnection. The credentials end soon."`
	Role       videovisit.VideoRole `json:"role" enum:"lead,clinician,patient,supporter,interpreter,observer"`
}

type qualityInput struct {
	AppointmentPath
	edge.Pieces
}

// ConnectionReport is how the connection of one person in a visit was.
type ConnectionReport struct {
	Name string               `json:"name,omitempty" doc:"Of those who still belong to the visit."`
	Role videovisit.VideoRole `json:"role,omitempty"`
	quality.Report
}

// videoVisits registers the door to the room of a visit, and what is told after it.
func (a *API) videoVisits() {
	tag := []string{"Video"}
	const path = "/v1/patients/{patientId}/appointments/{appointmentId}"
	door.Register(a.API, huma.Operation{OperationID: "joinAppointment", Method: http.MethodPost, Path: path + "/join", Tags: tag,
		Summary: "Get a ticket into the room of a visit by video", Errors: []int{http.StatusGone},
		Description: "Open from 30 minutes before the visit until two hours after it. Being let in is for the clinicians inside."},
		func(ctx context.Context, in *AppointmentPath) (*edge.Answer[Joining], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.join(ctx, ch, in.AppointmentID))
		})
	door.Register(a.API, huma.Operation{OperationID: "joinConference", Method: http.MethodPost, Path: "/v1/conferences/{conferenceId}/join", Tags: tag,
		Summary: "Get a ticket into the room of a conference by video", Errors: []int{http.StatusGone, http.StatusConflict},
		Description: "The same lobby and rules as a visit's; who called it runs it. Who has lost the right to all of the charts is not let in."},
		func(ctx context.Context, in *ConferencePath) (*edge.Answer[Joining], error) {
			guest, err := a.Care.Video.JoinConference(ctx, edge.ActorFrom(ctx), in.ConferenceID)
			return edge.Answered(a.enter(ctx, in.ConferenceID, guest, err))
		})
	door.Register(a.API, huma.Operation{OperationID: "readAppointmentQuality", Method: http.MethodGet, Path: path + "/quality", Tags: tag,
		Summary: "How well the connections of a visit by video worked, for each person"},
		func(ctx context.Context, in *qualityInput) (*edge.Answer[edge.List[ConnectionReport]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := a.connections(ctx, ch, in.AppointmentID)
			return edge.Pieced(in.Pieces, found, func(r ConnectionReport) string { return r.PersonID + r.From.String() }, err)
		})
}

func (a *API) join(ctx context.Context, ch *care.Chart, visitID string) (Joining, error) {
	guest, err := ch.Video.JoinVideo(ctx, visitID)
	return a.enter(ctx, visitID, guest, err)
}

// enter gives who was let through a ticket into the room.
func (a *API) enter(ctx context.Context, visitID string, guest videovisit.VideoGuest, err error) (Joining, error) {
	if err != nil {
		return Joining{}, err
	}
	if a.config.Video == nil {
		return Joining{}, models.E(models.KindUnavailable, "video-off", "Video visits can't be held here right now. Call the clinic.")
	}
	e, err := a.config.Video.Enter(ctx, visitID, guest.AccountID, edge.ActorFrom(ctx).SessionID)
	return Joining{Ticket: e.Ticket, Expires: e.Expires, Socket: SocketPath, ICEServers: e.ICEServers, Role: guest.Role}, err
}

// connections are those of the visit that runs, or those that were kept.
func (a *API) connections(ctx context.Context, ch *care.Chart, visitID string) ([]ConnectionReport, error) {
	kept, guests, err := ch.Video.VideoReports(ctx, visitID)
	if err != nil {
		return nil, err
	}
	var reports []quality.Report
	if a.config.Video != nil {
		reports = a.config.Video.Reports(visitID)
	}
	if len(reports) == 0 && kept != nil {
		if err := json.Unmarshal(kept, &reports); err != nil {
			return nil, err
		}
	}
	out := make([]ConnectionReport, len(reports))
	for i, r := range reports {
		out[i].Report = r
		if g := slices.IndexFunc(guests, func(g videovisit.VideoGuest) bool { return g.AccountID == r.PersonID }); g >= 0 {
			out[i].Name, out[i].Role = guests[g].Name, guests[g].Role
		}
	}
	return out, nil
}

// Media is what the edge needs of the media server; nil in Config when this program
// holds no visits.
type Media interface {
	Enter(ctx context.Context, visitID, personID, login string) (video.Entry, error)
	Reports(visitID string) []quality.Report
	Written(visitID, personID string) ([]video.Line, error)
	Kept(visitID, personID string)
	Serve(ctx context.Context, conn video.Conn) error
	Metrics() video.Metrics
}
