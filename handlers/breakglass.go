package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/people"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// BreakGlassStatement is what a medical person says and answers for.
type BreakGlassStatement struct {
	ID          string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Affiliation string `json:"affiliation" minLength:"1" maxLength:"200"`
	Reason      string `json:"reason"`
	Nature      string `json:"nature" minLength:"10" maxLength:"1000" doc:"The nature of the emergency, in words (42 CFR 2.51)." text:"prose"`
	NoConsent   bool   `json:"cannotObtainConsent" doc:"The patient's consent can't be had in time."`
	TellRisk    string `json:"tellRisk,omitempty" doc:"Only when telling the patient today could do harm. The privacy officer decides about it."`
}

func (s BreakGlassStatement) request() people.BreakGlassRequest {
	return people.BreakGlassRequest{Affiliation: s.Affiliation, Reason: s.Reason, Nature: s.Nature, NoConsent: s.NoConsent, TellRisk: s.TellRisk}
}

type breakGlassInput struct {
	door.PatientPath
	edge.Creating
	Body BreakGlassStatement
}

type breakGlassForInput struct {
	edge.Creating
	Body struct {
		Name      string `json:"name" minLength:"1" maxLength:"200" doc:"The patient's name as it stands in the record."`
		BirthDate string `json:"birthDate" maxLength:"10" doc:"YYYY-MM-DD"`
		BreakGlassStatement
	}
}

// BreakGlassPath names one use of break-glass.
type BreakGlassPath struct {
	BreakGlassID string `path:"glassId" format:"uuid"`
}

type judgeBreakGlassInput struct {
	BreakGlassPath
	Body struct {
		Outcome string `json:"outcome"`
		Note    string `json:"note,omitempty" maxLength:"1000"`
	}
}

type delayBreakGlassInput struct {
	BreakGlassPath
	Body struct {
		Risk  string    `json:"risk"`
		Until time.Time `json:"until" doc:"At most 30 days after the emergency."`
	}
}

// breakGlass registers access in a medical emergency and its review.
func (a *API) breakGlass() {
	tag := []string{"Consent and access"}
	pace := a.PerAccount(edge.Pace{Every: time.Minute, Burst: 20})
	door.Register(a.API, huma.Operation{OperationID: "breakGlass", Method: http.MethodPost, Path: "/v1/patients/{patientId}/break-glass",
		Tags: tag, Summary: "Open the minimum set in a medical emergency, for an hour", DefaultStatus: http.StatusCreated,
		// Medical personnel may ask about anybody; nobody may try ids by the thousand.
		Middlewares: huma.Middlewares{pace}, Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *breakGlassInput) (*edge.Answer[models.BreakGlass], error) {
			b := in.Body
			id, err := in.NewID(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.People.BreakGlass(ctx, edge.ActorFrom(ctx), in.PatientID, id, b.request()))
		})
	door.Register(a.API, huma.Operation{OperationID: "breakGlassByName", Method: http.MethodPost, Path: "/v1/break-glass",
		Tags: tag, Summary: "The same for somebody who is known by name and birth date", DefaultStatus: http.StatusCreated,
		Middlewares: huma.Middlewares{pace}, Errors: []int{http.StatusTooManyRequests, http.StatusNotFound}},
		func(ctx context.Context, in *breakGlassForInput) (*edge.Answer[models.BreakGlass], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.People.BreakGlassFor(ctx, edge.ActorFrom(ctx), in.Body.Name, in.Body.BirthDate, id, in.Body.request()))
		})
	door.Register(a.API, huma.Operation{OperationID: "reviewBreakGlass", Method: http.MethodGet, Path: "/v1/break-glass",
		Tags: tag, Summary: "Uses of break-glass and what waits (privacy officer)"},
		func(ctx context.Context, in *edge.Paging) (*edge.Answer[edge.List[people.BreakGlassView]], error) {
			return door.Paged(a.Care.People.BreakGlassReview(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "judgeBreakGlass", Method: http.MethodPut, Path: "/v1/break-glass/{glassId}/review",
		Tags: tag, Summary: "Note what the review found (privacy officer); due within 72 hours"},
		func(ctx context.Context, in *judgeBreakGlassInput) (*edge.Answer[people.BreakGlassView], error) {
			return edge.Answered(a.Care.People.JudgeBreakGlass(ctx, edge.ActorFrom(ctx), in.BreakGlassID, in.Body.Outcome, in.Body.Note))
		})
	door.Register(a.API, huma.Operation{OperationID: "tellBreakGlass", Method: http.MethodPost, Path: "/v1/break-glass/{glassId}/tell-patient",
		Tags: tag, Summary: "Tell the patient now what was put off (privacy officer)"},
		func(ctx context.Context, in *BreakGlassPath) (*edge.Answer[people.BreakGlassView], error) {
			return edge.Answered(a.Care.People.TellBreakGlass(ctx, edge.ActorFrom(ctx), in.BreakGlassID))
		})
	door.Register(a.API, huma.Operation{OperationID: "delayBreakGlass", Method: http.MethodPut, Path: "/v1/break-glass/{glassId}/delay",
		Tags: tag, Summary: "Put off telling the patient for a recorded risk of harm (privacy officer)"},
		func(ctx context.Context, in *delayBreakGlassInput) (*edge.Answer[people.BreakGlassView], error) {
			return edge.Answered(a.Care.People.DelayBreakGlass(ctx, edge.ActorFrom(ctx), in.BreakGlassID, in.Body.Risk, in.Body.Until))
		})
}
