package handlers

import (
	"reflect"

	"handrail/care/alerts"
	"handrail/handlers/edge"
	"handrail/models/risk"
)

// alertLimits are of alerts, of the rules behind them, and of what nobody has read.
var alertLimits = edge.Rules{
	reflect.TypeFor[risk.Trend](): {
		"Median": edge.Doc("Of the person's own answers of the 14 days before."),
	},
	reflect.TypeFor[risk.Alert](): {
		"Rule":         edge.Doc("The rule that raised it first."),
		"Rules":        edge.Doc("Every rule that is part of it."),
		"Level":        edge.Doc("1 assigned clinician, 2 cover, 3 lead, 4 supervisor, 5 fail-safe. Alerts of before there were rotas: 4 fail-safe."),
		"Owner":        edge.Doc("Account of the one person who answers for it."),
		"FiredAt":      edge.Doc("When one of its rules applied last."),
		"AskAt":        edge.Doc("When the owner is called; later than raisedAt where nobody is there."),
		"Drill":        edge.Doc("It is about nobody: the chain is being tried."),
		"Combined":     edge.Doc("Two elevated rules of different matters within 72 hours."),
		"MoreEvidence": edge.Doc("How many older ones are not listed here; they are in the check-ins."),
	},
	reflect.TypeFor[risk.Evidence](): {
		"Source": edge.Doc("check-in, person, or program: something did not come."),
		"Ref":    edge.Doc("Id of the check-in or the visit, or account of the person."),
		"Words":  edge.Doc("What a person wrote who raised it."),
	},
	reflect.TypeFor[risk.Step](): {
		"Who":   edge.Doc("Account that did it, or was asked."),
		"Count": edge.Doc("Of calls that were repeated: how many."),
	},
	reflect.TypeFor[risk.Outcome](): {
		"Tries": edge.Doc("Of not-reached: how often it was tried."),
	},
	reflect.TypeFor[risk.Rule](): {
		"Tier":    edge.Doc("The highest that it gives."),
		"Missing": edge.Doc("Input that the program does not have yet. The rule is not evaluated."),
	},
	reflect.TypeFor[risk.Ending](): {
		"Status": edge.OneOf("in-contact", "resolved", "referred"),
		"Code":   edge.OneOf("reached-safe", "plan-reviewed", "sent-to-ed", "welfare-check", "not-reached", "no-action-needed").Doc("Needed to resolve or refer."),
		"Note":   edge.Text(0, 2000).Prose(),
		"Tries":  edge.Between(0, 100).Doc("Needed with not-reached: how often it was tried."),
	},
	reflect.TypeFor[risk.Window](): {
		"Day":  edge.Between(1, 7).Doc("ISO 8601: 1 is Monday."),
		"From": edge.Text(0, 5).Doc("HH:MM on the clinic's clock."),
		"To":   edge.Text(0, 5).Doc("HH:MM, later than from; 24:00 is the end of the day."),
	},
	reflect.TypeFor[risk.Hours](): {
		"Zone":    edge.Text(1, 64),
		"Windows": edge.Count(0, 50).Doc("At least one, to set them."),
	},
	reflect.TypeFor[alerts.View](): {
		"Unreachable": edge.Doc("No channel reaches its owner now, as with a hole of a rota: the next is asked when they would be called again. Tell them yourself. Where one alert is read or answered for."),
		"Mistakes":    edge.Doc("Ids of its check-ins with answers that the patient marked as mistakes. Only where one alert is read."),
		"Whole":       edge.Doc("False: you may know that somebody needs attention, and not why. In an emergency the emergency access opens what you need."),
	},
	reflect.TypeFor[risk.ContactState](): {
		"State":       edge.OneOf("here", "in-hospital", "in-jail", "away", "died").Doc("In each but here no reminder goes out, and nothing counts as missed."),
		"Until":       edge.Text(0, 10).Doc("First local day on which it has ended by itself, YYYY-MM-DD."),
		"FollowUntil": edge.Text(0, 10).Doc("First local day on which the team no longer follows closely: until then seven silent days are urgent."),
		"ByName":      edge.Text(0, 200).Doc("Who recorded it. Not taken from a body."),
		"At":          edge.Doc("When it was recorded. Not taken from a body."),
		"BackAt":      edge.Doc("When they last came out of a hospital or a jail, as it was recorded. Not taken from a body."),
	},
	reflect.TypeFor[risk.Pause](): {
		"Until": edge.Text(0, 10).Doc("Local day on which check-ins are asked for again, YYYY-MM-DD, at most 31 days ahead; empty for no break."),
	},
	reflect.TypeFor[risk.Figures](): {
		"Fired":         edge.Doc("Of a rule: how often it applied. Of a person: how often they were asked."),
		"ActedOn":       edge.Doc("There was contact, or an outcome."),
		"NothingDone":   edge.Doc("Ended as no-action-needed."),
		"MedianMinutes": edge.Doc("Median time to contact, in minutes."),
	},
	reflect.TypeFor[risk.RuleLoad](): {
		"Review": edge.Doc("Nothing was done for 90 % of its last 60 firings: please look at the rule. It goes on as before."),
	},
	reflect.TypeFor[risk.PersonLoad](): {
		"Shift":   edge.OneOf("day", "night").Doc("Day is 07:00 to 19:00 on the clinic's clock."),
		"Most":    edge.Doc("Most urgent alerts within 12 hours that they were asked about."),
		"TooMuch": edge.Doc("More than two."),
	},
	reflect.TypeFor[alerts.Report](): {
		"More": edge.Doc("There were more alerts than one report counts."),
	},
	reflect.TypeFor[alerts.Terms](): {
		"Hours":     edge.Doc("When somebody at the clinic answers alerts."),
		"FailSafe":  edge.Text(0, 36).Doc("Account that answers when nobody else does. Empty only where nobody set this."),
		"Confirmed": edge.Doc("The hours are true and the people know. False stops alerts: no new ones are made, and those that are open go on."),
	},
	reflect.TypeFor[alerts.Watch](): {
		"On":      edge.Doc("Somebody of the clinic is called about answers like this."),
		"Now":     edge.Doc("Somebody is there at this moment."),
		"LooksAt": edge.Doc("When somebody is called, at the latest: now, or when the clinic opens."),
	},
	reflect.TypeFor[alerts.Work](): {
		"Kind":     edge.OneOf("alert", "check-in", "message", "worry", "task"),
		"Tier":     edge.Doc("How soon: of a check-in without a signal, routine. A task that is overdue is one step up."),
		"CheckIn":  edge.Doc("Of an alert: the newest of checkIns."),
		"CheckIns": edge.Doc("Of an alert: check-ins that fired it and that nobody has marked read. They have no line of their own, and are read with its outcome."),
		"Tasks":    edge.Doc("Of an alert: your open tasks about it. They have no line of their own, and are done with its outcome."),
	},
	reflect.TypeFor[alerts.Unread](): {
		"Trends":      edge.Doc("What is far from the patient's own last two weeks."),
		"NeedsPerson": edge.Doc("There is something in it that the program could not read."),
	},
}
