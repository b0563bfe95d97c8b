package handlers

import (
	"reflect"

	"handrail/handlers/edge"
	"handrail/models/reminder"
)

var reminderLimits = edge.Rules{
	reflect.TypeFor[reminder.Choices](): {
		"Language":    edge.Text(0, 35).Doc("BCP 47; left out: the account's."),
		"Quiet":       edge.Count(0, 3).Doc("Times of day in which nothing is said. Left out: the usual night. Empty: none."),
		"PausedUntil": edge.Doc("Until then everything waits in the inbox; three months at most."),
		"Digest":      edge.Text(0, 5).Doc("Local time of the day's one prompt for small things, such as 17:00."),
		"PerDay":      edge.Between(0, 50).Doc("Own cap of prompts a day; the site's holds as well."),
		"Kinds":       edge.Entries(20).Doc("By kind; what is left out is the kind's default."),
	},
	reflect.TypeFor[reminder.KindChoice](): {
		"Off":    edge.Doc("Not at all, not even in the inbox."),
		"Time":   edge.Text(0, 5).Doc("Local time of day, where the reminder has none of its own."),
		"Steps":  edge.Count(0, 5).And(edge.OneOf("push", "local", "email", "sms", "person")).Doc("One after the other, until a receipt comes. Empty: inbox only."),
		"Quiet":  edge.OneOf("wait", "skip", "pass").Doc("What becomes of it in quiet hours."),
		"Digest": edge.Doc("Gathered into one prompt a day."),
	},
	reflect.TypeFor[reminder.Window](): {
		"From": edge.Text(0, 5).Doc("Local time of day.").Example("22:00"),
		"To":   edge.Text(0, 5).Doc("Local time of day; not after from: of the next day.").Example("08:00"),
	},
	reflect.TypeFor[reminder.Medicine](): {
		"ID":         edge.UUID().Doc("Made by the client; it stays the same when the times change."),
		"Policy":     edge.OneOf("here", "home", "every").Doc("Times of day where the person is (here) or at home, or a fixed interval (every)."),
		"Times":      edge.Count(0, 4).Doc("here, home: local times of day, such as 09:00, in order."),
		"Days":       edge.Count(0, 7).And(edge.OneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU")).Doc("here, home. Empty: every day."),
		"EveryHours": edge.Between(0, 8784).Doc("every: hours from one time to the next, 24 at least."),
		"First":      edge.Doc("every: the first time."),
	},
	reflect.TypeFor[reminder.Medicines](): {
		"Items": edge.Count(0, 4),
	},
}
