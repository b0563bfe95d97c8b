package handlers

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// kindView is what holds for one kind of reminder.
type kindView struct {
	Kind   reminder.Kind      `json:"kind"`
	On     bool               `json:"on"`
	Time   string             `json:"time,omitempty" doc:"Local time of day, where the reminder has none of its own."`
	Steps  []reminder.Step    `json:"steps" doc:"One after the other, until a receipt comes. Empty: inbox only."`
	Quiet  reminder.QuietRule `json:"quiet"`
	Digest bool               `json:"digest"`
	Fixed  bool               `json:"fixed" doc:"It can't be changed: an alarm of the team."`
}

// settingsView is a person's choices with what holds by them. Addresses are
// masked: enough to know them again.
type settingsView struct {
	Choices        reminder.Choices  `json:"choices"`
	Kinds          []kindView        `json:"kinds"`
	Quiet          []reminder.Window `json:"quiet" doc:"The quiet hours that hold."`
	PerDay         int               `json:"perDay" doc:"The number of prompts a day that holds."`
	Zone           string            `json:"zone" doc:"The clock that is followed now."`
	Email          string            `json:"email"`
	EmailConfirmed bool              `json:"emailConfirmed"`
	Phone          string            `json:"phone"`
	SMS            bool              `json:"sms" doc:"They agreed to SMS and did not answer STOP."`
	SMSStopped     bool              `json:"smsStopped" doc:"The number answered STOP: it gets nothing until it answers START."`
	PhoneConfirmed bool              `json:"phoneConfirmed" doc:"START came from the number. Nothing but that question goes to one that has not answered; reminders go by the next way."`
	EmailBounced   bool              `json:"emailBounced" doc:"The mailbox is not there. Give the address again, or another one."`
	PhoneBounced   bool              `json:"phoneBounced" doc:"The number takes no SMS. Give it again, or another one."`
	Channels       []string          `json:"channels" doc:"What this clinic can send by."`
}

func viewSettings(s notify.Settings, to models.Role) settingsView {
	v := settingsView{Choices: s.Choices, Quiet: s.Choices.Quiet, PerDay: s.PerDay, Zone: s.Zone, Email: s.Email,
		EmailConfirmed: s.Confirmed, Phone: s.Phone, SMS: s.SMS, SMSStopped: s.Stopped, PhoneConfirmed: s.PhoneConfirmed,
		EmailBounced: s.EmailBounced, PhoneBounced: s.PhoneBounced, Channels: s.Channels}
	if v.Quiet == nil {
		v.Quiet = reminder.DefaultQuiet
	}
	for _, k := range reminder.Offered(to) {
		t, off := s.Choices.For(k)
		steps := t.Steps
		if steps == nil {
			steps = []reminder.Step{}
		}
		v.Kinds = append(v.Kinds, kindView{k, !off, t.Time, steps, t.Quiet, t.Digest, k == reminder.TeamAlarm})
	}
	return v
}

type setChoicesInput struct {
	edge.Editing
	Body reminder.Choices
}

type emailInput struct {
	Body struct {
		Email string `json:"email" maxLength:"254" doc:"Empty: take it away."`
	}
}

type phoneInput struct {
	Body struct {
		Phone string `json:"phone" maxLength:"160" text:"phone" doc:"With its country, as people write it: +14155550100. Empty: take it away."`
		SMS   bool   `json:"sms" doc:"The person agrees, now, to get SMS. It is written down."`
	}
}

// How often one account may give an address: each may cost a mail.
var contactPace = edge.Pace{Every: time.Minute, Burst: 10}

// notifications registers how a person wants to be reminded, and where.
func (a *API) notifications() {
	tag := []string{"Reminders"}
	limited := huma.Middlewares{a.PerAccount(contactPace)}
	const path = "/v1/me/notification-settings"
	door.Register(a.API, huma.Operation{OperationID: "readNotificationSettings", Method: http.MethodGet, Path: path, Tags: tag, Summary: "How you want to be reminded, and what follows from it"},
		func(ctx context.Context, in *edge.Reading) (*edge.Tagged[settingsView], error) {
			s, err := known(a, ctx, func(id string) (notify.Settings, error) { return a.config.Notify.Settings(ctx, id) })
			if err == nil {
				err = in.Unless(settingsTag(s))
			}
			return taggedSettings(ctx)(s, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setNotificationSettings", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Replace your choices; what is planned for you follows at once"},
		func(ctx context.Context, in *setChoicesInput) (*edge.Tagged[settingsView], error) {
			version, err := in.PartVersion()
			if err != nil {
				return nil, err
			}
			return taggedSettings(ctx)(known(a, ctx, func(id string) (notify.Settings, error) {
				return a.config.Notify.SetChoices(ctx, id, version, in.Body)
			}))
		})
	door.Register(a.API, huma.Operation{OperationID: "setMyEmail", Method: http.MethodPut, Path: "/v1/me/email", Tags: tag, DefaultStatus: http.StatusNoContent, Middlewares: limited,
		Summary: "Give an e-mail address; nothing but a link to confirm it is sent there before you do", Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *emailInput) (*struct{}, error) {
			return known(a, ctx, func(id string) (*struct{}, error) { return nil, a.config.Notify.SetEmail(ctx, id, in.Body.Email) })
		})
	door.Register(a.API, huma.Operation{OperationID: "setMyPhone", Method: http.MethodPut, Path: "/v1/me/phone", Tags: tag, DefaultStatus: http.StatusNoContent, Middlewares: limited,
		Summary: "Give a phone number, and say whether SMS may go there", Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *phoneInput) (*struct{}, error) {
			return known(a, ctx, func(id string) (*struct{}, error) {
				return nil, a.config.Notify.SetPhone(ctx, id, in.Body.Phone, in.Body.SMS)
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "askMyPhone", Method: http.MethodPost, Path: "/v1/me/phone/confirmation", Tags: tag, DefaultStatus: http.StatusNoContent, Middlewares: limited,
		Summary: "Send a text that asks whether the number is yours; START from it says yes", Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *struct{}) (*struct{}, error) {
			return known(a, ctx, func(id string) (*struct{}, error) { return nil, a.config.Notify.AskPhone(ctx, id) })
		})
}

// settingsTag begins with the version of the choices. The planner changes what else is
// shown, and that is in nobody's way.
func settingsTag(s notify.Settings) string { return fmt.Sprintf(`"%d.%d"`, s.Version, s.Shown) }

// taggedSettings answers with settings, and with the kinds that exist for the caller.
func taggedSettings(ctx context.Context) func(notify.Settings, error) (*edge.Tagged[settingsView], error) {
	return func(s notify.Settings, err error) (*edge.Tagged[settingsView], error) {
		if err != nil {
			return nil, err
		}
		return &edge.Tagged[settingsView]{ETag: settingsTag(s), Body: viewSettings(s, edge.ActorFrom(ctx).Role)}, nil
	}
}

// known does something for the caller's reminders. An account that the planner has
// not met yet is made known first.
func known[T any](a *API, ctx context.Context, do func(accountID string) (T, error)) (T, error) {
	id := edge.ActorFrom(ctx).AccountID
	v, err := do(id)
	if models.KindOf(err) != models.KindNotFound {
		return v, err
	}
	me, err := a.Care.People.Me(ctx, edge.ActorFrom(ctx))
	if err != nil {
		return v, err
	}
	owner := cmp.Or(me.PatientID, me.ID)
	if err := a.config.Notify.Enroll(ctx, notify.Person{AccountID: id, Owner: owner, Home: me.Zone, Language: me.Language}); err != nil {
		return v, err
	}
	return do(id)
}
