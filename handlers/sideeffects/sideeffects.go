// Package sideeffects is what patients tell of side effects, what is seen of how their
// medicines are supplied, and the report for the authority (docs/medicines.md).
package sideeffects

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	effects "handrail/care/sideeffects"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/sideeffect"
	"handrail/models/supply"
)

// Add registers the operations.
func Add(a *door.API) {
	read(a)
	tell(a)
	ofSupply(a)
}

var tag = []string{"Medicines"}

const path = "/v1/patients/{patientId}/side-effects"

// SideEffectPath names a side effect that was told.
type SideEffectPath struct {
	door.PatientPath
	SideEffectID string `path:"sideEffectId" format:"uuid"`
}

type listInput struct {
	door.PatientPath
	edge.Paging
}

type choicesInput struct {
	door.PatientPath
	edge.Pieces
}

type readInput struct {
	SideEffectPath
	edge.Reading
}

// NewSideEffect is what somebody tells.
type NewSideEffect struct {
	ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	sideeffect.Terms
}

type tellInput struct {
	door.PatientPath
	edge.Creating
	Body NewSideEffect
}

type answerSideEffectInput struct {
	SideEffectPath
	Body struct {
		Assessment string   `json:"assessment" enum:"certain,probable,possible,unlikely,unassessable" doc:"WHO-UMC."`
		Action     string   `json:"action" enum:"withdrawn,reduced,increased,not-changed,unknown,not-applicable" doc:"E2B(R3) G.k.8."`
		Outcome    string   `json:"outcome" enum:"recovered,recovering,not-recovered,with-sequelae,fatal,unknown" doc:"E2B(R3) E.i.7."`
		Criteria   []string `json:"criteria,omitempty" maxItems:"6" enum:"death,life-threatening,hospitalisation,disabling,birth-defect,other-important" doc:"E2B(R3) E.i.3.2. None: not serious in the authority's sense."`
		Words      string   `json:"words" minLength:"1" maxLength:"2000" doc:"To the patient, in plain words." text:"prose"`
	}
}

func read(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listSideEffectChoices", Method: http.MethodGet, Path: "/v1/patients/{patientId}/side-effect-choices", Tags: tag,
		Summary: "Which effects are offered for each medicine; the last one is for who does not know which it is"},
		func(ctx context.Context, in *choicesInput) (*edge.Answer[edge.List[effects.Choice]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Effects.Choices(ctx)
			return edge.Pieced(in.Pieces, found, func(c effects.Choice) string { return "choice " + c.MedicineID }, err)
		})
	door.Register(a, huma.Operation{OperationID: "listSideEffects", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "Side effects that were told, the newest first", Description: "A page may hold fewer than its limit, or none, while `next` leads on."},
		func(ctx context.Context, in *listInput) (*edge.Answer[edge.List[sideeffect.Report]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Effects.Reports(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readSideEffect", Method: http.MethodGet, Path: path + "/{sideEffectId}", Tags: tag, Summary: "A side effect that was told"},
		func(ctx context.Context, in *readInput) (*edge.Tagged[sideeffect.Report], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Effects.Report(ctx, in.SideEffectID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "exportSideEffect", Method: http.MethodGet, Path: path + "/{sideEffectId}/for-authority", Tags: tag,
		Summary:     "A report for the pharmacovigilance authority, by the fields of ICH E2B(R3)",
		Description: "For a clinician of the team. It names no person. Medicines taken beside it that tell of substance use are left out (`leftOut`)."},
		func(ctx context.Context, in *SideEffectPath) (*edge.Answer[sideeffect.ForAuthority], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Effects.ForAuthority(ctx, in.SideEffectID))
		})
}

func tell(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "tellSideEffect", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Tell of a side effect; a named person gets it as a task, and a serious one raises an alert", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *tellInput) (*edge.Answer[sideeffect.Report], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Effects.Tell(ctx, id, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "answerSideEffect", Method: http.MethodPost, Path: path + "/{sideEffectId}/answer", Tags: tag,
		Summary: "Say what you make of it; its task ends, and the patient is told"},
		func(ctx context.Context, in *answerSideEffectInput) (*edge.Answer[sideeffect.Report], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.Effects.Answer(ctx, in.SideEffectID, sideeffect.Answer{Assessment: b.Assessment, Action: b.Action, Outcome: b.Outcome, Criteria: b.Criteria, Words: b.Words}))
		})
}

// Limits are of side effects and of supply.
var Limits = edge.Rules{
	reflect.TypeFor[sideeffect.Terms](): {
		"MedicineID": edge.UUID().Doc("A line of the list. Left out: who tells does not know which one it is."),
		"Effects":    edge.OneOf(sideeffect.Codes()...).And(edge.Count(0, sideeffect.MaxEffects)),
		"Words":      edge.Text(0, sideeffect.MaxText).Prose(),
		"Severity":   edge.OneOf(sideeffect.Severities...),
		"StartedOn":  edge.Text(0, 10).Doc("YYYY-MM-DD."),
		"EndedOn":    edge.Text(0, 10).Doc("YYYY-MM-DD."),
	},
	reflect.TypeFor[sideeffect.Report](): {
		"Serious": edge.Doc("Somebody is called for it."),
		"TaskID":  edge.Doc("Of who looks at it; for people of the clinic."),
		"Alerted": edge.Doc("What it raises is raised; for people of the clinic."),
	},
	reflect.TypeFor[sideeffect.Answer](): {"Words": edge.Doc("To the patient.")},
	reflect.TypeFor[sideeffect.ForAuthority](): {
		"LeftOut": edge.Doc("Medicines that tell of substance use (42 CFR Part 2)."),
	},
	reflect.TypeFor[sideeffect.Field](): {
		"ID":   edge.Doc("Number of the field in E2B(R3)."),
		"Null": edge.Doc("MSK: kept back. NI: not known."),
	},
	reflect.TypeFor[supply.Terms](): {
		"MedicineID": edge.UUID(),
		"Kind":       edge.OneOf(supply.Kinds...).Doc("fetched: from a pharmacy, or handed out, for so many days; the team writes it. lost: as it was told. said: what the patient says of it."),
		"On":         edge.Text(10, 10).Doc("YYYY-MM-DD."),
		"Days":       edge.Between(0, supply.MaxDays).Doc("Of fetched."),
		"Words":      edge.Text(0, supply.MaxText).Prose(),
	},
	reflect.TypeFor[supply.Fact](): {
		"Kind": edge.Doc("fetched-early, lost, two-sources. A fact to ask about, and no label."),
		"Of":   edge.Doc("Entries, or lines of the list, that show it."),
	},
}
