package guardians

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/minors"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// RulePath names a rule for minors by its place.
type RulePath struct {
	Jurisdiction string `path:"jurisdiction" maxLength:"6" doc:"ISO 3166-2: US-CA."`
}

type proposeRuleInput struct {
	RulePath
	Body struct {
		Fingerprint string `json:"fingerprint" minLength:"32" maxLength:"32" doc:"Of the rule that you read: nothing else is signed."`
		Counsel     string `json:"counsel" minLength:"1" maxLength:"300" doc:"Who read the law for the clinic, and when." text:"prose"`
		Second      string `json:"second" format:"uuid" doc:"Account of another administrator, who is asked to sign too."`
	}
}

type signRuleInput struct {
	RulePath
	Body struct {
		Fingerprint string `json:"fingerprint" minLength:"32" maxLength:"32" doc:"Of the rule that you read: nothing else is signed."`
	}
}

// Limits are what the document says of the fields of rules for minors.
var Limits = edge.Rules{
	reflect.TypeFor[minors.MinorRuleState](): {
		"State": edge.OneOf(models.MinorRuleUnsigned, models.MinorRuleProposed, models.MinorRuleInForce, models.MinorRuleChanged, models.MinorRuleEnded, models.MinorRuleUnreadable).
			Doc("Only in-force opens anything. changed: the program ships another rule than the one that was signed."),
		"Chosen":            edge.Doc("It is of the place that the operator named."),
		"Mark":              edge.OneOf("R", "K").Doc("R: somebody has read the law for it. K: nobody has."),
		"AloneSubstanceUse": edge.Doc("Age in years from which a minor alone consents; 0: never as a minor."),
		"AloneMentalHealth": edge.Doc("Age in years from which a minor alone consents; 0: never as a minor."),
		"ParentSees":        edge.Doc("Sections that a parent may be let see of a younger minor, at most."),
	},
	reflect.TypeFor[models.MinorRuleSigned](): {
		"Second": edge.Doc("Whom the proposer asked to sign too; any other administrator can."),
		"TaskID": edge.Doc("The task of who was asked."),
	},
}

func minorRules(a *door.API, tag []string) {
	const path, one = "/v1/minor-rules", "/v1/minor-rules/{jurisdiction}"
	door.Register(a, huma.Operation{OperationID: "listMinorRules", Method: http.MethodGet, Path: path, Tags: tag,
		Summary:     "The rules for minors that ship, and who of the clinic signed them",
		Description: "Only a rule that two administrators have signed, of the place that the operator named, lets a parent see anything of a minor."},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[minors.MinorRuleState]], error) {
			found, err := a.Care.Minors.List(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, found, func(s minors.MinorRuleState) string { return s.Jurisdiction }, err)
		})
	door.Register(a, huma.Operation{OperationID: "proposeMinorRule", Method: http.MethodPost, Path: one + "/proposal", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "The first signature under a rule for minors; another administrator is asked for the second", Errors: []int{http.StatusConflict, http.StatusNotFound}},
		func(ctx context.Context, in *proposeRuleInput) (*edge.Answer[minors.MinorRuleState], error) {
			b := in.Body
			return edge.Answered(a.Care.Minors.Propose(ctx, edge.ActorFrom(ctx), in.Jurisdiction, minors.Proposal{Fingerprint: b.Fingerprint, Counsel: b.Counsel, Second: b.Second}))
		})
	door.Register(a, huma.Operation{OperationID: "signMinorRule", Method: http.MethodPost, Path: one + "/signature", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "The second signature under a rule for minors; it holds from now on", Errors: []int{http.StatusConflict, http.StatusNotFound}},
		func(ctx context.Context, in *signRuleInput) (*edge.Answer[minors.MinorRuleState], error) {
			return edge.Answered(a.Care.Minors.Sign(ctx, edge.ActorFrom(ctx), in.Jurisdiction, in.Body.Fingerprint))
		})
	door.Register(a, huma.Operation{OperationID: "endMinorRule", Method: http.MethodPost, Path: one + "/end", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "End a rule for minors: from the next request on no parent sees anything; one person of the office can", Errors: []int{http.StatusNotFound}},
		func(ctx context.Context, in *RulePath) (*edge.Answer[minors.MinorRuleState], error) {
			return edge.Answered(a.Care.Minors.End(ctx, edge.ActorFrom(ctx), in.Jurisdiction))
		})
}
