package medicines

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	list "handrail/care/medicines"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

const rulesPath = "/v1/medicine-rules"

// ChangePath names a change of the rules.
type ChangePath struct {
	ChangeID string `path:"changeId" format:"uuid"`
}

// NewRuleChange is a change of the rules by the clinic.
type NewRuleChange struct {
	ID    string              `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Do    string              `json:"do" enum:"add,silence"`
	Rule  string              `json:"rule,omitempty" maxLength:"60" doc:"Of silence: the rule."`
	Added *medicine.AddedRule `json:"added,omitempty" doc:"Of add: the rule."`
	Why   string              `json:"why" minLength:"1" maxLength:"1000" text:"prose"`
	Until time.Time           `json:"until" doc:"It ends by itself, within a year."`
}

type proposeInput struct {
	edge.Creating
	Body NewRuleChange
}

type reportInput struct {
	edge.Pieces
	From time.Time `query:"from" required:"true"`
	To   time.Time `query:"to" required:"true" doc:"Within a year of from."`
}

func rules(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readMedicineRules", Method: http.MethodGet, Path: rulesPath, Tags: tag,
		Summary: "The rules that orders are held against, the clinic's changes to them, and how old they are"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[list.RuleBook], error) {
			return edge.Answered(a.Care.Medicine.RuleBook(ctx, edge.ActorFrom(ctx)))
		})
	door.Register(a, huma.Operation{OperationID: "reportMedicineRules", Method: http.MethodGet, Path: rulesPath + "/report", Tags: tag,
		Summary:     "How often each rule interrupted, how often somebody went on, and how often they acted on it",
		Description: "Administrators get it of the time asked for; prescribers and pharmacists of the months in it that are over (UTC), from the month of `from` on."},
		func(ctx context.Context, in *reportInput) (*edge.Answer[edge.List[list.RuleFigures]], error) {
			found, err := a.Care.Medicine.Report(ctx, edge.ActorFrom(ctx), in.From, in.To)
			return edge.Pieced(in.Pieces, found, func(f list.RuleFigures) string { return f.Rule }, err)
		})
	door.Register(a, huma.Operation{OperationID: "proposeMedicineRule", Method: http.MethodPost, Path: rulesPath + "/changes", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Propose to add or silence a rule; it holds when somebody else has signed it too", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *proposeInput) (*edge.Answer[medicine.Change], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(a.Care.Medicine.Propose(ctx, edge.ActorFrom(ctx), id, medicine.Change{Do: b.Do, Rule: b.Rule, Added: b.Added, Why: b.Why, Until: b.Until.UTC()}))
		})
	door.Register(a, huma.Operation{OperationID: "signMedicineRule", Method: http.MethodPost, Path: rulesPath + "/changes/{changeId}/sign", Tags: tag,
		Summary: "The second signature under a change of the rules", Errors: []int{http.StatusConflict, http.StatusNotFound}},
		func(ctx context.Context, in *ChangePath) (*edge.Answer[medicine.Change], error) {
			return edge.Answered(a.Care.Medicine.Sign(ctx, edge.ActorFrom(ctx), in.ChangeID))
		})
	door.Register(a, huma.Operation{OperationID: "endMedicineRule", Method: http.MethodPost, Path: rulesPath + "/changes/{changeId}/end", Tags: tag,
		Summary: "End a change of the rules; one person can", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *ChangePath) (*edge.Answer[medicine.Change], error) {
			return edge.Answered(a.Care.Medicine.EndChange(ctx, edge.ActorFrom(ctx), in.ChangeID))
		})
}
