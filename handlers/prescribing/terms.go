package prescribing

import (
	"reflect"

	joint "handrail/care/prescribing"
	"handrail/handlers/edge"
	"handrail/models/prescribing"
)

// AgreedPrescriber is one of those who agree.
type AgreedPrescriber struct {
	AccountID string   `json:"accountId" format:"uuid"`
	Changes   []string `json:"changes,omitempty" maxItems:"20" doc:"Medicines that this prescriber changes, as they are called; up to 200 characters each."`
}

// AgreedWatch is that somebody looks after something each so many days.
type AgreedWatch struct {
	What      string `json:"what" enum:"side-effects,ecg-qtc,naloxone,pregnancy,opioid-free-days,lithium-level,kidney-thyroid,anc,liver,weight"`
	Medicine  string `json:"medicine,omitempty" maxLength:"200" doc:"Of side effects: which medicine. Left out: any."`
	Owner     string `json:"owner" format:"uuid" doc:"Account."`
	EveryDays int    `json:"everyDays" minimum:"1" maximum:"366"`
	FirstOn   string `json:"firstOn" format:"date" doc:"YYYY-MM-DD."`
}

// AgreedSign is an early sign of relapse, and what is done then.
type AgreedSign struct {
	Words string `json:"words" minLength:"1" maxLength:"1000" doc:"In the patient's words." text:"prose"`
	Then  string `json:"then" minLength:"1" maxLength:"1000" text:"prose"`
	Owner string `json:"owner" format:"uuid" doc:"Account that is asked when somebody notices it."`
}

// AgreementTerms is what is agreed, as somebody writes it.
type AgreementTerms struct {
	Prescribers     []AgreedPrescriber        `json:"prescribers" maxItems:"6" doc:"Two or more; you are one of them."`
	AnswerHours     int                       `json:"answerHours" minimum:"1" maximum:"336" doc:"How soon the others look at a change."`
	ReviewEveryDays int                       `json:"reviewEveryDays" minimum:"1" maximum:"366" doc:"When doses are looked at."`
	ReviewOwner     string                    `json:"reviewOwner" format:"uuid" doc:"Account."`
	Watches         []AgreedWatch             `json:"watches,omitempty" maxItems:"40"`
	Signs           []AgreedSign              `json:"signs,omitempty" maxItems:"20"`
	Intolerable     []prescribing.Intolerable `json:"intolerable,omitempty" maxItems:"20" doc:"What is done at effects that can't be borne."`
	Besides         []string                  `json:"besides,omitempty" maxItems:"20" maxLength:"1000" doc:"What is tried besides medicine." text:"prose"`
}

// NewAgreement is one that is proposed.
type NewAgreement struct {
	ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	AgreementTerms
}

func (t AgreementTerms) terms() prescribing.Terms {
	out := prescribing.Terms{AnswerHours: t.AnswerHours, ReviewEveryDays: t.ReviewEveryDays, ReviewOwner: t.ReviewOwner, Intolerable: t.Intolerable, Besides: t.Besides}
	for _, p := range t.Prescribers {
		out.Prescribers = append(out.Prescribers, prescribing.Prescriber{AccountID: p.AccountID, Changes: p.Changes})
	}
	for _, w := range t.Watches {
		out.Watches = append(out.Watches, prescribing.Watch{What: w.What, Medicine: w.Medicine, Owner: w.Owner, EveryDays: w.EveryDays, FirstOn: w.FirstOn})
	}
	for _, s := range t.Signs {
		out.Signs = append(out.Signs, prescribing.Sign{Words: s.Words, Then: s.Then, Owner: s.Owner})
	}
	return out
}

// Limits are of agreements.
var Limits = edge.Rules{
	reflect.TypeFor[prescribing.Agreement](): {
		"Status":     edge.Doc("proposed: not all have signed. agreed: all have. in-force: its duties are tasks. under-review: it holds, and is looked at. ended."),
		"Signatures": edge.Doc("Under these terms."),
		"ReplacedBy": edge.Doc("The agreement that took its place."),
	},
	reflect.TypeFor[prescribing.Intolerable](): {
		"Effect": edge.Text(1, prescribing.MaxText).Prose(),
		"Then":   edge.Text(1, prescribing.MaxText).Prose(),
	},
	reflect.TypeFor[prescribing.Duty](): {
		"What":   edge.Doc("A fact of the list of medicines, side-effects, or review: to look at the doses and the agreement."),
		"TaskID": edge.Doc("Of what is due now."),
		"Since":  edge.Doc("A result of before does not close it."),
	},
	reflect.TypeFor[prescribing.Result](): {
		"By":     edge.Doc("Who said it by hand."),
		"Fact":   edge.Doc("The result that closed it."),
		"Passed": edge.Doc("It was left out this time."),
	},
	reflect.TypeFor[joint.View](): {
		"Left": edge.Doc("Of one that is read alone: owners who can't answer for it any more. The team has what was theirs."),
		"May":  edge.Doc("What you may do with it."),
	},
}
