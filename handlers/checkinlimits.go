package handlers

import (
	"reflect"

	"handrail/care/record"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/checkin"
)

// checkInLimits are of check-ins, their form and their own times.
var checkInLimits = edge.Rules{
	reflect.TypeFor[checkin.CheckIn](): {
		"Read":        edge.Doc("Who of the team read this first. Left out: nobody has said so."),
		"Mistake":     edge.Doc("What the patient marked as a mistake. It is kept, and no alert goes away by it."),
		"ReceivedAt":  edge.Doc("By the clinic's clock. What was answered long before acts all the same."),
		"ClockAhead":  edge.Doc("The phone's clock was ahead of ours."),
		"Notes":       edge.Doc("What could not be taken as it was, and why. Nothing of it is lost: see raw."),
		"Raw":         edge.Doc("Where there is something in it that the fields here do not hold: what the phone sent, as it sent it. Long ones only when one check-in is read."),
		"NeedsPerson": edge.Doc("Somebody of the team must read this: the program could not."),
	},
	reflect.TypeFor[checkin.ReadBy](): {
		"ContactName": edge.Doc("Who said that they handle what this told."),
		"ContactBy":   edge.Doc("Until when they are to be in touch."),
	},
	reflect.TypeFor[checkin.Note](): {
		"Field": edge.Doc("JSON path in what was sent; empty for all of it."),
		"Code":  edge.Doc("Stable and machine-readable.").Example("unknown-zone"),
		"Text":  edge.Doc("One plain sentence."),
	},
	reflect.TypeFor[checkin.NeedsPerson](): {
		"Why": edge.Doc("Codes of the notes that are why."),
	},
	reflect.TypeFor[checkin.Submission](): {
		"FormVersion": edge.Doc("Version of the form that was on the screen."),
		"AnsweredAt":  edge.Doc("When it was answered, by the phone's clock."),
		"Zone":        edge.Text(1, models.MaxZone).Doc("IANA time zone where it was answered."),
		"Answers":     edge.Doc("By question id. Left out means skipped."),
		"Declined":    edge.Count(0, 40).Doc("Ids of questions to which the patient would rather not say."),
		"Instruments": edge.Count(0, checkin.MaxInstruments),
		"DeviceID":    edge.Text(0, checkin.MaxDeviceID),
		"Sequence":    edge.Between(0, checkin.MaxSequence).Doc("The device's own count."),
	},
	reflect.TypeFor[checkin.InstrumentSubmission](): {
		"ID":       edge.Text(1, checkin.MaxInstrumentID),
		"Version":  edge.Text(0, checkin.MaxInstrumentVersion).Doc("Version of the instrument that was on the screen. Left out: the one of today."),
		"Answers":  edge.Doc("By the item's number; the option's value, yes is 1."),
		"Declined": edge.Count(0, 60).Doc("Numbers of items to which the patient would rather not say (asked-declined). They count as missing."),
	},
	reflect.TypeFor[checkin.FormInstrument](): {
		"ID":        edge.Text(1, checkin.MaxInstrumentID),
		"EveryDays": edge.Between(1, checkin.MaxEveryDays),
	},
	reflect.TypeFor[checkin.QuestionText](): {
		"ChoiceTexts": edge.Doc("What each choice means, by its code."),
	},
	reflect.TypeFor[checkin.SeriesPoint](): {
		"Reason": edge.OneOf(checkin.NoCheckIn, checkin.NotAnswered, checkin.Declined).Doc("Why there is no value."),
		"Count":  edge.Doc("How many answers the day has; the value is the last."),
	},
	reflect.TypeFor[checkin.Times](): {
		"Times": edge.Count(0, checkin.MaxTimes).Doc("Local times of day, such as 09:00. Empty: once, at the usual time or the one chosen in the notification settings."),
		"Days":  weekdays.Doc("Empty: every day."),
	},
	reflect.TypeFor[record.CheckInAnswer](): {
		"Help":       edge.Doc("Only where an answer asks for it: show it first, before anything else."),
		"Notes":      edge.Doc("What could not be taken as it was sent. All of it was kept."),
		"ServerTime": edge.Doc("The clinic's clock, for a phone whose own is wrong."),
	},
	reflect.TypeFor[record.Help](): {
		"Needs": edge.Doc("Which kinds of help come first on the screen."),
	},
}
