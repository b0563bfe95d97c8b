package handlers

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/icalendar"
)

type inviteInput struct{ AppointmentPath }

type feedInput struct {
	Token string `path:"token" minLength:"1" maxLength:"64" doc:"The secret of POST /v1/me/calendar-feed."`
	edge.Reading
}

// newFeed is the only answer that ever holds the secret.
type newFeed struct {
	Path      string    `json:"path" doc:"Subscribe to this address of the site. It is shown this once: whoever has it can read when your visits are."`
	CreatedAt time.Time `json:"createdAt"`
}

// Calendar is an answer in iCalendar (RFC 5545).
type Calendar struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Disposition  string `header:"Content-Disposition"`
	ETag         string `header:"ETag"`
	Body         []byte
}

// How often one address may ask for feeds: services that keep many people's
// calendars ask from few addresses.
var FeedPace = edge.Pace{Every: time.Second, Burst: 120}

// calendars registers what calendar programs read.
func (a *API) calendars() {
	tag := []string{"Scheduling"}
	const own = "/v1/me/calendar-feed"
	door.Register(a.API, huma.Operation{OperationID: "readInvite", Method: http.MethodGet, Path: "/v1/patients/{patientId}/appointments/{appointmentId}/invite.ics", Tags: tag,
		Summary: "A visit for a calendar: the same visit again updates it, a cancelled one takes it out", Responses: calendarAnswer(), Errors: []int{http.StatusConflict, http.StatusGone}},
		func(ctx context.Context, in *inviteInput) (*Calendar, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			t, err := ch.Visits.Invite(ctx, in.AppointmentID)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = icalendar.WriteInvite(&b, event(t))
			return &Calendar{ContentType: icalendar.ContentType, CacheControl: "no-store", Disposition: `attachment; filename="appointment.ics"`, Body: b.Bytes()}, err
		})
	door.Register(a.API, huma.Operation{OperationID: "readCalendarFeed", Method: http.MethodGet, Path: own, Tags: tag, Summary: "Whether your visits can be subscribed to, and since when"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[visits.CalendarFeed], error) {
			return edge.Answered(a.Care.Visits.CalendarFeed(ctx, edge.ActorFrom(ctx)))
		})
	door.Register(a.API, huma.Operation{OperationID: "makeCalendarFeed", Method: http.MethodPost, Path: own, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Make a secret address for your calendar program; the one before ends", Middlewares: huma.Middlewares{a.PerAccount(edge.Pace{Every: time.Minute, Burst: 20})},
		Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[newFeed], error) {
			token, f, err := a.Care.Visits.NewCalendarFeed(ctx, edge.ActorFrom(ctx))
			if err != nil {
				return nil, err
			}
			return edge.NewAnswer(newFeed{"/calendar/" + token + ".ics", *f.CreatedAt}), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "endCalendarFeed", Method: http.MethodDelete, Path: own, Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Make your secret address worthless"},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.Care.Visits.EndCalendarFeed(ctx, edge.ActorFrom(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "subscribeCalendar", Method: http.MethodGet, Path: "/calendar/{token}.ics", Tags: tag, Security: edge.Public,
		Summary: "Somebody's visits, for the calendar program that they gave the address to", Responses: calendarAnswer(),
		Middlewares: huma.Middlewares{a.PerAddress(FeedPace)}, Errors: []int{http.StatusTooManyRequests}}, a.subscribe)
}

// calendarAnswer describes the answer; Huma writes into the map, so each has its own.
func calendarAnswer() map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Description: "iCalendar (RFC 5545). It says when, and of what only \"Appointment\".",
		Content: map[string]*huma.MediaType{"text/calendar": {Schema: &huma.Schema{Type: "string"}}}}}
}

// subscribe answers a feed, or 304 when it is as the reader has it.
func (a *API) subscribe(ctx context.Context, in *feedInput) (*Calendar, error) {
	var body []byte
	var tag string
	var held error
	write := func(visits []visits.VisitTime) (bool, error) {
		events := make([]icalendar.Event, 0, len(visits))
		for _, v := range visits {
			events = append(events, event(v))
		}
		var b bytes.Buffer
		err := icalendar.WriteFeed(&b, events)
		sum := sha256.Sum256(b.Bytes())
		body, tag = b.Bytes(), `"`+hex.EncodeToString(sum[:12])+`"`
		held = in.Unless(tag)
		return held != nil, err
	}
	if err := a.Care.Visits.FeedVisits(ctx, in.Token, write); err != nil {
		return nil, err
	}
	if held != nil {
		return nil, held
	}
	return &Calendar{ContentType: icalendar.ContentType, CacheControl: "private, no-cache", Disposition: `inline; filename="appointments.ics"`, ETag: tag, Body: body}, nil
}

// event is a visit as calendars see it. Its name is that of the visit for good.
func event(t visits.VisitTime) icalendar.Event {
	return icalendar.Event{ID: t.VisitID, Sequence: t.Sequence, Changed: t.ChangedAt, Start: t.Start, End: t.End,
		Tentative: t.Tentative, Cancelled: t.Cancelled}
}
