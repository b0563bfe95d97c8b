package signon

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/apps"
	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type newAppInput struct {
	edge.Creating
	Body struct {
		ID           string   `json:"id,omitempty" format:"uuid" doc:"Made by the client; it is the app's client_id."`
		Name         string   `json:"name" minLength:"1" maxLength:"100" doc:"As people will read it."`
		RedirectURIs []string `json:"redirectUris" minItems:"1" maxItems:"10" doc:"Each to the letter."`
		LaunchURL    string   `json:"launchUrl,omitempty" maxLength:"500"`
		Confidential bool     `json:"confidential,omitempty" doc:"It can keep a secret: it runs on a server."`
	}
}

type newApp struct {
	apps.App
	Secret string `json:"secret,omitempty" doc:"Of a confidential app, shown this one time."`
}

// AppPath names an app.
type AppPath struct {
	AppID string `path:"appId" format:"uuid"`
}

type appAnswerInput struct {
	QuestionPath
	Body struct {
		Scopes []string `json:"scopes" maxItems:"20" doc:"What is allowed, of what was asked. None: no."`
	}
}

// QuestionPath names what an app asks.
type QuestionPath struct {
	QuestionID string `path:"questionId" format:"uuid"`
}

type goTo struct {
	RedirectTo string `json:"redirectTo" doc:"Send the browser there."`
}

type takeBackAppInput struct {
	GrantID string `path:"grantId" minLength:"64" maxLength:"64"`
	Scope   string `query:"scope" maxLength:"100" doc:"One thing that it may read. Left out: everything."`
}

type allowedView struct {
	Apps      []apps.Allowed   `json:"apps"`
	Startable []apps.Startable `json:"startable" doc:"Apps that you can start from here."`
}

// apps registers programs of others: what the clinic has registered, and what people
// let them read.
func (a *api) apps() {
	tag := []string{"Apps"}
	door.Register(a.API, huma.Operation{OperationID: "registerApp", Method: http.MethodPost, Path: "/v1/apps", Tags: tag, Summary: "Register an app of somebody else", DefaultStatus: http.StatusCreated},
		func(ctx context.Context, in *newAppInput) (*edge.Answer[newApp], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			app, secret, err := a.Care.Apps.Register(ctx, edge.ActorFrom(ctx), apps.App{ID: id, Name: in.Body.Name, RedirectURIs: in.Body.RedirectURIs,
				LaunchURL: in.Body.LaunchURL, Confidential: in.Body.Confidential})
			return edge.Answered(newApp{app, secret}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "listApps", Method: http.MethodGet, Path: "/v1/apps", Tags: tag, Summary: "List the apps that are registered"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[apps.App]], error) {
			return door.Paged(a.Care.Apps.Apps(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "removeApp", Method: http.MethodDelete, Path: "/v1/apps/{appId}", Tags: tag, Summary: "Take an app off; nothing of it opens anything any more", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *AppPath) (*struct{}, error) {
			return nil, a.Care.Apps.Remove(ctx, edge.ActorFrom(ctx), in.AppID)
		})
	door.Register(a.API, huma.Operation{OperationID: "launchApp", Method: http.MethodPost, Path: "/v1/apps/{appId}/launch", Tags: tag, Summary: "Start an app from here (EHR launch)"},
		func(ctx context.Context, in *AppPath) (*edge.Answer[goTo], error) {
			to, err := a.Care.Apps.Launch(ctx, edge.ActorFrom(ctx), in.AppID)
			return edge.Answered(goTo{to}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readAppQuestion", Method: http.MethodGet, Path: "/v1/app-questions/{questionId}", Tags: tag, Summary: "What an app asks of you"},
		func(ctx context.Context, in *QuestionPath) (*edge.Answer[apps.Question], error) {
			return edge.Answered(a.Care.Apps.Question(ctx, edge.ActorFrom(ctx), in.QuestionID))
		})
	door.Register(a.API, huma.Operation{OperationID: "answerApp", Method: http.MethodPost, Path: "/v1/app-questions/{questionId}/answer", Tags: tag, Summary: "Say what an app may read"},
		func(ctx context.Context, in *appAnswerInput) (*edge.Answer[goTo], error) {
			to, err := a.Care.Apps.Answer(ctx, edge.ActorFrom(ctx), in.QuestionID, in.Body.Scopes)
			return edge.Answered(goTo{to}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "listMyApps", Method: http.MethodGet, Path: "/v1/me/apps", Tags: tag, Summary: "List the apps that read for you"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[allowedView], error) {
			found, err := a.Care.Apps.AppsOf(ctx, edge.ActorFrom(ctx))
			if err != nil {
				return nil, err
			}
			startable, err := a.Care.Apps.StartableBy(ctx, edge.ActorFrom(ctx))
			return edge.Answered(allowedView{found, startable}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "takeBackApp", Method: http.MethodDelete, Path: "/v1/me/apps/{grantId}", Tags: tag, Summary: "Take back what an app may read, or one thing of it; holds from the next request", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *takeBackAppInput) (*struct{}, error) {
			return nil, a.Care.Apps.TakeBack(ctx, edge.ActorFrom(ctx), in.GrantID, in.Scope)
		})
}
