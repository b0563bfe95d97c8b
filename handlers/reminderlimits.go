package handlers

import (
	"reflect"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/reminder"
)

// reminderLimits are of how somebody is reminded, and of their medicines.
var reminderLimits = edge.Rules{
	reflect.TypeFor[reminder.Choices](): {
		"Language":    edge.Text(0, models.MaxLanguage).Doc("BCP 47; left out: the account's."),
		"Quiet":       edge.Count(0, reminder.MaxQuiet).Doc("Times of day in which nothing is said. Left out: the usual night. Empty: none."),
		"PausedUntil": edge.Doc("Until then everything waits in the inbox; three months at most."),
		"Digest":      edge.Text(0, onClock).Doc("Local time of the day's one prompt for small things, such as 17:00."),
		"PerDay":      edge.Between(0, reminder.MaxPerDay).Doc("Own cap of prompts a day; the site's holds as well."),
		"Kinds":       edge.Entries(reminder.MaxKinds).Doc("By kind; what is left out is the kind's default."),
	},
	reflect.TypeFor[reminder.KindChoice](): {
		"Off":    edge.Doc("Not at all, not even in the inbox."),
		"Time":   edge.Text(0, onClock).Doc("Local time of day, where the reminder has none of its own."),
		"Steps":  edge.Count(0, len(reminder.Steps)).And(edge.OneOf(reminder.Steps...)).Doc("One after the other, until a receipt comes. Empty: inbox only."),
		"Quiet":  edge.OneOf(reminder.QuietRules...).Doc("What becomes of it in quiet hours."),
		"Digest": edge.Doc("Gathered into one prompt a day."),
	},
	reflect.TypeFor[reminder.Window](): {
		"From": edge.Text(0, onClock).Doc("Local time of day.").Example("22:00"),
		"To":   edge.Text(0, onClock).Doc("Local time of day; not after from: of the next day.").Example("08:00"),
	},
	reflect.TypeFor[reminder.Medicine](): {
		"ID":         edge.UUID().Doc("Made by the client; it stays the same when the times change."),
		"Policy":     edge.OneOf(reminder.MedicineClocks...).Doc("Times of day where the person is (here) or at home, or a fixed interval (every)."),
		"Times":      edge.Count(0, reminder.MaxMedicineTimes).Doc("here, home: local times of day, such as 09:00, in order."),
		"Days":       weekdays.Doc("here, home. Empty: every day."),
		"EveryHours": edge.Between(0, reminder.MaxEveryHours).Doc("every: hours from one time to the next, 24 at least."),
		"First":      edge.Doc("every: the first time."),
	},
	reflect.TypeFor[reminder.Medicines](): {
		"Items": edge.Count(0, reminder.MaxMedicines),
	},
}
