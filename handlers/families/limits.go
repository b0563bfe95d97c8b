package families

import (
	"reflect"

	"handrail/care/families"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/family"
)

// words are a list of sentences that two people read.
var words = edge.Count(0, family.MaxBoundaries).And(edge.Text(1, family.MaxBoundary))

// Limits are of the place beside a patient.
var Limits = edge.Rules{
	reflect.TypeFor[family.InvitationTerms](): {
		"From":         edge.Text(1, family.MaxName).Doc("The name that the invited person knows you by. Whoever holds the code reads it."),
		"Name":         edge.Text(1, family.MaxName).Doc("Whom it is for."),
		"Relationship": edge.OneOf(models.Relationships...),
		"Boundaries":   words.And(edge.Optional()).Doc("What both agree to. Whoever holds the code reads it."),
		"Scopes":       edge.OneOf(models.SupporterScopes...).And(edge.Count(0, len(models.SupporterScopes))).And(edge.Optional()).Doc("None: nothing is shared yet."),
		"PlanSections": edge.OneOf(crisisplan.Sections...).And(edge.Count(0, len(crisisplan.Sections))).And(edge.Optional()).Doc("Of the crisis plan, with the scope for it."),
		"Days":         edge.Between(1, models.SupporterConsentDays).And(edge.Optional()).Doc("How long they see it, from now. 180 when left out."),
		"Statements":   edge.Count(0, 3).Doc("The statements that were shown and accepted."),
		"Words":        edge.Doc("The words of the app that were read before signing, as for a consent. With scopes only."),
	},
	reflect.TypeFor[family.Offer](): {
		"Until":     edge.Doc("When the look into what is shared ends."),
		"ExpiresAt": edge.Doc("Until when one can say yes."),
	},
	reflect.TypeFor[families.Invited](): {
		"Code": edge.Doc("Shown here alone; it is kept nowhere."),
		"Link": edge.Doc("The same, to send. It opens a page that says nothing of anybody."),
		"QR":   edge.Doc("Of the link: rows of 0 and 1, with the quiet zone."),
	},
	reflect.TypeFor[models.Agreement](): {
		"Number":      edge.Doc("One more whenever the words change."),
		"PatientAt":   edge.Doc("When the patient said yes."),
		"SupporterAt": edge.Doc("When the other said yes. The words hold when both have."),
	},
	reflect.TypeFor[agreementWords]():             {"Words": words},
	reflect.TypeFor[family.Promise]():             {"Do": edge.Doc("What I do on a bad day."), "Not": edge.Doc("What I don't do.")},
	reflect.TypeFor[promiseInput]().Field(1).Type: {"Do": words, "Not": words},
	reflect.TypeFor[families.Supporting](): {
		"Name": edge.Doc("By which you know them. Empty where nothing is open to you and none was given."),
	},
	reflect.TypeFor[families.Look](): {"EndsSoon": edge.Doc("Within two weeks.")},
	reflect.TypeFor[families.SharingPreview](): {
		"Patient": edge.Doc("The line in their list of people. A part that is not here is closed to them."),
		"Visits":  edge.Doc("The latest first."),
		"Goals":   edge.Doc("The newest first."),
	},
	reflect.TypeFor[tellCopingInput]().Field(1).Type: {
		"Coping": edge.OneOf(family.CopingWords...),
		"Note":   edge.Text(0, family.MaxCopingNote),
	},
	reflect.TypeFor[family.OwnGoalTerms](): {
		"Kind":  edge.OneOf(family.OwnKinds...),
		"Title": edge.Text(1, family.MaxOwnTitle),
		"Note":  edge.Text(0, family.MaxOwnNote).Prose(),
		"DueOn": edge.Text(0, len("2006-01-02")).Doc("YYYY-MM-DD: the day that you have in mind. No reminder comes of it."),
	},
	reflect.TypeFor[suggestGoalInput]().Field(2).Type: {
		"Title": edge.Text(1, models.MaxGoalTitle),
		"Why":   edge.Text(0, models.MaxGoalWhy),
	},
	reflect.TypeFor[answerProposalInput]().Field(1).Type: {
		"Answer": edge.OneOf(family.ProposalTaken, family.ProposalLeft),
		"Domain": edge.OneOf(models.GoalDomains...).And(edge.Optional()),
	},
	reflect.TypeFor[givePageInput]().Field(2).Type: {
		"Module": edge.Text(1, 64),
		"Why":    edge.Text(0, models.MaxPageForWhy).Doc("They read it."),
	},
	reflect.TypeFor[family.GoalProposal](): {
		"Answer": edge.Doc("What the patient said. Empty: nothing yet, or nothing that they want to tell."),
	},
	reflect.TypeFor[family.Coping]():       {"Coping": edge.OneOf(family.CopingWords...)},
	reflect.TypeFor[families.CopingTold](): {"Help": edge.OneOf("crisis", "safety").Doc("The help of your own that an answer opens.")},
}
