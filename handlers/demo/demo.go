// Package demo is what a demo shows of itself: its people, and a code to sign in as any of
// them, for anybody who asks. It is there in a demo and nowhere else.
package demo

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// MadeUp is one of the people of a demo. Nobody of that name is real.
type MadeUp struct {
	AccountID  string            `json:"accountId"`
	Name       string            `json:"name"`
	Role       models.Role       `json:"role"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	PatientID  string            `json:"patientId,omitempty"`
}

// NewCode is a new code to sign in as one of them.
type NewCode struct {
	Code string `json:"code"`
}

// Demo is who there is, and who makes codes. Coder may be asked for anybody of People.
type Demo struct {
	People []MadeUp
	Coder  func(ctx context.Context, accountID string) (string, error)
}

// codePace is for one address: more than a class in one room opens in a minute.
var codePace = edge.Pace{Every: 2 * time.Second, Burst: 60}

type madeUpPath struct {
	AccountID string `path:"accountId" format:"uuid"`
}

// Add registers it.
func Add(to *door.API, d Demo) {
	tag := []string{"Site"}
	door.Register(to, huma.Operation{OperationID: "listDemoPeople", Method: http.MethodGet, Path: "/v1/demo/people", Tags: tag, Security: edge.Public,
		Summary: "The people of this demo; none of them is real"},
		func(context.Context, *struct{}) (*edge.Answer[edge.List[MadeUp]], error) {
			return edge.NewList(d.People, ""), nil
		})
	door.Register(to, huma.Operation{OperationID: "makeDemoCode", Method: http.MethodPost, Path: "/v1/demo/people/{accountId}/codes", Tags: tag, Security: edge.Public,
		DefaultStatus: http.StatusCreated, Middlewares: huma.Middlewares{to.PerAddress(codePace)}, Errors: []int{http.StatusTooManyRequests},
		Summary: "A code to sign in as one of the people of this demo"},
		func(ctx context.Context, in *madeUpPath) (*edge.Answer[NewCode], error) {
			if !slices.ContainsFunc(d.People, func(p MadeUp) bool { return p.AccountID == in.AccountID }) {
				return nil, models.NotFound()
			}
			code, err := d.Coder(ctx, in.AccountID)
			return edge.Answered(NewCode{code}, err)
		})
}
