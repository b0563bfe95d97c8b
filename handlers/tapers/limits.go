package tapers

import (
	"reflect"

	list "handrail/care/medicines"
	"handrail/handlers/edge"
	"handrail/models/medicine"
	"handrail/models/taper"
)

// Limits are of plans of steps, doses and refills.
var Limits = edge.Rules{
	reflect.TypeFor[taper.Terms](): {
		"Kind":     edge.OneOf(taper.Kinds...),
		"Unit":     edge.OneOf("mg", "mcg", "g", "units", "mmol").Doc("Of all amounts of the plan."),
		"Before":   edge.Doc("How much a day before the plan. It is raised to what the list knows."),
		"StartsOn": edge.Text(10, 10).Doc("YYYY-MM-DD. A plan that is signed later begins on that day, with all of its days."),
		"Steps":    edge.Count(1, taper.MaxSteps),
		"Words":    edge.Text(0, taper.MaxText).Prose().Doc("How it is taken, as the prescriber writes it."),
		"Reason":   edge.Text(0, taper.MaxText).Prose().Doc("Why it is as fast as it is, where the guard asks."),
		"Call":     edge.Doc("Whom the patient calls who is not sure."),
	},
	reflect.TypeFor[taper.Call](): {"Name": edge.Text(1, 200), "Phone": edge.Text(3, 160).Phone()},
	reflect.TypeFor[taper.Step](): {
		"Days":  edge.Between(0, taper.MaxStepDays).Doc("0, of the last step alone: until a prescriber changes it."),
		"Doses": edge.Count(0, taper.MaxDoses).Doc("Empty: days without this medicine."),
	},
	reflect.TypeFor[taper.Dose](): {"At": edge.Text(5, 5).Doc("HH:MM, on the clock where the person is.")},
	reflect.TypeFor[taper.Pace](): {"Found": edge.Doc("fast-step: a reason is asked. fast-window: a second prescriber signs too.")},
	reflect.TypeFor[taper.Piece](): {
		"Halves": edge.Doc("2 is a whole tablet, 1 is half of one."),
	},
	reflect.TypeFor[taper.Span](): {"Extra": edge.Doc("Of a pause: days beside those that were prescribed with the steps.")},
	reflect.TypeFor[taper.Plan](): {
		"OpioidUse": edge.Doc("Needs the patient's own wish and an overdose plan."),
		"Pace":      edge.Doc("What the guard found, for people of the clinic."),
		"Course":    edge.Doc("The steps on the days that they really have."),
		"Left":      edge.Doc("What remains while it rests."),
	},
	reflect.TypeFor[list.Strengths]():  {"Items": edge.Count(0, list.MaxStrengths)},
	reflect.TypeFor[list.StrengthOf](): {"Name": edge.Text(1, medicine.MaxName).Doc("As orders have it.")},
	reflect.TypeFor[taper.Strength](): {
		"Form":   edge.OneOf(taper.StrengthForms...),
		"Scored": edge.Doc("It has a score to break it at."),
	},
	reflect.TypeFor[list.Tablets](): {
		"At":   edge.Doc("When this was true. After 24 hours a phone says so before it shows anything; after 72 it shows no tablets."),
		"Mark": edge.Doc("Names these tablets. A phone that knows of another mark holds an old copy."),
	},
	reflect.TypeFor[list.TabletsOf]():     {"SignedBy": edge.Doc("The prescriber who wrote what holds now.")},
	reflect.TypeFor[list.TakingLine]():    {"Late": edge.OneOf(medicine.LateCodes()...).Doc("Which words are for who is late. None says what to take.")},
	reflect.TypeFor[list.TakingOf]():      {"Late": edge.OneOf(medicine.LateCodes()...)},
	reflect.TypeFor[list.ToldInCheckIn](): {"Says": edge.Doc("all, some or none: it was told there, and is not asked again.")},
	reflect.TypeFor[medicine.DayTaking](): {
		"State": edge.Doc("taken, skipped, not-asked (nothing asked that day), no-data (it was asked, and nobody answered)."),
	},
	reflect.TypeFor[medicine.Taking](): {"Via": edge.Doc("reminder or team.")},
	reflect.TypeFor[medicine.RefillAnswer](): {
		"Pharmacy":  edge.Text(0, medicine.MaxName),
		"ReadyOn":   edge.Text(0, 10).Doc("YYYY-MM-DD: from when it can be fetched."),
		"LastsTo":   edge.Text(0, 10).Doc("YYYY-MM-DD: the day on which it will be used up."),
		"AnswerSay": edge.Text(0, medicine.MaxText).Prose().Doc("In plain words: the patient reads it."),
	},
}
