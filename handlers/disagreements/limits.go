package disagreements

import (
	"reflect"

	settling "handrail/care/disagreements"
	"handrail/handlers/edge"
	"handrail/models/disagreement"
)

// Limits are of disagreements.
var Limits = edge.Rules{
	reflect.TypeFor[disagreement.Terms](): {
		"Subject":    edge.OneOf(append([]disagreement.Subject{""}, disagreement.Subjects...)...).Doc("Needed. protocols: guidelines of the care plan that say opposite things, named in items. The patient is answered an empty one."),
		"Question":   edge.Text(0, disagreement.MaxText).Prose().Doc("What is to be settled, for the team. Needed; the patient is answered an empty one."),
		"ForPatient": edge.Text(0, disagreement.MaxPatient).Prose().Doc("The same in plain words: the patient is asked what they would have. Needed."),
		"Items":      edge.Count(0, disagreement.MaxItems).Doc("Items of the care plan that it is about."),
		"To":         edge.Text(0, 36).Doc("Account that is asked to bring it to an end. Needed; who has it now is the owner."),
		"DueAt":      edge.Doc("Until when, UTC; within two years. Then who leads the team is asked."),
	},
	reflect.TypeFor[disagreement.Settling](): {
		"Outcome":    edge.Text(0, disagreement.MaxText).Prose().Doc("For the team. Needed; the patient is answered an empty one."),
		"ForPatient": edge.Text(0, disagreement.MaxPatient).Prose().Doc("What came of it, in plain words: the patient reads it. Needed."),
		"Preference": edge.OneOf(append([]string{""}, disagreement.Goings...)...).Doc("How it goes with what the patient would have. Needed."),
		"Why":        edge.Text(0, disagreement.MaxText).Prose().Doc("Needed where it is not as they want, or they have not said."),
		"Changed":    edge.Count(0, disagreement.MaxChanged).Doc("Tasks and decisions about this patient that carry it out; of the types task and decision."),
	},
	reflect.TypeFor[disagreement.Case](): {
		"Status":     edge.Doc("open, settled, withdrawn."),
		"RaisedBy":   edge.Doc("The patient is answered an empty one."),
		"TaskID":     edge.Doc("Its task: accept it or hand it over there. It ends with the disagreement."),
		"Positions":  edge.Doc("Of each member one, the oldest first; for the team."),
		"Preference": edge.Doc("What the patient would have."),
		"WentTo":     edge.Doc("The time had gone by: who was asked to end it, the newest at the end."),
		"Note":       edge.Doc("Why it was withdrawn."),
	},
	reflect.TypeFor[disagreement.Preference](): {"Spoken": edge.Doc("The patient said it, and somebody of the team wrote it down.")},
	reflect.TypeFor[settling.View](): {
		"Owner":        edge.Doc("Who brings it to an end."),
		"Accepted":     edge.Doc("They said that they do."),
		"Asked":        edge.Doc("Who is asked to take it."),
		"Hard":         edge.Doc("What the patient reads is above grade 6 (English)."),
		"MaySay":       edge.Doc("You may say what you think."),
		"MaySettle":    edge.Doc("You may end it."),
		"PlanVersions": edge.Doc("Versions of the care plan that came of it."),
	},
}
