// Package duty is the API of rotas: who is on duty, swaps, holes, and drills of alerts.
package duty

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/alerts"
	rotas "handrail/care/duty"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/duty"
)

type api struct{ *door.API }

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.rotas()
	a.swaps()
	a.drills()
	a.programmes()
	a.inProgramme()
}

// RotaPath names a rota.
type RotaPath struct {
	RotaID string `path:"rotaId" format:"uuid"`
}

type listRotasInput struct {
	edge.Pieces
	Ended bool `query:"ended" doc:"Those that have ended too."`
}

type createRotaInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		duty.Terms
	}
}

type readRotaInput struct {
	RotaPath
	edge.Reading
}

type editRotaInput struct {
	RotaPath
	edge.Editing
	Body duty.Terms
}

type endRotaInput struct {
	RotaPath
	edge.Editing
}

type rotaDaysInput struct {
	RotaPath
	edge.Pieces
	From string `query:"from" maxLength:"10" doc:"YYYY-MM-DD on the rota's clock. Left out: today."`
	Days int    `query:"days" minimum:"1" maximum:"62" default:"7"`
}

type rotaList struct {
	rotas.View
	ETag string `json:"etag" doc:"For If-Match."`
}

func (a *api) rotas() {
	tag := []string{"Duty"}
	const path = "/v1/rotas"
	door.Register(a.API, huma.Operation{OperationID: "listRotas", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List the rotas (people who work at the clinic)"},
		func(ctx context.Context, in *listRotasInput) (*edge.Answer[edge.List[rotaList]], error) {
			found, err := a.Care.Duty.Rotas(ctx, edge.ActorFrom(ctx), in.Ended)
			out := make([]rotaList, 0, len(found))
			for _, v := range found {
				out = append(out, rotaList{v.Value, edge.ETag(v.Version)})
			}
			return edge.Pieced(in.Pieces, out, func(r rotaList) string { return r.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "createRota", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Make a rota (office)"},
		func(ctx context.Context, in *createRotaInput) (*edge.Tagged[rotas.View], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Duty.Create(ctx, edge.ActorFrom(ctx), id, in.Body.Terms))
		})
	door.Register(a.API, huma.Operation{OperationID: "readRota", Method: http.MethodGet, Path: path + "/{rotaId}", Tags: tag, Summary: "Read a rota"},
		func(ctx context.Context, in *readRotaInput) (*edge.Tagged[rotas.View], error) {
			v, err := a.Care.Duty.Rota(ctx, edge.ActorFrom(ctx), in.RotaID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "editRota", Method: http.MethodPut, Path: path + "/{rotaId}", Tags: tag, Summary: "Replace what a rota says; its swaps stay (office)"},
		func(ctx context.Context, in *editRotaInput) (*edge.Tagged[rotas.View], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Duty.Edit(ctx, edge.ActorFrom(ctx), in.RotaID, version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "endRota", Method: http.MethodPost, Path: path + "/{rotaId}/end", Tags: tag, Summary: "Take a rota out of use (office)"},
		func(ctx context.Context, in *endRotaInput) (*edge.Tagged[rotas.View], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Duty.End(ctx, edge.ActorFrom(ctx), in.RotaID, version))
		})
	door.Register(a.API, huma.Operation{OperationID: "readRotaDays", Method: http.MethodGet, Path: path + "/{rotaId}/days", Tags: tag, Summary: "A rota as it falls, day by day"},
		func(ctx context.Context, in *rotaDaysInput) (*edge.Answer[edge.List[rotas.Stretch]], error) {
			found, err := a.Care.Duty.Days(ctx, edge.ActorFrom(ctx), in.RotaID, in.From, in.Days)
			return edge.Pieced(in.Pieces, found, func(s rotas.Stretch) string { return s.From.Format(time.RFC3339) }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readDuty", Method: http.MethodGet, Path: "/v1/duty", Tags: tag,
		Summary: "Who is on duty now, when you are, which swaps wait for you, and the holes of the next 14 days"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[rotas.Duty], error) {
			return edge.Answered(a.Care.Duty.OnDuty(ctx, edge.ActorFrom(ctx)))
		})
}

type proposeSwapInput struct {
	RotaPath
	edge.Creating
	Body struct {
		ID      string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		GivenBy string `json:"givenBy,omitempty" format:"uuid" doc:"Left out: you. Somebody else for the office."`
		TakenBy string `json:"takenBy" format:"uuid"`
		From    string `json:"from" maxLength:"19" doc:"LocalDateTime (RFC 8984) on the rota's clock."`
		To      string `json:"to" maxLength:"19"`
	}
}

type answerSwapInput struct {
	RotaPath
	SwapID string `path:"swapId" format:"uuid"`
	Body   struct {
		Accept bool `json:"accept"`
	}
}

func (a *api) swaps() {
	tag := []string{"Duty"}
	const path = "/v1/rotas/{rotaId}/swaps"
	door.Register(a.API, huma.Operation{OperationID: "proposeSwap", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Ask somebody to take your duty; it holds once they accept"},
		func(ctx context.Context, in *proposeSwapInput) (*edge.Tagged[rotas.View], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return door.Versioned(a.Care.Duty.Propose(ctx, edge.ActorFrom(ctx), in.RotaID, duty.Swap{ID: id, GivenBy: b.GivenBy, TakenBy: b.TakenBy, From: b.From, To: b.To}))
		})
	door.Register(a.API, huma.Operation{OperationID: "answerSwap", Method: http.MethodPost, Path: path + "/{swapId}/answer", Tags: tag, Summary: "Accept or decline a duty that you were asked to take"},
		func(ctx context.Context, in *answerSwapInput) (*edge.Tagged[rotas.View], error) {
			return door.Versioned(a.Care.Duty.Answer(ctx, edge.ActorFrom(ctx), in.RotaID, in.SwapID, in.Body.Accept))
		})
}

type startDrillInput struct {
	edge.Creating
	Body struct {
		ID        string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Programme string `json:"programme,omitempty" maxLength:"36" doc:"Whose order is tried. Left out: the clinic's own."`

		Team []string `json:"team" minItems:"1" maxItems:"10" doc:"Accounts of clinicians, who is asked first at the front."`
	}
}

type drillPath struct {
	DrillID string `path:"drillId" format:"uuid"`
}

type readinessInput struct {
	Programme string `query:"programme" maxLength:"36" doc:"Left out: the clinic's own."`
}

func (a *api) drills() {
	tag := []string{"Duty"}
	const path = "/v1/alert-drills"
	door.Register(a.API, huma.Operation{OperationID: "startAlertDrill", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Run the chain of alerts on nobody (office)"},
		func(ctx context.Context, in *startDrillInput) (*edge.Answer[alerts.Drill], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(a.Care.Alerts.StartDrill(ctx, edge.ActorFrom(ctx), id, in.Body.Programme, in.Body.Team))
		})
	door.Register(a.API, huma.Operation{OperationID: "listAlertDrills", Method: http.MethodGet, Path: path, Tags: tag, Summary: "The newest 50 drills"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[alerts.Drill]], error) {
			found, err := a.Care.Alerts.Drills(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, found, func(d alerts.Drill) string { return d.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readAlertDrill", Method: http.MethodGet, Path: path + "/{drillId}", Tags: tag, Summary: "What became of a drill, with the time of each step"},
		func(ctx context.Context, in *drillPath) (*edge.Answer[alerts.Drill], error) {
			return edge.Answered(a.Care.Alerts.Drill(ctx, edge.ActorFrom(ctx), in.DrillID))
		})
	door.Register(a.API, huma.Operation{OperationID: "readAlertReadiness", Method: http.MethodGet, Path: "/v1/alert-readiness", Tags: tag, Summary: "What is recorded of what alerts to staff need to begin"},
		func(ctx context.Context, in *readinessInput) (*edge.Answer[alerts.Readiness], error) {
			return edge.Answered(a.Care.Alerts.Readiness(ctx, edge.ActorFrom(ctx), in.Programme))
		})
}
