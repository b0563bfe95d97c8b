package handlers

import (
	"reflect"

	"handrail/care/visits"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/schedule"
)

// visitLimits are of what is asked of a visit, a series, a conference, a place in the
// waiting list, and of what a patient would rather have.
var visitLimits = edge.Rules{
	reflect.TypeFor[schedule.Preference](): {
		"Windows": edge.Count(0, schedule.MaxPreferred),
	},
	reflect.TypeFor[schedule.PreferredWindow](): {
		"Days": edge.Count(1, len(models.Weekdays)).And(edge.OneOf(models.Weekdays...)).Doc("RFC 5545 weekdays."),
		"From": edge.Text(onClock, onClock).Doc("HH:MM"),
		"To":   edge.Text(onClock, onClock).Doc("HH:MM, after from; 24:00 is midnight."),
	},
	reflect.TypeFor[visits.VisitAsk](): {
		"VisitType":     edge.Text(1, schedule.MaxKey).Doc("Of GET /v1/visit-types."),
		"Modality":      edge.OneOf(schedule.Modalities...),
		"Site":          edge.Text(0, schedule.MaxKey).Doc("In person: only there."),
		"TravelMinutes": edge.Between(0, schedule.MaxTravelTime).Doc("Home visit: the way, there and back each."),
		"Roles":         edge.Count(1, schedule.MaxRoles-1).Doc("Who comes beside the patient."),
	},
	reflect.TypeFor[visits.VisitRole](): {
		"Key":           edge.Text(1, schedule.MaxKey).Doc("Your own name of the part, such as therapist."),
		"Kind":          edge.OneOf(visits.RoleKinds...).Doc("Left out: clinician."),
		"Who":           edge.Count(0, visits.MaxWho).Doc("Accounts or resources. Left out: everybody of the team with the discipline, or every resource with the language."),
		"Discipline":    edge.Text(0, visits.MaxDiscipline),
		"Language":      edge.Text(0, models.MaxLanguage).Doc("BCP 47, of an interpreter."),
		"Need":          edge.Between(0, schedule.MaxSeats).Doc("How many of them. Left out: all of who."),
		"Optional":      edge.Doc("Comes if free."),
		"OffsetMinutes": edge.Between(0, schedule.MaxVisit).Doc("Joins so long after the start."),
		"Minutes":       edge.Between(0, schedule.MaxVisit).Doc("Stays so long. Left out: to the end."),
	},
	reflect.TypeFor[visits.ConferenceAsk](): {
		"VisitType": edge.Text(1, schedule.MaxKey).Doc("Of GET /v1/visit-types."),
		"Modality":  edge.OneOf(visits.ConferenceModalities...),
		"Site":      edge.Text(0, schedule.MaxKey),
		"Who":       edge.Count(1, visits.MaxConference).Doc("Accounts of the clinicians who come. You are one of them whether you name yourself or not."),
		"Agenda":    edge.Count(1, visits.MaxConference).Doc("The patients it is about. Everybody who comes needs a right to each of these charts."),
	},
	reflect.TypeFor[visits.AgendaItem](): {
		"PatientID": edge.Text(1, models.MaxID),
		"Topic":     edge.Text(1, visits.MaxTopic).Prose(),
	},
	reflect.TypeFor[visits.SeriesAsk](): {
		"Start":   edge.Doc("Of the first visit."),
		"Zone":    edge.Text(0, models.MaxZone).Doc("IANA name of the clock that it recurs on. Left out: the clinic's."),
		"RRule":   edge.Text(1, schedule.MaxRuleText).Doc("RFC 5545, with COUNT or UNTIL, at most 52 visits: FREQ=WEEKLY;COUNT=8"),
		"Changes": edge.Count(0, schedule.MaxSeries).Doc("Visits that are left out, or are at another time than the rule says."),
	},
	reflect.TypeFor[visits.SeriesChange](): {
		"RecurrenceID": edge.Text(schedule.WallLen, schedule.WallLen).Doc("As the preview names it."),
		"Start":        edge.Doc("Left out: there is no such visit."),
	},
	reflect.TypeFor[visits.SeriesVisit](): {
		"Start":        inUTC,
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
		"Start": inUTC,
		"End":   inUTC,
		"Until": edge.Doc("It is kept until then."),
		"Local": edge.Doc("On the patient's clock."),
	},
	reflect.TypeFor[visits.VisitPreference](): {
		"Modality": edge.OneOf(schedule.Attended...).Doc("How they would rather meet."),
		"Language": edge.Text(0, models.MaxLanguage).Doc("BCP 47: an interpreter's."),
	},
	reflect.TypeFor[visits.Location](): {
		"ID":      edge.Text(1, schedule.MaxKey).Doc("Stable, for hours and visits."),
		"Name":    edge.Text(1, visits.MaxSiteName),
		"Address": edge.Text(0, visits.MaxSiteAddress).Prose(),
		"Zone":    edge.Text(1, models.MaxZone).Doc("IANA time zone."),
	},
}
