package handlers

import (
	"reflect"

	"handrail/care/visits"
	"handrail/handlers/edge"
	"handrail/models/schedule"
)

var visitLimits = edge.Rules{
	reflect.TypeFor[schedule.Preference](): {
		"Windows": edge.Count(0, 21),
	},
	reflect.TypeFor[schedule.PreferredWindow](): {
		"Days": edge.Count(1, 7).And(edge.OneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU")).Doc("RFC 5545 weekdays."),
		"From": edge.Text(5, 5).Doc("HH:MM"),
		"To":   edge.Text(5, 5).Doc("HH:MM, after from; 24:00 is midnight."),
	},
	reflect.TypeFor[visits.VisitAsk](): {
		"VisitType":     edge.Text(1, 64).Doc("Of GET /v1/visit-types."),
		"Modality":      edge.OneOf("video", "phone", "in-person", "home-visit", "asynchronous"),
		"Site":          edge.Text(0, 64).Doc("In person: only there."),
		"TravelMinutes": edge.Between(0, 240).Doc("Home visit: the way, there and back each."),
		"Roles":         edge.Count(1, 11).Doc("Who comes beside the patient."),
	},
	reflect.TypeFor[visits.VisitRole](): {
		"Key":           edge.Text(1, 64).Doc("Your own name of the part, such as therapist."),
		"Kind":          edge.OneOf("clinician", "supporter", "resource").Doc("Left out: clinician."),
		"Who":           edge.Count(0, 50).Doc("Accounts or resources. Left out: everybody of the team with the discipline, or every resource with the language."),
		"Discipline":    edge.Text(0, 40),
		"Language":      edge.Text(0, 35).Doc("BCP 47, of an interpreter."),
		"Need":          edge.Between(0, 20).Doc("How many of them. Left out: all of who."),
		"Optional":      edge.Doc("Comes if free."),
		"OffsetMinutes": edge.Between(0, 720).Doc("Joins so long after the start."),
		"Minutes":       edge.Between(0, 720).Doc("Stays so long. Left out: to the end."),
	},
	reflect.TypeFor[visits.ConferenceAsk](): {
		"VisitType": edge.Text(1, 64).Doc("Of GET /v1/visit-types."),
		"Modality":  edge.OneOf("video", "phone", "in-person"),
		"Site":      edge.Text(0, 64),
		"Who":       edge.Count(1, 12).Doc("Accounts of the clinicians who come. You are one of them whether you name yourself or not."),
		"Agenda":    edge.Count(1, 12).Doc("The patients it is about. Everybody who comes needs a right to each of these charts."),
	},
	reflect.TypeFor[visits.AgendaItem](): {
		"PatientID": edge.Text(1, 64),
		"Topic":     edge.Text(1, 500).Prose(),
	},
	reflect.TypeFor[visits.SeriesAsk](): {
		"Start":   edge.Doc("Of the first visit."),
		"Zone":    edge.Text(0, 64).Doc("IANA name of the clock that it recurs on. Left out: the clinic's."),
		"RRule":   edge.Text(1, 200).Doc("RFC 5545, with COUNT or UNTIL, at most 52 visits: FREQ=WEEKLY;COUNT=8"),
		"Changes": edge.Count(0, 52).Doc("Visits that are left out, or are at another time than the rule says."),
	},
	reflect.TypeFor[visits.SeriesChange](): {
		"RecurrenceID": edge.Text(19, 19).Doc("As the preview names it."),
		"Start":        edge.Doc("Left out: there is no such visit."),
	},
	reflect.TypeFor[visits.SeriesVisit](): {
		"Start":        edge.Doc("UTC"),
		"Local":        edge.Doc("On the patient's clock."),
		"Conflicts":    edge.Doc("Everything that is in the way; none: it is free."),
		"Alternatives": edge.Doc("Times near it that are free."),
	},
	reflect.TypeFor[visits.WaitAsk](): {
		"Visit":   edge.Doc("Left out with instead: the visit that is booked."),
		"Instead": edge.UUID().Doc("A booked visit that is to be earlier. Who takes an offer moves it there."),
		"From":    edge.Doc("No sooner than this."),
		"To":      edge.Doc("It starts before this. With instead at the latest its present start."),
	},
	reflect.TypeFor[visits.WaitView](): {
		"Offer": edge.Doc("A time that is kept for the patient now."),
	},
	reflect.TypeFor[visits.OfferView](): {
		"Start": edge.Doc("UTC"),
		"End":   edge.Doc("UTC"),
		"Until": edge.Doc("It is kept until then."),
		"Local": edge.Doc("On the patient's clock."),
	},
	reflect.TypeFor[visits.VisitPreference](): {
		"Modality": edge.OneOf("video", "phone", "in-person", "home-visit").Doc("How they would rather meet."),
		"Language": edge.Text(0, 35).Doc("BCP 47: an interpreter's."),
	},
	reflect.TypeFor[visits.Location](): {
		"ID":      edge.Text(1, 64).Doc("Stable, for hours and visits."),
		"Name":    edge.Text(1, 100),
		"Address": edge.Text(0, 300).Prose(),
		"Zone":    edge.Text(1, 64).Doc("IANA time zone."),
	},
}
