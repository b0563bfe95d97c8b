package access

import (
	"reflect"
	"time"

	"handrail/handlers/edge"
	"handrail/models/access"
	"handrail/models/schedule"
)

func limits() edge.Rules {
	needs := func() map[string]edge.Rule {
		return map[string]edge.Rule{
			"Interpreter": edge.Text(0, access.MaxLanguage),
			"Transport":   edge.OneOf(access.TransportWords...),
			"Phone":       edge.OneOf(access.PhoneWords...),
			"Help":        edge.OneOf(access.HelpWords...).And(edge.Count(0, len(access.HelpWords))),
			"Note":        edge.Text(0, access.MaxNote),
		}
	}
	shown := needs()
	shown["Note"] = shown["Note"].Prose()
	shown["Offers"] = edge.OneOf(schedule.Video, schedule.HomeVisit).Doc("By what a visit can come to somebody who can't come to it.")
	return edge.Rules{
		reflect.TypeFor[access.Needs](): shown,
		reflect.TypeFor[needsBody]():    needs(),
		reflect.TypeFor[access.LoanTerms](): {
			"Kind":  edge.OneOf(access.LoanKinds...),
			"Label": edge.Text(1, access.MaxLabel).Doc("What is written on it."),
			"DueOn": edge.Text(0, len(time.DateOnly)).Doc("YYYY-MM-DD: when it is to come back."),
		},
		reflect.TypeFor[access.Loan](): {
			"State":   edge.OneOf(append([]string{access.LoanGiven}, access.LoanEnds...)...),
			"Devices": edge.Doc("Ids of the signed-in devices that are known to be it."),
			"EndedBy": edge.Doc("The name of who took it back."),
		},
		reflect.TypeFor[endInput]().Field(1).Type: {"State": edge.OneOf(access.LoanEnds...)},
	}
}
