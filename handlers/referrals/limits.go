package referrals

import (
	"reflect"

	"handrail/care/referrals"
	"handrail/handlers/edge"
	"handrail/models/referral"
)

// Limits are of referrals.
var Limits = edge.Rules{
	reflect.TypeFor[referral.Asked](): {
		"Need":      edge.OneOf(referral.Needs...),
		"Wants":     edge.OneOf(referral.Wants...).Doc("help: wants help with it. fine: needs none. later: not now."),
		"Words":     edge.Text(0, referral.MaxWords).Prose(),
		"CheckInID": edge.Text(0, 64).Doc("The check-in in which it was said. Left out: it was said elsewhere. What you send here is not read."),
	},
	reflect.TypeFor[referral.SocialNeeds](): {
		"At": edge.Doc("When it was said last. Left out: never."),
	},
	reflect.TypeFor[setSocialNeedsInput]().Field(2).Type: {"Needs": edge.Count(0, len(referral.Needs))},
	reflect.TypeFor[newReferral](): {
		"Need":  edge.OneOf(referral.Needs...),
		"Words": edge.Text(1, referral.MaxWords),
	},
	reflect.TypeFor[partnerMove](): {
		"Status": edge.OneOf(referral.PartnerStatuses...),
		"Words":  edge.Text(0, referral.MaxWords),
	},
	reflect.TypeFor[referral.PartnerTerms](): {
		"Name":      edge.Text(1, referral.MaxName),
		"Needs":     edge.OneOf(referral.Needs...).And(edge.Count(1, len(referral.Needs))),
		"Capacity":  edge.Doc("How many referrals it holds at once, 0 to 10,000. 0: it takes nobody now."),
		"ReplyDays": edge.Doc("Within how many days it answers, 1 to 60."),
		"About":     edge.Text(0, referral.MaxWords).Prose(),
		"Phone":     edge.Text(0, 160).Phone().Doc("With + and the country's code."),
	},
	reflect.TypeFor[referrals.PartnerView](): {
		"Taken": edge.Doc("How many of its places are taken."),
	},
	reflect.TypeFor[referral.Content](): {
		"Name":   edge.Doc("Left out: the partner does not learn it."),
		"From":   edge.Doc("The clinic. Its name alone tells what kind of care it gives."),
		"Notice": edge.Doc("The statement of 42 CFR 2.32 that goes with it."),
	},
	reflect.TypeFor[referral.Referral](): {
		"Sent":      edge.Doc("Exactly what goes to the partner."),
		"Status":    edge.OneOf(referral.Statuses...).Doc("As in the SDOH Clinical Care guide. draft: the patient has not signed."),
		"DueAt":     edge.Doc("Until when the next step is due; of one that ended without help, until when its owner finds another way."),
		"TaskID":    edge.Doc("The task of who answers for it."),
		"Outcome":   edge.Doc("What came of it, in the partner's words."),
		"Own":       edge.Doc("The same in the patient's words."),
		"ReplyDays": edge.Doc("Within how many days the partner answers."),
		"History":   edge.Doc("What happened, the oldest first."),
	},
	reflect.TypeFor[referral.Step](): {"Side": edge.OneOf(referral.ByPatient, referral.ByClinic, referral.ByPartner)},
	reflect.TypeFor[referral.Said](): {"Helped": edge.Doc("The patient's answer: yes, partly, no.")},
	reflect.TypeFor[referrals.View](): {
		"Shared": edge.Doc("The partner sees it now."),
		"Owner":  edge.Doc("Who answers for it. Left out once all is done."),
	},
	reflect.TypeFor[referral.ForPartner](): {"May": edge.Doc("What you can move it to.")},
	reflect.TypeFor[referrals.Around]():    {"Open": edge.Doc("Needs with which help is wanted and that no open referral is about.")},
}
