package handlers

import (
	"reflect"

	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

// peopleLimits are of consents, devices, and what is noted of who looked.
var peopleLimits = edge.Rules{
	reflect.TypeFor[BreakGlassStatement](): {
		"Reason":   edge.OneOf(models.BreakGlassReasons...),
		"TellRisk": edge.OneOf(models.BreakGlassRisks...),
	},
	body[judgeBreakGlassInput](): {"Outcome": edge.OneOf(models.BreakGlassOutcomes...)},
	body[delayBreakGlassInput](): {"Risk": edge.OneOf(models.BreakGlassRisks...)},
	reflect.TypeFor[models.BreakGlassWait](): {
		"Kind":    edge.OneOf(models.BreakGlassTell, models.BreakGlassReview),
		"Owner":   edge.OneOf(models.BreakGlassOfficer),
		"Risk":    edge.OneOf(models.BreakGlassRisks...),
		"RiskBy":  edge.Doc("Who recorded it: a name."),
		"Outcome": edge.OneOf(models.BreakGlassOutcomes...),
	},
	reflect.TypeFor[models.Expiry](): {
		"Event": edge.OneOf(models.EndOfTreatment).Doc("Ends when this happens. The site then revokes it."),
		"None":  edge.Doc("Lasts until you take it back. Only for a consent of kind tpo, and for a deny."),
	},
	reflect.TypeFor[models.Signature](): {
		"Method": edge.OneOf(models.SignatureTyped, models.SignaturePaper).Doc("paper: recorded by the clinic alone."),
	},
	reflect.TypeFor[models.ReadWords](): {
		"Language":    edge.Text(2, 35).Doc("BCP 47, in which they were read."),
		"Fingerprint": edge.Text(16, 16).Doc("Of the words, as listEducationWords has it: the first 16 characters of the base64url SHA-256 over each name, a zero byte, the text and a line feed, in the order of the names."),
	},
	reflect.TypeFor[models.Paper](): {
		"SignedOn": date,
		"SeenBy":   edge.Doc("Who works at the clinic and saw the paper."),
		"By":       edge.Doc("Who recorded it."),
		"At":       inUTC,
	},
	reflect.TypeFor[models.Consent](): {
		"Paper":           edge.Doc("Signed on paper, and recorded by the clinic."),
		"WordsReviewedOn": edge.Doc("Day on which a clinician signed the words that were read. Not there: a demo, or signed before words were."),
		"Withdrawn":       edge.Doc("Signed, and taken off by the clinic since it never worked. Nothing was shared by these."),
	},
	reflect.TypeFor[models.Device](): {
		"ID":       edge.UUID().Doc("Made once by the client and kept."),
		"Name":     edge.Text(1, models.MaxDeviceName).Doc("What the person calls this device."),
		"Platform": edge.OneOf(models.Platforms...).Default(models.Platforms[0]).Doc("What it runs on. A push holds what that system reads; one to the web holds what both phones read."),
	},
	reflect.TypeFor[signin.OpenCode](): {
		"MadeAt":   edge.Doc("Not known of codes that an older program made."),
		"MadeBy":   edge.Doc("Who made it: a name."),
		"Identity": edge.Doc("How they made sure who it is, for somebody who came back."),
	},
	reflect.TypeFor[people.AccessEntry](): {
		"Count":  edge.Doc("Of a try that was refused more than once that day: how often."),
		"LastAt": edge.Doc("Of the same: when last."),
	},
	reflect.TypeFor[people.Changes](): {
		"Since": edge.Doc("When you looked. Left out: not in 30 days, or not within what was read of the log."),
		"More":  edge.Doc("There may be older changes of these 30 days that were not read."),
	},
	reflect.TypeFor[people.PartChanges](): {
		"Count":  edge.Doc("How many changes, by anybody but you."),
		"LastBy": edge.Doc("Who made the newest: a name."),
	},
	reflect.TypeFor[people.BreakGlassView](): {
		"Tell": edge.Doc("Telling the patient was put off. Without it they were told at once."),
	},
}
