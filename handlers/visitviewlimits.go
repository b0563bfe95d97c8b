package handlers

import (
	"reflect"

	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/handlers/edge"
	"handrail/icalendar"
	"handrail/models/schedule"
)

// visitViewLimits are of what is shown of visits, conferences and calendars.
var visitViewLimits = edge.Rules{
	reflect.TypeFor[visits.BusyFailure](): {
		"Since": edge.Doc("When it last worked, or was entered."),
	},
	reflect.TypeFor[visits.BusyCalendar](): {
		"Host":    edge.Doc("Of its address; the whole address is never shown."),
		"ReadAt":  edge.Doc("When it last answered."),
		"DueAt":   edge.Doc("When it is read next."),
		"Times":   edge.Doc("Busy times from now on."),
		"Unread":  edge.Doc("Events that were not understood in whole. What can be told of them keeps the time taken."),
		"Odd":     edge.Doc("The first of them, at most 20."),
		"Failure": edge.Doc("Why it can't be read now. The busy times of before still hold."),
	},
	reflect.TypeFor[visits.OddEvent](): {
		"Start": edge.Doc("Where it is kept taken. Missing when its time can't be told: then it keeps nobody from booking."),
		"Why":   edge.OneOf(icalendar.Whys...).Doc("What was not understood: its time (no-time: at all; time: in part), its time zone, how it comes again, an exception to that, a change of all that follow, a damaged line, a kind of entry that is not read."),
	},
	reflect.TypeFor[visits.CalendarEntry](): {
		"Start":      edge.Doc("Of this person's part, UTC."),
		"Local":      edge.Doc("On this person's clock."),
		"JoinWindow": edge.Doc("By video, and you are in it: when you can join."),
	},
	reflect.TypeFor[visits.ConferenceView](): {
		"Start":      inUTC,
		"End":        inUTC,
		"Local":      edge.Doc("On the clinic's clock."),
		"JoinWindow": edge.Doc("Of one by video that you are in: when you can join it."),
	},
	reflect.TypeFor[visits.Broken](): {
		"Local":        edge.Doc("On the clinician's clock."),
		"PatientID":    edge.Doc("Where you may know it."),
		"Alternatives": edge.Doc("Times near it at which everybody can come, for the first ten."),
	},
	reflect.TypeFor[visits.Interpreting](): {
		"Language": edge.Doc("BCP 47."),
		"Modality": edge.OneOf(schedule.Modalities...),
		"Start":    edge.Doc("Of your part, UTC."),
	},
	reflect.TypeFor[visits.ResourceView](): {
		"Bookable": edge.Doc("False: an interpreter without an account that can sign in. Nobody would come."),
	},
	reflect.TypeFor[visits.VisitView](): {
		"Start":      inUTC,
		"End":        inUTC,
		"Local":      edge.Doc("On the patient's clock."),
		"HoldUntil":  edge.Doc("A hold: the time is kept until then."),
		"Interprets": edge.Doc("You interpret in this visit: what you need to know to be there."),
		"JoinWindow": edge.Doc("By video, and you are in it: when you can join."),
	},
	reflect.TypeFor[visits.VisitDetails](): {
		"VisitType":    edge.Optional(),
		"Modality":     edge.Optional(),
		"Participants": edge.Optional(),
		"Sequence":     edge.Optional(),
		"Ask":          edge.Optional(),
		"BookedBy":     edge.Optional(),
		"Moves":        edge.Optional().Doc("What you can note now."),
	},
	reflect.TypeFor[videovisit.VisitMessage](): {
		"Name": edge.Doc("Of who wrote it, as it was then."),
	},
	reflect.TypeFor[videovisit.VisitMessages](): {
		"Messages": edge.Doc("In the order in which they were written. Empty: nobody kept any."),
		"KeptBy":   edge.Doc("Who kept them last."),
	},
}
