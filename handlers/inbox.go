package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/reminder"
	"handrail/notify"
)

// ReminderPath names one of the caller's own reminders.
type ReminderPath struct {
	ReminderID string `path:"reminderId" format:"uuid"`
}

type deliveredInput struct {
	ReminderPath
	Body struct {
		By string `json:"by" enum:"push,local" doc:"What made the device show it."`
	}
}

type reminderDeliveryInput struct {
	door.PatientPath
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"At most 92 days after from."`
	edge.Pieces
}

// deliveryDays is how long a time the team can look at in one go.
const deliveryDays = 92

// inbox registers what has come, what will come, and what became of it.
func (a *API) inbox() {
	tag := []string{"Reminders"}
	const path = "/v1/me/reminders"
	door.Register(a.API, huma.Operation{OperationID: "listReminders", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Your inbox: what has come, newest first"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[notify.Item]], error) {
			p, err := a.config.Notify.Inbox(ctx, edge.ActorFrom(ctx).AccountID, notify.Paging{Limit: in.Limit, Cursor: in.Cursor})
			return door.Paged(care.Page[notify.Item]{Items: p.Items, Next: p.Next}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "listComingReminders", Method: http.MethodGet, Path: path + "/coming", Tags: tag,
		Summary:     "What will come in the next 14 days, for a phone that rings by itself",
		Description: "A push with a higher epoch says: fetch again. An alarm and its push have the same id: who shows one cancels the other."},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[notify.Ahead], error) {
			return edge.Answered(known(a, ctx, func(id string) (notify.Ahead, error) { return a.config.Notify.Next14Days(ctx, id) }))
		})
	door.Register(a.API, huma.Operation{OperationID: "readReminderTrail", Method: http.MethodGet, Path: path + "/{reminderId}", Tags: tag, Summary: "One of your reminders with everything that happened to it"},
		func(ctx context.Context, in *ReminderPath) (*edge.Answer[notify.Trail], error) {
			return edge.Answered(a.config.Notify.TrailOf(ctx, edge.ActorFrom(ctx).AccountID, in.ReminderID))
		})
	door.Register(a.API, huma.Operation{OperationID: "openReminder", Method: http.MethodPost, Path: path + "/{reminderId}/opened", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Mark a notice of the inbox as read"},
		func(ctx context.Context, in *ReminderPath) (*struct{}, error) {
			return nil, a.config.Notify.Opened(ctx, edge.ActorFrom(ctx).AccountID, in.ReminderID)
		})
	door.Register(a.API, huma.Operation{OperationID: "receiveReminder", Method: http.MethodPost, Path: path + "/{reminderId}/delivered", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Say that your device showed it"},
		func(ctx context.Context, in *deliveredInput) (*struct{}, error) {
			return nil, a.config.Notify.Delivered(ctx, edge.ActorFrom(ctx).AccountID, in.ReminderID, in.Body.By)
		})
	door.Register(a.API, huma.Operation{OperationID: "listReached", Method: http.MethodGet, Path: "/v1/patients/{patientId}/reached", Tags: tag,
		Summary:     "Whether reminders reached the patient, oldest first",
		Description: "Of the kinds whose part of the chart you may read. No device and no channel is told."}, a.reminderDelivery)
}

func (a *API) reminderDelivery(ctx context.Context, in *reminderDeliveryInput) (*edge.Answer[edge.List[notify.Contacted]], error) {
	if !in.From.Before(in.To) || in.To.Sub(in.From) > deliveryDays*24*time.Hour {
		return nil, edge.Invalid("query.to", "bad-window", "This ends after it begins, and at most 92 days later.")
	}
	ch, err := a.Open(ctx, in.PatientID)
	if err != nil {
		return nil, err
	}
	var out []notify.Contacted
	err = ch.People.ReminderDelivery(ctx, func(accountID string, sees func(reminder.Kind) bool) (int, error) {
		all, err := a.config.Notify.Delivery(ctx, accountID, in.From, in.To)
		for _, c := range all {
			if sees(c.Kind) {
				out = append(out, c)
			}
		}
		return len(out), err
	})
	return edge.Pieced(in.Pieces, out, func(c notify.Contacted) string { return c.ID }, err)
}
