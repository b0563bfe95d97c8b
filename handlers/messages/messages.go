// Package messages is the threads of messages about a patient, the worries of supporters,
// and what the clinic agreed about answers (docs/messages.md).
package messages

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	threads "handrail/care/messages"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/message"
)

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.threads()
	a.thread()
	a.worries()
	a.settings()
}

// api is the API, as far as messages ask it.
type api struct{ *door.API }

var (
	tag  = []string{"Messages"}
	path = "/v1/threads"
)

// ThreadPath names a thread. An id that is none is not found.
type ThreadPath struct {
	ThreadID string `path:"threadId" format:"uuid"`
}

type threadsInput struct {
	PatientID string `query:"patientId" maxLength:"64" doc:"Whose; a patient may leave it out."`
	edge.Reading
	edge.Paging
}

type threadsAnswer struct {
	ETag string `header:"ETag" doc:"Names this state: 304 and no line in the patient's log while it is the same."`
	Body edge.List[threads.ThreadView]
}

type openingInput struct {
	edge.Creating
	Body struct {
		ID        string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		PatientID string `json:"patientId,omitempty" maxLength:"64" doc:"Whom it is about; a patient may leave it out."`
		message.Opening
	}
}

type messagesInput struct {
	ThreadPath
	edge.Paging
}

type readThreadInput struct {
	ThreadPath
	edge.Reading
}

type threadAnswer struct {
	ETag string `header:"ETag" doc:"Names this state: 304 and no line in the patient's log while it is the same."`
	Body threads.ThreadView
}

type sendInput struct {
	ThreadPath
	edge.Creating
	Body struct {
		ID      string          `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Text    string          `json:"text" minLength:"1" maxLength:"4000" text:"prose"`
		Urgency message.Urgency `json:"urgency,omitempty" enum:"routine,urgent" default:"routine" doc:"Calls nobody at once."`
	}
}

type readInput struct {
	ThreadPath
	Body struct {
		Number int `json:"number" minimum:"1" maximum:"1000000" doc:"Of the last message that you have read."`
	}
}

func own(ctx context.Context, patientID string) string {
	if patientID == "" {
		return edge.ActorFrom(ctx).PatientID
	}
	return patientID
}

func (a *api) threads() {
	door.Register(a.API, huma.Operation{OperationID: "listThreads", Method: http.MethodGet, Path: path, Tags: tag, Errors: []int{http.StatusNotFound},
		Summary: "Conversations about a patient that you take part in, the newest first"},
		func(ctx context.Context, in *threadsInput) (*threadsAnswer, error) {
			ch, err := a.Open(ctx, own(ctx, in.PatientID))
			if err != nil {
				return nil, err
			}
			etag := ""
			page, err := ch.Messages.Threads(ctx, in.Cursor, in.Limit, func(state string) error {
				etag = `"` + state + `"`
				return in.Unless(etag)
			})
			if err != nil {
				return nil, err
			}
			return &threadsAnswer{etag, edge.NewList(page.Items, page.Next).Body}, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "beginThread", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Errors: []int{http.StatusNotFound},
		Summary:     "Begin a conversation with its first message",
		Description: "Who takes part never changes. The answer holds help where the words ask for it, and who reads when. Nobody is called at once."},
		func(ctx context.Context, in *openingInput) (*edge.Answer[threads.Sent], error) {
			ch, id, err := a.Create(ctx, own(ctx, in.Body.PatientID), in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			o := in.Body.Opening
			if o.Supporter != "" {
				if o.Supporter, err = edge.CleanID("supporterId", o.Supporter); err != nil {
					return nil, err
				}
			}
			if o.First.ID == "" { // of a client that makes no ids: the thread's own names it
				o.First.ID = id
			} else if o.First.ID, err = edge.CleanID("message.id", o.First.ID); err != nil {
				return nil, err
			}
			return edge.Answered(ch.Messages.Begin(ctx, id, routine(o)))
		})
}

func routine(o message.Opening) message.Opening {
	if o.First.Urgency == "" {
		o.First.Urgency = message.Routine
	}
	return o
}

func (a *api) thread() {
	const one = "/{threadId}"
	door.Register(a.API, huma.Operation{OperationID: "readThread", Method: http.MethodGet, Path: path + one, Tags: tag, Summary: "Read who takes part in a conversation and how far each has read"},
		func(ctx context.Context, in *readThreadInput) (*threadAnswer, error) {
			out := &threadAnswer{}
			var err error
			out.Body, err = a.Care.Messages.Thread(ctx, edge.ActorFrom(ctx), in.ThreadID, func(state string) error {
				out.ETag = `"` + state + `"`
				return in.Unless(out.ETag)
			})
			if err != nil {
				return nil, err
			}
			return out, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "listMessages", Method: http.MethodGet, Path: path + one + "/messages", Tags: tag, Summary: "List the messages of a conversation, the newest first"},
		func(ctx context.Context, in *messagesInput) (*edge.Answer[edge.List[message.Message]], error) {
			return door.Paged(a.Care.Messages.Messages(ctx, edge.ActorFrom(ctx), in.ThreadID, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "sendMessage", Method: http.MethodPost, Path: path + one + "/messages", Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Write in a conversation",
		Description: "The answer holds help where the words ask for it, and who reads when. 429 after many in a short time: what waits on a phone is sent later."},
		func(ctx context.Context, in *sendInput) (*edge.Answer[threads.Sent], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			d := message.Draft{ID: id, Text: in.Body.Text, Urgency: in.Body.Urgency}
			if d.Urgency == "" {
				d.Urgency = message.Routine
			}
			return edge.Answered(a.Care.Messages.Send(ctx, edge.ActorFrom(ctx), in.ThreadID, d))
		})
	door.Register(a.API, huma.Operation{OperationID: "markThreadRead", Method: http.MethodPost, Path: path + one + "/read", Tags: tag, DefaultStatus: http.StatusNoContent,
		Summary: "Say how far you have read; the others see it"},
		func(ctx context.Context, in *readInput) (*struct{}, error) {
			return nil, a.Care.Messages.MarkRead(ctx, edge.ActorFrom(ctx), in.ThreadID, in.Body.Number)
		})
	door.Register(a.API, huma.Operation{OperationID: "settleThread", Method: http.MethodPost, Path: path + one + "/settle", Tags: tag,
		Summary: "Say that no answer is needed (team)"},
		func(ctx context.Context, in *ThreadPath) (*edge.Answer[threads.ThreadView], error) {
			return edge.Answered(a.Care.Messages.Settle(ctx, edge.ActorFrom(ctx), in.ThreadID))
		})
	a.closing("close", true, "Close a conversation; a new message opens it again (team)")
	a.closing("reopen", false, "Open a closed conversation again (team)")
}

func (a *api) closing(did string, closed bool, summary string) {
	door.Register(a.API, huma.Operation{OperationID: did + "Thread", Method: http.MethodPost, Path: path + "/{threadId}/" + did, Tags: tag, Summary: summary},
		func(ctx context.Context, in *ThreadPath) (*edge.Answer[threads.ThreadView], error) {
			return edge.Answered(a.Care.Messages.Close(ctx, edge.ActorFrom(ctx), in.ThreadID, closed))
		})
}

type normsInput struct {
	edge.Editing
	Body message.Norms
}

func (a *api) settings() {
	door.Register(a.API, huma.Operation{OperationID: "readMessageHours", Method: http.MethodGet, Path: "/v1/message-hours", Tags: tag,
		Summary: "Who reads messages and when, as the clinic says it; for a phone to keep"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[threads.Reading], error) {
			return edge.Answered(a.Care.Messages.Reading(ctx, edge.ActorFrom(ctx)))
		})
	door.Register(a.API, huma.Operation{OperationID: "readMessageSettings", Method: http.MethodGet, Path: "/v1/message-settings", Tags: tag,
		Summary: "Within how many working days the team answers (people who work at the clinic)"},
		func(ctx context.Context, in *edge.Reading) (*edge.Tagged[message.Norms], error) {
			v, err := a.Care.Messages.Norms(ctx, edge.ActorFrom(ctx))
			return door.VersionedUnless(*in, care.Versioned[message.Norms](v), err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setMessageSettings", Method: http.MethodPut, Path: "/v1/message-settings", Tags: tag,
		Summary: "Set it (administrator)"},
		func(ctx context.Context, in *normsInput) (*edge.Tagged[message.Norms], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Messages.SetNorms(ctx, edge.ActorFrom(ctx), version, in.Body))
		})
}
