package messages

import (
	"reflect"

	"handrail/care/alerts"
	threads "handrail/care/messages"
	"handrail/handlers/edge"
	"handrail/models/message"
	"handrail/models/phrases"
	"handrail/models/risk"
)

// Limits are of messages and worries.
var Limits = edge.Rules{
	reflect.TypeFor[message.Thread](): {
		"Kind":    edge.OneOf(message.Kinds...).Doc("patient: the patient and the team. family: a supporter too, who reads all of it. team: the team alone."),
		"Count":   edge.Doc("How many messages."),
		"Waits":   edge.Doc("The team owes an answer. For the team alone."),
		"Started": edge.Doc("Id of its first message."),
		"Closed":  edge.Doc("It has done what it was for. A new message opens it again."),
		"Staff":   edge.Doc("Left out."), "Reads": edge.Doc("Left out; see readBy."),
		"Supporter": edge.Doc("Account of the supporter who takes part."),
	},
	reflect.TypeFor[message.Read](): {"Own": edge.Doc("How many after it are their own.")},
	reflect.TypeFor[message.Waits](): {
		"Owner": edge.Doc("Account of the one who answers for it."),
		"By":    edge.Doc("Until when, as the team agreed; left out where nothing was agreed."),
	},
	reflect.TypeFor[message.Message](): {
		"Number": edge.Doc("From 1, in its thread."),
		"Hits":   edge.Doc("Phrases that a person should look at. For the team alone."),
		"Late":   edge.Doc("A part of the clinic's records could not be read when it came; a worker goes on with it."),
	},
	reflect.TypeFor[phrases.Hit](): {"Number": edge.Doc("Of the phrase, in the list of this language and version.")},
	reflect.TypeFor[message.Draft](): {
		"ID":      edge.Optional().And(edge.UUID()).Doc("Made by the client."),
		"Text":    edge.Text(1, message.MaxText).Prose(),
		"Urgency": edge.OneOf(message.Urgencies...).Default("routine").And(edge.Optional()).Doc("Calls nobody at once."),
	},
	reflect.TypeFor[message.Opening](): {
		"Kind":      edge.OneOf(message.Kinds...),
		"Supporter": edge.Text(0, 36).Doc("Account of the supporter, of kind family; their consent must be in force."),
		"Subject":   edge.Text(0, message.MaxSubject),
	},
	reflect.TypeFor[message.Concern](): {
		"PatientID": edge.Text(0, 64).Doc("Left out: the one person in whose circle you are."),
		"Danger":    edge.Doc("Asked first. When it is yes, call the emergency number: nobody here comes at once."),
		"Text":      edge.Text(1, message.MaxText).Prose(),
	},
	reflect.TypeFor[message.Worry](): {"Late": edge.Doc("As of a message.")},
	reflect.TypeFor[message.Norms](): {
		"AnswerWithinDays": edge.Between(0, message.MaxDays).Doc("Working days; 0: nothing was agreed, and nobody is reminded."),
	},
	reflect.TypeFor[threads.ThreadView](): {
		"ReadBy": edge.Doc("How far each has read. A supporter learns it of the team alone."),
		"Unread": edge.Doc("Messages of others that you have not read."),
	},
	reflect.TypeFor[threads.Reading](): {
		"On":         edge.Doc("The clinic has said when somebody reads. False: nobody reads at a fixed time."),
		"Now":        edge.Doc("It is within these times. It does not say that somebody reads this minute."),
		"NextAt":     edge.Doc("When the next of these times begins."),
		"Stretches":  edge.Doc("These times for the next 14 days, for a phone without a network."),
		"AnswerDays": edge.Doc("Working days within which the team agreed to answer."),
	},
	reflect.TypeFor[risk.Stretch](): {"To": edge.Doc("Later than from.")},
	reflect.TypeFor[alerts.Waiting](): {
		"Count": edge.Doc("How many messages."), "Text": edge.Doc("Of a worry: what the supporter wrote."),
		"AnswerBy": edge.Doc("Until when, as the team agreed."),
	},
}
