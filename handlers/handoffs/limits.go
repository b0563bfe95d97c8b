package handoffs

import (
	"reflect"

	hands "handrail/care/handoffs"
	"handrail/handlers/edge"
	"handrail/models/handoff"
)

func day() edge.Rule { return edge.Text(0, len("2006-01-02")) }

// Limits are of handoffs.
var Limits = edge.Rules{
	reflect.TypeFor[handoff.Terms](): {
		"Receiver":    edge.UUID().Doc("Account of who is to take over; a clinician of the care team who writes in the care plan."),
		"Severity":    edge.OneOf(append([]handoff.Severity{""}, handoff.Severities...)...).Doc("How ill the patient is; needed. For the team alone: the patient is answered an empty one. Of somebody unstable, and where the setting changes, everything below is needed."),
		"Summary":     edge.Text(0, handoff.MaxText).Prose().Doc("Needed. The patient is answered an empty one."),
		"Actions":     edge.Count(0, handoff.MaxEntries).Prose().Doc("What is to be done, one thing each."),
		"Situation":   edge.Text(0, handoff.MaxText).Prose().Doc("What goes on now, and how the receiver finds the patient."),
		"WhatIf":      edge.Count(0, handoff.MaxEntries).Doc("What may happen, and what to do then."),
		"From":        edge.OneOf(append([]handoff.Setting{""}, handoff.Settings...)...).Doc("Where the setting changes: from where."),
		"To":          edge.OneOf(append([]handoff.Setting{""}, handoff.Settings...)...).Doc("And to where."),
		"MovesOn":     day().Doc("YYYY-MM-DD, where the patient is. Left out of a change of setting: today."),
		"NextVisitOn": day().Doc("YYYY-MM-DD. The next visit in the new setting."),
		"CallDay1":    edge.Text(0, 36).Doc("Account of who calls the patient the day after movesOn: they get a task."),
		"CallDay7":    edge.Text(0, 36).Doc("The same, seven days after."),
		"Leads":       edge.Count(0, handoff.MaxEntries).Doc("Tasks of parts of the care plan that you lead and that go with it, once it is accepted."),
	},
	reflect.TypeFor[handoff.WhatIf](): {
		"If": edge.Text(1, handoff.MaxEntry).Prose(), "Then": edge.Text(1, handoff.MaxEntry).Prose(),
	},
	reflect.TypeFor[handoff.Handoff](): {
		"Status":   edge.Doc("requested, accepted, cancelled."),
		"Giver":    edge.Doc("Answers for the patient until it is accepted."),
		"Asked":    edge.Doc("Who may take it, the newest at the end."),
		"DueAt":    edge.Doc("Until when the first had to take it; UTC. Then it goes up."),
		"TaskID":   edge.Doc("Its clock. It ends with the handoff."),
		"ReadBack": edge.Doc("What the receiver heard, in their own words."),
		"Note":     edge.Doc("Why it was called off."),
		"History":  edge.Doc("The oldest first."),
	},
	reflect.TypeFor[handoff.Step](): {"What": edge.Doc("given, went-up, accepted, cancelled.")},
	reflect.TypeFor[hands.View](): {
		"Missing":     edge.Doc("Elements that were left out: actions, situation, what-if, next-visit, call-day-1, call-day-7."),
		"MustSay":     edge.Doc("Who takes it has to say in their own words what they heard."),
		"MayTake":     edge.Doc("You were asked, and may take it."),
		"Unreachable": edge.Doc("Nobody has taken it, and no channel reaches who is asked: they have a third of the time. Tell them yourself. Where one handoff is read or given."),
		"Mine":        edge.Doc("You gave it."),
		"Names":       edge.Doc("Of who calls, by account."),
	},
	reflect.TypeFor[handoff.Report](): {
		"Complete":      edge.Doc("All that belongs in them was told."),
		"Missing":       edge.Doc("By element, how often it was left out."),
		"InTime":        edge.Doc("Accepted before they went up."),
		"WentUp":        edge.Doc("Nobody had taken them in time."),
		"NeedReadBack":  edge.Doc("Of those that were accepted: where a read-back was needed. None of them was accepted without."),
		"ReadBack":      edge.Doc("Of all that were accepted: read back in the receiver's words."),
		"MedianMinutes": edge.Doc("From giving to taking."),
	},
}
