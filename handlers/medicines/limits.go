package medicines

import (
	"reflect"

	list "handrail/care/medicines"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

// Limits are of medicines.
var Limits = edge.Rules{
	reflect.TypeFor[medicine.Terms](): {
		"Name":         edge.Text(1, medicine.MaxName).Doc("As it is on the label, or as the person says it. What no rule knows is kept as text, and is not checked."),
		"Form":         edge.OneOf(medicine.Forms...),
		"Taken":        edge.Text(0, medicine.MaxText).Prose().Doc("How it is taken, in the patient's words."),
		"Why":          edge.Text(0, medicine.MaxText).Prose().Doc("What for, in the patient's words."),
		"Directions":   edge.Text(0, medicine.MaxText).Prose().Doc("Of an order: how much to take and when, as the prescriber writes it. Nobody else does."),
		"Daily":        edge.Doc("How much a day, for rules that ask."),
		"PrescribedBy": edge.Text(0, medicine.MaxName).Doc("Of one from elsewhere: who prescribes it."),
		"Setting":      edge.Text(0, medicine.MaxName).Doc("Where it is given or prescribed. One line for each ingredient and setting."),
		"Since":        edge.Text(0, 10).Doc("YYYY-MM-DD."),
		"LastDoseOn":   edge.Text(0, 10).Doc("Of a depot, YYYY-MM-DD."),
		"EveryDays":    edge.Between(0, medicine.MaxEvery).Doc("Of a depot: days between two doses."),
		"SecondLine":   edge.Text(0, medicine.MaxText).Prose().Doc("Why there is a second line of the same."),
	},
	reflect.TypeFor[medicine.Amount](): {"Unit": edge.OneOf(medicine.Units...)},
	reflect.TypeFor[medicine.Medicine](): {
		"Ingredients": edge.Doc("With RxNorm's code (SAB=RXNORM) where one was verified."),
		"Known":       edge.Doc("The rules know all of its ingredients."),
		"UseRelated":  edge.Doc("It tells of treatment for substance use, or of use: a part of the chart of its own."),
		"Prescriber":  edge.Doc("Of an order: who to ask."),
		"Passed":      edge.Doc("What interrupted the order, and why it went on. For people of the clinic."),
		"Rules":       edge.Doc("Version of the rules that it was checked with."),
		"Unchecked":   edge.Doc("Why it was not checked, or not wholly: rules-unreadable, not-known."),
	},
	reflect.TypeFor[medicine.Stop]():       {"ReplacedBy": edge.Doc("The line that took its place; nobody wrote why, then.")},
	reflect.TypeFor[medicine.Ingredient](): {"Code": edge.Doc("RxNorm.")},
	reflect.TypeFor[medicine.Fact](): {
		"Code": edge.OneOf(medicine.FactCodes...),
		"On":   edge.Doc("Of the day when it was so."),
		"Word": edge.Text(0, 20).Doc("naloxone: yes, no, unknown. pregnancy: yes, no, possible, unknown. kidney-thyroid, liver: done."),
	},
	reflect.TypeFor[list.GoOn](): {
		"Key":    edge.Text(1, 500).Doc("Of the finding."),
		"Reason": edge.Text(3, medicine.MaxText).Prose(),
	},
	reflect.TypeFor[medicine.Finding](): {
		"Key":        edge.Doc("Names it, for the reason to go on."),
		"Interrupts": edge.Doc("The order stops here until somebody says why it goes on."),
		"EachTime":   edge.Doc("It interrupts each time, and not once for a new pair."),
		"Moud":       edge.Doc("It is about buprenorphine or methadone: they are not withheld for it."),
		"Who":        edge.Doc("Whose decision it is: prescriber, or both."),
		"Tag":        edge.Doc("R: read at its source. K: from general knowledge. P: our own design."),
		"Calmed":     edge.Doc("A fact that is known makes it matter less."),
		"Unknown":    edge.Doc("Nobody knows the fact that it asks for."),
	},
	reflect.TypeFor[medicine.Ask](): {"Required": edge.Doc("The order needs an answer; that nobody knows is one.")},
	reflect.TypeFor[list.Checked](): {
		"Refused":    edge.Doc("rules-unreadable: nothing was checked."),
		"Warning":    edge.Doc("rules-soon-old: sixty days are left. rules-old: they are older than a year."),
		"NotChecked": edge.Doc("Lines with an ingredient that no rule knows."),
		"Incomplete": edge.Doc("Not everything is shared with you: what is hidden was used for nothing."),
		"Duties":     edge.Doc("Results that medicines of the list want."),
	},
	reflect.TypeFor[medicine.AdverseTerms](): {
		"Substance": edge.Text(1, medicine.MaxName),
		"Kind":      edge.OneOf(medicine.AdverseKinds...),
		"Certainty": edge.OneOf(medicine.AdverseCertainties...).Doc("FHIR verificationStatus."),
		"Severity":  edge.OneOf(medicine.AdverseSeverities...),
		"What":      edge.Text(0, medicine.MaxText).Prose().Doc("What happened."),
		"On":        edge.Text(0, 10).Doc("YYYY-MM-DD."),
	},
	reflect.TypeFor[medicine.ReconciledLine](): {
		"MedicineID": edge.UUID(),
		"Says":       edge.OneOf(medicine.Says...),
		"Words":      edge.Text(0, medicine.MaxText).Prose().Doc("What is different."),
	},
	reflect.TypeFor[medicine.Reconciliation](): {"Lines": edge.Doc("Empty where not everything of the list is shared with you.")},
	reflect.TypeFor[medicine.AddedRule](): {
		"A":        edge.Text(1, 80).And(edge.Count(1, 50)).Doc("Ingredients, or groups with @."),
		"B":        edge.Text(1, 80).And(edge.Count(1, 50)),
		"Severity": edge.OneOf(medicine.Severities...),
		"Why":      edge.Text(1, medicine.MaxText).Prose(),
		"Instead":  edge.Text(1, medicine.MaxText).Prose(),
		"Source":   edge.Text(1, medicine.MaxText),
	},
	reflect.TypeFor[list.RuleFigures](): {
		"ActedOn": edge.Doc("The order did not go on as it was."),
		"Review":  edge.Doc("More than nine of ten went on, over sixty interruptions: look at this rule."),
	},
	reflect.TypeFor[list.RuleBook](): {
		"Licence": edge.Doc("Of the names and codes of ingredients."),
		"Changes": edge.Doc("Of the clinic, with those that have ended."),
	},
}
