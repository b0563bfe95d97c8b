package careplan

import (
	"reflect"

	plans "handrail/care/careplan"
	"handrail/handlers/edge"
	"handrail/models/careplan"
	"handrail/models/guideline"
)

func entries() edge.Rule { return edge.Count(0, careplan.MaxEntries).Prose() }

func day() edge.Rule { return edge.Text(0, len("2006-01-02")).Doc("YYYY-MM-DD") }

// Limits are of care plans.
var Limits = edge.Rules{
	reflect.TypeFor[careplan.ItemEdit](): {
		"ID":         edge.UUID().Doc("Of an item of the plan, or made by the client for what it adds."),
		"To":         edge.UUID().Doc("Of a new item, or one that is begun again: account that is asked to lead it. Until they accept, it is yours."),
		"Kind":       edge.OneOf(careplan.Kinds...).Doc("Of a new item; it stays."),
		"Title":      edge.Text(0, careplan.MaxTitle).Doc("What it is, in plain words: the patient reads it. A goal has none: it is linked, and says it itself."),
		"Domain":     edge.OneOf(append([]string{""}, careplan.ProblemDomains...)...).Doc("Of a problem."),
		"Areas":      edge.Count(0, len(careplan.Areas)).And(edge.OneOf(careplan.Areas...)).Doc("None: those of the activity."),
		"GoalID":     edge.Text(0, 64).Doc("Of a goal: which one of the record."),
		"Activity":   edge.Text(0, 64).Doc("Code of the catalogue."),
		"For":        edge.Count(0, careplan.MaxEntries).Doc("Problems and goals of this plan, by their id here."),
		"Why":        edge.Text(0, careplan.MaxText).Prose().Doc("The patient's words. What they wrote themselves, only they change."),
		"DoneWhen":   edge.Text(0, careplan.MaxText).Prose(),
		"StartOn":    day(),
		"EndOn":      day(),
		"ReviewOn":   day().And(edge.Doc("YYYY-MM-DD. When its lead looks at it again, within two years. Left out of a new item: in 90 days.")),
		"Supporters": edge.Count(0, careplan.MaxEntries).And(edge.UUID()).Doc("Accounts of the care team who help."),
		"Checks":     edge.Count(0, careplan.MaxEntries).Doc("Of a checklist, and what a guideline asks for."),
		"Source":     edge.Text(0, careplan.MaxTitle).Doc("Of a guideline: who publishes it."),
		"Edition":    edge.Text(0, careplan.MaxTitle).Doc("Of a guideline: which version."),
		"Advises":    edge.Count(0, careplan.MaxEntries).Doc("Of a guideline: codes of the catalogue that it advises."),
		"Against":    edge.Count(0, careplan.MaxEntries).Doc("Of a guideline: codes of the catalogue that it advises against."),
		"Guideline":  edge.Text(0, 64).Doc("Of a guideline: which one of the site (`/v1/guidelines`). Its name, source, edition, advice and points are taken from there where you leave them out."),
		"Follows":    edge.Count(0, careplan.MaxEntries).Doc("Of an activity or a step: guidelines of this plan, by their id here."),
		"Expect":     edge.Count(0, careplan.MaxExpected).Doc("Of a goal, problem, activity or step: what is hoped for, by when. The team writes it."),
		"Safety":     edge.Doc("It can't wait until the plan is agreed."),
		"Status":     edge.OneOf(careplan.Statuses...).Doc("FHIR CarePlanActivityStatus."),
	},
	reflect.TypeFor[careplan.Expected](): {
		"By":      edge.Text(0, len("2006-01-02")).Doc("YYYY-MM-DD, the patient's; a day to come, within two years."),
		"Words":   edge.Text(1, careplan.MaxEntry).Prose().Doc("In plain words without blame: the patient reads it."),
		"Measure": edge.Text(0, 64).Doc("A question of check-ins that has numbers, or the score of an instrument; `/v1/care-plan-measures` lists them."),
		"Low":     edge.Doc("With a measure, where the range begins, in its unit."),
		"High":    edge.Doc("With a measure, where the range ends."),
	},
	reflect.TypeFor[careplan.Beside](): {
		"Unit":  edge.Doc("Of the measure; left out: it has none."),
		"State": edge.OneOf(careplan.CourseToCome, careplan.CourseAsExpected, careplan.CourseOtherwise, careplan.CourseNotTold, careplan.CourseInWords, careplan.CourseForTheTeam, careplan.CourseWithheld).Doc("How what was told stands beside it; no verdict."),
		"Value": edge.Doc("What was told until that day, or until today: the mean of seven days of a question, the last score of 35 days."),
	},
	reflect.TypeFor[careplan.Scale](): {"Score": edge.Doc("Of an instrument: its numbers are for the team.")},
	reflect.TypeFor[plans.Course](): {
		"From":     edge.Doc("First day of the lines, YYYY-MM-DD, at most 180 days back."),
		"Today":    edge.Doc("The patient's date."),
		"Withheld": edge.Doc("Check-ins are not shared with you."),
	},
	reflect.TypeFor[careplan.AboutEdit](): {
		"Preferences": entries(), "Fears": entries(), "Barriers": entries(), "Strengths": entries(),
	},
	reflect.TypeFor[careplan.Check](): {
		"Text":  edge.Text(1, careplan.MaxEntry).Prose(),
		"Point": edge.Text(0, 64).Doc("The point of a guideline of the site that this is."),
		"On":    edge.Text(0, len("2006-01-02")).Doc("The patient's day on which it was ticked. Written when that happens; what is sent is not taken."),
		"By":    edge.Doc("Who ticked it; what is sent is not taken."),
	},
	reflect.TypeFor[guideline.Point](): {"ID": edge.UUID().Doc("Made by the client; it stays when the words are put right."), "Text": edge.Text(1, guideline.MaxPoint).Prose()},
	reflect.TypeFor[guideline.Contrary](): {
		"Point": edge.UUID().Doc("Of this guideline."), "Guideline": edge.UUID().Doc("Another one."), "OtherPoint": edge.UUID().Doc("The point of it that is the opposite."),
	},
	reflect.TypeFor[guideline.Terms](): {
		"Title":            edge.Text(1, guideline.MaxName),
		"Source":           edge.Text(1, guideline.MaxName).Doc("Who publishes it."),
		"Edition":          edge.Text(1, guideline.MaxName),
		"ReviewOn":         edge.Text(1, len("2006-01-02")).Doc("YYYY-MM-DD. By when the clinic asks whether it still holds; within five years."),
		"Points":           edge.Count(1, guideline.MaxPoints).Doc("What it asks for. A care plan that takes it ticks them."),
		"Advises":          edge.Count(0, guideline.MaxOf).Doc("Codes of the catalogue of care plans."),
		"Against":          edge.Count(0, guideline.MaxOf).Doc("Codes of the catalogue that it advises against."),
		"AdvisesMedicines": edge.Count(0, guideline.MaxOf).Doc("Names of ingredients (RxNorm)."),
		"AgainstMedicines": edge.Count(0, guideline.MaxOf).Doc("Names of ingredients that it advises against."),
		"Contrary":         edge.Count(0, guideline.MaxOf).Doc("Points that are the opposite of points of others; declared at one of the two."),
	},
	reflect.TypeFor[guideline.Guideline](): {
		"Since": edge.Doc("UTC"), "ChangedAt": edge.Doc("UTC"), "EndedAt": edge.Doc("UTC. Left out: the clinic goes by it."),
	},
	reflect.TypeFor[careplan.Contradiction](): {
		"Activity": edge.Doc("Code of the catalogue."), "Medicine": edge.Doc("Name of an ingredient."), "Points": edge.Doc("The two that were declared opposite, in the order of items."),
	},
	reflect.TypeFor[careplan.Item](): {
		"Fields":  edge.Doc("By field: the version in which it last changed, and who changed it."),
		"Opened":  edge.Doc("How often it was begun."),
		"AddedAt": edge.Doc("UTC"),
	},
	reflect.TypeFor[careplan.Useful](): {
		"Last": edge.Doc("The newest at the end, at most 30; the counts are of all."),
	},
	reflect.TypeFor[plans.ItemView](): {
		"Name":     edge.Doc("What it is called: its title; of a goal, what the goal says."),
		"Agreed":   edge.Doc("All that it says was agreed."),
		"InForce":  edge.Doc("It was agreed, or it is a duty of safety, which does not wait."),
		"TaskID":   edge.Doc("The task of who leads it: accept, refuse or hand it over there."),
		"Lead":     edge.Doc("The one person who answers for it. Until somebody accepts, that is who brought it."),
		"Accepted": edge.Doc("The lead said that they do it."),
		"Asked":    edge.Doc("Who is to answer whether they lead it."),
		"DueAt":    edge.Doc("When somebody looks at it again; UTC."),
	},
	reflect.TypeFor[plans.View](): {
		"Version": edge.Doc("Counts what it says, from 1, which is the empty one."),
		"Agreed":  edge.Doc("The version that patient and a clinician last said yes to. Left out: none."),
		"Answers": edge.Doc("The last one of each person."),
		"Report":  edge.Doc("What is missing, and what is in it twice; for the team. No score."),
		"May":     edge.Doc("What you may do with this plan."),
	},
	reflect.TypeFor[careplan.Report](): {
		"Gaps":     edge.Doc("Of body, mind, life and meaning, those for which nothing stands in it."),
		"Holes":    edge.Doc("Where nobody is, or is not yet."),
		"Overlaps": edge.Doc("The same work of two people."),

		"Contradictions": edge.Doc("What open guidelines, or a guideline and an activity, go opposite ways about."),
	},
	reflect.TypeFor[careplan.Hole](): {"Why": edge.Doc("not-accepted, late, nothing-for, no-owner, newer-edition, guideline-late.")},
	reflect.TypeFor[careplan.Change](): {
		"Matters":  edge.Doc("False: a spelling."),
		"Decision": edge.Doc("What it comes from."),
		"About":    edge.Doc("As it was after the change."),
		"Items":    edge.Doc("Those that changed, as they were after it."),
	},
	reflect.TypeFor[careplan.FieldChange](): {"Item": edge.Doc("Left out: what stands on top.")},
	reflect.TypeFor[careplan.Difference](): {
		"Field": edge.Doc("Left out: the item is new."),
		"Words": edge.Doc("For the patient, in their language."),
	},
	reflect.TypeFor[plans.Then](): {"Reasons": edge.Doc("Of the changes between, the oldest first.")},
	reflect.TypeFor[careplan.Summary](): {
		"Grade": edge.Doc("US school grade of all of it (Flesch-Kincaid); for the team, in English."),
		"Hard":  edge.Doc("Items whose words are above grade 6; for the team, in English."),
	},
	reflect.TypeFor[careplan.Entry](): {
		"Leads": edge.Doc("Disciplines that may lead it. Left out: each that may lead."),
		"Names": edge.Doc("For patients, by language."),
	},
	reflect.TypeFor[careplan.Row](): {
		"Leads": edge.Doc("Codes of the catalogue."),
	},
}
