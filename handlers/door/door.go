// Package door is what every resource of the API needs beside the edge: the use cases, a
// chart that is opened for the caller, and answers with versions and pages. Resources
// that share more than that have a room of their own under handlers; the others are
// files of package handlers.
package door

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/handlers/edge"
	"handrail/models"
)

// API is the edge with the use cases behind it.
type API struct {
	*edge.Edge
	Care *care.Care
}

// PatientPath names the chart. An id that is none is not found, like a stranger.
type PatientPath struct {
	PatientID string `path:"patientId" maxLength:"64" doc:"The id of the chart."`
}

// Register adds an operation of a resource.
func Register[I, O any](a *API, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	edge.Register(a.Edge, op, handler)
}

// Open opens a chart for the purpose that the caller's role acts with.
func (a *API) Open(ctx context.Context, patientID string) (*care.Chart, error) {
	who := edge.ActorFrom(ctx)
	return a.Care.Open(ctx, who, patientID, models.PurposeOf(who.Role))
}

// Create opens a chart for something new, and tells the id that it gets.
func (a *API) Create(ctx context.Context, patientID string, c edge.Creating, clientID string) (*care.Chart, string, error) {
	ch, err := a.Open(ctx, patientID)
	if err != nil {
		return nil, "", err
	}
	id, err := c.NewID(ctx, clientID)
	return ch, id, err
}

// Edit opens a chart for a change to what has versions.
func (a *API) Edit(ctx context.Context, patientID string, e edge.Editing) (*care.Chart, int64, error) {
	ch, err := a.Open(ctx, patientID)
	if err != nil {
		return nil, 0, err
	}
	version, err := e.Version()
	return ch, version, err
}
