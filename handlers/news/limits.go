package news

import (
	"reflect"

	"handrail/care/people"
	"handrail/care/promises"
	"handrail/care/visits"
	"handrail/handlers/edge"
	"handrail/models"
)

// Limits are of promises, guests and calls.
var Limits = edge.Rules{
	reflect.TypeFor[models.CallForHelp](): {
		"When":     edge.OneOf(models.CallRules...).Doc("at-once: with an alert that calls the team at once. no-contact: when nobody of the team got in touch in time. team-asks: when somebody who answers for an alert asks for it."),
		"Way":      edge.OneOf(models.CallWays...).Doc("One of `ways` of the person's sharing choice."),
		"Wording":  edge.OneOf(models.Wordings...).Doc("Of `wordings` of the sharing choices."),
		"Language": edge.Text(1, models.MaxLanguage).Doc("BCP 47, in which it was shown and is sent."),
		"Text":     edge.Text(1, models.MaxCallText).Doc("As it was shown: refused when other words would be sent."),
	},
	reflect.TypeFor[models.MedicineReminders](): {
		"Way":          edge.OneOf(models.CallWays...),
		"AfterMinutes": edge.Between(0, 60).Doc("After the patient's own time: 0, 30 or 60."),
	},
	reflect.TypeFor[promises.Person](): {
		"Called": edge.Doc("The last call about this alert."),
	},
	reflect.TypeFor[promises.Call](): {
		"Failed":   edge.Doc("Nothing took it: call the person yourself."),
		"SilentAt": edge.Doc("Nobody had answered by then."),
		"By":       edge.Doc("Account of who asked for it, or system where the patient's rule did."),
	},
	reflect.TypeFor[people.SharingChoice](): {
		"Promises": edge.Doc("What can be promised to this person now. Nothing that can't be kept is offered."),
		"Ways":     edge.Doc("By which they can be reached for it."),
		"Language": edge.Doc("BCP 47, of their notes."),
	},
	reflect.TypeFor[visits.Invited](): {
		"OtherTime": edge.Doc("The start that you asked for instead."),
	},
	reflect.TypeFor[models.CallWish](): {
		"Number":    edge.Text(0, models.MaxPhoneTyped).Phone().Doc("A number that is safe to call, with its country. Empty: that of the profile."),
		"Voicemail": edge.OneOf(models.Voicemails...).Doc("What may be left when nobody answers. Left out: not said, so nothing."),
		"Texts":     edge.Doc("A text message is safe."),
		"Windows":   edge.Count(0, models.MaxCallWindows).Doc("On the patient's clock. None: at any time."),
		"Note":      edge.Text(0, models.MaxCallNote).Prose().Doc("In the patient's own words."),
	},
	reflect.TypeFor[models.CallWindow](): {
		"Days": edge.Count(0, 7).Doc("MO to SU; none: every day."),
		"From": edge.Text(5, 5).Doc("HH:MM."),
		"To":   edge.Text(5, 5).Doc("HH:MM, later than from; 24:00 is the end of the day."),
	},
}
